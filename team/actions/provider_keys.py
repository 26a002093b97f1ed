"""Noting how the test of a data provider's key went."""

from datetime import datetime

from team.models import ProviderKey


def note_test(
    key: ProviderKey,
    *,
    works: bool,
    words: str,
    now: datetime,
    credits_left: int | None = None,
    credits_of: int | None = None,
) -> None:
    """Keep the outcome with the key, unless another key has been put in its place meanwhile."""
    ProviderKey.objects.filter(pk=key.pk, sealed=key.sealed).update(
        works=works, test_words=words[:300], tested_at=now, credits_left=credits_left, credits_of=credits_of
    )
