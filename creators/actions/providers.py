"""Testing the key of a data provider by asking for its balance."""

from datetime import datetime

from config.lib.sealed import SealBroken
from creators.providers.errors import ProviderError
from creators.providers.registry import provider_with
from creators.queries.providers import key_of
from team.actions.provider_keys import note_test
from team.models import ProviderKey

SECONDS = 15.0  # a person waits for it


def test_key(stored: ProviderKey, *, now: datetime) -> str:
    """Ask the provider for what is left and keep the outcome with the key. Returns it in words for a person."""
    try:
        balance = provider_with(key_of(stored), seconds=SECONDS).balance()
    except (ProviderError, SealBroken) as error:
        note_test(stored, works=False, words=str(error), now=now)
        return f"{stored} does not work: {error}"
    note_test(
        stored, works=True, words=balance.words, now=now, credits_left=balance.left, credits_of=balance.of
    )  # fmt: skip
    return f"{stored} works. {balance.words}"
