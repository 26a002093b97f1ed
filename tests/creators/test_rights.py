"""The database refuses what must never be; each constraint is tried to be broken, in bulk too."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, transaction
from django_scopes import scope

from config.lib.refusals import refusal_of
from creators.models import Content, Exclusivity, PlatformPermission, Right, RightReminder, Sighting
from creators.queries.exclusivity import ExclusivityFilter, exclusivities
from tests.factories import TODAY, make_creator

pytestmark = pytest.mark.django_db
APRIL = date(2027, 4, 1)


def make_content(creator, brand, title="Unboxing", **fields):
    return Content.objects.create(creator=creator, brand=brand, title=title, **fields)


def right(creator, brand, first=TODAY, end=APRIL, **fields):
    """An unsaved right for paid usage on TikTok, worldwide, all content."""
    return Right(
        **{"creator": creator, "brand": brand, "kind": "paid", "place": "tiktok", "during": (first, end), **fields}
    )


def refused(write):
    """The sentence with which the database refuses."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        write()
    return refusal_of(caught.value)


OVERLAPS = [
    pytest.param({}, {}, id="the same"),
    pytest.param({}, {"territory": "DE"}, id="worldwide first"),
    pytest.param({"territory": "DE"}, {}, id="worldwide second"),
    pytest.param({"territory": "DE"}, {"territory": "DE"}, id="one territory"),
    pytest.param({"first": TODAY, "end": None}, {"first": APRIL, "end": None}, id="for ever"),
    pytest.param({"end": APRIL}, {"first": APRIL - timedelta(days=1)}, id="one day", marks=[]),
]
BESIDE = [
    pytest.param({"territory": "DE"}, {"territory": "FR"}, id="two territories"),
    pytest.param({"territory": "DE"}, {"territory": "ED"}, id="letters the other way round"),
    pytest.param({}, {"place": "instagram"}, id="two places"),
    pytest.param({}, {"kind": "whitelisting"}, id="two kinds"),
    pytest.param({"end": APRIL}, {"first": APRIL, "end": None}, id="one after the other"),
]


@pytest.mark.parametrize(("one", "two"), OVERLAPS)
@pytest.mark.parametrize("is_bulk", [False, True], ids=["save", "bulk"])
def test_a_right_is_held_once_at_a_time(brand, one, two, is_bulk):
    anna = make_creator("anna")
    right(anna, brand, **one).save()
    again = right(anna, brand, **{**two, "end": two.get("end", date(2027, 5, 1))})

    sentence = refused(lambda: Right.objects.bulk_create([again]) if is_bulk else again.save())

    assert sentence.startswith("This right is already held in part of that time.")


@pytest.mark.parametrize(("one", "two"), BESIDE)
def test_rights_that_differ_stand_beside_each_other(brand, one, two):
    anna = make_creator("anna")

    right(anna, brand, **one).save()
    right(anna, brand, **two).save()

    with scope(brand=brand):
        assert Right.objects.count() == 2


def test_all_content_overlaps_every_piece_and_pieces_stand_beside_each_other(brand):
    anna = make_creator("anna")
    one, two = make_content(anna, brand, "One"), make_content(anna, brand, "Two")

    right(anna, brand, content=one).save()
    right(anna, brand, content=two).save()

    assert "already held" in refused(right(anna, brand, content=one, territory="DE").save)
    assert "already held" in refused(right(anna, brand).save)


def test_two_brands_may_hold_the_same_right(brand, other_brand):
    anna = make_creator("anna")

    right(anna, brand).save()
    right(anna, other_brand).save()

    with scope(brand=[brand, other_brand]):
        assert Right.objects.count() == 2


def test_revoking_ends_what_is_held_and_makes_room(brand):
    anna = make_creator("anna")
    first = right(anna, brand, revoked_on=TODAY + timedelta(days=9), revoked_why="Angry comments")
    first.save()

    right(anna, brand, first=TODAY + timedelta(days=9)).save()

    first.refresh_from_db()
    assert (first.held.lower, first.held.upper) == (TODAY, TODAY + timedelta(days=9))
    assert first.during.upper == APRIL


