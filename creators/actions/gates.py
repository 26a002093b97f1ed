"""Which questions may be asked right now, as one worker sees it: who is open, who has budget, who must wait."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from creators.actions import breakers, budgets
from creators.actions.claims import Claim
from creators.enums import Question, Source
from creators.models import Breaker
from creators.providers.suppliers import Lane, Supplier, Suppliers

Clock = Callable[[], datetime]
_FRESH = timedelta(seconds=1)


@dataclass(frozen=True)
class Turn:
    """A lane that may have something due, and who would be asked."""

    lane: Lane
    supplier: Supplier
    by_hand: bool
    is_alone: bool = False
    """One question is enough: a probe, or comments, which ask about several posts each."""


class Gate:
    """What the threads of one run share. Breakers are read again every second, so workers learn from each other."""

    def __init__(self, suppliers: Suppliers, *, clock: Clock) -> None:
        self._suppliers = suppliers
        self._clock = clock
        self._lock = threading.RLock()
        self._read_at: datetime | None = None
        self._shut: set[Source] = set()
        self._failing: set[Source] = set()
        self._probing: set[Source] = set()
        self._wait_until: dict[Source, datetime] = {}
        self._over_budget: set[tuple[Source, Lane]] = set()
        self._empty: set[tuple[Lane, bool]] = set()
        self._let_go: set[tuple[Lane, bool]] = set()
        self._periods: dict[Source, int] = {}
        self._lanes = suppliers.lanes()

    def turns(self) -> list[Turn]:
        """Where to look for a question, best first: what a person asked for, then counters, posts, samples."""
        with self._lock:
            self._read_breakers()
            found = [self._turn(lane, supplier, hand) for hand in (True, False) for lane in self._lanes
                     if (lane, hand) not in self._empty and (supplier := self._open(lane))]  # fmt: skip
        return found

    def _turn(self, lane: Lane, supplier: Supplier, by_hand: bool) -> Turn:
        is_alone = supplier.source in self._probing or lane[1] == Question.COMMENTS
        return Turn(lane, supplier, by_hand, is_alone)

    def lets(self, claimed: Claim) -> bool:
        """Whether the provider of a question that is held may be asked now."""
        with self._lock:
            self._read_breakers()
            waits = self._wait_until.get(claimed.supplier.source, self._clock()) > self._clock()
            return claimed.supplier.source not in self._shut and not waits

    def has_another(self, claimed: Claim) -> bool:
        """Whether somebody stands behind the provider of a question, open or not."""
        return bool(self._behind(claimed))

    def others(self, claimed: Claim) -> list[Supplier]:
        """Who may be asked next where the provider of a question gave it up."""
        lane = _lane_of(claimed)
        with self._lock:
            return [each for each in self._behind(claimed)
                    if each.source not in self._shut and (each.source, lane) not in self._over_budget]  # fmt: skip

    def _behind(self, claimed: Claim) -> list[Supplier]:
        all_of_lane = self._suppliers.for_lane(_lane_of(claimed))
        place = next((at for at, each in enumerate(all_of_lane) if each.source == claimed.supplier.source), 0)
        return all_of_lane[place + 1 :]

    def period(self, supplier: Supplier) -> int:
        """The budget period of a provider, opened once a run."""
        with self._lock:
            if supplier.source not in self._periods:
                self._periods[supplier.source] = budgets.open_period(supplier, now=self._clock())
            return self._periods[supplier.source]

    def nothing_due(self, turn: Turn) -> None:
        """There is nothing left here in this run."""
        with self._lock:
            self._empty.add((turn.lane, turn.by_hand))

    def let_go(self, turn: Turn) -> None:
        """A handful was too much for the budget. While it was held, others saw nothing due here."""
        with self._lock:
            self._let_go.add((turn.lane, turn.by_hand))

    def once_more(self) -> bool:
        """Open the lanes in which something was let go, once all threads are through; False where there are none."""
        with self._lock:
            found, self._let_go = self._let_go, set()
            self._empty -= found
        return bool(found)

    def over_budget(self, turn: Turn) -> None:
        """The provider's budget does not hold this question: the next provider is asked, or nobody."""
        with self._lock:
            self._over_budget.add((turn.supplier.source, turn.lane))

    def wait(self, supplier: Supplier, pause: timedelta) -> None:
        """The provider's next call is too far off for a thread to wait for it."""
        with self._lock:
            self._wait_until[supplier.source] = self._clock() + pause

    def tried(self, supplier: Supplier) -> None:
        """A question was claimed: a probe is one question only. What it brought is read from the breaker at once."""
        with self._lock:
            if supplier.source in self._probing:
                self._probing.discard(supplier.source)
                self._shut.add(supplier.source)

    def is_failing(self, supplier: Supplier) -> bool:
        """Whether errors of the provider were counted, by any worker: then an answer has something to put right."""
        with self._lock:
            return supplier.source in self._failing or self._read_at is None

    def look_again(self) -> None:
        """Read the breakers before the next turn."""
        with self._lock:
            self._read_at = None

    @property
    def is_waiting(self) -> bool:
        """Whether there may be more to do after a wait, rather than nothing at all."""
        with self._lock:
            now = self._clock()
            return any(until > now for until in self._wait_until.values())

    def _open(self, lane: Lane) -> Supplier | None:
        now = self._clock()
        for supplier in self._suppliers.for_lane(lane):
            waits = self._wait_until.get(supplier.source, now) > now
            if supplier.source not in self._shut and (supplier.source, lane) not in self._over_budget:
                return None if waits else supplier
        return None

    def _read_breakers(self) -> None:
        now = self._clock()
        if self._read_at and now - self._read_at < _FRESH:
            return
        self._read_at = now
        rows = list(Breaker.objects.all())
        self._failing = {Source(row.source) for row in rows if row.failures}
        for row in rows:
            source = Source(row.source)
            if breakers.is_open(row, now=now):
                if source not in self._probing:
                    self._shut.add(source)
            elif breakers.wants_probe(row, now=now):
                if breakers.win_probe(row, now=now):
                    self._probing.add(source)
                    self._shut.discard(source)
            else:
                self._shut.discard(source)


def _lane_of(claimed: Claim) -> Lane:
    return claimed.profile.platform, claimed.refresh.question
