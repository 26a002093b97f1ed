"""What the top of every page of a creator says: who this is, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.core.exceptions import EmptyResultSet

from config.lib.written import SOMEBODY, Scope, Written, columns, made, scope_key, written
from creators.enums import OVERLAYS, Tier, Track
from creators.logic.tiers import tier_of
from creators.models import Creator, LifecycleSpan, Profile
from creators.queries.numbers import profiles_of
from team.models import Brand


@dataclass(frozen=True)
class Head:
    """The top of every page of a creator. `spans` are those that hold now in the brands of the open scope."""

    creator: Creator
    profiles: Sequence[Profile]
    spans: Sequence[LifecycleSpan]

    @property
    def main(self) -> Profile | None:
        """The main profile."""
        return self.profiles[0] if self.profiles else None

    @property
    def tier(self) -> Tier | None:
        """The tier of the main profile, where its followers are known."""
        return tier_of(self.main.followers) if self.main else None

    @property
    def stages(self) -> list[LifecycleSpan]:
        """The present stage with each brand."""
        return [span for span in self.spans if span.track == Track.STAGE]

    @property
    def overlays(self) -> list[LifecycleSpan]:
        """Whitelisted and top performer, where they hold."""
        return [span for span in self.spans if span.track in OVERLAYS]


def head_of(pk: int) -> Head:
    """In two queries, or three for a creator without a profile. Raises Creator.DoesNotExist."""
    profiles = profiles_of(pk)
    creator = profiles[0].creator if profiles else Creator.objects.get(pk=pk)
    return Head(creator, profiles, _open_spans(pk))


def _open_spans(pk: int) -> list[LifecycleSpan]:
    try:
        rows = _spans(scope_key()).rows(pk)
    except EmptyResultSet:  # of somebody without a brand
        return []
    return [LifecycleSpan(track=track, stage=stage, brand=made(Brand, brand)) for track, stage, *brand in rows]


@lru_cache(maxsize=64)
def _spans(scope: Scope) -> Written:
    """What somebody is now with each brand. Every page of a creator asks this, so its text is written once."""
    rows = LifecycleSpan.objects.open().filter(creator=SOMEBODY).order_by("brand__name", "track")
    return written(rows.values_list("track", "stage", *columns(Brand, "brand__")))
