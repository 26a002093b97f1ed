"""Campaign pages by HTTP: list, add, edit, deals, bulk."""

import csv
import io
from decimal import Decimal

import pytest
from django_scopes import scope

from campaigns.models import Campaign, CostLine, Deal
from campaigns.queries.campaigns import campaign_rows, costs_of
from campaigns.queries.deals import DealFilter, deal_rows
from results.queries.costs import costs_by_deal
from results.queries.creators import deals_of
from tests.factories import NOW, make_brand, make_campaign, make_code, make_cost, make_creator, make_deal, make_link

FORM = {
    "name": "Spring 26", "slug": "", "starts_on": "2026-11-01", "ends_on": "2026-11-30", "destination": "shop.example/p",
    "discount_percent": "10", "budget": "5000", "target_cac": "25",
}  # fmt: skip


@pytest.fixture
def campaign(brand):
    return make_campaign(brand, "spring", name="Spring", budget=Decimal(500))


def only(model, brand):
    with scope(brand=brand):
        return model.objects.get()


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_an_amount_in_another_currency_is_in_no_sum(manager, brand, campaign):
    deal = make_deal(campaign, make_creator("anna"))
    make_cost(deal, "60")
    make_cost(deal, "7", "boost")
    CostLine.objects.create(brand=brand, deal=deal, kind="fee", amount=30, currency="USD")
    CostLine.objects.create(brand=brand, deal=deal, kind="shipping", amount=2, currency="")

    with scope(brand=brand):
        costs = costs_of(campaign)
        sums = [
            *campaign_rows(brand, find="", status="", today=NOW.date()),
            *deal_rows(campaign, DealFilter()),
            *deals_of(deal.creator),
        ]

    assert (costs.counted, costs.beside) == (62, 7)
    assert [vars(each)["cost"] for each in sums] == [62, 62, 62]
    assert manager.get(f"/deals/{deal.pk}/").context["total"] == 69


def test_a_brand_without_currency_counts_in_that_of_its_deals(db):
    brand = make_brand(currency="")
    campaign = make_campaign(brand)
    deal = make_deal(campaign)
    CostLine.objects.create(brand=brand, deal=deal, kind="fee", amount=30, currency="EUR")

    with scope(brand=brand):
        assert costs_of(campaign).counted == 30
        assert costs_by_deal(brand, CostLine.objects.filter(deal=deal))[deal.pk].counted == 30


def test_a_manager_adds_a_campaign(manager, brand):
    answer = manager.post("/campaigns/-/add/", FORM)

    campaign = only(Campaign, brand)
    assert (answer.status_code, answer["Location"]) == (302, "/campaigns/spring-26/")
    assert (campaign.slug, campaign.destination, campaign.brand) == ("spring-26", "https://shop.example/p", brand)


def test_the_offered_short_name_gets_a_number_where_it_is_taken(manager, brand, other_brand):
    make_campaign(other_brand, "spring-26")

    manager.post("/campaigns/-/add/", FORM)

    assert only(Campaign, brand).slug == "spring-26-2"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"slug": "Spring 26"}, "small letters, digits"),
        ({"slug": "taken"}, "Another campaign already has this short name."),
        ({"ends_on": "2026-10-01"}, "The last day is before the first."),
        ({"destination": "http://"}, "is not a web address"),
        ({"discount_percent": "120"}, "between 0 and 100 percent"),
        ({"budget": "-1"}, "may not be negative"),
        ({"target_cac": "0"}, "must be above zero"),
        ({"name": ""}, "Fill this in."),
        ({"kpi": "fame"}, "Select a valid choice"),
    ],
)
def test_a_bad_campaign_comes_back_with_its_reason(manager, brand, other_brand, change, words):
    make_campaign(other_brand, "taken")

    answer = manager.post("/campaigns/-/add/", {**FORM, **change})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    with scope(brand=brand):
        assert not Campaign.objects.exists()


def test_the_short_name_stays_once_links_carry_it(manager, brand, campaign):
    form = {**FORM, "slug": "autumn"}
    make_link(make_deal(campaign))

    refused = manager.post("/campaigns/spring/edit/", form)
    allowed = manager.post("/campaigns/spring/edit/", {**form, "slug": "spring"})

    assert refused.status_code == 422
    assert "already carry “spring”" in refused.content.decode()
    assert allowed.status_code == 302
    assert only(Campaign, brand).name == "Spring 26"


def test_the_list_finds_by_name_and_status(manager, brand, campaign):
    make_campaign(brand, "old", name="Old", ends_on="2020-01-31")
    make_cost(make_deal(campaign), "120")

    everything = manager.get("/campaigns/").content.decode()
    running = manager.get("/campaigns/?status=running").content.decode()
    found = manager.get("/campaigns/?q=old", headers={"HX-Request": "true"}).content.decode()

    assert "Spring" in everything and "Old" in everything and "£120.00" in everything
    assert "Spring" in running and ">Old<" not in running
    assert ">Old<" in found and "<html" not in found


