from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django_scopes import scope

from creators.actions import lifecycle
from creators.models import LifecycleSpan
from creators.queries.lifecycle import creators_in_stage, furthest_stage, history_of, present_stages
from tests.factories import NOW, make_creator, make_user

pytestmark = pytest.mark.django_db
BEFORE, LATER = NOW - timedelta(days=3), NOW + timedelta(days=3)


def test_a_move_closes_the_stage_and_opens_the_next(brand):
    anna, by = make_creator("anna"), make_user()
    lifecycle.move([anna.pk], brand=brand, stage="prospect", why="Found", by=by, now=NOW)

    moved = lifecycle.move([anna.pk], brand=brand, stage="seeded", why="Sent a box", by=by, now=LATER)

    with scope(brand=brand):
        spans = [(span.stage, span.during.lower, span.during.upper, span.why) for span in history_of(anna)]
    assert moved == 1
    assert spans == [("seeded", LATER, None, "Sent a box"), ("prospect", NOW, LATER, "Found")]


def test_moving_to_the_same_stage_changes_nothing(brand):
    anna, bo = make_creator("anna"), make_creator("bo")
    lifecycle.move([anna.pk], brand=brand, stage="live", why="Posted", by=None, now=NOW)

    moved = lifecycle.move([anna.pk, bo.pk], brand=brand, stage="live", why="Again", by=None, now=LATER)

    with scope(brand=brand):
        assert moved == 1
        assert LifecycleSpan.objects.filter(creator=anna).count() == 1
        assert present_stages([anna.pk, bo.pk], brand=brand) == {anna.pk: "live", bo.pk: "live"}


def test_two_moves_in_one_moment_leave_no_empty_span(brand):
    anna = make_creator("anna")

    for stage in ("prospect", "contacted", "seeded"):
        lifecycle.move([anna.pk], brand=brand, stage=stage, why="Quick", by=None, now=NOW)

    with scope(brand=brand):
        assert [span.stage for span in history_of(anna)] == ["seeded", "contacted", "prospect"]


def test_begin_leaves_those_who_have_a_stage(brand):
    anna, bo = make_creator("anna"), make_creator("bo")
    lifecycle.move([anna.pk], brand=brand, stage="live", why="Posted", by=None, now=NOW)

    began = lifecycle.begin([anna.pk, bo.pk], brand=brand, stage="prospect", why="Import", by=None, now=LATER)

    with scope(brand=brand):
        assert began == 1
        assert present_stages([anna.pk, bo.pk], brand=brand) == {anna.pk: "live", bo.pk: "prospect"}


def test_who_was_in_a_stage_on_a_day(brand):
    anna = make_creator("anna")
    lifecycle.move([anna.pk], brand=brand, stage="seeded", why="Box", by=None, now=NOW)
    lifecycle.move([anna.pk], brand=brand, stage="live", why="Posted", by=None, now=LATER)

    with scope(brand=brand):
        assert list(creators_in_stage("seeded", brand=brand, at=NOW + timedelta(days=1))) == [anna]
        assert not creators_in_stage("seeded", brand=brand, at=LATER)
        assert not creators_in_stage("seeded", brand=brand, at=NOW - timedelta(days=1))


def test_brands_do_not_see_each_others_stages(brand, other_brand):
    anna = make_creator("anna")
    lifecycle.move([anna.pk], brand=brand, stage="seeded", why="Box", by=None, now=NOW)
    lifecycle.move([anna.pk], brand=other_brand, stage="live", why="Posted", by=None, now=NOW)

    with scope(brand=brand):
        assert [span.stage for span in history_of(anna)] == ["seeded"]
        assert furthest_stage(anna) == "seeded"
    with scope(brand=[brand, other_brand]):
        assert furthest_stage(anna) == "live"


