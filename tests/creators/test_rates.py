import html
from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from campaigns.actions.deals import Terms, edit_deal
from campaigns.actions.status import move_deals
from campaigns.enums import DealStatus
from campaigns.models import Deal
from creators.actions.rates import FollowsADeal, remove_rate
from creators.enums import RateFormat
from creators.models import Package, Rate
from creators.queries.fair_rate import comparables
from results.models import Credit, ExchangeRate
from tests.factories import NOW, TODAY, make_campaign, make_creator, make_deal, make_order

pytestmark = pytest.mark.django_db


def make_rate(brand, creator=None, **fields):
    profile = (creator or make_creator()).profiles.get()
    told = {"format": "reel", "kind": "paid", "amount": D(100), "currency": "GBP", "quoted_on": TODAY, **fields}
    return Rate.objects.create(brand=brand, profile=profile, followers=profile.followers, **told)


def make_package(brand, creator=None, **fields):
    told = {"name": "Launch", "formats": ["reel", "story"], "amount": D(9), "currency": "GBP", "quoted_on": TODAY}
    return Package.objects.create(brand=brand, creator=creator or make_creator(), **told | fields)


def told(creator, to, **changes):
    return {
        "brand": to.pk, "kind": "ask", "profile": creator.profiles.get().pk, "format": "reel", "amount": "120.50",
        "currency": "gbp", "quoted_on": "2026-03-01", "note": "by mail", **changes,
    }  # fmt: skip


def test_an_ask_is_entered_listed_searched_and_handed_out(manager, brand):
    creator = make_creator("ana")

    done = manager.post(f"/creators/{creator.pk}/rates/add/", told(creator, brand))

    assert done.url == f"/creators/{creator.pk}/rates/"
    with scope(brand=brand):
        kept = Rate.objects.get()
    assert (kept.amount, kept.currency, kept.followers, kept.made_by) == (D("120.5"), "GBP", 5000, manager.user)
    page = manager.get(done.url).content.decode()
    assert "£120.50" in page and "by mail" in page and "Asked by the creator" in page
    assert "£120.50" not in manager.get(done.url, {"q": "elsewhere"}).content.decode()
    assert "£120.50" not in manager.get(done.url, {"kind": "paid"}).content.decode()
    assert b"120.500,GBP,5000,Acme,by mail" in b"".join(manager.get(f"/creators/{creator.pk}/rates.csv"))


def test_another_brand_does_not_see_it(neighbour, brand):
    creator = make_creator()
    make_rate(brand, creator, amount=D("777.77"), note="secret")
    make_package(brand, creator, name="Hidden")

    for path in ("rates/", "rates.csv", "fair-rates/"):
        answer = neighbour.get(f"/creators/{creator.pk}/{path}")
        text = b"".join(answer).decode()
        assert answer.status_code == 200
        assert not any(word in text for word in ("777.77", "secret", "Hidden"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"amount": "0"}, "above zero"), ({"amount": "-3"}, "above zero"), ({"amount": "many"}, "number"),
        ({"currency": "XXX"}, "no currency"), ({"currency": "£"}, "at least 3"), ({"format": "short"}, "no such format"),
        ({"quoted_on": "2099-01-01"}, "not come yet"), ({"quoted_on": ""}, "required"), ({"kind": "gift"}, "valid choice"),
        ({"brand": "0"}, "valid choice"), ({"profile": "0"}, "valid choice"),
    ],
)  # fmt: skip
def test_a_bad_rate_comes_back_with_the_reason(manager, brand, change, said):
    creator = make_creator()

    answer = manager.post(f"/creators/{creator.pk}/rates/add/", told(creator, brand, **change))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    with scope(brand=brand):
        assert not Rate.objects.exists()


def test_a_rate_is_not_told_to_a_brand_of_others(manager, other_brand):
    creator = make_creator()

    assert manager.post(f"/creators/{creator.pk}/rates/add/", told(creator, other_brand)).status_code == 422


def test_a_mistake_is_taken_out_and_stays_in_the_history_table(manager, brand):
    rate = make_rate(brand)

    manager.post(f"/creators/rates/{rate.pk}/remove/")

    with scope(brand=brand):
        assert not Rate.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("select amount from creators_rateevent where pgh_obj_id = %s", [rate.pk])
        assert cursor.fetchall() == [(D(100),)]


def test_a_package_is_entered_and_taken_out(manager, brand):
    creator = make_creator()
    sent = {"brand": brand.pk, "name": "Launch", "reel": "1", "story": "3", "amount": "200", "currency": "GBP",
            "quoted_on": "2026-03-01"}  # fmt: skip

    done = manager.post(f"/creators/{creator.pk}/rates/package/", sent)

    with scope(brand=brand):
        kept = Package.objects.get()
    assert kept.formats == ["reel", "story", "story", "story"]
    assert "1 × Reel or TikTok, 3 × Story frame" in manager.get(done.url).content.decode()
    again = manager.post(f"/creators/{creator.pk}/rates/package/", sent)
    assert again.status_code == 422
    assert "already has a package of this name" in again.content.decode()
    manager.post(f"/creators/packages/{kept.pk}/remove/")
    with scope(brand=brand):
        assert not Package.objects.exists()


