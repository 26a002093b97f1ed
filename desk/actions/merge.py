"""Making two creators one, and taking that back for 30 days."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django_scopes import scopes_disabled

from config.lib.refusals import refusal_of
from creators.logic.names import sort_name
from creators.models import Creator, Merge, Profile
from desk.actions.append_only import passed
from desk.actions.journal import Journal, undo
from desk.actions.merge_steps import PROFILE_STEPS, STEPS, Pair, move_rows
from desk.logic.person_keys import KEYS, Merging
from desk.queries.merging import Obstacle, clashes, obstacles
from desk.queries.person import keys_leading_to
from team.models import User

UNDONE_WITHIN = timedelta(days=30)


class CannotMerge(Exception):
    """Something has to be settled first; `sentences` say what."""

    def __init__(self, sentences: Sequence[str | Obstacle]):
        self.sentences = sentences
        super().__init__(" ".join(map(str, sentences)))


@dataclass(frozen=True)
class Choice:
    """What the person chose: fields of the kept creator that take another value, and which handle is today's.

    `handles` names for each platform on which both have an account whether the account is known today by the handle
    of the "kept" or of the "gone" creator; the other one was its name before.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    handles: Mapping[str, str] = field(default_factory=dict)


def merge(kept: Creator, gone: Creator, choice: Choice, *, by: User, now: datetime) -> Merge:
    """Give `kept` all that `gone` has, and let `gone` go. All or nothing. Raises `CannotMerge`."""
    try:
        with transaction.atomic(), _everything_moves():
            return _merge(*_locked(kept, gone), choice, by=by, now=now)
    except DatabaseError as error:
        raise CannotMerge([refusal_of(error)]) from error


def _merge(kept: Creator, gone: Creator, choice: Choice, *, by: User, now: datetime) -> Merge:
    found = clashes(kept, gone)
    undecided = [clash.label for clash in found if choice.handles.get(clash.platform) not in ("kept", "gone")]
    unsaid = [Obstacle(f"Say which handle on {label} is today's.") for label in undecided]
    if against := [*obstacles(kept, gone), *unsaid]:
        raise CannotMerge(against)
    journal = Journal()
    pair = Pair(kept, gone, joined={clash.gone.pk: clash.kept for clash in found}, by=by, now=now)
    for clash in found:
        _join(journal, clash.gone, clash.kept)
    _move_all(journal, pair)
    for clash in found:
        if choice.handles[clash.platform] == "gone":
            _rename(journal, clash.kept, clash.gone)
    _settle(journal, pair, choice)
    return Merge.objects.create(
        kept=kept,
        kept_then=kept.pk,
        gone=gone.pk,
        gone_name=gone.name,
        journal=journal.steps,
        made_by=by,
        made_at=now,
    )


def _locked(kept: Creator, gone: Creator) -> tuple[Creator, Creator]:
    if kept.pk == gone.pk:
        raise CannotMerge(["Choose two different creators."])
    rows = {
        row.pk: row for row in Creator.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    }
    if len(rows) < 2:
        raise CannotMerge(["One of the two is gone. Somebody may have merged them just now."])
    return rows[kept.pk], rows[gone.pk]


@contextmanager
def _everything_moves() -> Iterator[None]:
    """Foreign keys are looked at in the end, so that rows that belong together may move one after the other."""
    with scopes_disabled(), passed(), connection.cursor() as cursor:
        cursor.execute("set constraints all deferred")
        yield
        cursor.execute("set constraints all immediate")


def _join(journal: Journal, old: Profile, new: Profile) -> None:
    """All that hangs on a profile goes to the one that is the same account under another name."""
    for key, model, name in keys_leading_to(Profile):
        if step := PROFILE_STEPS.get(key):
            step(journal, old, new)
        elif KEYS[key].merging == Merging.MOVES:
            move_rows(journal, model, name, old=old.pk, new=new.pk)


def _move_all(journal: Journal, pair: Pair) -> None:
    for key, model, name in keys_leading_to(Creator):
        if step := STEPS.get(key):
            step(journal, pair)
        elif KEYS[key].merging == Merging.MOVES:
            move_rows(journal, model, name, old=pair.gone.pk, new=pair.kept.pk)


def _rename(journal: Journal, profile: Profile, like: Profile) -> None:
    values = {"handle": like.handle, "platform_id": like.platform_id or profile.platform_id}
    journal.set(profile, {**values, "followers": profile.followers if like.followers is None else like.followers})


def _settle(journal: Journal, pair: Pair, choice: Choice) -> None:
    values = dict(choice.values)
    if "name" in values:
        values["sort_name"] = sort_name(values["name"])
    journal.set(pair.kept, values)
    profiles = Profile.objects.filter(creator=pair.kept)
    if not profiles.filter(is_main=True).exists() and (first := profiles.order_by("pk").first()):
        journal.set(first, {"is_main": True})
    journal.drop(Creator, [pair.gone.pk])


def take_back(merged: Merge, *, by: User, now: datetime) -> list[str]:
    """Make them two again. What could not go back, because something new stands in the way, in words.

    Raises `CannotMerge` where the time is over, or the creator cannot come back at all.
    """
    try:
        with transaction.atomic(), _everything_moves():
            merged = Merge.objects.select_for_update().get(pk=merged.pk)
            _refuse_late(merged, now=now)
            left = undo(merged.journal)
            if not Creator.objects.filter(pk=merged.gone).exists():
                raise CannotMerge(left)
            merged.undone_at, merged.undone_by, merged.journal = now, by, []
            merged.save(update_fields=["undone_at", "undone_by", "journal"])
            return left
    except DatabaseError as error:
        raise CannotMerge([refusal_of(error)]) from error


def _refuse_late(merged: Merge, *, now: datetime) -> None:
    if merged.undone_at:
        raise CannotMerge(["This was taken back already."])
    if not merged.journal or merged.made_at <= now - UNDONE_WITHIN:
        raise CannotMerge(["A merge can be taken back for 30 days, and these are over."])
    if merged.kept_id != merged.kept_then:
        raise CannotMerge([f"The creator was merged on into {merged.kept}. Take that back first."])


def forget_journals(*, now: datetime) -> int:
    """Let go of what only the undo needed, once its time is over. How many merges."""
    over = Merge.objects.filter(made_at__lte=now - UNDONE_WITHIN).exclude(journal=[])
    return over.update(journal=[])
