"""What the roster holds, and where: niches by region, sizes, and creators near a place."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from typing import Any, cast

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Max, Q, QuerySet

from creators.enums import Tier
from creators.logic.coverage import Grid, Rule, grid
from creators.logic.gazetteer import find
from creators.logic.places import Place, km_between
from creators.logic.tier_mix import MID_AND_ABOVE, Mix, mix_of
from creators.logic.tiers import bounds_of
from creators.models import Creator, LifecycleSpan, Profile
from creators.queries.creators import erased, headcount, living
from team.models import Brand

MOST_REGIONS = 10
UNKNOWN = "unknown"
_KEPT = 300  # seconds; counting 100,000 creators takes a fifth of one


def niche_grid(*, rule: Rule, country: str = "", most_regions: int = MOST_REGIONS) -> Grid:
    """Niches by country, or by region of one country, over the whole roster.

    The counts are those of at most five minutes ago, unless somebody came to the roster since.
    """
    counts, people = _counted(country)
    return grid(counts, people, rule=rule, most_regions=most_regions)


_Counted = tuple[list[tuple[str, str, int]], dict[str, int]]


def _counted(country: str) -> _Counted:
    size = Creator.objects.aggregate(n=Count("pk"), last=Max("pk"))
    key = sha256(f"{country.upper()} {size}".encode()).hexdigest()
    return cast(_Counted, cache.get_or_set(f"niches:{key}", lambda: _count(country), timeout=_KEPT))


def _count(country: str) -> _Counted:
    values = {"country": country}
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE_IN_COUNTRY if country else _PEOPLE, values)
        people = cursor.fetchall()
        names = {folded: name for folded, name, _ in people}
        cursor.execute(_NICHES_IN_COUNTRY if country else _NICHES, values)
        counts = [(niche, names[folded], n) for niche, folded, n in cursor.fetchall() if folded in names]
        return counts, {name: n for _, name, n in people}


# Countries and regions are one where only their letters' case differs; the commonest spelling would cost a sort, so
# the last one in order speaks for all.
_NICHES = """
select niche, upper(country), sum(n)::bigint
from (select country, niches, count(*) as n from creators_creator
  where niches <> '{}' group by country, niches) alike,
  unnest(niches) as niche
