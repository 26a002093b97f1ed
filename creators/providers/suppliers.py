"""Providers as an installation uses them: in order of preference, each with its budget and pace."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from creators.enums import Platform, Question, Source
from creators.providers.protocol import Provider

Lane = tuple[str, str]
"""A platform and a question: what a worker can be asked without knowing the profile."""


@dataclass(frozen=True)
class Supplier:
    """A provider with its key. `budget` is in its credits or units a period, None for no limit.

    `begin` waits for the turn of a question's first call, or says how far off that is.
    """

    provider: Provider
    budget: int | None = None
    begin: Callable[[], timedelta | None] = lambda: None

    @property
    def source(self) -> Source:
        """Which provider it is."""
        return self.provider.source

    def offers(self, platform: Platform | str, question: Question | str) -> bool:
        """Whether the provider gives an answer to this question about this platform."""
        place = Platform(platform)
        return place in self.provider.platforms and self.provider.offers(str(question), place)

    def price_of(self, platform: Platform | str, question: Question | str, *, limit: int) -> int:
        """The most that the question may cost."""
        return self.provider.price_of(str(question), Platform(platform), limit=limit)


@dataclass(frozen=True)
class Suppliers:
    """All providers with a key, the preferred one first."""

    each: Sequence[Supplier] = ()

    def __iter__(self) -> Iterator[Supplier]:
        return iter(self.each)

    def for_lane(self, lane: Lane) -> list[Supplier]:
        """Who may be asked, the preferred one first."""
        return [supplier for supplier in self.each if supplier.offers(*lane)]

    def lanes(self) -> list[Lane]:
        """Everything that can be asked at all, in order of use: counters before posts before samples."""
        return [
            (platform.value, question.value)
            for question in Question
            for platform in Platform
            if any(supplier.offers(platform, question) for supplier in self.each)
        ]
