import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from creators.actions.assess import assess_profiles
from creators.actions.reviews import review
from creators.enums import Ruling
from creators.logic.fraud.calibration import LEAST, Verdict, calibrated
from creators.logic.fraud.scale import FLAGGED_FROM, WATCH_FROM
from creators.models import Assessment, Cause, Review
from creators.queries.assessments import confirmed
from tests.creators.assessing import ORGANIC, make_audience, make_comments, make_days, make_posts, make_profile
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
F = FLAGGED_FROM


def make_finding(handle="", *, level="flagged", score=2.0, flagged=("S1",), watched=(), now=NOW, **fields):
    """A current assessment without facts behind it."""
    profile = make_profile(handle, **fields)
    signals = [
        {"code": code, "name": f"Signal {code}", "level": each, "reason": f"Reason of {code}.", "value": 0.5, "n": 12}
        for codes, each in ((flagged, "flagged"), (watched, "watch")) for code in codes
    ]  # fmt: skip
    return Assessment.objects.create(
        profile=profile, level=level, score=score, signals=signals, flagged=list(flagged), watched=list(watched),
        version="signals-1", made_at=now, checked_at=now,
    )  # fmt: skip


def say(assessment, ruling, *, code="", later=0, reason="Looked at it"):
    by = make_user()
    return review(
        assessment, code=code, ruling=ruling, reason=reason, by=by, now=assessment.made_at + timedelta(minutes=later)
    )


def handles(response):
    return re.findall(r'data-label="Profile">(\S+) ', response.content.decode())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["bo_x", "anna", "dora"]),
        ("q=anna", ["anna"]),
        ("level=flagged", ["bo_x", "anna"]),
        ("level=clear", ["cyrus"]),
        ("level=all", ["bo_x", "anna", "dora", "cyrus"]),
        ("code=S5", ["bo_x", "dora"]),
        ("platform=x", ["bo_x"]),
        ("tier=micro", ["bo_x"]),
        ("review=open", ["anna", "dora"]),
        ("review=confirmed", ["bo_x"]),
        ("review=dismissed", []),
        ("level=odd&code=S99&page=7&q=%00", ["bo_x", "anna", "dora"]),
    ],
)
def test_the_queue_is_searched_and_filtered_by_its_address(viewer, query, found):
    make_finding("anna")
    bo = make_finding("bo_x", platform="x", followers=20_000, score=3.0, flagged=["S1", "S5"])
    make_finding("cyrus", level="clear", score=0.2, flagged=[])
    make_finding("dora", level="watch", score=1.4, flagged=[], watched=["S5"])
    say(bo, Ruling.DISMISSED)
    say(bo, Ruling.CONFIRMED, later=1)

    response = viewer.get(f"/creators/signals/?{query}")

    assert response.status_code == 200
    assert handles(response) == found


def test_the_queue_takes_the_same_queries_for_any_number(viewer, django_assert_max_num_queries):
    for count in (1, 2):
        for _ in range(count):
            make_finding()
        with django_assert_max_num_queries(8):
            viewer.get("/creators/signals/")


def test_the_queue_is_exported(viewer):
    make_finding("anna", watched=["S9"])

    rows = list(csv.DictReader(io.StringIO(b"".join(viewer.get("/creators/signals.csv?level=flagged")).decode())))

    assert [(row["handle"], row["flagged"], row["watched"], row["reasons"]) for row in rows] == [
        ("anna", "S1", "S9", "Reason of S1. Reason of S9.")
    ]


def test_each_signal_shows_what_it_is_made_of(viewer):
    profile = make_profile("anna", platform="instagram")
    make_days(profile, jump=2_000, views=None)
    posts = make_posts(profile, [400, 401, 402, 399, 400, 401, 400, 399, 398, 400, 402, 401], views=1_000)
    make_comments(posts[0], [*ORGANIC, *["so gorgeous babe love it"] * 8, *["what a stunning look today"] * 8])
    make_audience(profile, suspicious=200)
    assess_profiles([profile.pk], NOW)

    page = viewer.get(f"/creators/signals/{profile.pk}/").content.decode()

    assert 'id="S1"' in page
    assert "chart-spike" in page
    assert "slow drip below about 1% a day is invisible" in page
    assert 'id="S5"' in page
    assert "8 comments" in page
    assert page.count("so gorgeous babe love it") >= 6
    assert "by 8 authors" in page
    assert 'id="S9"' in page
    assert "chart-bar" in page
    assert "Shipped norms" in page
    assert "fraud" not in page.lower()


def test_a_profile_without_an_assessment_says_so(viewer):
    profile = make_profile("anna")

    page = viewer.get(f"/creators/signals/{profile.pk}/")

    assert page.status_code == 200
    assert "Not assessed yet" in page.content.decode()


def test_a_review_is_noted_with_its_reason(manager):
    found = make_finding("anna")

    answer = manager.post(
        f"/creators/signals/{found.profile_id}/review/",
        {"code": "S1", "ruling": "dismissed", "reason": "She was on television"},
    )

    page = manager.get(answer.url).content.decode()
    assert answer.url == f"/creators/signals/{found.profile_id}/"
    assert (Review.objects.get().code, Review.objects.get().made_by) == ("S1", manager.user)
    assert "She was on television" in page


@pytest.mark.parametrize(
    "change", [{"reason": ""}, {"reason": " "}, {"ruling": "maybe"}, {"ruling": ""}, {"code": "S7"}]
)
def test_a_review_without_reason_or_of_no_signal_is_refused(manager, change):
    found = make_finding("anna")
    data = {"code": "", "ruling": "confirmed", "reason": "Bought", **change}

    response = manager.post(f"/creators/signals/{found.profile_id}/review/", data)

    assert response.status_code == 422
    assert not Review.objects.exists()


