"""The steps of a merge that are more than "all its rows go to the kept one": one function a foreign key.

`desk/logic/person_keys.py` says which keys are theirs. Each is given the pair and carries its part out through the
journal; what it may not decide by itself was refused before, in `desk/queries/merging.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from campaigns.models import CostLine, Deal
from creators.enums import DuplicateState, Stage, Track
from creators.models import (
    Creator,
    Duplicate,
    Exclusivity,
    LifecycleSpan,
    Merge,
    Note,
    Profile,
    Relationship,
    Right,
    Vetting,
    VettingScore,
)
from desk.actions.journal import Journal
from desk.queries.merging import giving_way, twins
from desk.queries.person import children_of
from team.models import User


@dataclass(frozen=True)
class Pair:
    """What is being made one. `joined` leads from a profile that goes to the kept one that it is another name of."""

    kept: Creator
    gone: Creator
    joined: dict[int, Profile]
    by: User
    now: datetime


def move_rows(journal: Journal, model: type[models.Model], name: str, *, old: int, new: int) -> None:
    """All rows go over; where a unique key allows one only, the twin that is there already stands for both.

    What hangs on a row put aside goes over to its twin by the same rule.
    """
    doubles = twins(model, name, old=old, new=new)
    for double, twin in doubles.items():
        for child in children_of(model):
            move_rows(journal, child.model, child.name, old=double, new=twin)
    journal.drop(model, doubles)
    journal.move(model, name, _ids(model, **{name: old}), old=old, new=new)


def _ids(model: type[models.Model], **filters: Any) -> list[int]:
    return list(model._base_manager.filter(**filters).values_list("pk", flat=True))


def merge_profiles(journal: Journal, pair: Pair) -> None:
    """A profile moves; one that is another name of a kept profile gives it all it has and is put aside."""
    for profile in Profile.objects.filter(creator=pair.gone):
        if profile.pk in pair.joined:
            journal.drop(Profile, [profile.pk])
        else:
            journal.set(profile, {"is_main": False})
            journal.move(Profile, "creator", [profile.pk], old=pair.gone.pk, new=pair.kept.pk)


def merge_deals(journal: Journal, pair: Pair) -> None:
    """Deals go over. Where both have one in a campaign, that which was only planned is put aside with its costs."""
    double = [deal.pk for deal in giving_way(pair.kept, pair.gone)]
    journal.drop(CostLine, _ids(CostLine, deal__in=double))
    journal.drop(Deal, double)
    journal.move(Deal, "creator", _ids(Deal, creator=pair.gone), old=pair.gone.pk, new=pair.kept.pk)


def merge_deals_of_profile(journal: Journal, old: Profile, new: Profile) -> None:
    """Deals on a profile that was joined are on the kept one."""
    journal.move(Deal, "profile", _ids(Deal, profile=old), old=old.pk, new=new.pk)


def merge_rights(journal: Journal, pair: Pair) -> None:
    """Rights go over as they are; two that overlap were refused before."""
    journal.move(Right, "creator", _ids(Right, creator=pair.gone), old=pair.gone.pk, new=pair.kept.pk)


def merge_exclusivities(journal: Journal, pair: Pair) -> None:
    """Promises go over as they are; two that bind to two brands were refused before."""
    journal.move(Exclusivity, "creator", _ids(Exclusivity, creator=pair.gone), old=pair.gone.pk, new=pair.kept.pk)


def merge_spans(journal: Journal, pair: Pair) -> None:
    """What held while nothing of the kept one did goes over, the rest is put aside; the further stage goes on."""
    kept = list(LifecycleSpan._base_manager.filter(creator=pair.kept))
    gone = list(LifecycleSpan._base_manager.filter(creator=pair.gone).order_by("pk"))
    clashing = [span for span in gone if any(_clash(span, other) for other in kept)]
    fitting = {span.pk for span in gone} - {span.pk for span in clashing}
    journal.drop(LifecycleSpan, [span.pk for span in clashing])
    journal.move(LifecycleSpan, "creator", fitting, old=pair.gone.pk, new=pair.kept.pk)
    for span in clashing:
        _go_on_with(journal, pair, span)


def _clash(span: LifecycleSpan, other: LifecycleSpan) -> bool:
    if (span.brand_id, span.track) != (other.brand_id, other.track):
        return False
    mine, theirs = span.during, other.during
    begins_before = theirs.upper is None or mine.lower < theirs.upper
    return begins_before and (mine.upper is None or theirs.lower < mine.upper)


def _go_on_with(journal: Journal, pair: Pair, gone: LifecycleSpan) -> None:
    """The stage that the gone creator is in now, where it is further than the kept one's or theirs has ended."""
    if gone.during.upper is not None:
        return
    same = LifecycleSpan._base_manager.filter(creator=pair.kept, brand=gone.brand_id, track=gone.track)
    current = same.filter(during__upper_inf=True).first()
    if current and (gone.track != Track.STAGE or _place(gone.stage) <= _place(current.stage)):
        return
    last = max((span.during.upper or span.during.lower for span in same), default=pair.now)
    moment = max(pair.now, last)
    if current:
        journal.set(current, {"during": DateTimeTZRange(current.during.lower, moment)})
    why = f"Merged with {pair.gone.name}"[:200]
    added = LifecycleSpan(
        creator=pair.kept, brand_id=gone.brand_id, track=gone.track, stage=gone.stage, why=why, made_by=pair.by,
        during=DateTimeTZRange(moment, None), made_at=pair.now,
    )  # fmt: skip
    added.save()
    journal.add(added)


