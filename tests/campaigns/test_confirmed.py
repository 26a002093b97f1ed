"""Creators whose signals were confirmed stay out of new deals, unless overruled with a reason."""

import io
import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django_scopes import scope

from campaigns.actions.deals import Terms, add_deal, add_deals
from campaigns.actions.doubts import Reasons, SignalsConfirmed
from campaigns.models import Deal
from creators.actions.reviews import review
from creators.enums import Ruling
from creators.models import Assessment
from tests.factories import NOW, make_campaign, make_creator, make_deal, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(brand):
    return make_campaign(brand, "spring")


def make_confirmed(handle, ruling=Ruling.CONFIRMED):
    creator = make_creator(handle)
    found = Assessment.objects.create(
        profile=creator.profiles.get(), level="flagged", version="signals-1", made_at=NOW, checked_at=NOW
    )
    review(found, code="", ruling=ruling, reason="The seller named her.", by=make_user(), now=NOW)
    return creator


def test_a_confirmed_creator_is_refused_in_words(brand, campaign):
    anna, bo = make_confirmed("anna"), make_confirmed("bo", Ruling.DISMISSED)

    with scope(brand=brand), pytest.raises(SignalsConfirmed) as refusal:
        add_deals(campaign, {anna.pk: Terms(), bo.pk: Terms()}, by=None, now=NOW)

    assert str(refusal.value) == (
        "Signals of anna (TikTok) were confirmed: The seller named her. Give a reason to add this creator all the same."
    )
    with scope(brand=brand):
        assert not Deal.objects.exists()
        with pytest.raises(SignalsConfirmed):
            add_deal(campaign, anna.profiles.get(), Terms(), by=None, now=NOW)


def test_a_reason_overrules_and_stands_in_the_deal_of_the_confirmed_alone(brand, campaign):
    anna, bo = make_confirmed("anna"), make_creator("bo")

    with scope(brand=brand):
        add_deals(
            campaign,
            {anna.pk: Terms(), bo.pk: Terms()},
            by=None,
            now=NOW,
            reasons=Reasons(overruled="She explained it"),
        )

        assert dict(Deal.objects.values_list("creator", "overruled")) == {anna.pk: "She explained it", bo.pk: ""}


def test_whoever_is_in_the_campaign_already_gets_other_terms(brand, campaign):
    anna = make_confirmed("anna")
    make_deal(campaign, anna)

    with scope(brand=brand):
        assert add_deals(campaign, {anna.pk: Terms(product_cost=Decimal(5))}, by=None, now=NOW).changed == 1


def test_adding_many_leaves_the_confirmed_out_and_says_so(manager, brand, campaign):
    make_confirmed("anna")
    make_creator("bo")
    data = {"handles": "anna bo"}

    asked = manager.post("/campaigns/spring/deals/add-many/", data).content.decode()
    manager.post("/campaigns/spring/deals/add-many/", {**data, "add": "1", "overruled": ""})

    assert "The seller named her." in asked
    with scope(brand=brand):
        assert list(Deal.objects.values_list("profile__handle", flat=True)) == ["bo"]


def test_adding_many_with_a_reason_takes_them_all(manager, brand, campaign):
    make_confirmed("anna")
    make_creator("bo")

    manager.post(
        "/campaigns/spring/deals/add-many/", {"handles": "anna bo", "add": "1", "overruled": "A second chance"}
    )

    with scope(brand=brand):
        assert dict(Deal.objects.values_list("profile__handle", "overruled")) == {"anna": "A second chance", "bo": ""}


def test_one_confirmed_creator_needs_a_reason_in_the_form(manager, brand, campaign):
    anna = make_confirmed("anna")
    data = {"creator": anna.pk, "profile": anna.profiles.get().pk}

    refused = manager.post("/campaigns/spring/deals/add/", data)
    taken = manager.post("/campaigns/spring/deals/add/", {**data, "overruled": "A second chance"})

    assert (refused.status_code, taken.status_code) == (422, 302)
    with scope(brand=brand):
        deal = Deal.objects.get()
    assert deal.overruled == "A second chance"
    assert "A second chance" in manager.get(f"/deals/{deal.pk}/").content.decode()


def test_an_import_leaves_the_confirmed_out_and_says_how_to_overrule(brand, campaign, tmp_path):
    make_confirmed("anna")
    file = tmp_path / "roster.csv"
    file.write_text("handle,platform\nanna,tiktok\nbo,tiktok\n")
    out = io.StringIO()

    call_command(
        "import_creators", str(file), brand=brand.slug, campaign="spring", skip_bad=True, format="json", stdout=out
    )

    told = json.loads(out.getvalue())
    assert (told["new"], [each["reason"] for each in told["bad"]]) == (
        1,
        ["Signals of this creator were confirmed: The seller named her. To overrule that, add the creator by hand."],
    )
    with scope(brand=brand):
        assert list(Deal.objects.values_list("profile__handle", flat=True)) == ["bo"]
