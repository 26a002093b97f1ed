"""Why a provider gave no numbers. One class with a cause, since what differs is only what to do next."""

from datetime import timedelta

from creators.enums import Failure

PERMANENT = frozenset({Failure.GONE, Failure.PRIVATE, Failure.NOT_OFFERED})
"""Asking again will not help until a person changes something; these stop the refresh of that profile."""

PROVIDER_WIDE = frozenset({Failure.BAD_KEY, Failure.NO_CREDITS})
"""Every other profile would meet the same; these stop the provider, not the profile."""


class ProviderError(Exception):
    """A question without an answer. `words` go to a person; `keys` are the top keys of an unknown shape."""

    def __init__(
        self,
        failure: Failure,
        words: str,
        *,
        retry_after: timedelta | None = None,
        keys: tuple[str, ...] = (),
        payload: bytes = b"",
        credits: int = 0,
    ) -> None:
        super().__init__(words)
        self.failure = failure
        self.words = words
        self.retry_after = retry_after
        self.keys = keys
        self.payload = payload
        self.credits = credits

    @property
    def is_permanent(self) -> bool:
        """Whether this profile should not be asked for again until a person changes something."""
        return self.failure in PERMANENT
