"""The creator page: the first answer, what it loads beside itself, and the next steps."""

from datetime import timedelta

import pytest
from django_scopes import scope

from creators.enums import RightKind
from creators.models import Right, Sighting, Vetting
from results.models import Credit
from tests.creators.test_benchmark_cells import make_posts
from tests.desk.test_timeline import fill
from tests.factories import NOW, TODAY, make_campaign, make_cost, make_creator, make_deal, make_order


@pytest.fixture
def creator(db):
    return make_creator("anna", name="Anna", created_at=NOW - timedelta(days=90))


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("part", ["", "panels/", "cac/", "terms/", "timeline/", "next/", "money/", "numbers/strip/"])
def test_every_part_takes_at_most_twelve_queries(manager, brand, creator, times, part, django_assert_max_num_queries):
    fill(creator, brand, manager.user, times)

    with django_assert_max_num_queries(12):
        assert manager.get(f"/creators/{creator.pk}/{part}").status_code == 200


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(
    ("address", "tab"),
    [
        ("/creators/{}/", "Overview"),
        ("/creators/{}/timeline/", "Timeline"),
        ("/creators/{}/money/", "Deals and money"),
        ("/creators/{}/rates/", "Rates"),
        ("/creators/rights/?creator={}", "Rights"),
        ("/creators/{}/numbers/", "Numbers"),
        ("/creators/{}/numbers/posts/", "Numbers"),
        ("/creators/{}/numbers/snapshots/", "Numbers"),
        ("/creators/{}/numbers/audience/", "Numbers"),
        ("/creators/{}/numbers/reported/", "Numbers"),
    ],
)
def test_every_tab_keeps_the_creators_head(
    manager, brand, creator, times, address, tab, django_assert_max_num_queries
):
    fill(creator, brand, manager.user, times)

    with django_assert_max_num_queries(12):
        page = manager.get(address.format(creator.pk)).text

    head = page[page.index('<nav class="tabs" aria-label="Anna">') :]
    assert "<h1>Anna</h1>" in page
    assert f' aria-current="page">{tab}</a>' in head[: head.index("</nav>")]


def test_the_verdict_says_what_a_new_customer_cost(viewer, brand, creator):
    deal = make_deal(make_campaign(brand), creator)
    make_cost(deal, "100")
    order = make_order(brand, customer=b"x", is_first=True)
    Credit.objects.create(brand=brand, order=order, deal=deal, rule="code", policy="code-first-1")

    cell = viewer.get(f"/creators/{creator.pk}/cac/").content.decode()
    deals = viewer.get(f"/creators/{creator.pk}/money/").content.decode()

    assert "1 new customer of 1 credited order for £100.00, 1 deal together" in cell
    assert f'?deal={deal.pk}&amp;only=new">1</a>' in deals
    assert "new to our records since 2 Nov 2026" in cell


def test_the_verdict_without_a_new_customer_says_a_bound_in_words(viewer, brand, creator):
    make_cost(make_deal(make_campaign(brand), creator), "100")

    cell = viewer.get(f"/creators/{creator.pk}/cac/").content.decode()

    assert "no new customer yet" in cell


def test_an_ad_that_runs_without_its_right_is_at_the_top(viewer, brand, creator):
    with scope(brand=brand):
        Right.objects.create(
            brand=brand, creator=creator, kind=RightKind.PAID, place="tiktok",
            during=(TODAY - timedelta(days=60), TODAY - timedelta(days=30)),
        )  # fmt: skip
        Sighting.objects.create(
            brand=brand, creator=creator, kind=RightKind.PAID, place="tiktok", seen_on=TODAY - timedelta(days=2)
        )

    page = viewer.get(f"/creators/{creator.pk}/").content.decode()

    assert "Still running, right ended" in page


def test_the_verdict_names_formats_by_what_their_deals_brought(viewer, brand, creator):
    for format_, customers in (("story", 0), ("reel", 2)):
        deal = make_deal(make_campaign(brand), creator, format=format_)
        for _ in range(customers):
            order = make_order(brand, is_first=True)
            Credit.objects.create(brand=brand, order=order, deal=deal, rule="code", policy="code-first-1")

    cell = viewer.get(f"/creators/{creator.pk}/cac/").content.decode()

    assert "By format: reel or tiktok 2 of 1 deal, story frame 0 of 1 deal" in cell


def test_the_strip_names_the_best_kinds_of_content_with_their_posts(viewer, creator):
    profile = creator.profiles.get()
    make_posts(profile, 6, likes=50), make_posts(profile, 5, kind="video", days=30, likes=200)
    make_posts(profile, 2, kind="short", likes=999)

    cell = viewer.get(f"/creators/{creator.pk}/numbers/strip/").content.decode()

    assert "Best: long video 4% over 5 posts, reel or short video 1% over 6 posts<" in cell


def test_a_panel_says_what_each_brand_that_one_sees_made_of_the_creator(manager, brand, other_brand, creator):
    verdict = {"decided_at": NOW, "made_at": NOW, "verdict": "perhaps"}
    Vetting.objects.create(
        brand=brand, creator=creator, reason="Dim light", decided_by=manager.user, **verdict, replaced_at=NOW
    )
    Vetting.objects.create(brand=brand, creator=creator, reason="Better light", decided_by=manager.user, **verdict)
    Vetting.objects.create(brand=brand, creator=creator)
    Vetting.objects.create(brand=other_brand, creator=creator, reason="Secret", **verdict)

    panels = manager.get(f"/creators/{creator.pk}/panels/").content.decode()

    assert "Perhaps" in panels and "Better light" in panels and str(manager.user) in panels
    assert not [words for words in ("Dim light", "Secret", "Waiting") if words in panels]


def test_the_next_steps_name_campaigns_without_the_creator_and_briefs_of_deals(manager, brand, other_brand, creator):
    make_deal(make_campaign(brand, "spring"), creator)
    make_campaign(brand, "summer")
    make_campaign(brand, "past", ends_on=TODAY - timedelta(days=400))
    make_campaign(other_brand, "secret")

    page = manager.get(f"/creators/{creator.pk}/next/").content.decode()

    assert f"/campaigns/summer/deals/add/?creator={creator.pk}" in page
    assert "no brief yet" in page
    assert "past" not in page
    assert "secret" not in page
