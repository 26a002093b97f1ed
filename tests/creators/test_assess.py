import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from config import celery_app
from creators import tasks
from creators.actions import nightly
from creators.actions.assess import assess_profiles
from creators.actions.causes import log_cause
from creators.actions.peers import settle_peers
from creators.actions.reviews import review
from creators.enums import AlertKind, Level, Ruling
from creators.logic.fraud.scale import FLAGGED_FROM, WATCH_FROM
from creators.logic.fraud.signal import VERSION
from creators.models import Alert, Assessment, Comment, ExpectationCell, LimitCell, NormCell, Profile, Refresh
from creators.queries.facts import Peers, facts_of
from creators.queries.peers import peers_now
from tests.creators.assessing import ORGANIC, make_audience, make_comments, make_days, make_posts, make_profile
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def findings(**filters):
    """Every finding as it stands, but for its id."""
    rows = Assessment.objects.filter(**filters).order_by("profile", "made_at", "pk")
    return [
        (row.profile_id, row.level, row.score, row.flagged, row.watched, json.dumps(row.signals, sort_keys=True),
         row.version, row.basis, row.made_at, row.checked_at, row.ended_at)
        for row in rows
    ]  # fmt: skip


def current(profile):
    return Assessment.objects.current().get(profile=profile)


def make_roster(count=8):
    """Profiles of which every third has bought followers."""
    profiles = [make_profile(f"creator{n}x") for n in range(count)]
    for n, profile in enumerate(profiles):
        make_days(profile, jump=0 if n % 3 else 2_000)
        make_posts(profile)
    return profiles


def test_facts_hold_what_was_known_at_the_moment():
    profile = make_profile("anna")
    make_days(profile, days=100)
    posts = make_posts(profile)
    make_comments(posts[0], ["Lovely", "Where is it from?"])
    Comment.objects.filter(text="Lovely").update(is_by_creator=True)
    make_audience(profile)
    log_cause(profile, happened_on=NOW.date(), kind="giveaway", note="Bikes", by=None, now=NOW)
    log_cause(profile, happened_on=NOW.date(), kind="note", note="Moved to Leeds", by=None, now=NOW)

    facts = facts_of([profile.pk, 0], now=NOW, peers=Peers())[profile.pk]
    before = facts_of([profile.pk], now=NOW - timedelta(days=3), peers=Peers())[profile.pk]

    assert (len(facts.days), facts.days[-1].on) == (89, (NOW - timedelta(days=1, hours=1)).date())
    assert [post.likes for post in facts.posts[:2]] == [310, 190]
    assert [comment.text for comment in facts.comments] == ["Where is it from?"]
    assert [(cause.kind, cause.note) for cause in facts.causes] == [("giveaway", "Bikes")]
    assert facts.audience is not None
    assert (facts.audience.suspicious, sum(facts.audience.digits)) == (30, 300)
    assert (before.days[-1].on < facts.days[-1].on, before.audience) == (True, None)


def test_facts_take_the_same_queries_for_any_number_of_profiles(django_assert_num_queries):
    profiles = make_roster(3)

    for ids in ([profiles[0].pk], [profile.pk for profile in profiles]):
        with django_assert_num_queries(6):
            facts_of(ids, now=NOW, peers=Peers())


def test_later_counts_of_a_day_fill_in_earlier_ones():
    profile = make_profile("anna")
    for hour, counts in (
        (1, {"followers": 900, "followers_step": 100}),
        (2, {"views": 5_000}),
        (3, {"followers": 950}),
    ):
        profile.snapshots.create(seen_at=NOW - timedelta(hours=5 - hour), source="csv", **counts)

    facts = facts_of([profile.pk], now=NOW, peers=Peers())[profile.pk]

    assert [(day.followers, day.views) for day in facts.days] == [(950, 5_000)]
    assert (facts.followers_step, facts.tier) == (1, "pre-nano")


