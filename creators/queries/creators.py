"""Which creators a search and its filters mean, and what a list of them shows. Flat to 100,000 creators."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from creators.enums import Tier
from creators.logic.names import folded
from creators.logic.tiers import bounds_of, tier_of
from creators.models import Contact, Creator, LifecycleSpan, Profile
from creators.queries.findings import Standing, creators_at, standings
from creators.queries.lifecycle import present_stages
from team.models import Brand

NO_STAGE = "none"
_SHORT = 3  # letters; a trigram index has nothing to say about fewer
_BATCH = 1_000


@dataclass(frozen=True)
class CreatorFilter:
    """What a person asked the list for; blank means everything. Stages are those with `brand`."""

    q: str = ""
    platform: str = ""
    tier: str = ""
    stage: str = ""
    country: str = ""
    niche: str = ""
    level: str = ""
    sort: str = "name"
    brand: Brand | None = None


@dataclass(frozen=True)
class ListedCreator:
    """A creator as a line of a list, with the main profile first and the stage with one brand."""

    creator: Creator
    profiles: list[Profile] = field(default_factory=list)
    stage: str = ""
    emails: list[str] = field(default_factory=list)
    standing: Standing | None = None

    @property
    def main(self) -> Profile | None:
        """The main profile."""
        return self.profiles[0] if self.profiles else None

    @property
    def tier(self) -> Tier | None:
        """The tier of the main profile."""
        return tier_of(self.main.followers) if self.main else None


def matching(wanted: CreatorFilter) -> QuerySet[Creator]:
    """The creators that a filter means, in its order."""
    creators = Creator.objects.all()
    if wanted.tier or wanted.sort == "followers":
        main = FilteredRelation("profiles", condition=Q(profiles__is_main=True))
        creators = creators.annotate(main=main).filter(Q(main__isnull=False))
    if wanted.tier:
        low, high = bounds_of(Tier(wanted.tier))
        creators = creators.filter(Q(main__followers__gte=low))
        creators = creators if high is None else creators.filter(Q(main__followers__lt=high))
    if wanted.q.strip():
        creators = creators.filter(pk__in=creators_found_by(wanted.q.strip()))
    if wanted.platform:
        creators = creators.filter(pk__in=Profile.objects.filter(platform=wanted.platform).values("creator"))
    if wanted.country:
        creators = creators.filter(country__iexact=wanted.country.strip())
    if wanted.niche:
        creators = creators.filter(niches__contains=[wanted.niche.strip().lower()])
    if wanted.level:
        creators = creators.filter(pk__in=creators_at(wanted.level))
    return _in_stage(creators, wanted).order_by(*_ORDERS[wanted.sort])


_ORDERS: dict[str, tuple[Any, ...]] = {
    "name": ("sort_name", "pk"),
    "followers": (F("main__followers").desc(nulls_last=True), "main__creator_id"),
    "newest": ("-pk",),
}


def creators_found_by(words: str) -> QuerySet[Any]:
    """Ids of creators whose name, handle or e-mail holds the words (begins with them, where they are few letters)."""
    how = "contains" if len(words) >= _SHORT else "startswith"
    by_name = Creator.objects.filter(**{f"sort_name__{how}": folded(words)}).order_by().values("pk")
    handle = words.lower().lstrip("@")
    by_handle = Profile.objects.filter(**{f"handle__{how}": handle}).order_by().values("creator_id")
    by_email = Contact.objects.filter(kind="email", **{f"value__i{how}": words}).order_by().values("creator_id")
    return by_name.union(by_handle, by_email)


def _in_stage(creators: QuerySet[Creator], wanted: CreatorFilter) -> QuerySet[Creator]:
    if not wanted.stage or wanted.brand is None:
        return creators
    spans = LifecycleSpan.objects.stages().open().filter(brand=wanted.brand)
    if wanted.stage == NO_STAGE:
        return creators.exclude(pk__in=spans.values("creator"))
    return creators.filter(pk__in=spans.filter(stage=wanted.stage).values("creator"))


def listed(creators: Iterable[Creator], *, brand: Brand | None, with_emails: bool = False) -> list[ListedCreator]:
    """The creators with what a list shows of them, in three queries (four with e-mails)."""
    found = list(creators)
    ids = [creator.pk for creator in found]
    profiles = defaultdict(list)
    for profile in Profile.objects.filter(creator__in=ids).order_by("-is_main", "platform"):
        profiles[profile.creator_id].append(profile)
    stages = present_stages(ids, brand=brand) if brand else {}
    emails = _emails(ids) if with_emails else {}
    worst = standings(ids)
    return [
        ListedCreator(c, profiles.get(c.pk, []), stages.get(c.pk, ""), emails.get(c.pk, []), worst.get(c.pk))
        for c in found
    ]


def in_batches(creators: QuerySet[Creator], *, brand: Brand | None) -> Iterator[ListedCreator]:
    """All of them for an export, some at a time, so that memory stays flat."""
    batch: list[Creator] = []
    for creator in creators.iterator(chunk_size=_BATCH):
        batch.append(creator)
        if len(batch) == _BATCH:
            yield from listed(batch, brand=brand, with_emails=True)
            batch = []
    yield from listed(batch, brand=brand, with_emails=True)


def _emails(creator_ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for creator, value in Contact.objects.filter(creator__in=creator_ids, kind="email").values_list(
        "creator", "value"
    ):
        found[creator].append(value)
    return found
