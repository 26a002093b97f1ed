"""Working through what is due. One run keeps up to `threads` calls in flight; any number of runs may go at once.

Celery's own processes are few and shared with imports, so calls are not tasks of their own: a run is one task that
claims question after question in a small pool of threads, for some seconds, and hands over to the next task. Each
question is still claimed, asked, stored and settled alone, so a killed run loses nothing but the calls in flight.
"""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import close_old_connections, connection

from creators.actions import answers, claims, pacing
from creators.actions.claims import Claim
from creators.actions.gates import Clock, Gate, Turn
from creators.enums import Question
from creators.providers.suppliers import Suppliers

logger = logging.getLogger(__name__)
_SLOTS = 7_102  # the first key of our advisory locks on runs
_SHORT = 0.2


@dataclass(frozen=True)
class Run:
    """How one run goes: at most `seconds`, with `threads` calls in flight. `sleep` waits, outside of tests."""

    suppliers: Suppliers
    clock: Clock
    threads: int
    seconds: float
    sleep: Callable[[float], None] = time.sleep


def work(run: Run) -> int:
    """Ask what is due until nothing is, or the time is over. How many questions were asked."""
    gate = Gate(run.suppliers, clock=run.clock)
    until = run.clock() + timedelta(seconds=run.seconds)
    if not gate.turns():
        return 0
    if run.threads == 1:
        return _loop(run, gate, until)
    with ThreadPoolExecutor(run.threads, thread_name_prefix="refresh") as pool:
        parts = [pool.submit(_thread, run, gate, until) for _ in range(run.threads)]
        return sum(part.result() for part in parts)


def _thread(run: Run, gate: Gate, until: datetime) -> int:
    try:
        return _loop(run, gate, until)
    finally:
        connection.close()


def _loop(run: Run, gate: Gate, until: datetime) -> int:
    """Question after question. A fault of ours ends this question, which its lease brings back, not the run."""
    asked = 0
    while run.clock() < until:
        try:
            outcome = _next(run, gate)
        except pacing.NoPace:
            logger.warning("Valkey is away, so no provider can be asked")
            break
        except Exception:
            logger.exception("a refresh went wrong")
            break
        if outcome is None:
            break
        asked += outcome
    return asked


def _next(run: Run, gate: Gate) -> int | None:
    """Ask one question: 1, or 0 where it had to be let go; None where there is nothing to do."""
    for turn in gate.turns():
        claimed = _claim(run, gate, turn)
        if claimed:
            return _answer(run, gate, claimed)
    if gate.is_waiting:
        run.sleep(_SHORT)
        return 0
    return None


def _claim(run: Run, gate: Gate, turn: Turn) -> Claim | None:
    try:
        period = gate.period(turn.supplier)
        claimed = claims.claim(turn.lane, turn.supplier, period=period, now=run.clock(), by_hand=turn.by_hand)
    except claims.OverBudget:
        gate.over_budget(turn)
        return None
    if claimed is None:
        gate.nothing_due(turn)
    return claimed


def _answer(run: Run, gate: Gate, claimed: Claim) -> int:
    """Wait for the provider's pace, ask, store."""
    gate.tried(claimed.supplier)
    if claimed.refresh.question == Question.COMMENTS and not claimed.posts:
        answers.store(claimed, answers.Told(), now=run.clock())
        return 0
    told = _told(gate, claimed)
    while told and told.is_given_up and gate.has_another(claimed):
        following = _handed_over(run, gate, claimed, told)
        if following is None:
            return 1
        claimed, told = following, _told(gate, following)
    if told is None:
        return 0
    answers.store(replace(claimed, was_failing=gate.is_failing(claimed.supplier)), told, now=run.clock())
    if told.error:
        gate.look_again()
    return 1


def _told(gate: Gate, claimed: Claim) -> answers.Told | None:
    """What the provider says; None where its turn is too far off, and the question was given back."""
    try:
        wait = claimed.supplier.begin()
        told = answers.ask(claimed) if wait is None else None
    except pacing.NoPace:
        claims.release(claimed)
        raise
    if told is None:
        claims.release(claimed)
        gate.wait(claimed.supplier, wait or timedelta(0))
    return told


_LATER = timedelta(hours=1)


def _handed_over(run: Run, gate: Gate, claimed: Claim, told: answers.Told) -> Claim | None:
    """The question with the next provider, or None where none may be asked now: it is then due again later."""
    for supplier in gate.others(claimed):
        period = gate.period(supplier)
        following = claims.hand_over(claimed, supplier, period=period, credits=told.credits)
        if following:
            gate.tried(supplier)
            return following
    claims.release(claimed, due_at=run.clock() + _LATER, credits=told.credits)
    return None


@contextmanager
def slot(most: int) -> Iterator[bool]:
    """Take one of the places for runs, so that imports and reports find a free worker; False where all are taken."""
    close_old_connections()
    with connection.cursor() as cursor:
        taken = None
        for number in range(most):
            cursor.execute("select pg_try_advisory_lock(%s, %s)", [_SLOTS, number])
            if cursor.fetchone()[0]:
                taken = number
                break
        try:
            yield taken is not None
        finally:
            if taken is not None:
                cursor.execute("select pg_advisory_unlock(%s, %s)", [_SLOTS, taken])
