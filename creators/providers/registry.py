"""Which provider answers a question about a platform, by the keys that there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import httpx

from creators.enums import Failure, Platform, Source
from creators.providers.errors import ProviderError
from creators.providers.instagram import Instagram
from creators.providers.protocol import Provider
from creators.providers.sociavault import SociaVault
from creators.providers.youtube import YouTube

# The platform's own interface comes first: it is exact, cheap and allowed. The demo is for sample programs.
PREFERENCE = (Source.YOUTUBE, Source.INSTAGRAM, Source.SOCIAVAULT, Source.DEMO)


@dataclass(frozen=True)
class Key:
    """What is needed to ask a provider. `id` is that of the stored key, for budgets and results."""

    source: Source
    secret: str = field(repr=False)
    account: str = ""
    address: str = ""
    id: int = 0


def provider_with(key: Key, *, client: httpx.Client | None = None, seconds: float = 60.0) -> Provider:
    """The provider that a key opens. A client may be shared by many."""
    if key.source == Source.YOUTUBE:
        return YouTube(key.secret, address=key.address, client=client, seconds=seconds)
    if key.source == Source.INSTAGRAM:
        return Instagram(key.secret, account=key.account, address=key.address, client=client, seconds=seconds)
    if key.source in (Source.SOCIAVAULT, Source.DEMO):
        return SociaVault(key.secret, address=key.address, source=key.source, client=client, seconds=seconds)
    raise ValueError(f"{key.source} has no keys")


def keys_for(platform: Platform, question: str, keys: Iterable[Key]) -> Iterator[Key]:
    """The keys that can answer, the best first; the next is for when one gives this account up as not offered."""
    ranked = sorted(keys, key=lambda key: (PREFERENCE.index(key.source), key.id))
    return (key for key in ranked if provider_with(key).offers(question, platform))


def provider_for(
    platform: Platform, question: str, keys: Iterable[Key], *, client: httpx.Client | None = None
) -> Provider:
    """The best provider for a question ("profile", "posts", "comments", "followers"). Raises NOT_OFFERED."""
    for key in keys_for(platform, question, keys):
        return provider_with(key, client=client)
    raise ProviderError(
        Failure.NOT_OFFERED,
        f"No key in Settings, Data providers gives {question} for {platform.label}. Add one, or load a file.",
    )
