"""What every provider of numbers can be asked. Providers know no model: they turn the outside into records."""

from collections.abc import Sequence
from typing import Protocol

from creators.enums import Platform, Source
from creators.providers.records import Answer, Balance, CommentRecord, FollowerRecord, PostRecord, ProfileRecord


class Provider(Protocol):
    """One outside service with its key.

    Every question raises `ProviderError` and nothing else. `price_of` tells beforehand what a question may cost at
    most, in the provider's own credits or units, so that a budget can be reserved first.
    """

    source: Source
    platforms: frozenset[Platform]

    def profile(self, platform: Platform, handle: str, *, platform_id: str = "") -> Answer[ProfileRecord]:
        """The account's counters; by `platform_id` where one is known, so that a changed handle is followed."""
        ...

    def posts(
        self, platform: Platform, handle: str, *, platform_id: str = "", limit: int = 30
    ) -> Answer[Sequence[PostRecord]]:
        """The newest posts, newest first."""
        ...

    def comments(self, platform: Platform, post_url: str, *, limit: int = 100) -> Answer[Sequence[CommentRecord]]:
        """A sample of the comments under a post."""
        ...

    def followers(self, platform: Platform, handle: str, *, limit: int = 200) -> Answer[Sequence[FollowerRecord]]:
        """A sample of the accounts that follow; raises NOT_OFFERED where the provider gives none."""
        ...

    def balance(self) -> Balance:
        """What is left; also the test of a key, since it costs nothing or next to it."""
        ...

    def offers(self, question: str, platform: Platform) -> bool:
        """Whether it answers `question` ("profile", "posts", "comments", "followers") about this platform at all."""
        ...

    def price_of(self, question: str, platform: Platform, *, limit: int = 30) -> int:
        """The most that `question` ("profile", "posts", "comments", "followers") may cost."""
        ...
