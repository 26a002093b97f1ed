"""Days that nobody means, such as those of a slip of the keyboard: no form takes them, and no page falls over them."""

import pytest

from config.lib.days import OUTSIDE
from tests.campaigns.test_campaign_pages import FORM
from tests.factories import make_campaign, make_creator, make_deal
from tests.team.test_brand_settings import FILLED

FAR = ("0001-01-01", "9999-12-31")


def forms_of(brand):
    """Every form with a day: its address, its other fields, and the days."""
    deal = make_deal(make_campaign(brand, "spring"), make_creator("ana"))
    terms = {"profile": deal.profile_id}
    return {
        "campaign": ("/campaigns/-/add/", FORM, ("starts_on", "ends_on")),
        "campaign, edited": ("/campaigns/spring/edit/", FORM, ("starts_on", "ends_on")),
        "deal": (f"/deals/{deal.pk}/edit/", terms, ("starts_on", "ends_on")),
        "rate": ("/orders/rates/", {"currency": "EUR", "rate": "1.1"}, ("starts_on",)),
        "brand": (f"/settings/brands/{brand.pk}/", FILLED, ("history_complete_on",)),
    }


@pytest.mark.parametrize("name", ["campaign", "campaign, edited", "deal", "rate", "brand"])
@pytest.mark.parametrize("day", FAR)
def test_a_day_that_nobody_means_is_refused(owner, brand, name, day):
    address, filled, days = forms_of(brand)[name]

    for field in days:
        response = owner.post(address, {**filled, field: day})

        assert (response.status_code, OUTSIDE in response.content.decode()) == (422, True)


@pytest.mark.parametrize("day", FAR)
@pytest.mark.parametrize(
    "page", ["/orders/", "/clicks/", "/campaigns/spring/report/", "/campaigns/spring/report/orders/"]
)
def test_a_day_that_nobody_means_is_asked_for_in_an_address(owner, brand, page, day):
    make_deal(make_campaign(brand, "spring"), make_creator("ana"))

    for field in ("first", "last", "from", "to"):
        assert owner.get(page, {field: day}).status_code in (200, 422)