def test_bought_followers_are_found_and_told_once():
    profile, honest = make_profile("anna"), make_profile("bo")
    make_days(profile, jump=2_000)
    make_days(honest)

    new = assess_profiles([profile.pk, honest.pk, 0], NOW)

    found = current(profile)
    stored = next(signal for signal in found.signals if signal["code"] == "S1")
    assert new == 2
    assert (found.level, "S1" in found.flagged, found.version) == (Level.FLAGGED, True, VERSION)
    assert {"value", "threshold", "window", "n", "version", "reason", "evidence"} <= set(stored)
    assert (NOW - timedelta(days=10, hours=1)).date().isoformat() in stored["evidence"]["days"]
    assert current(honest).level != Level.FLAGGED
    assert list(Alert.objects.filter(key__startswith="S1").values_list("profile", "kind")) == [
        (profile.pk, AlertKind.SIGNAL_NEW)
    ]


def test_repeated_comments_are_found():
    profile = make_profile("anna", platform="instagram")
    make_days(profile)
    posts = make_posts(profile)
    make_comments(posts[0], ORGANIC[:30] + ["so gorgeous babe love it"] * 10 + ["what a stunning look today"] * 10)

    assess_profiles([profile.pk], NOW)

    found = current(profile)
    repeated = next(signal for signal in found.signals if signal["code"] == "S5")
    assert "S5" in found.flagged
    assert len(repeated["evidence"]["comments"]) == 20


def test_an_unchanged_night_writes_no_new_rows():
    profiles = make_roster()
    ids = [profile.pk for profile in profiles]
    assess_profiles(ids, NOW)
    before = list(Assessment.objects.values_list("pk", flat=True))

    new = assess_profiles(ids, NOW + timedelta(minutes=5))

    assert new == 0
    assert list(Assessment.objects.values_list("pk", flat=True)) == before
    assert set(Assessment.objects.values_list("checked_at", flat=True)) == {NOW + timedelta(minutes=5)}
    assert set(Assessment.objects.values_list("made_at", flat=True)) == {NOW}


def test_another_finding_ends_the_one_before_and_tells_of_it():
    profile = make_profile("anna")
    make_days(profile)
    assess_profiles([profile.pk], NOW)
    profile.snapshots.create(seen_at=LATER, source="csv", followers=7_600, views=1_245_000)

    assess_profiles([profile.pk], LATER + timedelta(hours=2))

    old, new = Assessment.objects.order_by("made_at")
    assert (old.ended_at, new.ended_at) == (LATER + timedelta(hours=2), None)
    assert (old.level, new.level) == (Level.CLEAR, Level.FLAGGED)
    assert Alert.objects.filter(kind=AlertKind.SIGNAL_NEW).count() == 1


def test_a_watched_signal_that_is_flagged_has_risen():
    profile = make_profile("anna")
    make_days(profile, jump=2_000)
    Assessment.objects.create(
        profile=profile, level="watch", watched=["S1"], version=VERSION, made_at=NOW - timedelta(days=1),
        checked_at=NOW - timedelta(days=1),
    )  # fmt: skip

    assess_profiles([profile.pk], NOW)

    assert Alert.objects.get(key__startswith="S1").kind == AlertKind.SIGNAL_RISEN


def test_an_assessment_as_of_an_earlier_moment_is_not_written_over_a_later_one():
    profile = make_profile("anna")
    make_days(profile)
    assess_profiles([profile.pk], NOW)
    before = findings()

    assess_profiles([profile.pk], NOW - timedelta(hours=3))

    assert findings() == before


def test_what_somebody_reviewed_stays_as_it_was_seen():
    profile = make_profile("anna")
    make_days(profile, jump=2_000)
    assess_profiles([profile.pk], NOW)
    seen = current(profile)
    review(seen, code="", ruling=Ruling.CONFIRMED, reason="Asked her", by=make_user(), now=NOW)

    profile.snapshots.create(seen_at=LATER, source="csv", followers=7_600, views=1_300_000)
    assess_profiles([profile.pk], LATER + timedelta(minutes=1))

    after = current(profile)
    assert (after.pk, after.signals, after.score) == (seen.pk, seen.signals, seen.score)
    assert after.checked_at == LATER + timedelta(minutes=1)


