"""Clicks by day: people, unique people, and the rest; whatever order the clicks arrive in."""

import itertools
import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pgtrigger
import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from results.actions.roll_up import roll_up_clicks
from results.actions.shipping import store
from results.logic.click_ids import click_id
from results.models import Click, ClickDay, DirtyDay
from results.tasks import roll_up_clicks as task
from tests.factories import make_campaign, make_deal, make_link

DAY = date(2026, 11, 2)
MIDNIGHT = datetime(2026, 11, 2, tzinfo=UTC)
_numbers = itertools.count(1)


@pytest.fixture
def link(brand):
    """A link of `brand`, whose days are UTC's."""
    return make_link(make_deal(make_campaign(brand)))


def click(link, minute, visitor=b"a", kind="human"):
    """A row of a click some minutes after midnight."""
    at = MIDNIGHT + timedelta(minutes=minute)
    key = visitor.ljust(16, b".") if visitor else b""
    return (
        UUID(click_id(int(at.timestamp() * 1000), next(_numbers).to_bytes(10))),
        at,
        link.pk,
        kind,
        key,
        "",
        "",
        "",
        False,
    )


def days(brand):
    """Every roll-up: day, clicks, unique clicks."""
    with scope(brand=brand):
        return list(ClickDay.objects.order_by("day_on").values_list("day_on", "clicks", "unique_clicks"))


@pytest.mark.parametrize(
    ("minutes", "unique"),
    [
        ([0], 1),
        ([0, 29.9], 1),
        ([0, 30], 2),
        ([0, 20, 40], 2),  # 30 minutes from the counted click at 0, not from the one at 20
        ([0, 20, 40, 60, 80], 3),
        ([0, 10, 29, 31, 59, 62], 3),
    ],
)
def test_a_visitor_counts_once_in_thirty_minutes(brand, link, minutes, unique):
    store([click(link, minute) for minute in minutes])

    roll_up_clicks()

    assert days(brand) == [(DAY, len(minutes), unique)]


def test_visitors_links_and_classes_are_told_apart(brand, link):
    other = make_link(link.deal, post=2)
    store(
        [
            click(link, 0, b"a"), click(link, 1, b"b"), click(link, 2, b"a"), click(other, 3, b"a"),
            click(link, 4, b""), click(link, 5, b""), click(link, 6, b"a", "preview"), click(link, 7, b"a", "bot"),
            click(link, 8, b"a", "prefetch"), click(link, 9, b"a", "self"), click(link, 9, b"a", "bot"),
        ]
    )  # fmt: skip

    roll_up_clicks()

    with scope(brand=brand):
        rows = ClickDay.objects.order_by("link_id").values_list(
            "link_id", "clicks", "unique_clicks", "previews", "prefetches", "bots", "own"
        )
        assert list(rows) == [(link.pk, 5, 4, 1, 1, 2, 1), (other.pk, 1, 1, 0, 0, 0, 0)]


def test_the_order_of_arrival_changes_nothing(brand, link):
    clicks = [click(link, minute, visitor) for minute in range(0, 1500, 7) for visitor in (b"a", b"b", b"")]
    store(clicks)
    roll_up_clicks()
    expected = days(brand)
    with scope(brand=brand), pgtrigger.ignore("results.Click:click_stays"):
        ClickDay.objects.all().delete()
        Click.objects.all().delete()
    random.Random(1).shuffle(clicks)

    for start in range(0, len(clicks), 50):
        store(clicks[start : start + 50])
        store(clicks[max(0, start - 20) : start + 10])
        roll_up_clicks()

    assert days(brand) == expected
    assert sum(row[1] for row in expected) == len(clicks)


def test_a_day_is_rolled_up_once_until_something_new_comes(brand, link):
    store([click(link, 0)])

    assert [roll_up_clicks(), roll_up_clicks()] == [1, 0]
    with scope(brand=brand):
        assert not DirtyDay.objects.exists()


def test_more_days_than_fit_in_one_round(brand, link, monkeypatch):
    monkeypatch.setattr("results.actions.roll_up.DAYS_AT_ONCE", 2)
    monkeypatch.setattr("results.actions.roll_up.roll_up_days.__defaults__", (2,))
    store([click(link, 1440 * day) for day in range(5)])

    assert roll_up_clicks() == 5
    assert len(days(brand)) == 5


def test_a_brand_that_moves_gets_its_days_anew(brand, link):
    store([click(link, 0)])
    roll_up_clicks()
    brand.time_zone = "America/New_York"
    brand.save()

    task()

    assert days(brand) == [(date(2026, 11, 1), 1, 1)]


def test_a_brand_that_stays_is_not_counted_anew(brand, link):
    store([click(link, 0)])
    task()

    assert task() == 0


def test_clicks_are_never_changed_or_taken_back(brand, link):
    store([click(link, 0)])

    with scope(brand=brand):
        for attempt in (lambda: Click.objects.update(kind="bot"), lambda: Click.objects.all().delete()):
            with pytest.raises(Exception, match=r"Cannot (update|delete)"), transaction.atomic():
                attempt()


def test_a_click_has_a_known_class(brand, link):
    with pytest.raises(IntegrityError, match="click_class_is_known"), transaction.atomic():
        Click.objects.create(
            id=click_id(1, bytes(10)), brand=brand, link=link, clicked_at=MIDNIGHT, kind="martian", visitor=b""
        )


@pytest.mark.parametrize(
    ("fields", "name"),
    [({"clicks": 1, "unique_clicks": 2}, "unique_clicks_are_clicks"), ({}, "one_roll_up_per_link_and_day")],
)
def test_a_roll_up_that_cannot_be(brand, link, fields, name):
    ClickDay.objects.create(brand=brand, link=link, day_on=DAY, clicks=1, unique_clicks=1)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        day = DAY if not fields else date(2026, 11, 3)
        ClickDay.objects.create(
            **{"brand": brand, "link": link, "day_on": day, "clicks": 1, "unique_clicks": 1, **fields}
        )


def test_a_day_is_marked_once(brand, link):
    DirtyDay.objects.create(brand=brand, link=link, day_on=DAY)

    with pytest.raises(IntegrityError, match="one_mark_per_link_and_day"), transaction.atomic():
        DirtyDay.objects.create(brand=brand, link=link, day_on=DAY)