def test_a_cause_is_logged_and_the_signals_are_assessed_at_once(manager):
    profile = make_profile("anna")
    assess_profiles([profile.pk], NOW)

    answer = manager.post(
        f"/creators/signals/{profile.pk}/cause/",
        {"happened_on": "2026-10-22", "kind": "press", "note": "Local paper"},
    )

    assert answer.status_code == 302
    assert Cause.objects.get().note == "Local paper"
    assert Assessment.objects.current().get().checked_at > NOW


@pytest.mark.parametrize("change", [{"happened_on": ""}, {"happened_on": "2999-01-01"}, {"kind": "magic"}])
def test_a_cause_that_cannot_be_is_refused(manager, change):
    found = make_finding("anna")
    data = {"happened_on": "2026-10-22", "kind": "press", **change}

    response = manager.post(f"/creators/signals/{found.profile_id}/cause/", data)

    assert response.status_code == 422
    assert not Cause.objects.exists()


def test_who_is_confirmed_follows_the_newest_word():
    whole, one, taken_back, cleared, both = (make_finding() for _ in range(5))
    say(whole, Ruling.DISMISSED)
    say(whole, Ruling.CONFIRMED, later=1, reason="Asked the seller")
    say(one, Ruling.CONFIRMED, code="S1")
    say(taken_back, Ruling.CONFIRMED, code="S1")
    say(taken_back, Ruling.DISMISSED, code="S1", later=1)
    say(cleared, Ruling.CONFIRMED, code="S1")
    say(cleared, Ruling.DISMISSED, later=1)
    say(both, Ruling.DISMISSED)
    say(both, Ruling.CONFIRMED, code="S1", later=1)

    everybody = confirmed()
    asked = confirmed([whole.profile.creator_id, taken_back.profile.creator_id])

    assert set(everybody) == {each.profile.creator_id for each in (whole, one, both)}
    assert [each.reason for each in asked.values()] == ["Asked the seller"]


def test_the_creators_list_shows_and_filters_by_the_worst_finding(viewer, django_assert_max_num_queries):
    found = make_finding("anna")
    make_finding("bo_x", level="clear", flagged=[])
    say(found, Ruling.DISMISSED)

    with django_assert_max_num_queries(12):
        response = viewer.get("/creators/?level=flagged")

    assert [row.creator.pk for row in response.context["rows"]] == [found.profile.creator_id]
    assert f"/creators/signals/{found.profile_id}/" in response.content.decode()
    assert "Dismissed</span>" in response.content.decode()


def test_the_creator_page_shows_the_strip(viewer):
    found = make_finding("anna")
    say(found, Ruling.CONFIRMED)

    page = viewer.get(f"/creators/{found.profile.creator_id}/").content.decode()

    assert "TikTok: Signal S1" in page
    assert "Confirmed" in page


def test_a_review_stays():
    said = say(make_finding(), Ruling.CONFIRMED)

    for change in (lambda: Review.objects.update(reason="Other"), said.delete):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


@pytest.mark.parametrize("change", [{"reason": ""}, {"ruling": "maybe"}])
def test_the_database_refuses_a_review_without_reason_or_ruling(change):
    found = make_finding()
    fields = {"assessment": found, "profile": found.profile, "ruling": "confirmed", "reason": "Bought", **change}

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(**fields)


def test_the_database_refuses_a_cause_of_no_kind():
    with pytest.raises(IntegrityError), transaction.atomic():
        Cause.objects.create(profile=make_profile(), happened_on=NOW.date(), kind="magic")


def verdicts(dismissed, confirmed_scores):
    return [Verdict(score, confirmed=False) for score in dismissed] + [
        Verdict(s, confirmed=True) for s in confirmed_scores
    ]


@pytest.mark.parametrize(
    ("dismissed", "confirmed_scores", "wanted"),
    [
        ([1.8] * 10, [3.0] * (LEAST - 11), None),  # too few
        ([1.8] * 30, [], None),  # all agree, so there is no line between
        ([F + 0.2] * 20, [F + 1.2] * 20, F + 40 * 0.7 / 60),  # the line lies between them
        ([F - 0.2] * 20, [F + 1.2] * 20, F),  # the shipped limit already parts them
        ([9.0] * 20, [9.5] * 20, F),  # a line out of bounds is not taken
        ([F + 0.1] * 20 + [9.0], [9.5] * 20, (41 * 1.6 * F + 20 * F) / 61),  # never beyond 1.6 times the shipped one
    ],
)
def test_verdicts_move_a_limit_only_when_enough_of_both_kinds_say_so(dismissed, confirmed_scores, wanted):
    limits = calibrated(verdicts(dismissed, confirmed_scores))

    assert (limits and limits.flagged) == (wanted and pytest.approx(wanted, abs=0.001))
    if limits:
        assert limits.watch == pytest.approx(limits.flagged * WATCH_FROM / FLAGGED_FROM, abs=0.001)


def test_the_page_of_one_profile_keeps_to_its_queries(viewer, django_assert_max_num_queries):
    profile = make_profile("anna")
    make_days(profile, jump=2_000)
    make_posts(profile)
    assess_profiles([profile.pk], NOW)
    say(Assessment.objects.get(), Ruling.CONFIRMED)

    with django_assert_max_num_queries(12):
        viewer.get(f"/creators/signals/{profile.pk}/")


def test_a_viewer_is_offered_no_word_on_it_a_manager_is(viewer, manager):
    address = f"/creators/signals/{make_finding('anna').profile_id}/"

    assert "Your word" not in viewer.get(address).content.decode()
    assert "Your word" in manager.get(address).content.decode()