def test_a_logged_cause_silences_growth_at_once():
    profile = make_profile("anna")
    make_days(profile, jump=2_000)
    assess_profiles([profile.pk], NOW)

    log_cause(profile, happened_on=NOW.date() - timedelta(days=11), kind="giveaway", note="A bike", by=None, now=NOW)
    assess_profiles([profile.pk], NOW + timedelta(minutes=1))

    assert "S1" not in current(profile).flagged
    assert Assessment.objects.get(ended_at__isnull=False).flagged[0] == "S1"


def run_night(now, *, blocks=None, at=0):
    """The whole night, or so many blocks of it and then a power cut."""
    done = 0
    while (blocks is None or done < blocks) and (end := nightly.assess_next(after=at, now=now)) is not None:
        at, done = end, done + 1
    return done


def test_a_night_cut_off_half_way_ends_with_the_same_findings(monkeypatch):
    monkeypatch.setattr(nightly, "BATCH", 3)
    make_roster(10)
    run_night(LATER)
    whole = findings()
    Assessment.objects.all().delete()

    run_night(LATER, blocks=2)
    part = Assessment.objects.count()
    run_night(LATER + timedelta(hours=3))

    assert 0 < part < 10
    assert findings() == whole
    assert run_night(LATER + timedelta(hours=4)) == 0


def test_other_rules_assess_everybody_again_without_waiting_for_the_night():
    profiles = make_roster(3)
    assess_profiles([profile.pk for profile in profiles], LATER)
    Assessment.objects.update(version="signals-0")

    run_night(LATER + timedelta(minutes=10))

    assert set(Assessment.objects.current().values_list("version", flat=True)) == {VERSION}
    assert Assessment.objects.filter(version="signals-0", ended_at=LATER + timedelta(minutes=10)).count() == 3


def test_whoever_was_refreshed_is_assessed_soon_after():
    profile, idle = make_profile("anna"), make_profile("bo")
    for each in (profile, idle):
        make_days(each)
        assess_profiles([each.pk], NOW)
    told = {"question": "profile", "due_at": LATER, "platform": "tiktok", "every": timedelta(days=1)}
    Refresh.objects.create(profile=profile, answered_at=NOW + timedelta(hours=1), **told)
    Refresh.objects.create(profile=idle, answered_at=NOW - timedelta(hours=1), **told)

    done = [nightly.assess_refreshed(now=NOW + timedelta(hours=2)) for _ in range(2)]

    assert done == [1, 0]
    assert current(profile).checked_at == NOW + timedelta(hours=2)
    assert current(idle).checked_at == NOW


def test_somebody_who_came_after_the_night_began_waits_for_the_first_numbers():
    profile = make_profile("anna")
    Profile.objects.filter(pk=profile.pk).update(created_at=LATER)

    assert run_night(LATER) == 0


def test_norms_of_our_own_serve_from_200_clean_creators():
    template = make_profile("first")
    make_posts(template)
    for n in range(204):
        profile = make_profile()
        make_posts(profile, [200 + (n * 7 + each * each * 31) % 400 for each in range(12)])
        profile.snapshots.create(seen_at=NOW - timedelta(days=1), source="csv", followers=5_000 + n * 11)
    Assessment.objects.bulk_create(
        Assessment(
            profile=profile, level="clear", version=VERSION, made_at=NOW, checked_at=NOW,
            signals=[{"code": "S5", "value": profile.pk % 7 / 100}, {"code": "S6", "value": None}],
        )
        for profile in Profile.objects.exclude(pk=template.pk)
    )  # fmt: skip

    seller, honest = make_profile("seller"), make_profile("honest")
    for profile, ruling in ((seller, Ruling.CONFIRMED), (honest, Ruling.DISMISSED)):
        make_posts(profile)
        found = Assessment.objects.create(
            profile=profile, level="flagged", version=VERSION, made_at=NOW, checked_at=NOW
        )
        review(found, code="", ruling=ruling, reason="Looked at it", by=make_user(), now=NOW)

    made = settle_peers(now=NOW)

    norm = NormCell.objects.get(platform="tiktok", tier="nano", measure="like_cv")
    facts = facts_of([template.pk], now=NOW, peers=peers_now())[template.pk]
    assert made[0] == NormCell.objects.count() > 4
    assert (norm.n, NormCell.objects.get(measure="S5").n) == (205, 204)  # the dismissed one has no comments
    assert ExpectationCell.objects.filter(platform="tiktok").count() == 2
    assert not NormCell.objects.filter(measure="S6").exists()
    assert facts.norms["like_cv"].p50 == norm.p50
    assert set(facts.expectations) == {"likes", "followers"}
    assess_profiles([template.pk], NOW)
    assert current(template).basis == "Percentiles of 204 clean creators like this one here."


