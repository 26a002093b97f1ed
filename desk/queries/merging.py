"""What a merge of two creators would move, put aside or be refused for. Nothing here writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Value
from django.db.models.lookups import Exact, IsNull

from campaigns.models import Deal
from config.lib.words import day, last_day
from creators.models import Creator, Exclusivity, Merge, Profile, Right
from creators.queries.creators import creators_found_by, main_handles
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


def told_apart(kept: Creator, gone: Creator) -> tuple[str, str]:
    """What to call the two: their names, with the handles of their main profiles where the names are the same."""
    if kept.name != gone.name:
        return kept.name, gone.name
    return _with_handle(kept), _with_handle(gone)


def _with_handle(creator: Creator) -> str:
    main = next((profile.handle for profile in creator.profiles.all() if profile.is_main), "no profile")
    return f"{creator.name} ({main})"


@dataclass(frozen=True)
class Preview:
    """What a merge would do: rows by kind that go over, and what forbids it.

    `give_way` are deals that are put aside, since the other one has a deal in the same campaign.
    """

    moves: list[tuple[str, int]]
    give_way: list[Deal]
    obstacles: list[Obstacle]


def preview(kept: Creator, gone: Creator) -> Preview:
    """What merging `gone` into `kept` would do now."""
    shared = shared_campaigns(kept, gone)
    return Preview(
        moves=list(_moves(gone)), give_way=[each.gives_way for each in shared if each.gives_way],
        obstacles=[*_under_way(shared), *_promises(kept, gone)],
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
        for theirs in sorted(gone.profiles.all(), key=lambda profile: profile.platform)
        if theirs.platform in mine
    ]


@dataclass(frozen=True)
class SharedCampaign:
    """A campaign in which both have a deal, and which of the two deals gives way, if one can."""

    mine: Deal
    theirs: Deal
    gives_way: Deal | None


def shared_campaigns(kept: Creator, gone: Creator) -> list[SharedCampaign]:
    """The campaigns of both. The deal that was only planned gives way; of two such that of the creator who goes."""
    deals = Deal._base_manager.select_related("campaign", "creator").filter(creator__in=[kept.pk, gone.pk])
    of_each: dict[int, dict[int, Deal]] = {kept.pk: {}, gone.pk: {}}
    for deal in deals.order_by("pk"):
        of_each[deal.creator_id][deal.campaign_id] = deal
    mine, theirs = of_each[kept.pk], of_each[gone.pk]
    both = [campaign for campaign in theirs if campaign in mine]
    planned = _planned([side[campaign] for side in (mine, theirs) for campaign in both])
    return [SharedCampaign(mine[each], theirs[each], _giving(mine[each], theirs[each], planned)) for each in both]


def _planned(deals: list[Deal]) -> set[int]:
    if not deals:
        return set()
    shared = Deal._base_manager.filter(pk__in=[deal.pk for deal in deals])
    return set(only_planned(shared).values_list("pk", flat=True))


def _giving(mine: Deal, theirs: Deal, planned: set[int]) -> Deal | None:
    return next((deal for deal in (theirs, mine) if deal.pk in planned), None)


def giving_way(kept: Creator, gone: Creator) -> list[Deal]:
    """The deals that are put aside."""
    return [each.gives_way for each in shared_campaigns(kept, gone) if each.gives_way]


def obstacles(kept: Creator, gone: Creator) -> list[Obstacle]:
    """What forbids the merge until somebody settles it."""
    return [*_under_way(shared_campaigns(kept, gone)), *_promises(kept, gone)]


def _under_way(shared: list[SharedCampaign]) -> list[Obstacle]:
    return [
        Obstacle(
            f"Both have a deal in {each.mine.campaign} that is under way, and a campaign holds one deal of a "
            "creator. Only a deal that is still planned, without links, briefs, parcels and costs of its own, "
            "gives way. Else leave them two, and say so on the list of duplicates.",
            (each.mine, each.theirs),
        )
        for each in shared
        if each.gives_way is None
    ]


def _promises(kept: Creator, gone: Creator) -> list[Obstacle]:
    return [*map(Obstacle, (*_same_rights(kept, gone), *_two_brands(kept, gone)))]


def _same_rights(kept: Creator, gone: Creator) -> Iterator[str]:
    same = Right._base_manager.filter(
        _OF_ONE_PLACE, _OF_ONE_PIECE, creator=kept, brand=OuterRef("brand"), kind=OuterRef("kind"),
        place=OuterRef("place"), held__overlap=OuterRef("held"),
    )  # fmt: skip
    for right in Right._base_manager.filter(Exists(same), creator=gone).select_related("brand"):
        yield (
            f"Both have given {right.brand} {right.get_kind_display().lower()} on {right.get_place_display()} "
            f"for part of the same time. Revoke or shorten one of the two rights first."
        )


# No territory is the whole world, and no piece all content.
_OF_ONE_PLACE = (
    models.Q(territory="")
    | models.Q(territory=OuterRef("territory"))
    | models.Q(Exact(OuterRef("territory"), Value("")))
)
_OF_ONE_PIECE = (
    models.Q(content=None) | models.Q(content=OuterRef("content")) | models.Q(IsNull(OuterRef("content"), True))
)


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
    told = {name: _shown(getattr(creator, name)) for name in COMPARED}
    return {**told, "formats": creator.format_names}


COMPARED = (
    "name", "country", "region", "city", "language", "niches", "formats", "availability", "back_on", "no_contact_on",
    "no_contact_why", "notes",
)  # fmt: skip


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, date):
        return day(value)
    return "" if value is None else str(value)


class _MovedProfiles(models.Func):
    """Of a journal, the ids of the profiles that it moved."""

    template = """jsonb_path_query_array(%(expressions)s,
        '$[*] ? (@.model == "creators.Profile" && @.do == "move").ids[*]')"""
    output_field = models.JSONField()


def merges(words: str) -> models.QuerySet[Merge]:
    """The merges whose names hold the words, newest first, each with the number of its `steps` that can be undone and
    the ids of the profiles that `moved`."""
    rows = Merge.objects.select_related("kept", "made_by", "undone_by").defer("journal")
    length = models.Func("journal", function="jsonb_array_length", output_field=models.IntegerField())
    rows = rows.annotate(steps=length, moved=_MovedProfiles("journal"))
    if words:
        rows = rows.filter(models.Q(gone_name__icontains=words) | models.Q(kept__name__icontains=words))
    return rows


def handles_of(rows: Sequence[Any]) -> dict[int, tuple[str, str]]:
    """Of those among `merges` where both have one name: the handle of who went and of who was kept, blank where it is
    known no more."""
    same = [row for row in rows if row.gone_name == row.kept.name]
    people = {number for row in same for number in (row.kept_id, row.gone)}
    moved = {row.pk: row.moved[0] for row in same if row.moved}
    mains = main_handles(people)
    named = dict(Profile.objects.filter(pk__in=moved.values()).values_list("pk", "handle"))
    return {
        row.pk: (mains.get(row.gone) or named.get(moved.get(row.pk, 0), ""), mains.get(row.kept_id, ""))
        for row in same
    }
