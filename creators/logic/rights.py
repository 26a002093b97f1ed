"""May this run, here, today? And where three clocks disagree: contract, platform's permission, last day seen.

Pure: rights come as `Held`, days as arguments, ends are exclusive and None is for ever.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from config.lib.words import day as day_words
from config.lib.words import last_day
from creators.enums import PermissionKind, Place, RightKind, RightState

# Where a platform runs ads from a creator's handle only with its own permission.
PERMISSIONS = {
    Place.TIKTOK: PermissionKind.SPARK,
    Place.INSTAGRAM: PermissionKind.PARTNERSHIP,
    Place.FACEBOOK: PermissionKind.PARTNERSHIP,
}
NEAR = ((3, RightState.ENDS_3), (14, RightState.ENDS_14), (30, RightState.ENDS_30))
STOP_WITHIN = NEAR[0][0]
"""So many days before a right ends, whoever runs an ad is told to stop it."""
SEEN_LATELY = 7
"""An ad that was seen so many days ago is taken to run still."""


@dataclass(frozen=True, order=True)
class Span:
    """Days from `first` up to `end`, exclusive; None is for ever."""

    first: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day and (self.end is None or day < self.end)

    @property
    def days(self) -> int | None:
        """How many days, or None for ever."""
        return None if self.end is None else (self.end - self.first).days


@dataclass(frozen=True)
class Held:
    """A right as far as the rules below care. `held` is what is in force: None where it was revoked at once.

    A blank territory is worldwide, no content all of it. `permissions` are of the kind that `permission_of` names.
    """

    kind: RightKind | str
    place: Place | str
    held: Span | None
    territory: str = ""
    content: int | None = None
    permissions: tuple[Span, ...] = ()
    revoked_on: date | None = None
    pk: int = 0


@dataclass(frozen=True)
class Question:
    """May this (`content`, or all of it) run in this way, place and territory (blank: worldwide), on this day?"""

    kind: RightKind | str
    place: Place | str
    day: date
    territory: str = ""
    content: int | None = None


@dataclass(frozen=True)
class Answer:
    """Yes or no, and why, in one sentence. `last_on` is the last day of a yes, None for ever; `right` is its key."""

    may: bool
    reason: str
    last_on: date | None = None
    right: int = 0
    warnings: tuple[str, ...] = field(default=())


def may_run(question: Question, rights: Iterable[Held]) -> Answer:
    """The one answer to "may I run this, here, today?", from all rights that a brand has of the creator.

    A worldwide right allows every territory and a right to all content every piece, never the other way round; and
    one kind of use never stands for another.
    """
    rights = list(rights)
    fitting = [right for right in rights if _fits(question, right)]
    held = [right for right in fitting if right.held and right.held.holds(question.day)]
    if not held:
        return Answer(may=False, reason=_why_not(question, fitting) or _only_narrower(question, rights))
    best = max(held, key=lambda right: (_permitted_until(right, question.day) or date.min, _end(right)))
    return _of_held(question, best)


def _fits(question: Question, right: Held) -> bool:
    territory = right.territory in ("", question.territory)
    content = right.content is None or right.content == question.content
    return territory and content and (right.kind, right.place) == (question.kind, question.place)


def _why_not(question: Question, fitting: Sequence[Held]) -> str:
    """Which of the rights came nearest: ended last, or begins next; blank where none is for this."""
    past = [right for right in fitting if right.held and right.held.end and right.held.end <= question.day]
    coming = [right.held.first for right in fitting if right.held and right.held.first > question.day]
    if past:
        latest = max(past, key=_end)
        verb = "was revoked; its" if latest.revoked_on == _end(latest) else "ended; its"
        return f"The right to this {verb} last day was {last_day(_end(latest))}."
    if coming:
        return f"The right to this begins on {day_words(min(coming))}."
    return ""


def _only_narrower(question: Question, rights: Sequence[Held]) -> str:
    """That no right covers it, and what to ask instead where one is held for a piece or a territory only."""
    what = f"{RightKind(question.kind).label} on {Place(question.place).label}"
    said = f"No right covers this: {what}, {question.territory or 'worldwide'}."
    held = [right for right in rights if right.held and right.held.holds(question.day)]
    if question.content is None and any(_fits(replace(question, content=right.content), right) for right in held):
        return f"{said} One is held for a single piece: name it as content."
    if not question.territory and any(_fits(replace(question, territory=right.territory), right) for right in held):
        return f"{said} One is held for single countries: name the territory."
    return said


def _of_held(question: Question, right: Held) -> Answer:
    assert right.held  # noqa: S101 - whoever holds has a time
    wanted = permission_of(right.kind, right.place)
    permitted = _permitted_until(right, question.day) if wanted else None
    until = f"until {last_day(right.held.end)}" if right.held.end else "with no end"
    if wanted and permitted is None:
        return Answer(may=False, reason=_without_permission(wanted, until, right, question.day), right=right.pk)
    ends = [end for end in (right.held.end, permitted) if end not in (None, date.max)]
    last_on = min(ends) - timedelta(days=1) if ends else None
    return Answer(
        may=True, reason=f"The contract allows it {until}.", last_on=last_on, right=right.pk,
        warnings=tuple(_permission_warnings(right, question.day)),
    )  # fmt: skip


def _without_permission(wanted: PermissionKind, until: str, right: Held, day: date) -> str:
    name = named(wanted)
    gone = [span.end for span in right.permissions if span.end and span.end <= day]
    coming = [span.first for span in right.permissions if span.first > day]
    if gone and not coming:
        return f"The contract allows it {until}, but the {name} died: its last day was {last_day(max(gone))}."
    if coming:
        return f"The contract allows it {until}, but the {name} begins on {day_words(min(coming))}."
    return f"The contract allows it {until}, but no {name} is recorded, and the platform asks for one."


def permission_of(kind: RightKind | str, place: Place | str) -> PermissionKind | None:
    """Which permission of the platform such an ad needs besides the contract."""
    return PERMISSIONS.get(Place(place)) if kind == RightKind.WHITELISTING else None


def _permitted_until(right: Held, day: date) -> date | None:
    """The end of the permission that holds on a day, with those that follow without a gap; date.max for ever."""
    until = None
    for span in sorted(right.permissions, key=lambda each: each.first):
        reached = day if until is None else until
        if span.first <= reached and (span.end is None or span.end > reached):
            until = span.end or date.max
    return until


def _end(right: Held) -> date:
    return (right.held.end if right.held else None) or date.max


@dataclass(frozen=True)
class Clocks:
    """The three clocks of a right, each a last day or None, and what to say where they disagree."""

    contract_on: date | None
    permission_on: date | None
    seen_on: date | None
    warnings: tuple[str, ...]


def clocks(right: Held, *, seen_on: date | None, today: date) -> Clocks:
    """Compare the contract's last day, the permission's and the last day on which an ad was seen."""
    ends = [span.end for span in right.permissions]
    permission = max((end for end in ends if end), default=None) if None not in ends else None
    warnings = [
        *_seen_warnings(right, seen_on),
        *_stop_warnings(right, seen_on, today),
        *_permission_warnings(right, today),
    ]
    return Clocks(
        contract_on=_day_before(right.held.end if right.held else right.revoked_on),
        permission_on=_day_before(permission),
        seen_on=seen_on,
        warnings=tuple(warnings),
    )


def _seen_warnings(right: Held, seen_on: date | None) -> list[str]:
    if seen_on is None or (right.held and right.held.holds(seen_on)):
        return []
    if right.held and seen_on < right.held.first:
        return [f"An ad was seen on {day_words(seen_on)}, before the right began."]
    end = (right.held.end if right.held else right.revoked_on) or seen_on
    over = (seen_on - end).days + 1
    late = f"{_days(over)} after the right’s last day"
    return [f"An ad was seen on {day_words(seen_on)}, {late}. Have it taken down, or renew."]


def _stop_warnings(right: Held, seen_on: date | None, today: date) -> list[str]:
    """Where an ad that was seen lately has to stop within days."""
    if not seen_on or not right.held or not right.held.end or not right.held.holds(seen_on):
        return []
    if not 0 < (right.held.end - today).days <= STOP_WITHIN or (today - seen_on).days > SEEN_LATELY:
        return []
    return [f"An ad was seen on {day_words(seen_on)}. Stop it after {last_day(right.held.end)}, or renew."]


def _permission_warnings(right: Held, today: date) -> list[str]:
    """Where the platform's permission and the contract end on different days."""
    wanted = permission_of(right.kind, right.place)
    if not wanted or not right.held or (right.held.end and right.held.end <= today):
        return []
    name = named(wanted)
    until = _permitted_until(right, max(today, right.held.first))
    if until is None:
        return [f"No {name} holds now, so the platform runs no ad. Ask the creator for one."]
    if until == date.max or until == right.held.end:
        return []
    bought = f"{_days(right.held.days)} bought" if right.held.days else "The right has no end"
    if right.held.end is None or until < right.held.end:
        day = (until - right.held.first).days
        return [f"{bought}, {name} dies on day {day} ({last_day(until)}). Ask the creator for a new one before then."]
    over = (until - right.held.end).days
    return [f"The {name} outlives the right by {_days(over)}: the platform will not stop the ad, so you must."]


