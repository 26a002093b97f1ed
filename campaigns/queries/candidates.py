"""Creators who could be put into a campaign: by search, by filter, or by a pasted list of handles."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from campaigns.models import Campaign, Deal
from creators.models import Creator, Profile

_WORD = re.compile(r"[^\s,;]+")
_HANDLE_IN_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?[a-z0-9-]+\.[a-z.]+/(?:@|in/|c/)?([^/?#]+)", re.IGNORECASE)


@dataclass(frozen=True)
class CreatorFilter:
    """Which creators to take; blank is any."""

    find: str = ""
    platform: str = ""
    country: str = ""
    niche: str = ""
    least: int | None = None
    most: int | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing is asked for, which would be everybody."""
        return self == CreatorFilter()


@dataclass(frozen=True)
class Pick:
    """Who a list or filter found: `profiles` to add, `known` already in the campaign, and words nobody answers to."""

    profiles: list[Profile] = field(default_factory=list)
    known: list[Profile] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


def candidates(campaign: Campaign, wanted: CreatorFilter) -> QuerySet[Profile]:
    """Main profiles of matching creators who are not in the campaign yet, by handle."""
    there = Deal.objects.filter(campaign=campaign).order_by().values("creator")
    return matching_profiles(wanted).exclude(creator__in=there)


def matching_profiles(wanted: CreatorFilter) -> QuerySet[Profile]:
    """The profile to post on of each matching creator: that of the platform asked for, else the main one."""
    rows = Profile.objects.select_related("creator").order_by("handle", "pk")
    rows = rows.filter(platform=wanted.platform) if wanted.platform else rows.filter(is_main=True)
    if wanted.find:
        word = wanted.find.strip().removeprefix("@").casefold()
        rows = rows.filter(Q(handle__contains=word) | Q(creator__sort_name__contains=word))
    if wanted.country:
        rows = rows.filter(creator__country__iexact=wanted.country)
    if wanted.niche:
        rows = rows.filter(creator__niches__contains=[wanted.niche])
    if wanted.least is not None:
        rows = rows.filter(followers__gte=wanted.least)
    if wanted.most is not None:
        rows = rows.filter(followers__lte=wanted.most)
    return rows


def pick_by_filter(campaign: Campaign, wanted: CreatorFilter) -> Pick:
    """Everybody who matches; nobody where nothing is asked for."""
    if wanted.is_empty:
        return Pick()
    return _sorted_out(campaign, list(matching_profiles(wanted)), [], [])


def pick_by_handles(campaign: Campaign, text: str, *, platform: str) -> Pick:
    """The creators whom a pasted list names: handles with or without `@`, or profile addresses.

    A handle that two creators use on different platforms is `unclear` until the platform is told.
    """
    words = list(dict.fromkeys(handle_of(word) for word in _WORD.findall(text)))
    profiles = Profile.objects.select_related("creator").filter(handle__in=words).order_by("-is_main", "pk")
    if platform:
        profiles = profiles.filter(platform=platform)
    found: dict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        found[profile.handle].append(profile)
    unclear = [word for word in words if len({profile.creator_id for profile in found[word]}) > 1]
    chosen = [found[word][0] for word in words if found[word] and word not in unclear]
    return _sorted_out(campaign, chosen, [word for word in words if not found[word]], unclear)


def handle_of(word: str) -> str:
    """`@Ana.B` and `https://www.tiktok.com/@ana.b` are `ana.b`."""
    address = _HANDLE_IN_ADDRESS.match(word)
    return (address[1] if address else word).strip().lstrip("@").lower()


def _sorted_out(campaign: Campaign, chosen: list[Profile], unknown: list[str], unclear: list[str]) -> Pick:
    there = set(Deal.objects.filter(campaign=campaign).values_list("creator_id", flat=True))
    once = {profile.creator_id: profile for profile in reversed(chosen)}
    by_handle = sorted(once.values(), key=lambda profile: (profile.handle, profile.pk))
    return Pick(
        profiles=[profile for profile in by_handle if profile.creator_id not in there],
        known=[profile for profile in by_handle if profile.creator_id in there],
        unknown=unknown,
        unclear=unclear,
    )


def creator_with_profiles(pk: int) -> Creator | None:
    """A creator for the form of one deal."""
    return Creator.objects.prefetch_related("profiles").filter(pk=pk).first()