def test_a_package_of_nothing_comes_back(manager, brand):
    answer = manager.post(f"/creators/{make_creator().pk}/rates/package/", {"brand": brand.pk, "name": "x"})

    assert answer.status_code == 422
    assert "at least one piece" in answer.content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"amount": D(0)}, {"amount": D(-1)}, {"currency": "gbp"}, {"currency": ""}, {"format": "song"},
        {"kind": "gift"}, {"kind": "ask", "deal_number": 1},
    ],
)  # fmt: skip
def test_the_database_refuses_a_rate_that_cannot_be(brand, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        make_rate(brand, **change)


def test_the_database_refuses_a_second_paid_rate_of_a_deal(brand, other_brand):
    make_rate(brand, deal_number=1)
    make_rate(brand)
    make_rate(brand)

    with pytest.raises(DatabaseError, match="one_paid_rate_per_deal"), transaction.atomic():
        make_rate(brand, deal_number=1)


@pytest.mark.parametrize(
    "change", [{"formats": []}, {"formats": ["song"]}, {"amount": D(0)}, {"currency": "£££"}, {"name": ""}]
)
def test_the_database_refuses_a_package_that_cannot_be(brand, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        make_package(brand, **change)


def test_the_database_refuses_two_packages_of_a_name(brand):
    creator = make_creator()
    make_package(brand, creator)

    with pytest.raises(DatabaseError, match="one_package_of_a_name"), transaction.atomic():
        make_package(brand, creator)


def comparable(brand, *, handle="", platform="tiktok", followers=5_000, **fields):
    return make_rate(brand, make_creator(handle, platform=platform, followers=followers), **fields)


def amounts(profile, brands):
    with scope(brand=brands):
        return sorted(each.amount for each in comparables(profile, [RateFormat.REEL], today=TODAY)[RateFormat.REEL])


def test_comparables_are_paid_of_the_same_platform_format_and_tier_one_a_profile(brand, other_brand):
    profile = make_creator().profiles.get()
    comparable(brand, amount=D(1))
    comparable(brand, amount=D(2), followers=9_999)
    twice = comparable(brand, amount=D(3), quoted_on=TODAY - timedelta(days=9))
    make_rate(brand, twice.profile.creator, amount=D(4))
    comparable(other_brand, amount=D(5))
    comparable(brand, amount=D(10), kind="ask")
    comparable(brand, amount=D(11), format="post")
    comparable(brand, amount=D(12), platform="instagram")
    comparable(brand, amount=D(13), followers=10_000)
    comparable(brand, amount=D(14), quoted_on=TODAY - timedelta(days=730))
    make_rate(brand, profile.creator, amount=D(15))

    assert amounts(profile, [brand]) == [1, 2, 4]
    assert amounts(profile, [brand, other_brand]) == [1, 2, 4, 5]


def test_the_page_reckons_in_dollars_and_the_panel_in_the_brands_money(manager, brand):
    creator = make_creator(followers=1_000)
    ExchangeRate.objects.create(brand=brand, currency="USD", starts_on=date(2026, 1, 1), rate=D("0.8"))

    page = manager.get(f"/creators/{creator.pk}/rates/").content.decode()
    panel = manager.get(f"/creators/{creator.pk}/fair-rates/").content.decode()

    assert "<strong>$75</strong>" in page
    assert "<strong>£60</strong>" in panel
    assert "0.8 GBP a dollar" in panel


def test_without_an_exchange_rate_it_stays_in_dollars_and_says_so(manager):
    panel = manager.get(f"/creators/{make_creator(followers=1_000).pk}/fair-rates/").content.decode()

    assert "<strong>$75</strong>" in panel
    assert "no exchange rate from USD to GBP" in panel


def test_usage_is_in_the_address(manager):
    creator = make_creator(followers=1_000)

    month = manager.get(f"/creators/{creator.pk}/rates/", {"usage": "30"}).content.decode()
    ever = manager.get(
        f"/creators/{creator.pk}/fair-rates/", {"usage": "ever", "whitelisting": "on"}
    ).content.decode()

    assert "<strong>$90</strong>" in month
    assert "ask the creator" in ever


def test_the_hint_beside_a_fee_follows_format_and_platform(manager, brand):
    creator = make_creator(followers=1_000)
    other = creator.profiles.create(platform="youtube", handle="ana", followers=10_000)
    deal_form = manager.get(
        f"/campaigns/{make_campaign(brand).slug}/deals/add/", {"creator": creator.pk}
    ).content.decode()

    reel = manager.get(f"/creators/{creator.pk}/fair-rate/", {"format": "reel"}).content.decode()
    short = manager.get(f"/creators/{creator.pk}/fair-rate/", {"profile": other.pk}).content.decode()

    assert f'hx-get="/creators/{creator.pk}/fair-rate/?campaign=' in deal_form
    assert "Fair rate, Reel or TikTok: <strong>$75</strong>" in reel
    assert "Fair rate, Short: <strong>$600</strong>" in short


def test_the_hint_knows_the_target_once_deals_brought_customers(manager, brand):
    campaign = make_campaign(brand, target_cac=D(20))
    creator = make_creator()

    def hint():
        asked = {"campaign": campaign.slug, "product_cost": "5"}
        return html.unescape(manager.get(f"/creators/{creator.pk}/fair-rate/", asked).content.decode())

    before = hint()
    deals = [make_deal(campaign, status=DealStatus.COMPLETED) for _ in range(3)]
    without = hint()
    for number in range(6):
        order = make_order(brand, customer=bytes([number]), is_first=True)
        Credit.objects.create(brand=brand, order=order, deal=deals[0], rule="code", policy="code-first-1")
    after = hint()

    assert "0 of Acme’s deals completed, 3 are needed" in before
    assert "3 completed deals of Acme brought no new customer yet" in without
    assert "£36 (£15–£70) before commission meets the target of £20 a new customer" in after
    assert "3 completed deals of Acme brought 6 new customers" in after


@pytest.mark.parametrize("asked", [{"format": "song"}, {"profile": "x"}, {"product_cost": "NaN"}, {"brand": "x"}])
def test_the_hint_makes_do_with_what_it_understands(manager, asked):
    assert manager.get(f"/creators/{make_creator().pk}/fair-rate/", asked).status_code == 200


def test_a_creator_without_a_profile_has_no_fair_rate(manager):
    creator = make_creator()
    creator.profiles.all().delete()

    assert manager.get(f"/creators/{creator.pk}/rates/").status_code == 200
    assert manager.get(f"/creators/{creator.pk}/fair-rate/").status_code == 404
    assert manager.get(f"/creators/{creator.pk}/rates/add/").status_code == 404


def complete(brand, **fields):
    deal = make_deal(make_campaign(brand), status=DealStatus.LIVE, **{"fee": D(80), "format": "reel", **fields})
    with scope(brand=brand):
        move_deals(Deal.objects.filter(pk=deal.pk), DealStatus.COMPLETED, now=NOW)
    return deal


def test_the_fee_of_a_completed_deal_is_a_paid_rate(brand):
    deal = complete(brand)

    with scope(brand=brand):
        rate = Rate.objects.get()
    assert (rate.kind, rate.format, rate.amount, rate.currency) == ("paid", "reel", 80, "GBP")
    assert (rate.deal_number, rate.followers, rate.quoted_on) == (deal.pk, 5_000, NOW.date())


def test_a_deal_completed_twice_has_one_rate_which_follows_its_terms(brand, manager):
    deal = complete(brand, format="")
    with scope(brand=brand):
        again = Deal.objects.filter(pk=deal.pk)
        move_deals(again, DealStatus.LIVE, now=NOW)
        move_deals(again, DealStatus.COMPLETED, now=NOW)
        edit_deal(again.get(), Terms(fee=D(90)), by=manager.user, now=NOW, format="story")

        rate = Rate.objects.get()
        assert (rate.amount, rate.format) == (90, "story")
        edit_deal(again.get(), Terms(), by=manager.user, now=NOW)
        assert not Rate.objects.exists()


@pytest.mark.parametrize("fields", [{"fee": D(0)}, {"currency": ""}])
def test_a_deal_without_fee_or_currency_has_no_rate(brand, fields):
    if "currency" in fields:
        brand.currency = ""
        brand.save()
        fields = {}

    complete(brand, **fields or {"fee": D(80 if not brand.currency else 0)})

    with scope(brand=brand):
        assert not Rate.objects.exists()


def test_the_rate_of_a_deal_goes_with_the_deal_only(brand, manager):
    complete(brand)
    with scope(brand=brand):
        rate = Rate.objects.get()
        with pytest.raises(FollowsADeal):
            remove_rate(rate)

    page = manager.post(f"/creators/rates/{rate.pk}/remove/", follow=True).content.decode()

    assert "Change the deal" in page
    assert f'<a href="/deals/{rate.deal_number}/">a completed deal</a>' in page


def test_the_page_costs_the_same_for_one_rate_and_many(manager, brand):
    creator = make_creator()

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            manager.get(f"/creators/{creator.pk}/rates/")
        return len(asked)

    make_rate(brand, creator)
    cost()
    one = cost()
    for _ in range(3):
        make_rate(brand, creator)
        make_package(brand, creator, name=f"P{_}")
        make_rate(brand)

    assert cost() == one <= 12
