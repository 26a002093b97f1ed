"""What Today shows and what the palette finds. Every query starts from the brand's own tables."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from campaigns.models import Campaign
from creators.models import Profile

HITS = 8


@dataclass(frozen=True)
class Found:
    """A creator or campaign that the palette can go to."""

    kind: str
    label: str
    pk: int


def found(words: str) -> Iterable[Found]:
    """Creators by handle or name and campaigns by name or slug of the open scope, at most eight of each."""
    if not words:
        return []
    campaigns = Campaign.objects.filter(Q(name__icontains=words) | Q(slug__icontains=words))[:HITS]
    handle = words.lower().removeprefix("@")
    profiles = Profile.objects.filter(
        Q(handle__contains=handle) | Q(is_main=True, creator__sort_name__contains=handle)
    ).select_related("creator")[:HITS]
    return [
        *(Found(kind="Creator", label=f"{p.creator.name} (@{p.handle})", pk=p.creator_id) for p in profiles),
        *(Found(kind="Campaign", label=c.name, pk=c.pk) for c in campaigns),
    ]