group by niche, upper(country)"""
_PEOPLE = """
select upper(country), max(country), count(*) from creators_creator where erased_on is null group by upper(country)"""
_NICHES_IN_COUNTRY = """
select niche, upper(region), count(*) from creators_creator, unnest(niches) as niche
where upper(country) = upper(%(country)s) group by niche, upper(region)"""
_PEOPLE_IN_COUNTRY = """
select upper(region), max(region), count(*) from creators_creator
where upper(country) = upper(%(country)s) group by upper(region)"""


def tier_mix(creators: QuerySet[Any] | None = None) -> Mix:
    """The sizes of the roster, or of these creators (ids, each once), by their main profiles.

    Who was erased has no size: an erased profile keeps no number of followers.
    """
    main = Profile.objects.filter(is_main=True)
    if creators is not None:
        main = main.filter(creator__in=creators)
    counts = main.aggregate(**{tier.name.lower(): Count("pk", filter=_in_tier(tier)) for tier in Tier})
    people = headcount() if creators is None else creators.exclude(creator__in=erased()).count()
    by_tier = {tier: counts[tier.name.lower()] for tier in Tier}
    return mix_of(by_tier, unknown=people - sum(counts.values()))


def _in_tier(tier: Tier) -> Q:
    low, high = bounds_of(tier)
    within = Q(followers__gte=low)
    return within if high is None else within & Q(followers__lt=high)


@dataclass(frozen=True)
class PeopleFilter:
    """Whom a count means. Blank asks nothing; `country`, `region`, `city` and `tier` know `unknown`."""

    niche: str = ""
    country: str = ""
    region: str = ""
    city: str = ""
    tier: str = ""
    stage: str = ""
    q: str = ""


def people(wanted: PeopleFilter, *, brand: Brand | None, among: QuerySet[Any] | None = None) -> QuerySet[Creator]:
    """The creators behind a count, by name; `among` are ids to choose from, `stage` is that with the brand."""
    found = living()
    if among is not None:
        found = found.filter(pk__in=among)
    if wanted.niche:
        found = found.filter(niches__contains=[wanted.niche.lower()])
    for name, text in (("country", wanted.country), ("region", wanted.region), ("city", wanted.city)):
        if text:
            found = found.filter(**({name: ""} if text == UNKNOWN else {f"{name}__iexact": text}))
    if wanted.tier:
        found = _of_size(found, wanted.tier)
    if wanted.stage and brand:
        found = found.filter(pk__in=in_stage(wanted.stage, brand=brand))
    if wanted.q:
        found = found.filter(sort_name__contains=wanted.q.lower())
    return found.order_by("sort_name", "pk")


def _of_size(creators: QuerySet[Creator], size: str) -> QuerySet[Creator]:
    main = Profile.objects.filter(is_main=True)
    if size == UNKNOWN:
        return creators.exclude(pk__in=main.filter(followers__isnull=False).values("creator"))
    tiers = MID_AND_ABOVE if size == "mid" else (Tier(size),)
    within = Q()
    for tier in tiers:
        within |= _in_tier(tier)
    return creators.filter(pk__in=main.filter(within).values("creator"))


def in_stage(stage: str, *, brand: Brand) -> QuerySet[Any]:
    """Ids of creators who are in a stage of the brand now."""
    return LifecycleSpan.objects.stages().open().filter(brand=brand, stage=stage).values("creator")


@dataclass(frozen=True)
class Town:
    """One spelling of a city in the roster, how many creators have it, and where it is, if that is known."""

    country: str
    region: str
    city: str
    count: int
    place: Place | None = None
    why: str = ""
    km: float | None = None

    @property
    def words(self) -> str:
        """`Leeds, United Kingdom`."""
        return ", ".join(part for part in (self.city, self.region, self.country) if part)


@dataclass(frozen=True)
class Surroundings:
    """The towns within reach, the nearest first, and those of which nobody can say where they are."""

    near: Sequence[Town]
    unplaced: Sequence[Town]
    without_city: int

    @property
    def count(self) -> int:
        """How many creators are within reach."""
        return sum(town.count for town in self.near)

    @property
    def unplaced_count(self) -> int:
        """How many creators have a city that nobody knows, or that may be one of several."""
        return sum(town.count for town in self.unplaced)


def surroundings(centre: Place, *, km: float) -> Surroundings:
    """The roster's towns seen from a place, in two queries."""
    towns = [_placed(*row) for row in _towns()]
    seen = [(km_between(centre, town.place), town) for town in towns if town.place]
    near = sorted(((away, town) for away, town in seen if away <= km), key=lambda pair: (pair[0], pair[1].words))
    unplaced = [town for town in towns if town.city and not town.place]
    return Surroundings(
        near=[_at(town, away) for away, town in near],
        unplaced=sorted(unplaced, key=lambda town: (-town.count, town.words)),
        # Who was erased lives nowhere; the index that counts towns knows no more of them.
        without_city=sum(town.count for town in towns if not town.city) - erased().count(),
    )


def _towns() -> QuerySet[Any, tuple[str, str, str, int]]:
    fields = ("country", "region", "city")
    return Creator.objects.order_by().values(*fields).annotate(n=Count("*")).values_list(*fields, "n")


def _placed(country: str, region: str, city: str, count: int) -> Town:
    sought = find(city, country, region)
    return Town(country, region, city, count, sought.place, sought.why)


def _at(town: Town, km: float) -> Town:
    return Town(town.country, town.region, town.city, town.count, town.place, town.why, round(km, 1))


def living_in(towns: Sequence[Town]) -> QuerySet[Creator]:
    """Creators of these towns, in the order of the towns."""
    keys = [town.country + _BETWEEN + town.region + _BETWEEN + town.city for town in towns]
    columns = [list(column) for column in zip(*((t.country, t.region, t.city) for t in towns), strict=True)]
    if not columns:
        return Creator.objects.none()
    return Creator.objects.extra(
        where=["(country, region, city) in (select * from unnest(%s::text[], %s::text[], %s::text[]))"],
        params=columns,
        select={"nearness": "array_position(%s::text[], country || chr(31) || region || chr(31) || city)"},
        select_params=[keys],
    ).order_by("nearness", "sort_name", "pk")


class Nearest:
    """The creators of these towns in their order, to be paged: a slice asks only for the towns that are in it."""

    def __init__(self, towns: Sequence[Town]):
        self._towns = towns
        self._ends = list(accumulate(town.count for town in towns))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __getitem__(self, part: slice) -> list[Creator]:
        start, stop, _ = part.indices(len(self))
        first, last = bisect_right(self._ends, start), bisect_left(self._ends, stop)
        before = self._ends[first - 1] if first else 0
        return list(living_in(self._towns[first : last + 1])[start - before : stop - before])


_BETWEEN = "\x1f"
