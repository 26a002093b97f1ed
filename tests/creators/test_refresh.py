"""Keeping numbers fresh: what is planned, asked, stored, refused, stopped and tried again."""

from datetime import timedelta

import pytest
from django_scopes import scope

from creators.actions import claims, lifecycle, refresh, refresh_jobs, vetting
from creators.enums import AlertKind, Failure, Question, RefreshState, Source, Stage
from creators.models import (
    Alert,
    AudienceSample,
    Breaker,
    Comment,
    CommentSample,
    Post,
    PostSnapshot,
    Profile,
    ProfileSnapshot,
    Refresh,
    Spending,
    Vetting,
)  # fmt: skip
from creators.providers.demo_server import Said, answer_demo
from team.enums import JobState
from tests.creators.refreshing import DAY, plan_and_work, provider, work
from tests.factories import NOW, make_creator, make_user

pytestmark = pytest.mark.django_db


def in_stage(creator, brand, stage):
    with scope(brand=brand):
        lifecycle.move([creator.pk], brand=brand, stage=stage, why="test", by=None, now=NOW - DAY)
    return creator


def question(creator, name=Question.PROFILE):
    return Refresh.objects.get(profile__creator=creator, question=name)


def saying(said, *, only="profile"):
    """A provider that answers some questions in its own way, and the others as the demo does."""
    return lambda asked: said if only in asked.path else answer_demo(asked)


def test_everything_that_a_provider_offers_is_asked_and_stored(settings, brand):
    creator = in_stage(make_creator("ida", platform="tiktok", followers=None), brand, Stage.LIVE)

    with provider(settings) as (suppliers, _):
        plan_and_work(suppliers)

    profile = creator.profiles.get()
    assert profile.followers and profile.followers == ProfileSnapshot.objects.get().followers
    assert profile.platform_id
    assert Post.objects.count() == PostSnapshot.objects.count() > 10
    assert CommentSample.objects.count() > 0 and Comment.objects.count() > 0
    assert AudienceSample.objects.get().n > 0
    assert set(Refresh.objects.values_list("state", "failure")) == {(RefreshState.IDLE, "")}


def test_each_question_is_due_again_at_its_own_pace(settings, brand):
    creator = in_stage(make_creator(platform="tiktok"), brand, Stage.LIVE)

    with provider(settings) as (suppliers, _):
        plan_and_work(suppliers)

    assert question(creator).due_at == NOW + DAY
    assert question(creator, Question.POSTS).due_at == NOW + 2 * DAY


def test_the_fastest_pace_of_all_brands_counts(settings, brand, other_brand):
    creator = in_stage(make_creator(), brand, Stage.INACTIVE)
    in_stage(creator, other_brand, Stage.LIVE)

    with provider(settings) as (suppliers, _):
        refresh.plan(suppliers, now=NOW)

    assert question(creator, Question.POSTS).every == 2 * DAY


def test_a_new_stage_moves_what_is_due(settings, brand):
    creator = in_stage(make_creator(), brand, Stage.INACTIVE)

    with provider(settings) as (suppliers, _):
        plan_and_work(suppliers)
        with scope(brand=brand):
            lifecycle.move([creator.pk], brand=brand, stage=Stage.LIVE, why="back", by=None, now=NOW)
        refresh.plan(suppliers, now=NOW)

    assert question(creator).due_at == NOW + DAY
    assert Refresh.objects.filter(question=Question.COMMENTS).exists()


def test_planning_twice_changes_nothing(settings, brand):
    in_stage(make_creator(), brand, Stage.LIVE)

    with provider(settings) as (suppliers, _):
        first, second = refresh.plan(suppliers, now=NOW), refresh.plan(suppliers, now=NOW)

    assert (first, second) == (4, 0)


def test_who_is_vetted_is_asked_daily_until_there_is_a_verdict(settings, brand):
    ida, bo = make_creator(), in_stage(make_creator(), brand, Stage.LIVE)
    vetting.ask_to_vet([ida.pk, bo.pk], brand=brand, by=None, now=NOW)

    with provider(settings) as (suppliers, _):
        refresh.plan(suppliers, now=NOW)
        waiting = question(ida, Question.POSTS).every, question(bo, Question.POSTS).every
        with scope(brand=brand):
            Vetting.objects.update(verdict="suitable", decided_at=NOW)
        refresh.plan(suppliers, now=NOW)

    assert waiting == (DAY, DAY)
    assert (question(ida, Question.POSTS).every, question(bo, Question.POSTS).every) == (30 * DAY, 2 * DAY)


def test_a_platform_without_a_provider_is_not_planned(settings):
    make_creator(platform="podcast")

    with provider(settings) as (suppliers, _):
        refresh.plan(suppliers, now=NOW)

    assert not Refresh.objects.exists()


def test_working_again_asks_nothing_that_is_fresh(settings):
    make_creator()

    with provider(settings) as (suppliers, server):
        plan_and_work(suppliers)
        asked = len(server.asked)
        again = work(suppliers)

    assert (again, len(server.asked)) == (0, asked)


