"""A provider over loopback HTTP, and what tests of refreshing ask of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from creators.actions import refresh, runs, supplies
from creators.actions.supplies import Terms
from creators.enums import Source
from creators.providers import demo_server
from creators.providers.demo_server import Asked, DemoServer, Said, answer_demo
from creators.providers.registry import Key
from creators.providers.suppliers import Suppliers
from tests.factories import NOW, make_creator

PLENTY = 60_000


@contextmanager
def provider(
    settings,
    answer: Callable[[Asked], Said] = answer_demo,
    *,
    budget: int | None = None,
    calls_a_minute: int = PLENTY,
) -> Iterator[tuple[Suppliers, DemoServer]]:
    """The demo provider, or one that answers as told, with its budget."""
    with demo_server.running(answer) as server:
        settings.PROVIDER_PRIVATE_HOSTS = [server.host]
        key = Key(Source.DEMO, "a key of the demo", address=f"{server.address}/on/{NOW:%Y-%m-%d}/v1")
        with supplies.opened([Terms(key, budget, calls_a_minute)]) as suppliers:
            yield suppliers, server


@contextmanager
def due(
    settings, creators: int, answer: Callable[[Asked], Said] = answer_demo, *, budget: int | None = None
) -> Iterator[tuple[Suppliers, DemoServer]]:
    """A provider, and so many creators about whom everything is due."""
    for _ in range(creators):
        make_creator()
    with provider(settings, answer, budget=budget) as (suppliers, server):
        refresh.plan(suppliers, now=NOW)
        yield suppliers, server


def work(suppliers: Suppliers, *, now=NOW, threads: int = 1) -> int:
    """Ask all that is due at a moment that stands still."""
    return runs.work(runs.Run(suppliers, clock=lambda: now, threads=threads, seconds=60, sleep=lambda seconds: None))


def plan_and_work(suppliers: Suppliers, *, now=NOW, threads: int = 1) -> int:
    """Plan at a moment, and ask what is due then."""
    refresh.plan(suppliers, now=now)
    return work(suppliers, now=now, threads=threads)


DAY = timedelta(days=1)
