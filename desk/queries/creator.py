"""What the creator page says before anything else: who this is, where they stand, what a colleague pinned."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from creators.enums import Tier, Track
from creators.logic.tiers import tier_of
from creators.models import Creator, LifecycleSpan, Note, Profile, Relationship


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
        return [span for span in self.spans if span.track != Track.STAGE]


def head_of(creator: Creator) -> Head:
    """In two queries."""
    profiles = list(Profile.objects.filter(creator=creator).order_by("-is_main", "platform"))
    spans = LifecycleSpan.objects.open().filter(creator=creator).select_related("brand")
    return Head(creator, profiles, list(spans.order_by("brand__name", "track")))


def relationships_of(creator: Creator) -> list[Relationship]:
    """What each brand of the open scope keeps of the creator."""
    found = Relationship.objects.filter(creator=creator).select_related("brand", "owner")
    return list(found.order_by("brand__name"))


def newest_notes(creator: Creator, *, limit: int) -> list[Any]:
    """Pinned notes of the open scope first, then the newest."""
    notes = Note.objects.filter(creator=creator).select_related("brand", "made_by")
    return list(notes.order_by("-is_pinned", "-told_at", "-pk")[:limit])