def test_a_right_revoked_before_it_begins_holds_nothing(brand):
    anna = make_creator("anna")
    first = right(anna, brand, revoked_on=TODAY, revoked_why="Never signed")
    first.save()

    right(anna, brand).save()

    first.refresh_from_db()
    assert first.held.isempty


def test_a_widened_right_is_refused_in_bulk_too(brand):
    anna = make_creator("anna")
    right(anna, brand).save()
    right(anna, brand, first=APRIL, end=None).save()

    with scope(brand=brand):
        sentence = refused(lambda: Right.objects.filter(during__contains=TODAY).update(during=(TODAY, None)))

    assert "already held" in sentence


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"during": (TODAY, TODAY)}, "A right needs a first day, and its last day may not be before it."),
        ({"during": (None, TODAY)}, "A right needs a first day, and its last day may not be before it."),
        ({"kind": "forever"}, "Choose one of the known kinds and places."),
        ({"place": "billboard"}, "Choose one of the known kinds and places."),
        ({"territory": "de"}, "Write a territory as two capitals, such as DE; none is worldwide."),
        ({"revoked_on": TODAY}, "Say why the right is revoked."),
        ({"price": -1, "currency": "GBP"}, "A price is not negative and has a currency."),
        ({"price": 1, "currency": ""}, "A price is not negative and has a currency."),
    ],
)
def test_a_right_that_makes_no_sense_is_refused_in_words(brand, fields, words):
    wrong = right(make_creator(), brand, **fields)

    assert refused(lambda: Right.objects.bulk_create([wrong])) == words


def test_a_right_is_about_content_of_its_creator_and_brand(brand, other_brand):
    anna, bo = make_creator("anna"), make_creator("bo")

    others = right(anna, brand, content=make_content(bo, brand))
    rivals = right(anna, brand, content=make_content(anna, other_brand))

    assert refused(others.save) == "Choose a piece of content of this creator."
    assert refused(rivals.save) == "Choose a piece of content of this brand."


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "spark", "code": "#x", "days": 90}, "A Spark code lives 7, 30, 60 or 365 days"),
        ({"kind": "spark", "code": "#x", "days": None}, "A Spark code lives 7, 30, 60 or 365 days"),
        ({"kind": "spark", "code": "", "days": 60}, "Paste the Spark code."),
        ({"kind": "partnership", "days": 0}, "A Spark code lives"),
        ({"kind": "magic", "days": 60}, ""),
    ],
)
def test_a_permission_lasts_as_its_platform_allows(brand, fields, words):
    held = right(make_creator(), brand)
    held.save()
    wrong = PlatformPermission(brand=brand, right=held, starts_on=TODAY, **fields)

    assert refused(lambda: PlatformPermission.objects.bulk_create([wrong])).startswith(words)


def test_a_permission_knows_its_days(brand):
    held = right(make_creator(), brand)
    held.save()

    code = PlatformPermission.objects.create(
        brand=brand, right=held, kind="spark", code="#x", days=60, starts_on=TODAY
    )
    open_ended = PlatformPermission.objects.create(brand=brand, right=held, kind="partnership", starts_on=TODAY)

    with scope(brand=brand):
        code.refresh_from_db()
        open_ended.refresh_from_db()
    assert (code.during.lower, code.during.upper) == (TODAY, TODAY + timedelta(days=60))
    assert open_ended.during.upper is None


def test_an_ad_may_be_seen_at_any_time_but_only_once_a_day(brand):
    anna = make_creator("anna")
    seen = {"brand": brand, "creator": anna, "place": "tiktok", "seen_on": TODAY}
    Sighting.objects.create(**seen)

    again = Sighting(**seen)

    assert refused(lambda: Sighting.objects.bulk_create([again])) == "This ad is already recorded for that day."
    assert refused(Sighting(**{**seen, "place": "moon"}).save) == "Choose one of the known kinds and places."
    assert "Say what was done" in refused(Sighting(**{**seen, "ad": "b", "settled_on": TODAY}).save)