def _place(stage: str) -> int:
    order = [Stage.INACTIVE, *(each for each in Stage if each != Stage.INACTIVE)]
    return order.index(Stage(stage))


def merge_relationships(journal: Journal, pair: Pair) -> None:
    """Tags unite, what worked is read together, and the kept one's owner stays unless there is none."""
    mine = {each.brand_id: each for each in Relationship._base_manager.filter(creator=pair.kept)}
    for theirs in Relationship._base_manager.filter(creator=pair.gone):
        if not (kept := mine.get(theirs.brand_id)):
            journal.move(Relationship, "creator", [theirs.pk], old=pair.gone.pk, new=pair.kept.pk)
            continue
        angles = "\n\n".join(text for text in (kept.angles, theirs.angles) if text)
        tags = sorted({*kept.tags, *theirs.tags})
        journal.set(kept, {"tags": tags, "angles": angles, "owner_id": kept.owner_id or theirs.owner_id})
        journal.drop(Relationship, [theirs.pk])


def merge_notes(journal: Journal, pair: Pair) -> None:
    """Notes go over; where both brands' pages had one pinned, the kept one's stays so."""
    pinned = Note._base_manager.filter(creator=pair.kept, is_pinned=True).values_list("brand", flat=True)
    for note in Note._base_manager.filter(creator=pair.gone, is_pinned=True, brand__in=list(pinned)):
        journal.set(note, {"is_pinned": False})
    journal.move(Note, "creator", _ids(Note, creator=pair.gone), old=pair.gone.pk, new=pair.kept.pk)


def merge_vettings(journal: Journal, pair: Pair) -> None:
    """Vettings go over; of two verdicts the newer counts, and of two open ones that of the kept creator goes on."""
    for mine in Vetting._base_manager.filter(creator=pair.gone, replaced_at=None):
        same = Vetting._base_manager.filter(creator=pair.kept, brand=mine.brand_id, replaced_at=None)
        theirs = same.filter(decided_at__isnull=mine.decided_at is None).first()
        if theirs and mine.decided_at and theirs.decided_at:
            older, newer = sorted((mine, theirs), key=lambda each: (each.decided_at, each.pk))
            journal.set(older, {"replaced_at": newer.decided_at})
        elif theirs:
            journal.drop(VettingScore, _ids(VettingScore, vetting=mine))
            journal.drop(Vetting, [mine.pk])
    journal.move(Vetting, "creator", _ids(Vetting, creator=pair.gone), old=pair.gone.pk, new=pair.kept.pk)


def merge_duplicates(journal: Journal, pair: Pair) -> None:
    """Open pairs go and are found anew; that the gone one is not somebody else holds for the kept one too."""
    for duplicate in Duplicate.objects.about(pair.gone.pk):
        other = duplicate.second_id if duplicate.first_id == pair.gone.pk else duplicate.first_id
        ends = tuple(sorted((other, pair.kept.pk)))
        journal.drop(Duplicate, [duplicate.pk])
        dismissed = duplicate.state == DuplicateState.DISMISSED and other != pair.kept.pk
        if dismissed and not Duplicate.objects.filter(first=ends[0], second=ends[1]).exists():
            duplicate.pk, duplicate._state.adding = None, True
            duplicate.first_id, duplicate.second_id = ends
            duplicate.save()
            journal.add(duplicate)


def merge_merges(journal: Journal, pair: Pair) -> None:
    """What was merged into the gone one goes over. That the kept one once was, and came back, is put aside."""
    earlier = Merge.objects.filter(kept=pair.gone)
    journal.drop(Merge, earlier.filter(gone=pair.kept.pk).values_list("pk", flat=True))
    journal.move(Merge, "kept", _ids(Merge, kept=pair.gone), old=pair.gone.pk, new=pair.kept.pk)


_Step = Callable[[Journal, Pair], None]
STEPS: dict[str, _Step] = {
    "creators.Profile.creator": merge_profiles,
    "campaigns.Deal.creator": merge_deals,
    "creators.Right.creator": merge_rights,
    "creators.Exclusivity.creator": merge_exclusivities,
    "creators.LifecycleSpan.creator": merge_spans,
    "creators.Relationship.creator": merge_relationships,
    "creators.Note.creator": merge_notes,
    "creators.Vetting.creator": merge_vettings,
    "creators.Duplicate.first": merge_duplicates,
    "creators.Merge.kept": merge_merges,
}
PROFILE_STEPS = {"campaigns.Deal.profile": merge_deals_of_profile}
ALSO_DONE = frozenset({"creators.Duplicate.second"})
"""Keys whose step is that of another key of the same table."""
