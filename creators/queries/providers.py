"""The keys of data providers, ready for use, and the answers that nobody understood."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from config.lib.sealed import SealBroken
from creators.enums import Failure, Source
from creators.models import RawPayload, Spending
from creators.providers.registry import Key
from team.models import ProviderKey


def key_of(stored: ProviderKey) -> Key:
    """A stored key, opened. Raises `SealBroken`."""
    return Key(
        source=Source(stored.provider), secret=stored.secret, account=stored.account, address=stored.base_address,
        id=stored.pk,
    )  # fmt: skip


def keys_in_use() -> list[Key]:
    """Every key that can be opened; one that cannot says so on its page when it is tested."""
    return list(_opened(ProviderKey.objects.all()))


@dataclass(frozen=True)
class StoredKey:
    """A key as its page shows it, with what the present budget period has taken."""

    key: ProviderKey
    used: int
    reserved: int
    budget: int | None


def stored_keys(*, today: date) -> list[StoredKey]:
    """Every key in two queries. Of a provider's running periods the longest counts: the month, not the day."""
    running = Spending.objects.filter(begins_on__lte=today, ends_on__gt=today).order_by("begins_on")
    spent: dict[str, Spending] = {}
    for each in running:
        spent.setdefault(each.source, each)
    return [_stored(key, spent.get(key.provider)) for key in ProviderKey.objects.all()]


def unknown_shapes() -> QuerySet[RawPayload]:
    """Answers of a shape that we do not know, the newest first, without their bodies."""
    return RawPayload.objects.filter(failure=Failure.SHAPE).select_related("profile").defer("packed")


def _stored(key: ProviderKey, spent: Spending | None) -> StoredKey:
    return StoredKey(key, spent.used if spent else 0, spent.reserved if spent else 0, key.monthly_budget)


def _opened(keys: QuerySet[ProviderKey]) -> Iterator[Key]:
    for stored in keys:
        try:
            yield key_of(stored)
        except SealBroken:
            continue
