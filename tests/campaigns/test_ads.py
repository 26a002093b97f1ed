"""An ad stays within its right, whatever is written first."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from campaigns.models import Ad
from config.lib.refusals import refusal_of
from creators.models import Right
from tests.factories import TODAY, make_campaign, make_creator

pytestmark = pytest.mark.django_db
APRIL = date(2027, 4, 1)
WORDS = (
    "An ad runs only while its right is held, and a right cannot be cut short under an ad. Move or end the ad first."
)


def make_right(brand, **fields):
    made = Right.objects.create(
        **{
            "creator": make_creator(), "brand": brand, "kind": "paid", "place": "tiktok", "during": (TODAY, APRIL),
            **fields,
        }
    )  # fmt: skip
    made.refresh_from_db()
    return made


def ad(right, first=TODAY, end=APRIL, **fields):
    return Ad(**{"brand": right.brand, "right": right, "right_during": right.held, "name": "Spring", "ran": (first, end),
                 **fields})  # fmt: skip


def refused(write):
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        write()
    return refusal_of(caught.value)


@pytest.mark.parametrize(
    ("first", "end"),
    [(TODAY - timedelta(days=1), APRIL), (TODAY, APRIL + timedelta(days=1)), (APRIL, APRIL + timedelta(days=9))],
)
def test_an_ad_cannot_be_planned_outside_its_right(brand, first, end):
    wrong = ad(make_right(brand), first, end)

    assert refused(wrong.save) == WORDS
    assert refused(lambda: Ad.objects.bulk_create([wrong])) == WORDS


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"during": (TODAY, APRIL - timedelta(days=1))}, id="ends sooner"),
        pytest.param({"during": (TODAY + timedelta(days=1), APRIL)}, id="begins later"),
        pytest.param({"revoked_on": APRIL - timedelta(days=1), "revoked_why": "x"}, id="revoked"),
        pytest.param({"revoked_on": TODAY, "revoked_why": "x"}, id="revoked from the first day"),
    ],
)
def test_a_right_cannot_be_cut_short_under_an_ad(brand, change):
    right = make_right(brand)
    ad(right).save()

    with scope(brand=brand):
        assert refused(lambda: Right.objects.filter(pk=right.pk).update(**change)) == WORDS


def test_an_ad_follows_its_right_where_it_fits(brand):
    right = make_right(brand)
    planned = ad(right, TODAY, TODAY + timedelta(days=7))
    planned.save()

    with scope(brand=brand):
        Right.objects.filter(pk=right.pk).update(revoked_on=TODAY + timedelta(days=7), revoked_why="Enough")
        planned.refresh_from_db()

    assert planned.right_during.upper == TODAY + timedelta(days=7)


def test_nobody_can_lie_about_the_rights_time(brand):
    right = make_right(brand)
    lie = ad(right, APRIL, APRIL + timedelta(days=9), right_during=(TODAY, None))

    assert refused(lie.save) == "The right's time has changed meanwhile. Load the page again."


@pytest.mark.parametrize("ran", [(TODAY, TODAY), (None, APRIL), (TODAY, None)])
def test_an_ad_has_a_first_and_a_last_day(brand, ran):
    right = make_right(brand, during=(TODAY, None))

    sentence = refused(ad(right, ran=ran).save)

    assert sentence in {WORDS, "An ad needs a first day and a last day that is not before it."}


def test_an_ad_is_of_its_rights_and_campaigns_brand_and_has_a_name(brand, other_brand):
    right = make_right(brand)

    assert refused(ad(right, brand=other_brand).save) == "An ad and its right belong to the same brand."
    assert refused(ad(right, campaign=make_campaign(other_brand)).save) == (
        "An ad and its campaign belong to the same brand."
    )
    assert refused(ad(right, name="").save) == "Name the ad."


def posted(right, **fields):
    during = right.held
    return {"name": "Spring", "first": during.lower, "last": during.upper - timedelta(days=1), **fields}


def test_an_ad_is_planned_moved_and_taken_back(manager, brand):
    right, campaign = make_right(brand), make_campaign(brand)

    planned = manager.post(f"/creators/rights/{right.pk}/ads/add/", posted(right, campaign=campaign.pk))
    with scope(brand=brand):
        made = Ad.objects.get()
    moved = manager.post(f"/ads/{made.pk}/edit/", posted(right, name="Summer", last=TODAY))
    page = manager.get("/ads/")
    manager.post(f"/ads/{made.pk}/remove/")

    assert (planned.status_code, moved.status_code) == (302, 302)
    assert made.ran.upper == APRIL
    assert "Summer" in page.text
    with scope(brand=brand):
        assert not Ad.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"last": APRIL}, "An ad runs only while its right is held"),
        ({"first": TODAY - timedelta(days=1)}, "An ad runs only while its right is held"),
        ({"first": APRIL}, "The last day is before the first."),
        ({"name": ""}, "Fill this in."),
    ],
)
def test_an_ad_outside_its_right_is_asked_again(manager, brand, fields, words):
    right = make_right(brand)

    page = manager.post(f"/creators/rights/{right.pk}/ads/add/", posted(right, **fields))

    assert page.status_code == 422
    assert words in page.text


def test_a_right_to_repost_allows_no_ad(manager, brand):
    right = make_right(brand, kind="organic")

    page = manager.post(f"/creators/rights/{right.pk}/ads/add/", posted(right))

    assert page.status_code == 422
    assert "This right is for organic reposts" in page.text
    assert "Plan an ad" not in manager.get(f"/creators/rights/{right.pk}/").text


def test_ads_are_searched_filtered_and_handed_out(viewer, brand):
    one, two = make_right(brand), make_right(brand, place="instagram")
    ad(one, name="First", reference="77").save()
    ad(two, name="Second").save()

    def found(**query):
        return [each.name for each in viewer.get("/ads/", query).context["page"].object_list]

    assert found(q="77") == ["First"]
    assert found(place="instagram") == ["Second"]
    assert found(right=one.pk) == ["First"]
    assert sorted(found()) == ["First", "Second"]
    text = b"".join(viewer.get("/ads.csv", {"q": "77"}).streaming_content).decode()
    assert text.splitlines()[1].startswith("First,77,")
    assert f"{TODAY},{APRIL - timedelta(days=1)}" in text


def test_ads_ask_the_same_at_one_and_at_three_rows(viewer, brand, django_assert_num_queries):
    ad(make_right(brand)).save()
    with CaptureQueriesContext(connection) as one:
        viewer.get("/ads/")
    ad(make_right(brand)).save()
    ad(make_right(brand)).save()

    with django_assert_num_queries(len(one)):
        viewer.get("/ads/")
