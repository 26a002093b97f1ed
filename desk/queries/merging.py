"""What a merge of two creators would move, put aside or be refused for. Nothing here writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from campaigns.models import Deal
from config.lib.words import last_day
from creators.models import Creator, Exclusivity, Merge, Profile, Right
from creators.queries.creators import creators_found_by
from desk.logic.kinds import words_for
from desk.queries.deals import only_planned
from desk.queries.person import Hung, hung_on, in_one

Model = type[models.Model]


def twins(model: Model, name: str, *, old: int, new: int) -> dict[int, int]:
    """Rows that lead to `old` and would collide with one that leads to `new`: the id of that twin, by theirs."""
    found: dict[int, int] = {}
    for names, condition in _unique_keys(model, name):
        rest = [each for each in names if each != name]
        rows = model._base_manager.filter(condition)
        there = {tuple(row[1:]): row[0] for row in rows.filter(**{name: new}).values_list("pk", *rest)}
        if there:
            mine = rows.filter(**{name: old}).values_list("pk", *rest)
            found.update({row[0]: there[tuple(row[1:])] for row in mine if tuple(row[1:]) in there})
    return found


def _unique_keys(model: Model, name: str) -> Iterator[tuple[tuple[str, ...], models.Q]]:
    field = model._meta.get_field(name)
    if getattr(field, "unique", False):
        yield (name,), models.Q()
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields:
            without_nulls = models.Q()
            if constraint.nulls_distinct is not False:
                without_nulls = models.Q(**{f"{each}__isnull": False for each in constraint.fields})
            yield tuple(constraint.fields), (constraint.condition or models.Q()) & without_nulls


@dataclass(frozen=True)
class Clash:
    """Two profiles of the same platform: one must be an older name of the other, or the two cannot be one creator."""

    platform: str
    label: str
    kept: Profile
    gone: Profile


@dataclass(frozen=True)
class Obstacle:
    """What forbids a merge, in words that say what to do, and the deals that it is about."""

    words: str
    deals: tuple[Deal, ...] = ()

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Preview:
    """What a merge would do: rows by kind that go over, platforms to decide about, and what forbids it.

    `give_way` are deals that are put aside, since the other one has a deal in the same campaign.
    """

    moves: list[tuple[str, int]]
    clashes: list[Clash]
    give_way: list[Deal]
    obstacles: list[Obstacle]


def preview(kept: Creator, gone: Creator) -> Preview:
    """What merging `gone` into `kept` would do now."""
    return Preview(
        moves=list(_moves(gone)), clashes=clashes(kept, gone), give_way=giving_way(kept, gone),
        obstacles=obstacles(kept, gone),
    )  # fmt: skip


def _moves(gone: Creator) -> Iterator[tuple[str, int]]:
    moving = [hung for hung in hung_on([gone.pk]) if not _stays(hung)]
    counted: dict[str, int] = {}
    for place, number in in_one([(hung, f"{place}, count(*)") for place, hung in enumerate(moving)]):
        name = str(moving[place].model._meta.verbose_name)
        counted[name] = counted.get(name, 0) + number
    yield from ((words_for(name, number), number) for name, number in counted.items() if number)


def _stays(hung: Hung) -> bool:
    return hung.model in (Merge, Creator) or (hung.model is Deal and hung.column == "profile_id")


def clashes(kept: Creator, gone: Creator) -> list[Clash]:
    """Platforms on which both have an account."""
    mine = {profile.platform: profile for profile in kept.profiles.all()}
    return [
        Clash(theirs.platform, str(theirs.get_platform_display()), mine[theirs.platform], theirs)
        for theirs in gone.profiles.order_by("platform")
        if theirs.platform in mine
    ]


def obstacles(kept: Creator, gone: Creator) -> list[Obstacle]:
    """What forbids the merge until somebody settles it."""
    promises = (*_same_rights(kept, gone), *_two_brands(kept, gone))
    return [*_same_campaigns(kept, gone), *map(Obstacle, promises)]


def _shared_campaigns(kept: Creator, gone: Creator) -> Iterator[tuple[Deal, Deal]]:
    """The deals of both in one campaign, that of the kept one first."""
    deals = Deal._base_manager.select_related("campaign", "creator")
    mine = {deal.campaign_id: deal for deal in deals.filter(creator=kept)}
    for deal in deals.filter(creator=gone, campaign__in=list(mine)):
        yield mine[deal.campaign_id], deal


def giving_way(kept: Creator, gone: Creator) -> list[Deal]:
    """Of two deals in one campaign the one that was only planned; of two such that of the creator who goes."""
    pairs = list(_shared_campaigns(kept, gone))
    shared = Deal._base_manager.filter(pk__in=[deal.pk for pair in pairs for deal in pair])
    planned = set(only_planned(shared).values_list("pk", flat=True))
    return [theirs if theirs.pk in planned else mine for mine, theirs in pairs if {mine.pk, theirs.pk} & planned]


def _same_campaigns(kept: Creator, gone: Creator) -> Iterator[Obstacle]:
    settled = {deal.campaign_id for deal in giving_way(kept, gone)}
    for pair in _shared_campaigns(kept, gone):
        if pair[0].campaign_id not in settled:
            yield Obstacle(
                f"Both have a deal in {pair[0].campaign} that is under way, and a campaign holds one deal of a "
                "creator. Only a deal that is still planned, without links, briefs, parcels and costs of its own, "
                "gives way. Else leave them two, and say so on the list of duplicates.",
                pair,
            )


def _same_rights(kept: Creator, gone: Creator) -> Iterator[str]:
    for right in Right._base_manager.filter(creator=gone).select_related("brand"):
        same = Right._base_manager.filter(
            creator=kept, brand=right.brand_id, kind=right.kind, place=right.place, held__overlap=right.held
        )
        if any(_meet(right, other) for other in same):
            yield (
                f"Both have given {right.brand} {right.get_kind_display().lower()} on {right.get_place_display()} "
                f"for part of the same time. Revoke or shorten one of the two rights first."
            )


def _meet(right: Right, other: Right) -> bool:
    places = not right.territory or not other.territory or right.territory == other.territory
    pieces = not right.content_id or not other.content_id or right.content_id == other.content_id
    return places and pieces


def _two_brands(kept: Creator, gone: Creator) -> Iterator[str]:
    bound = Exclusivity._base_manager.filter(waived_on=None)
    for promise in bound.filter(creator=gone):
        others = bound.filter(creator=kept, category=promise.category, during__overlap=promise.during)
        for other in others.exclude(brand=promise.brand_id):
            until = f" until {last_day(other.during.upper)}" if other.during.upper else ""
            yield f"The two are bound to different brands in “{promise.category}”{until}. Waive one of the two first."


def partners(creator: Creator, words: str) -> models.QuerySet[Creator]:
    """Creators whom somebody may mean who says that this one is on the roster twice; nobody without words."""
    if not words:
        return Creator.objects.none()
    found = Creator.objects.filter(pk__in=creators_found_by(words), erased_on=None)
    return found.exclude(pk=creator.pk).order_by("sort_name", "pk")


def merge_of(creator_id: int) -> Merge | None:
    """The merge by which a creator went, where it was not taken back."""
    return Merge.objects.filter(gone=creator_id, undone_at=None).select_related("kept").first()


def shown_values(creator: Creator) -> dict[str, Any]:
    """What the two are compared by, field by field, in words."""
    return {name: _shown(getattr(creator, name)) for name in COMPARED}


COMPARED = (
    "name", "country", "region", "city", "language", "niches", "formats", "availability", "back_on", "no_contact_on",
    "no_contact_why", "notes",
)  # fmt: skip


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)


def merges(words: str) -> models.QuerySet[Merge]:
    """The merges whose names hold the words, newest first, each with the number of its `steps` that can be undone."""
    rows = Merge.objects.select_related("kept", "made_by", "undone_by").defer("journal")
    length = models.Func("journal", function="jsonb_array_length", output_field=models.IntegerField())
    rows = rows.annotate(steps=length)
    if words:
        rows = rows.filter(models.Q(gone_name__icontains=words) | models.Q(kept__name__icontains=words))
    return rows