def test_a_reminder_comes_once(brand):
    held = right(make_creator(), brand)
    held.save()
    fields = {"brand": brand, "right": held, "days": 14, "right_ends_on": APRIL}
    RightReminder.objects.create(**fields)

    assert refused(RightReminder(**fields).save) == "This reminder is already there."
    assert "30, 14 and 3" in refused(RightReminder(**{**fields, "days": 5}).save)


@pytest.mark.parametrize("is_bulk", [False, True], ids=["save", "bulk"])
def test_a_creator_works_for_one_brand_in_a_category_at_a_time(brand, other_brand, is_bulk):
    anna = make_creator("anna")
    promise = {"creator": anna, "category": "skincare"}
    Exclusivity.objects.create(brand=brand, during=(TODAY, APRIL), **promise)
    rival = Exclusivity(brand=other_brand, during=(APRIL - timedelta(days=1), None), **promise)

    sentence = refused(lambda: Exclusivity.objects.bulk_create([rival]) if is_bulk else rival.save())

    assert sentence == "The creator works for another brand in this category in that time."


def test_exclusivity_leaves_room_for_itself_the_next_day_other_categories_and_what_is_waived(brand, other_brand):
    anna = make_creator("anna")

    for fields in (
        {"brand": brand, "category": "skincare", "during": (TODAY, APRIL)},
        {"brand": brand, "category": "skincare", "during": (TODAY, None), "waived_on": TODAY, "waived_why": "Fine"},
        {"brand": brand, "category": "skincare", "during": (TODAY + timedelta(days=5), APRIL)},
        {"brand": other_brand, "category": "skincare", "during": (APRIL, None)},
        {"brand": other_brand, "category": "coffee", "during": (TODAY, None)},
    ):
        Exclusivity.objects.create(creator=anna, **fields)

    with scope(brand=[brand, other_brand]):
        assert Exclusivity.objects.count() == 5


@pytest.mark.parametrize(
    ("state", "found"),
    [("", ["c", "d", "b", "a"]), ("holds", ["c", "b"]), ("waived", ["d"]), ("over", ["a"])],
)
def test_a_promise_holds_up_to_its_last_day_or_without_an_end(brand, state, found):
    first, waived = TODAY - timedelta(days=9), {"waived_on": TODAY, "waived_why": "Fine"}
    for category, end, fields in (
        ("a", TODAY, {}),
        ("b", TODAY + timedelta(days=1), {}),
        ("c", None, {}),
        ("d", TODAY + timedelta(days=2), waived),
    ):
        Exclusivity.objects.create(
            brand=brand, creator=make_creator(), category=category, during=(first, end), **fields
        )

    with scope(brand=brand):
        listed = exclusivities(ExclusivityFilter(state=state), today=TODAY)
        assert [each.category for each in listed] == found


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"during": (TODAY, TODAY)}, "Exclusivity needs a first day"),
        ({"during": (None, TODAY)}, "Exclusivity needs a first day"),
        ({"category": "Skincare"}, "Name the category"),
        ({"category": " skincare"}, "Name the category"),
        ({"category": ""}, "Name the category"),
        ({"waived_on": TODAY}, "Say why the exclusivity is waived."),
    ],
)
def test_exclusivity_that_makes_no_sense_is_refused_in_words(brand, fields, words):
    wrong = Exclusivity(
        **{"brand": brand, "creator": make_creator(), "category": "skincare", "during": (TODAY, APRIL), **fields}
    )

    assert refused(lambda: Exclusivity.objects.bulk_create([wrong])).startswith(words)


def test_the_history_keeps_what_a_right_was(brand):
    held = right(make_creator(), brand)
    held.save()

    held.during = (TODAY, None)
    held.save()

    with scope(brand=brand):
        old = apps.get_model("creators.RightEvent").objects.get()
    assert old.during.upper == APRIL


def test_content_has_one_title(brand):
    anna = make_creator("anna")
    make_content(anna, brand)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_content(anna, brand)
    assert refused(lambda: make_content(anna, brand, "")) == "Name the piece of content."
    assert "promised" in refused(lambda: make_content(anna, brand, "x", status="lost"))
