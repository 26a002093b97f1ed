"""What a creator is about."""

from collections.abc import Sequence

from creators.models import Creator


def set_niches(creator: Creator, niches: Sequence[str]) -> None:
    """Replace the creator's niches."""
    creator.niches = list(niches)
    creator.save(update_fields=["niches"])