def test_the_budget_is_never_exceeded_and_the_rest_stays_due(settings):
    for _ in range(5):
        make_creator()

    with provider(settings, budget=3) as (suppliers, _):
        plan_and_work(suppliers)

    spent = Spending.objects.get()
    assert (spent.used, spent.reserved, spent.budget) == (3, 0, 3)
    assert ProfileSnapshot.objects.count() == 3
    assert Refresh.objects.due(NOW).filter(question=Question.PROFILE, failure="").count() == 2


def test_a_new_month_begins_with_a_new_budget(settings):
    for _ in range(2):
        make_creator()

    with provider(settings, budget=1) as (suppliers, _):
        plan_and_work(suppliers)
        work(suppliers, now=NOW + 30 * DAY)

    assert list(Spending.objects.values_list("used", flat=True)) == [1, 1]


def test_gone_is_permanent_told_once_and_asked_again_only_by_a_person(settings):
    creator = make_creator("gone_girl")

    with provider(settings) as (suppliers, server):
        plan_and_work(suppliers)
        asked = len(server.asked)
        work(suppliers, now=NOW + 90 * DAY)
        silent = len(server.asked)
        refresh_jobs.ask([creator.profiles.get().pk], suppliers, by=make_user(), brand=None, now=NOW + 91 * DAY)
        work(suppliers, now=NOW + 91 * DAY)

    row = question(creator)
    assert (asked, silent, len(server.asked)) == (1, 1, 2)
    assert (row.failure, row.stopped_at, row.failures) == (Failure.GONE, NOW + 91 * DAY, 1)
    assert Alert.objects.get().kind == AlertKind.GONE


def test_too_often_stops_the_provider_for_as_long_as_it_asks(settings):
    creators = [make_creator(), make_creator()]
    often = Said({"error": "slow down"}, 429, {"Retry-After": "600"})

    with provider(settings, saying(often)) as (suppliers, server):
        plan_and_work(suppliers)
        work(suppliers, now=NOW + timedelta(seconds=599))

    assert len(server.asked) == 1
    assert Breaker.objects.get().open_until_at == NOW + timedelta(seconds=600)
    row = question(creators[0])
    assert (row.failure, row.failures, row.due_at, row.stopped_at) == (Failure.RATE_LIMITED, 0, NOW, None)
    assert row.failure_words and row.failed_at == NOW

    with provider(settings) as (suppliers, _):
        work(suppliers, now=NOW + timedelta(seconds=601))
    assert ProfileSnapshot.objects.count() == 2


@pytest.mark.parametrize(("status", "failure"), [(401, Failure.BAD_KEY), (402, Failure.NO_CREDITS)])
def test_a_bad_key_or_no_credits_stops_the_provider_not_the_profile(settings, status, failure):
    creators = [make_creator(), make_creator()]

    with provider(settings, saying(Said({"error": "no"}, status))) as (suppliers, server):
        plan_and_work(suppliers)

    breaker = Breaker.objects.get()
    assert len(server.asked) == 1
    assert breaker.open_until_at == NOW + timedelta(minutes=5) and breaker.words
    assert [question(creator).failures for creator in creators] == [0, 0]
    assert Refresh.objects.filter(stopped_at__isnull=False).count() == 0
    row = Refresh.objects.failed().get()
    assert (row.failure, row.failed_at, row.due_at) == (failure, NOW, NOW)


def test_errors_in_a_row_open_the_breaker_and_one_probe_closes_it(settings):
    for _ in range(8):
        make_creator()

    with provider(settings, lambda asked: Said({"error": "sorry"}, 500)) as (suppliers, server):
        plan_and_work(suppliers)
        first = len(server.asked)
        work(suppliers, now=NOW + timedelta(minutes=6))
        probed = len(server.asked)
    with provider(settings) as (suppliers, server):
        work(suppliers, now=NOW + timedelta(hours=1))

    assert (first, probed) == (5, 6)
    assert Breaker.objects.get().open_until_at is None
    assert ProfileSnapshot.objects.count() >= 1


def test_one_bad_profile_never_stops_a_run(settings):
    bad, good = make_creator("bad"), make_creator("good")

    def answer(asked):
        return Said(b"<html>", 500) if asked.params.get("handle") == "bad" else answer_demo(asked)

    with provider(settings, answer) as (suppliers, _):
        plan_and_work(suppliers)

    row = question(bad)
    assert (row.failure, row.failures, row.due_at) == (Failure.SERVER, 1, NOW + timedelta(minutes=10))
    assert row.failure_words
    assert question(good).answered_at == NOW