def test_the_campaign_page_shows_its_deals_and_sums(manager, brand, campaign):
    ana, bo = make_deal(campaign, make_creator("ana"), fee=100), make_deal(campaign, make_creator("bo"), fee=20)
    make_cost(ana, "100")
    make_cost(bo, "20.50")
    make_code(ana, "ANA10")
    make_link(ana)

    page = manager.get("/campaigns/spring/").content.decode()
    with_link = manager.get("/campaigns/spring/?link=yes&code=yes&status=planned&platform=tiktok").content.decode()
    without = manager.get("/campaigns/spring/?code=no").content.decode()
    by_code = manager.get("/campaigns/spring/?q=ana10").content.decode()

    assert "£120.50" in page and "£379.50 left" in page and "2 deals" in page
    assert ">ana<" in with_link and ">bo<" not in with_link
    assert ">bo<" in without and ">ana<" not in without
    assert ">ana<" in by_code and ">bo<" not in by_code


def test_deals_go_out_as_a_file_safe_against_formulas(manager, brand, campaign):
    make_deal(campaign, make_creator("ana", name="=1+1"), fee=Decimal(100))

    (row,) = rows(manager.get("/campaigns/spring/deals.csv"))

    assert (row["handle"], row["name"], row["fee"], row["status"]) == ("ana", "'=1+1", "100.000", "planned")


@pytest.mark.parametrize("path", ["/campaigns/", "/campaigns/spring/", "/campaigns/spring/links/"])
def test_lists_ask_as_many_queries_for_three_rows_as_for_one(
    viewer, campaign, brand, path, django_assert_max_num_queries
):
    def fill():
        make_campaign(brand)
        deal = make_deal(campaign)
        make_link(deal)
        make_code(deal)

    fill()
    viewer.get(path)
    with django_assert_max_num_queries(18) as first:
        viewer.get(path)
    fill()
    fill()
    with django_assert_max_num_queries(len(first)):
        viewer.get(path)


def test_chosen_deals_move_together_and_what_may_not_stays(manager, brand, campaign):
    planned = make_deal(campaign)
    done = make_deal(campaign, status="completed")

    answer = manager.post(
        "/campaigns/spring/deals/status/?status=&q=", {"ids": [planned.pk, done.pk], "status": "briefed"}
    )

    with scope(brand=brand):
        assert sorted(Deal.objects.values_list("status", flat=True)) == ["briefed", "completed"]
    assert answer["Location"].startswith("/campaigns/spring/?")
    assert "1 may not go there" in manager.get("/campaigns/spring/").content.decode()


def test_all_that_match_move_at_once(manager, brand, campaign):
    make_deal(campaign, make_creator("ana"))
    make_deal(campaign, make_creator("anais"))
    make_deal(campaign, make_creator("bo"))

    manager.post("/campaigns/spring/deals/status/?q=ana", {"all": "1", "status": "live"})

    with scope(brand=brand):
        moved = Deal.objects.filter(status="live").values_list("profile__handle", flat=True)
        assert list(moved) == ["ana", "anais"]


def test_a_status_that_does_not_exist_moves_nothing(manager, brand, campaign):
    deal = make_deal(campaign)

    manager.post("/campaigns/spring/deals/status/", {"ids": [deal.pk], "status": "lunch"})

    assert only(Deal, brand).status == "planned"


def test_one_creator_is_found_and_added_with_terms(manager, brand, campaign):
    ana = make_creator("ana.b", name="Ana")
    make_deal(campaign, make_creator("bo"))
    found = manager.get("/campaigns/spring/deals/add/?q=ANA").content.decode()
    profile = ana.profiles.get().pk
    form = {"creator": ana.pk, "profile": profile, "fee": "120", "commission_percent": "5", "starts_on": "2026-11-02",
            "unvetted": "Known for years"}  # fmt: skip

    answer = manager.post("/campaigns/spring/deals/add/", form)
    again = manager.post("/campaigns/spring/deals/add/", form)

    assert "ana.b" in found and ">bo<" not in found
    assert answer.status_code == 302
    with scope(brand=brand):
        deal = Deal.objects.get(creator=ana)
        assert list(deal.cost_lines.values_list("kind", "amount")) == [("fee", Decimal(120))]
    assert again.status_code == 422
    assert "This creator is already in the campaign." in again.content.decode()