def test_verdicts_move_the_limits_of_their_tier():
    by = make_user()
    for n in range(24):
        profile = make_profile()
        found = Assessment.objects.create(
            profile=profile,
            level="flagged",
            score=FLAGGED_FROM + 0.1 + n * 0.05,
            version=VERSION,
            made_at=NOW,
            checked_at=NOW,
        )
        ruling = Ruling.CONFIRMED if n >= 12 else Ruling.DISMISSED
        review(found, code="", ruling=ruling, reason="Looked at it", by=by, now=NOW)

    settle_peers(now=NOW)

    limits = LimitCell.objects.get()
    assert (limits.platform, limits.tier, limits.n, limits.version) == ("tiktok", "nano", 24, "verdicts-1")
    assert limits.flagged > FLAGGED_FROM
    assert limits.watch / limits.flagged == pytest.approx(WATCH_FROM / FLAGGED_FROM, abs=0.01)


@pytest.mark.parametrize(
    ("make", "fields"),
    [
        (NormCell, {"tier": "nano", "p01": 2, "p05": 1, "p50": 3, "p95": 4, "p99": 5}),
        (ExpectationCell, {"base": 1, "p01": 2, "p05": 1, "p50": 3, "p95": 4, "p99": 5}),
        (LimitCell, {"tier": "nano", "watch": 2, "flagged": 1}),
    ],
)
def test_the_database_refuses_cells_that_make_no_sense(make, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.objects.create(platform="tiktok", n=200, version="x", made_at=NOW, **fields)


@pytest.mark.parametrize("level", ["guilty", ""])
def test_the_database_refuses_a_level_that_nobody_knows(level):
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(profile=make_profile(), level=level, version="x", made_at=NOW, checked_at=NOW)


def test_a_profile_has_one_current_assessment():
    profile = make_profile("anna")
    fields = {"profile": profile, "level": "clear", "version": "x", "made_at": NOW, "checked_at": NOW}
    Assessment.objects.create(**fields)

    with pytest.raises(IntegrityError, match="one_current_assessment_per_profile"), transaction.atomic():
        Assessment.objects.create(**fields)


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_a_night_and_assess_nobody_twice(monkeypatch):
    monkeypatch.setattr(nightly, "BATCH", 3)
    make_roster(12)
    ready = Barrier(2)

    def worker(_):
        ready.wait()
        try:
            return run_night(LATER)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        blocks = list(pool.map(worker, range(2)))

    assert sum(blocks) >= 4  # twelve ids in blocks of three; one may be found done meanwhile
    assert Assessment.objects.count() == 12
    assert set(Assessment.objects.values_list("made_at", flat=True)) == {nightly.night_of(LATER)}


@pytest.mark.django_db(transaction=True)
def test_the_sweep_assesses_whatever_waits():
    """Every message is delivered at once here, as a worker would take it."""
    profiles = make_roster(3)
    celery_app.conf.task_always_eager = True

    try:
        tasks.sweep_assessments()
        tasks.settle_peers()
    finally:
        celery_app.conf.task_always_eager = False

    assert set(Assessment.objects.values_list("profile", flat=True)) == {profile.pk for profile in profiles}
