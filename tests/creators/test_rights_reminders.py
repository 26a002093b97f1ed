"""What beat does about rights: reminders at 30, 14 and 3 days, and the overlay that follows whitelisting."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone
from django_scopes import scope

from creators.actions import reminders
from creators.actions.whitelisting import follow_rights
from creators.models import LifecycleSpan, Right, RightReminder, Sighting
from creators.queries.spans import DayFilter, spans_on
from team.enums import Role
from tests.factories import NOW, TODAY, make_campaign, make_creator, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def held(brand, first, end, **fields):
    return Right.objects.create(
        **{
            "creator": make_creator(),
            "brand": brand,
            "kind": "paid",
            "place": "tiktok",
            "during": (first, end),
            **fields,
        }
    )


def days_of(brand):
    with scope(brand=brand):
        return sorted(RightReminder.objects.values_list("days", flat=True))


def test_each_distance_is_reminded_of_once(brand):
    held(brand, TODAY, TODAY + 40 * DAY)

    for passed in range(41):
        for _ in range(2):
            with scope(brand=brand):
                reminders.make_reminders(brand, today=TODAY + passed * DAY, now=NOW)

    assert days_of(brand) == [3, 14, 30]


@pytest.mark.parametrize(("left", "days"), [(31, []), (30, [30]), (14, [14]), (15, [30]), (3, [3]), (1, [3])])
def test_a_right_is_reminded_of_at_the_nearest_distance(brand, left, days):
    held(brand, TODAY - DAY, TODAY + left * DAY)
    held(brand, TODAY + DAY, TODAY + 3 * DAY)  # not begun
    held(brand, TODAY, None)

    with scope(brand=brand):
        reminders.make_reminders(brand, today=TODAY, now=NOW)

    assert days_of(brand) == days


def test_a_new_end_is_reminded_of_anew(brand):
    right = held(brand, TODAY, TODAY + 3 * DAY)
    with scope(brand=brand):
        reminders.make_reminders(brand, today=TODAY, now=NOW)
        reminders.done(RightReminder.objects.select_related("right").get(), now=NOW)
        Right.objects.filter(pk=right.pk).update(during=(TODAY, TODAY + 10 * DAY))

        made = reminders.make_reminders(brand, today=TODAY, now=NOW)

    assert made == 1
    assert days_of(brand) == [3, 14]


def test_reminders_are_mailed_once_to_managers_and_owners(brand):
    make_user("chief@example.com", brand=brand)
    make_user("viewer@example.com", brand=brand, role=Role.VIEWER)
    held(brand, TODAY, TODAY + 3 * DAY, creator=make_creator("anna"))

    with scope(brand=brand):
        reminders.make_reminders(brand, today=TODAY, now=NOW)
        sent = [reminders.mail_reminders(brand, address="https://x.example/", now=NOW) for _ in range(2)]

    assert sent == [1, 0]
    assert [letter.to for letter in mail.outbox] == [["chief@example.com"]]
    assert "4 Nov 2026: anna: Paid usage on TikTok" in mail.outbox[0].body


def test_an_end_that_is_past_or_moved_and_who_has_left_get_no_mail(brand):
    make_user("chief@example.com", brand=brand)
    make_user("left@example.com", brand=brand, is_active=False)
    moved, _, near = (held(brand, TODAY, TODAY + days * DAY) for days in (3, 1, 9))
    with scope(brand=brand):
        reminders.make_reminders(brand, today=TODAY, now=NOW)
        Right.objects.filter(pk=moved.pk).update(during=(TODAY, TODAY + 90 * DAY))

        sent = reminders.mail_reminders(brand, address="https://x.example/", now=NOW + DAY)

        told = RightReminder.objects.filter(mailed_at__isnull=False)
        assert [each.right for each in told] == [near]
    assert (sent, [letter.to for letter in mail.outbox]) == (1, [["chief@example.com"]])
    assert mail.outbox[0].subject == "1 right of Acme will end soon"


def spans(brand):
    with scope(brand=brand):
        return [(span.during.lower, span.during.upper) for span in LifecycleSpan.objects.order_by("during")]


def test_the_overlay_follows_whitelisting_rights(brand):
    right = held(brand, TODAY, TODAY + 3 * DAY, kind="whitelisting", made_at=NOW)
    held(brand, TODAY, TODAY + 3 * DAY)
    later = NOW + 3 * DAY

    changes = [follow_rights(brand, today=TODAY, now=NOW) for _ in range(2)]
    changes += [follow_rights(brand, today=TODAY + 3 * DAY, now=later) for _ in range(2)]

    assert changes == [1, 0, 1, 0]
    assert spans(brand) == [(NOW, datetime(2026, 11, 5, tzinfo=UTC))]
    with scope(brand=brand):
        assert LifecycleSpan.objects.at(NOW + DAY).get().creator == right.creator


def who_was_whitelisted(brand, day):
    with scope(brand=brand):
        return [span.creator.name for span in spans_on(DayFilter(brand, day, "whitelisted"))]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_whoever_looks_late_names_the_same_days_as_the_right(brand, zone):
    brand.time_zone = zone
    brand.save()
    held(brand, TODAY, TODAY + 3 * DAY, kind="whitelisting", creator=make_creator("anna"), made_at=NOW - 9 * DAY)
    begins = datetime.combine(TODAY, time(), ZoneInfo(zone))

    for passed, late in ((1, timedelta(minutes=50)), (6, timedelta(minutes=50))):
        follow_rights(brand, today=TODAY + passed * DAY, now=begins + passed * DAY + late)

    days = [TODAY + passed * DAY for passed in range(-1, 7)]
    assert [day for day in days if who_was_whitelisted(brand, day)] == [TODAY + passed * DAY for passed in range(3)]


def test_an_old_right_does_not_end_the_overlay_before_it_began(brand):
    anna = make_creator("anna")
    held(brand, TODAY - 9 * DAY, TODAY - 5 * DAY, kind="whitelisting", creator=anna)
    right = held(brand, TODAY, TODAY + 3 * DAY, kind="whitelisting", creator=anna, made_at=NOW)
    follow_rights(brand, today=TODAY, now=NOW)
    with scope(brand=brand):
        Right.objects.filter(pk=right.pk).update(during=(TODAY + 5 * DAY, TODAY + 9 * DAY))

    follow_rights(brand, today=TODAY + DAY, now=NOW + DAY)

    assert spans(brand) == [(NOW, NOW + DAY)]


def test_the_overlay_may_come_and_go_in_one_moment(brand):
    right = held(brand, TODAY, TODAY + 9 * DAY, kind="whitelisting")

    for end in (None, TODAY, None):
        with scope(brand=brand):
            Right.objects.filter(pk=right.pk).update(revoked_on=end, revoked_why="x" if end else "")
        follow_rights(brand, today=TODAY, now=NOW)

    assert len(spans(brand)) == 2
    assert spans(brand)[-1][1] is None


def test_the_overlay_of_other_creators_and_brands_is_left_alone(brand, other_brand):
    mine, other = make_creator(), make_creator()
    held(brand, TODAY, None, kind="whitelisting", creator=mine)
    held(brand, TODAY, None, kind="whitelisting", creator=other)
    held(other_brand, TODAY, None, kind="whitelisting", creator=mine)

    assert follow_rights(brand, today=TODAY, now=NOW, creator_ids=[mine.pk]) == 1
    assert spans(other_brand) == []


def test_today_shows_what_ends_and_what_runs_outside_until_it_is_seen_to(manager, brand):
    today = timezone.now().date()
    anna = make_creator("anna")
    held(brand, today, today + 2 * DAY, creator=anna)
    Sighting.objects.create(brand=brand, creator=anna, place="email", seen_on=today)
    make_campaign(brand)
    with scope(brand=brand):
        reminders.make_reminders(brand, today=today, now=NOW)
        reminder = RightReminder.objects.get()

    before = manager.get("/")
    manager.post(f"/creators/reminders/{reminder.pk}/done/")
    after = manager.get("/")

    assert "1 ad seen running without a right" in before.text
    assert "anna: Paid usage on TikTok: the right ends on" in before.text
    assert '<span class="badge danger">2 days left</span>' in before.text
    assert "the right ends on" not in after.text