@pytest.mark.parametrize(
    "said",
    [
        Said({"success": True, "data": {}}),
        Said({"success": True, "data": {"user": None, "stats": None}}),
        Said({"success": True, "data": {"user": {"id": "1", "uniqueId": "ida"}, "stats": {"followerCount": "many"}}}),
        Said({"success": True, "data": {"user": {"id": "1", "uniqueId": "ida"}, "stats": {"followerCount": -5}}}),
        Said({"success": True, "data": {"user": {"id": "1", "uniqueId": "ida"}, "stats": {"followerCount": 10**30}}}),
        Said({"success": True, "data": [[]]}),
        Said(b"<!doctype html><h1>Down</h1>"),
        Said({"success": True, "data": {"user": {}}}, cut=True),
        Said({"error": "Forbidden", "message": "no"}, 403),
        Said(b"", 302, {"Location": "http://169.254.169.254/latest"}),
        Said(b"", 204),
    ],
)
def test_no_fault_of_a_payload_becomes_a_zero(settings, said):
    creator = make_creator("ida", followers=5000)

    with provider(settings, saying(said)) as (suppliers, _):
        plan_and_work(suppliers)

    assert creator.profiles.get().followers == 5000
    assert not ProfileSnapshot.objects.filter(followers=0).exists()
    assert Refresh.objects.filter(state=RefreshState.RUNNING).count() == 0
    assert Spending.objects.filter(reserved__gt=0).count() == 0


def test_what_a_dead_worker_had_reserved_counts_as_used(settings):
    make_creator()

    with provider(settings, budget=10) as (suppliers, _):
        refresh.plan(suppliers, now=NOW)
        dead = claim_one(suppliers)
        work(suppliers, now=NOW + timedelta(minutes=5))
        early = ProfileSnapshot.objects.count()
        work(suppliers, now=NOW + timedelta(minutes=16))

    assert (early, ProfileSnapshot.objects.count()) == (0, 1)
    assert Spending.objects.get().reserved == 0
    assert claims.release(dead) is False


def claim_one(suppliers):
    """A question that a worker took, and then it died."""
    supplier = next(iter(suppliers))
    period = claims.budgets.open_period(supplier, now=NOW)
    lane = ("tiktok", "profile")
    return claims.claim(lane, supplier, period=period, now=NOW, by_hand=False)


def test_refresh_now_is_a_job_with_an_end(settings):
    asked = [make_creator("one"), make_creator("gone_two")]
    fresh = make_creator("fresh")
    profiles = list(Profile.objects.filter(creator__in=asked).values_list("pk", flat=True))

    with provider(settings) as (suppliers, server):
        plan_and_work(suppliers)
        before = len(server.asked)
        job = refresh_jobs.ask(profiles, suppliers, by=make_user(), brand=None, now=NOW + timedelta(hours=1))
        refresh_jobs.follow(now=NOW + timedelta(hours=1))
        job.refresh_from_db()
        running = job.state
        work(suppliers, now=NOW + timedelta(hours=1))
        refresh_jobs.follow(now=NOW + timedelta(hours=2))

    job.refresh_from_db()
    assert (running, job.state) == (JobState.RUNNING, JobState.DONE)
    assert job.result == {"asked": 4, "answered": 2, "failed": 2, "waiting": 0}
    assert question(fresh).answered_at == NOW
    assert before < len(server.asked)


def test_a_retry_asks_again_what_a_cause_stopped(settings):
    creator = make_creator("lost")
    no_such = Said({"error": "Not Found", "message": "Account not found."}, 404)

    with provider(settings, saying(no_such)) as (suppliers, _):
        plan_and_work(suppliers)
    with provider(settings) as (suppliers, _):
        refresh_jobs.retry(Failure.GONE, suppliers, by=make_user(), brand=None, now=NOW + DAY)
        work(suppliers, now=NOW + DAY)

    row = question(creator)
    assert (row.failure, row.stopped_at, row.answered_at) == ("", None, NOW + DAY)


def test_a_retry_asks_only_what_failed(settings):
    lost, shy = make_creator("lost"), make_creator("shy")
    made = {"platform": "tiktok", "every": DAY, "due_at": NOW + DAY, "failure": Failure.SERVER, "failed_at": NOW}
    Refresh.objects.create(profile=lost.profiles.get(), question=Question.PROFILE, **made)
    Refresh.objects.create(profile=shy.profiles.get(), question=Question.PROFILE, **made)
    Refresh.objects.create(profile=shy.profiles.get(), question=Question.FOLLOWERS, **made)

    with provider(settings) as (suppliers, _):
        job = refresh_jobs.retry(Failure.SERVER, suppliers, by=make_user(), brand=None, now=NOW)

    job.refresh_from_db()
    assert (job.options["profiles"], job.options["questions"]) == (2, 3)
    assert list(Refresh.objects.filter(profile__creator=lost).values_list("question", flat=True)) == ["profile"]


def test_what_was_asked_once_by_hand_is_later_a_question_like_others(settings):
    creator = make_creator()

    with provider(settings) as (suppliers, _):
        job = refresh_jobs.ask([creator.profiles.get().pk], suppliers, by=make_user(), brand=None, now=NOW)
        work(suppliers)
        refresh_jobs.follow(now=NOW)

    job.refresh_from_db()
    assert job.result == {"asked": 2, "answered": 2, "failed": 0, "waiting": 0}
    assert not Refresh.objects.exclude(job=None).exists()


def test_the_source_of_the_last_answer_is_kept(settings):
    creator = make_creator()

    with provider(settings) as (suppliers, _):
        plan_and_work(suppliers)

    assert question(creator).source == Source.DEMO
