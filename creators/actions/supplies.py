"""The providers of this installation: its keys, opened, each with its budget and its pace."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.conf import settings

from creators.actions.pacing import Pace
from creators.enums import Source
from creators.providers.registry import PREFERENCE, Key, provider_with
from creators.providers.suppliers import Supplier, Suppliers
from creators.queries.providers import keys_in_use
from team.models import ProviderKey


@dataclass(frozen=True)
class Terms:
    """A key and what may be asked of it: a budget a period (None: no limit) and calls a minute."""

    key: Key
    budget: int | None
    calls_a_minute: int


@contextmanager
def opened(terms: Iterable[Terms]) -> Iterator[Suppliers]:
    """Suppliers whose every call keeps the pace, the preferred one first; their connections are closed at the end."""
    ranked = sorted(terms, key=lambda each: (PREFERENCE.index(each.key.source), each.key.id))
    with ExitStack() as stack:
        yield Suppliers([_supplier(each, stack) for each in ranked])


@contextmanager
def stored() -> Iterator[Suppliers]:
    """The providers whose keys people have set."""
    with opened(stored_terms()) as suppliers:
        yield suppliers


def stored_terms() -> list[Terms]:
    """The keys that people have set, with their budgets and the pace from the settings.

    A key whose seal is broken is left out; its page says so. YouTube counts by the day, so a monthly budget of its
    units is spread over thirty days, within the quota that it gives.
    """
    budgets = dict(ProviderKey.objects.values_list("provider", "monthly_budget"))
    return [Terms(key, _budget(key.source, budgets[key.source]), _pace(key.source)) for key in keys_in_use()]


def _budget(source: Source, monthly: int | None) -> int | None:
    if source != Source.YOUTUBE:
        return monthly
    return min(settings.YOUTUBE_UNITS_A_DAY, monthly // 30 if monthly else settings.YOUTUBE_UNITS_A_DAY)


def _pace(source: Source) -> int:
    return max(settings.PROVIDER_PACE.get(source, 60), 1)


def _supplier(terms: Terms, stack: ExitStack) -> Supplier:
    pace = Pace(terms.key.source, terms.calls_a_minute)
    client = stack.enter_context(pace.client())
    return Supplier(provider_with(terms.key, client=client), budget=terms.budget, begin=pace.begin)
