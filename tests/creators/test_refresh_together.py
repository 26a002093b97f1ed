"""Many workers at once: nothing is asked twice, no budget and no pace is passed, no message is needed."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import settings as live
from django.db import connection
from redis import Redis

from creators import tasks
from creators.actions import claims, pacing, refresh, runs
from creators.actions.budgets import open_period
from creators.actions.gates import Gate
from creators.actions.pacing import Pace
from creators.enums import Question, RefreshState, Source
from creators.models import Post, Profile, ProfileSnapshot, Refresh, Spending
from creators.providers import demo_server
from creators.providers.demo_server import answer_demo
from team.enums import ProviderName
from team.models import ProviderKey
from tests.creators.refreshing import due, provider, work
from tests.factories import NOW, make_creator

WORKERS = 8


def at_once(function, times=WORKERS):
    """What `times` threads bring that begin together, each with a connection of its own."""
    barrier = threading.Barrier(times)

    def run(number):
        try:
            barrier.wait()
            return function(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


@pytest.mark.django_db(transaction=True)
def test_workers_claim_different_questions(settings):
    with due(settings, WORKERS) as (suppliers, _):
        supplier = next(iter(suppliers))
        period = open_period(supplier, now=NOW)
        claimed = at_once(
            lambda _: claims.claim(("tiktok", "profile"), supplier, period=period, now=NOW, by_hand=False)
        )

    assert len({each.refresh.pk for each in claimed}) == WORKERS
    assert Spending.objects.get().reserved == WORKERS


@pytest.mark.django_db(transaction=True)
def test_the_budget_holds_across_workers(settings):
    with due(settings, 12, budget=5) as (suppliers, server):
        at_once(lambda _: work(suppliers), times=4)

    spent = Spending.objects.get()
    assert (spent.used, spent.reserved) == (5, 0)
    assert len(server.asked) == ProfileSnapshot.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_runs_ask_each_question_once(settings):
    for _ in range(10):
        make_creator()

    with provider(settings) as (suppliers, server):
        at_once(lambda _: refresh.plan(suppliers, now=NOW), times=2)
        at_once(lambda _: work(suppliers, threads=4), times=2)

    profiles = [asked.params["handle"] for asked in server.asked if asked.path.endswith("profile")]
    assert sorted(profiles) == sorted(Profile.objects.values_list("handle", flat=True))


def test_calls_of_all_workers_are_spaced_by_one_clock():
    Redis.from_url(live.REDIS_URL).delete("troupe:pace:csv")
    begins: list[float] = []
    pace = Pace(Source.CSV, 120, sleep=lambda seconds: begins.append(time.monotonic() + seconds))

    at_once(lambda _: pace.begin())

    between = [after - before for before, after in pairwise(sorted(begins))]
    assert len(begins) == WORKERS
    assert min(between) > 0.3  # half a second each, less what a busy machine takes to tell the time


def test_a_call_that_is_too_far_off_is_not_waited_for():
    Redis.from_url(live.REDIS_URL).delete("troupe:pace:csv")
    pace = Pace(Source.CSV, 1, sleep=lambda seconds: None)

    first, second = pace.begin(), pace.begin()

    assert first is None
    assert second and second > pacing.PATIENCE


@pytest.mark.django_db(transaction=True)
def test_sweeps_alone_bring_the_same_tables_as_messages(settings, monkeypatch):
    settings.REFRESH_THREADS = 2
    monkeypatch.setattr(tasks.work_on_refresh, "delay", lambda: None)  # every message is lost
    make_creator("ida"), make_creator("ben")

    with demo_server.running() as server:
        settings.PROVIDER_PRIVATE_HOSTS = [server.host]
        key = ProviderKey(provider=ProviderName.DEMO, base_address=f"{server.address}/on/{NOW:%Y-%m-%d}/v1")
        key.secret = "a key of the demo"
        key.save()
        tasks.plan_refreshes()
        tasks.work_on_refresh()
        tasks.work_on_refresh()

    assert ProfileSnapshot.objects.count() == 2
    assert set(Post.objects.values_list("profile__handle", flat=True)) == {"ida", "ben"}
    assert not Refresh.objects.filter(answered_at=None, question__in=[Question.PROFILE, Question.POSTS]).exists()


@pytest.mark.django_db(transaction=True)
def test_only_so_many_runs_have_a_place():
    with runs.slot(1) as first:
        second = at_once(lambda _: _has_place(), times=1)

    assert (first, second) == (True, [False])


def _has_place():
    with runs.slot(1) as is_ours:
        return is_ours


@pytest.mark.django_db(transaction=True)
def test_who_lost_the_lease_stores_nothing(settings):
    with due(settings, 1) as (suppliers, _):
        supplier = next(iter(suppliers))
        period = open_period(supplier, now=NOW)
        slow = claims.claim(("tiktok", "profile"), supplier, period=period, now=NOW, by_hand=False)
        work(suppliers, now=NOW + timedelta(minutes=16))

    assert slow and claims.release(slow) is False
    assert Spending.objects.get().reserved == 0


@pytest.mark.django_db(transaction=True)
def test_a_handful_is_taken_whole_or_not_at_all(settings):
    with due(settings, 5, budget=4) as (suppliers, _):
        supplier = next(iter(suppliers))
        lane, period = ("tiktok", "profile"), open_period(supplier, now=NOW)
        with pytest.raises(claims.OverBudget):
            claims.claim_some(lane, supplier, period=period, now=NOW, by_hand=False, most=5)
        untouched = Spending.objects.get().reserved
        taken = claims.claim_some(lane, supplier, period=period, now=NOW, by_hand=False, most=3)

    assert untouched == 0
    assert len({each.refresh.pk for each in taken}) == Spending.objects.get().reserved == 3


@pytest.mark.django_db(transaction=True)
def test_the_last_of_a_budget_is_spent_also_where_a_handful_is_too_much(settings):
    with due(settings, 8, budget=7) as (suppliers, server):
        work(suppliers, threads=2)

    assert len(server.asked) == Spending.objects.get().used == 7
    assert Refresh.objects.filter(state=RefreshState.RUNNING).count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_run_looks_again_where_its_handful_was_too_much(settings):
    with due(settings, 5, budget=4) as (suppliers, _):
        course = runs._Course(runs.Run(suppliers, clock=lambda: NOW, threads=2, seconds=60))
        taken = runs._claimed(course)

    assert taken and Spending.objects.get().reserved == 1
    assert course.gate.once_more()


@pytest.mark.django_db(transaction=True)
def test_a_run_never_has_more_calls_in_flight_than_it_may(settings):
    most = Most()

    with due(settings, 12, most.answer) as (suppliers, _):
        work(suppliers, threads=3)

    assert 1 <= most.seen <= 3


class Most:
    """A provider that counts how many calls were with it at once."""

    def __init__(self):
        self.seen = self.now = 0
        self.lock = threading.Lock()

    def answer(self, asked):
        """The demo's answer, counted in and out."""
        with self.lock:
            self.now += 1
            self.seen = max(self.seen, self.now)
        said = answer_demo(asked)
        with self.lock:
            self.now -= 1
        return said


@pytest.mark.django_db
def test_what_a_handful_let_go_is_looked_for_once_more(settings):
    make_creator()

    with provider(settings) as (suppliers, _):
        gate = Gate(suppliers, clock=lambda: NOW)
        turn = next(turn for turn in gate.turns() if turn.lane == ("tiktok", "profile"))
        gate.nothing_due(turn)
        gate.let_go(turn)
        before, again = turn in gate.turns(), gate.once_more()

    assert (before, again, turn in gate.turns(), gate.once_more()) == (False, True, True, False)