def state_on(right: Held, *, is_seen_after: bool, today: date) -> RightState:
    """How a right stands on a day. `is_seen_after`: an ad was seen outside of it and nobody dealt with that."""
    if is_seen_after:
        return RightState.OVERRUN
    if right.revoked_on and right.revoked_on <= today:
        return RightState.REVOKED
    if not right.held or (right.held.end and right.held.end <= today):
        return RightState.REVOKED if not right.held else RightState.ENDED
    if right.held.first > today:
        return RightState.PLANNED
    left = (right.held.end - today).days if right.held.end else None
    return next((state for days, state in NEAR if left is not None and left <= days), RightState.RUNNING)


def left_words(right: Held, today: date) -> str:
    """The days left in words: "today is the last day", "12 days left", "ended 3 days ago"."""
    if not right.held:
        return "revoked before it began"
    if right.held.first > today:
        return f"begins in {_days((right.held.first - today).days)}"
    return "no end" if right.held.end is None else left_until(right.held.end, today)


def left_until(end: date, today: date) -> str:
    """The days left until an end, exclusive, in words; today is one of them."""
    left = (end - today).days
    if left > 1:
        return f"{_days(left)} left"
    return "last day today" if left == 1 else f"ended {_days(1 - left)} ago"


def named(kind: PermissionKind) -> str:
    """A permission within a sentence."""
    return "Spark code" if kind == PermissionKind.SPARK else "partnership permission"


def _days(number: int | None) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _day_before(end: date | None) -> date | None:
    return end - timedelta(days=1) if end else None