@pytest.mark.parametrize(("stage", "why"), [("famous", "Because"), ("live", "  ")])
def test_a_move_needs_a_known_stage_and_a_reason(brand, stage, why):
    with pytest.raises(ValueError, match=r"stage|reason|Stage"):
        lifecycle.move([make_creator().pk], brand=brand, stage=stage, why=why, by=None, now=NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "update creators_lifecyclespan set stage = 'seeded'",
        "update creators_lifecyclespan set rule = 'live-1'",
        "update creators_lifecyclespan set during = tstzrange(lower(during) - interval '1 day', null)",
        "delete from creators_lifecyclespan",
    ],
)
def test_a_span_is_only_ever_ended(brand, statement):
    lifecycle.move([make_creator().pk], brand=brand, stage="live", why="Posted", by=None, now=NOW)

    with (
        pytest.raises(ProgrammingError, match=r"only ever added|Cannot delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("other", "constraint"),
    [
        ({"stage": "seeded"}, "one_span_at_a_time_on_a_track"),
        ({"stage": "famous", "during": (BEFORE, NOW)}, "only_the_stage_track_names_a_stage"),
        ({"track": "whitelisted", "stage": "live"}, "only_the_stage_track_names_a_stage"),
        ({"stage": "live", "during": (None, NOW)}, "span_has_a_beginning_and_lasts"),
        ({"stage": "live", "during": (NOW, NOW)}, "span_has_a_beginning_and_lasts"),
    ],
)
def test_the_database_refuses(brand, other, constraint):
    anna = make_creator("anna")
    lifecycle.move([anna.pk], brand=brand, stage="live", why="Posted", by=None, now=NOW)

    with pytest.raises(IntegrityError, match=constraint):
        LifecycleSpan.objects.create(creator=anna, brand=brand, why="x", **{"during": (NOW, None), **other})


@pytest.mark.django_db(transaction=True)
def test_two_people_moving_one_creator_at_once_leave_one_stage(brand):
    anna = make_creator("anna")
    together = Barrier(2)

    def one(stage):
        together.wait()
        try:
            return lifecycle.move([anna.pk], brand=brand, stage=stage, why="At once", by=None, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        moved = list(pool.map(one, ["live", "seeded"]))

    with scope(brand=brand):
        assert moved == [1, 1]
        assert LifecycleSpan.objects.open().filter(creator=anna).count() == 1
        assert LifecycleSpan.objects.filter(creator=anna).count() == 2


def _advance(creators, brand, stage="seeded", rule="shipment", now=LATER):
    return lifecycle.advance([each.pk for each in creators], brand=brand, stage=stage, rule=rule, now=now)


def test_a_rule_only_moves_forward(brand):
    new, prospect, seeded, live = (make_creator(name) for name in ("new", "prospect", "seeded", "live"))
    for creator in (prospect, seeded, live):
        lifecycle.move([creator.pk], brand=brand, stage=creator.name, why="By hand", by=None, now=NOW)

    moved = _advance([new, prospect, seeded, live], brand)
    again = _advance([new, prospect, seeded, live], brand)

    with scope(brand=brand):
        stages = present_stages([new.pk, prospect.pk, seeded.pk, live.pk], brand=brand)
        span = history_of(prospect)[0]
    assert (moved, again) == (2, 0)
    assert stages == {new.pk: "seeded", prospect.pk: "seeded", seeded.pk: "seeded", live.pk: "live"}
    assert (span.rule, span.why, span.made_by) == ("shipment-1", "A shipment was sent", None)


@pytest.mark.parametrize(
    ("stage", "rule", "expected"),
    [("seeded", "shipment", ("seeded", "shipment-1")), ("prospect", "deal", ("contacted", "return-1"))],
)
def test_any_fact_brings_an_inactive_creator_back(brand, stage, rule, expected):
    anna = make_creator("anna")
    lifecycle.move([anna.pk], brand=brand, stage="inactive", why="Quiet", by=None, now=NOW)

    moved = _advance([anna], brand, stage, rule)

    with scope(brand=brand):
        span = history_of(anna)[0]
    assert (moved, (span.stage, span.rule)) == (1, expected)


@pytest.mark.parametrize(
    ("stage", "rule", "hours", "moved"),
    [("prospect", "", -1, 0), ("prospect", "", 1, 1), ("inactive", "quiet", -1, 0), ("inactive", "quiet", 1, 1)],
)
def test_a_fact_from_before_a_decision_or_a_silence_moves_nobody(brand, stage, rule, hours, moved):
    anna = make_creator("anna")
    if rule:
        lifecycle.set_by_rule([anna.pk], brand=brand, stage=stage, rule=rule, now=NOW)
    else:
        lifecycle.move([anna.pk], brand=brand, stage=stage, why="By hand", by=None, now=NOW)

    at = NOW + timedelta(hours=hours)
    assert lifecycle.advance([anna.pk], brand=brand, stage="contacted", rule="reply", at=at, now=LATER) == moved


def test_a_rule_has_to_be_one_of_the_table(brand):
    with pytest.raises(KeyError, match="whim"):
        _advance([make_creator()], brand, rule="whim")


@pytest.mark.parametrize("people", [1, 3])
def test_a_rule_moves_many_in_as_many_statements_as_one(brand, people, django_assert_num_queries):
    creators = [make_creator() for _ in range(people)]

    with django_assert_num_queries(10), transaction.atomic():
        assert _advance(creators, brand) == people
