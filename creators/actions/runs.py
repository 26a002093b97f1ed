"""Working through what is due. One run keeps up to `threads` calls in flight; any number of runs may go at once.

Celery's own processes are few and shared with imports, so calls are not tasks of their own: a run is one task that
claims a handful of questions at a time in a small pool of threads, for some seconds, and hands over to the next task.
Each question is asked, stored and settled alone, so a killed run loses nothing but the calls in flight; what else it
held is due again when its lease ends. There are more threads than calls in flight: some store while others wait.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import close_old_connections, connection

from creators.actions import answers, claims, pacing
from creators.actions.claims import Claim
from creators.actions.gates import Clock, Gate, Turn
from creators.enums import Question
from creators.providers.suppliers import Suppliers

logger = logging.getLogger(__name__)
_SLOTS = 7_102  # the first key of our advisory locks on runs
_SHORT = 0.2
_HANDFUL = 5
_SPARE = 0.5  # threads beyond the calls in flight, so that storing an answer leaves no call unmade
_FAULTS = 5  # faults of ours in a row that end a thread; fewer end only their question


@dataclass(frozen=True)
class Run:
    """How one run goes: at most `seconds`, with `threads` calls in flight. `sleep` waits, outside of tests."""

    suppliers: Suppliers
    clock: Clock
    threads: int
    seconds: float
    sleep: Callable[[float], None] = time.sleep


class _Course:
    """What the threads of a run share: its gate, the line of calls in flight, and what is claimed but not asked."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.gate = Gate(run.suppliers, clock=run.clock)
        self.until = run.clock() + timedelta(seconds=run.seconds)
        self.in_flight = threading.BoundedSemaphore(run.threads)
        self.held: deque[Claim] = deque()


def work(run: Run) -> int:
    """Ask what is due until nothing is, or the time is over. How many questions were asked."""
    course = _Course(run)
    if not course.gate.turns():
        return 0
    try:
        return _loop(course) if run.threads == 1 else _together(course)
    finally:
        for claimed in course.held:
            claims.release(claimed)


def _together(course: _Course) -> int:
    threads = course.run.threads + round(course.run.threads * _SPARE)
    with ThreadPoolExecutor(threads, thread_name_prefix="refresh") as pool:
        parts = [pool.submit(_thread, course) for _ in range(threads)]
        asked = sum(part.result() for part in parts)
    return asked + (_loop(course) if course.gate.once_more() else 0)


def _thread(course: _Course) -> int:
    try:
        return _loop(course)
    finally:
        connection.close()


def _loop(course: _Course) -> int:
    """Question after question. A fault of ours ends its question, which the lease brings back; many end the loop."""
    asked = faults = 0
    while course.run.clock() < course.until and faults < _FAULTS:
        try:
            outcome = _next(course)
        except pacing.NoPace:
            logger.warning("Valkey is away, so no provider can be asked")
            break
        except Exception:
            logger.exception("a refresh went wrong")
            faults += 1
            continue
        if outcome is None:
            break
        faults = 0
        asked += outcome
    return asked


def _next(course: _Course) -> int | None:
    """Ask one question: 1, or 0 where it had to be let go; None where there is nothing to do."""
    claimed = _held(course) or _claimed(course)
    if claimed:
        return _answer(course, claimed)
    if course.gate.is_waiting:
        course.run.sleep(_SHORT)
        return 0
    return None


def _held(course: _Course) -> Claim | None:
    """A question that this run holds and may still ask; those that it may not ask any more are given back."""
    while True:
        try:
            claimed = course.held.popleft()
        except IndexError:
            return None
        if course.gate.lets(claimed):
            return claimed
        claims.release(claimed)


def _claimed(course: _Course) -> Claim | None:
    for turn in course.gate.turns():
        found = _claim(course, turn)
        course.held.extend(found[1:])
        if found:
            return found[0]
    return None


def _claim(course: _Course, turn: Turn) -> list[Claim]:
    """A handful of a lane's questions, or one where only one is left of the budget, or wanted."""
    gate, most = course.gate, 1 if course.run.threads == 1 or turn.is_alone else _HANDFUL
    period, now = gate.period(turn.supplier), course.run.clock()
    for each in dict.fromkeys((most, 1)):
        try:
            found = claims.claim_some(
                turn.lane, turn.supplier, period=period, now=now, by_hand=turn.by_hand, most=each
            )
        except claims.OverBudget:
            gate.let_go(turn)
            continue
        if not found:
            gate.nothing_due(turn)
        return found
    gate.over_budget(turn)
    return []


def _answer(course: _Course, claimed: Claim) -> int:
    """Wait for the provider's pace, ask, store."""
    run, gate = course.run, course.gate
    gate.tried(claimed.supplier)
    if claimed.refresh.question == Question.COMMENTS and not claimed.posts:
        answers.store(claimed, answers.Told(), now=run.clock())
        return 0
    told = _told(course, claimed)
    while told and told.is_given_up and gate.has_another(claimed):
        following = _handed_over(course, claimed, told)
        if following is None:
            return 1
        claimed, told = following, _told(course, following)
    if told is None:
        return 0
    answers.store(replace(claimed, was_failing=gate.is_failing(claimed.supplier)), told, now=run.clock())
    if told.error:
        gate.look_again()
    return 1


def _told(course: _Course, claimed: Claim) -> answers.Told | None:
    """What the provider says; None where its turn is too far off, and the question was given back."""
    try:
        with course.in_flight:
            wait = claimed.supplier.begin()
            told = answers.ask(claimed) if wait is None else None
    except pacing.NoPace:
        claims.release(claimed)
        raise
    if told is None:
        claims.release(claimed)
        course.gate.wait(claimed.supplier, wait or timedelta(0))
    return told


_LATER = timedelta(hours=1)


def _handed_over(course: _Course, claimed: Claim, told: answers.Told) -> Claim | None:
    """The question with the next provider, or None where none may be asked now: it is then due again later."""
    gate = course.gate
    for supplier in gate.others(claimed):
        period = gate.period(supplier)
        following = claims.hand_over(claimed, supplier, period=period, credits=told.credits)
        if following:
            gate.tried(supplier)
            return following
    claims.release(claimed, due_at=course.run.clock() + _LATER, credits=told.credits)
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