def test_a_pasted_list_is_sorted_out_before_anybody_is_added(manager, brand, campaign):
    make_creator("ana")
    make_creator("cy", platform="tiktok")
    make_creator("cy", platform="youtube")
    make_deal(campaign, make_creator("bo"))
    pasted = {"handles": "@Ana, https://www.tiktok.com/@bo\nnobody cy"}

    preview = manager.post("/campaigns/spring/deals/add-many/", pasted).content.decode()
    added = manager.post(
        "/campaigns/spring/deals/add-many/",
        {**pasted, "platform": "tiktok", "add": "1", "fee": "50", "unvetted": "Known"},
    )

    assert "1 not on the roster:</strong> nobody" in preview
    assert "1 in the campaign already" in preview
    assert "choose the platform:</strong> cy" in preview
    assert added.status_code == 302
    with scope(brand=brand):
        assert list(Deal.objects.values_list("profile__handle", "fee")) == [("ana", 50), ("bo", 0), ("cy", 50)]


def test_creators_are_taken_by_filter(manager, brand, campaign):
    make_creator("ana", followers=900)
    make_creator("bo", followers=5000, country="Spain")
    make_creator("cy", followers=90000)

    manager.post(
        "/campaigns/spring/deals/add-many/", {"least": "1000", "most": "10000", "country": "spain", "add": "1"}
    )

    assert only(Deal, brand).profile.handle == "bo"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Paste a list of handles"),
        ({"handles": "ana", "add": "1", "fee": "-5"}, "greater than or equal to 0"),
        ({"handles": "ana", "add": "1", "fee": "ten"}, "Enter a number."),
    ],
)
def test_a_bad_list_comes_back_with_its_reason(manager, brand, campaign, form, words):
    make_creator("ana")

    answer = manager.post("/campaigns/spring/deals/add-many/", form)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_deal_is_edited_and_its_costs_follow(manager, brand, campaign):
    deal = make_deal(campaign)
    form = {"profile": deal.profile_id, "fee": "80", "notes": "two reels", "unvetted": "Known for years"}

    manager.post(f"/deals/{deal.pk}/edit/", form)
    manager.post(f"/deals/{deal.pk}/edit/", {**form, "fee": "90"})
    bad = manager.post(f"/deals/{deal.pk}/edit/", {**form, "starts_on": "2026-11-02", "ends_on": "2026-11-01"})
    page = manager.get(f"/deals/{deal.pk}/").content.decode()

    with scope(brand=brand):
        assert sorted(CostLine.objects.values_list("amount", flat=True)) == [-80, 80, 90]
    assert "<s>£80.00</s>" in page and "Fee: £80.00 became £90.00" in page and "two reels" in page
    assert bad.status_code == 422


def test_costs_are_added_and_taken_back_by_hand(manager, brand, campaign):
    deal = make_deal(campaign)

    manager.post(f"/deals/{deal.pk}/costs/", {"kind": "bonus", "amount": "25", "note": "1,000 views"})
    line = only(CostLine, brand)
    manager.post(f"/costs/{line.pk}/reverse/")
    twice = manager.post(f"/costs/{line.pk}/reverse/", follow=True)
    bad = manager.post(f"/deals/{deal.pk}/costs/", {"kind": "bonus", "amount": "0"})

    with scope(brand=brand):
        assert sum(CostLine.objects.values_list("amount", flat=True)) == 0
    assert "already taken back" in twice.content.decode()
    assert (bad.status_code, "A cost is above zero" in bad.content.decode()) == (422, True)


def test_a_deal_moves_only_where_it_may(manager, brand, campaign):
    deal = make_deal(campaign)

    manager.post(f"/deals/{deal.pk}/status/", {"status": "completed"})
    assert only(Deal, brand).status == "planned"

    manager.post(f"/deals/{deal.pk}/status/", {"status": "live"})
    assert only(Deal, brand).status == "live"


def test_a_code_by_hand_is_refused_where_it_is_somebody_elses(manager, brand, campaign):
    deal = make_deal(campaign)
    make_code(make_deal(campaign), "TAKEN10")

    given = manager.post(f"/deals/{deal.pk}/codes/", {"code": "Mine-20"})
    refused = manager.post(f"/deals/{deal.pk}/codes/", {"code": " taken10 "})

    assert given.status_code == 302
    assert (refused.status_code, "another creator of this brand" in refused.content.decode()) == (422, True)
    assert "Mine-20" in manager.get(f"/deals/{deal.pk}/").content.decode()


def test_the_deal_page_shows_what_was_taken_back_at_its_time(manager, brand, campaign):
    line = make_cost(make_deal(campaign), "10", made_at=NOW)

    assert "2 Nov 2026, 09:00" in manager.get(f"/deals/{line.deal_id}/").content.decode()
