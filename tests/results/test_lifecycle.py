"""What orders add to the lifecycle: who is not quiet, and who performs best."""

from datetime import timedelta

import numpy as np
import pytest
from django_scopes import scope

from campaigns.models import Deal
from creators.actions import lifecycle
from creators.actions.overlays import rule_on_top
from creators.models import Assessment, LifecycleSpan, Post
from results import tasks
from results.actions.lifecycle import name_performers, sweep
from results.logic import quartiles
from results.logic.quartiles import named, top_quartile
from results.models import Credit
from tests.factories import NOW, make_campaign, make_cost, make_creator, make_deal, make_order

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("chance", "expected"),
    [
        ([0.1, 0.2], []),
        ([0.1, 0.85, 0.9], [2, 1]),
        ([1.0, 0.7, 0.7, 0.6], [0, 1, 2]),  # errors 0, .15, .2, .25
    ],
)
def test_as_many_are_named_as_keep_the_mean_chance_of_error_at_a_fifth(chance, expected):
    assert named(np.array(chance)).tolist() == expected


@pytest.mark.parametrize(
    ("results", "costs", "expected"),
    [
        ([], [], []),
        ([40, 1, 0], [100] * 3, []),  # three have no quartile
        ([40, 1, 0, 1], [100] * 4, [0]),
        ([40, 39, 1, 0, 1], [100] * 5, []),  # a quarter of five is one, and either may be it
        ([0, 0, 0, 0], [100] * 4, []),
        ([3, 2, 3, 2, 3, 2, 3, 2], [100] * 8, []),  # nobody stands out
        ([40, 2, 3, 2, 3, 2, 3, 35], [100] * 8, [0, 7]),
        ([40, 2, 3, 2, 3, 2, 3, 40], [100] * 7 + [2000], [0]),  # the same orders for twenty times the money
        ([40, 2, 3, 2, 3, 2, 3, 50], [100] * 7 + [0], [0]),  # who cost nothing has no rate
    ],
)
def test_who_is_in_the_top_quartile_for_sure(results, costs, expected):
    assert top_quartile(results, costs, seed=1) == expected


def test_each_draw_has_as_many_best_as_a_quarter_however_many_are_drawn_at_once(monkeypatch):
    monkeypatch.setattr(quartiles, "_AT_ONCE", 9 * 1_500)

    chance = quartiles._chances(np.array([9, 2, 3, 2, 3, 2, 3, 8, 1]), np.full(9, 100.0), np.random.default_rng(1))

    assert chance.sum() == pytest.approx(2)


def test_few_are_named_wrongly():
    random, wrong, told = np.random.default_rng(3), 0, 0
    for seed in range(40):
        rates = random.gamma(1.5, 4 / 1.5, 40)
        best = set(np.argsort(-rates)[:10].tolist())
        found = top_quartile(random.poisson(rates).tolist(), [1.0] * 40, seed=seed)
        told += len(found)
        wrong += len(set(found) - best)
    assert told > 100
    assert wrong / told < 0.25


def _deal_with_orders(campaign, orders, cost="100"):
    deal = make_deal(campaign)
    if cost:
        make_cost(deal, cost)
    for number in range(orders):
        order = make_order(campaign.brand, customer=f"{deal.pk}-{number}".encode(), is_first=True)
        Credit.objects.create(brand=campaign.brand, order=order, deal=deal, rule="code", policy="code-first-1")
    lifecycle.move([deal.creator_id], brand=campaign.brand, stage="live", why="x", by=None, now=NOW)
    return deal


def _top(brand):
    with scope(brand=brand):
        spans = LifecycleSpan.objects.open().filter(track="top_performer")
        return {span.creator_id: (span.rule, span.why) for span in spans}


@pytest.mark.django_db
def test_the_best_by_the_campaigns_kpi_are_named_until_they_no_longer_are(brand):
    campaign = make_campaign(brand)
    best, *_ = [_deal_with_orders(campaign, orders) for orders in (30, 1, 1, 0, 1)]

    with scope(brand=brand):
        assert name_performers(brand, now=NOW) == 1
        assert name_performers(brand, now=NOW + DAY) == 0
    why = "In the top quartile of 5 creators by new customers for their cost"
    assert _top(brand) == {best.creator_id: ("top_quartile-1", why)}

    lifecycle.move([best.creator_id], brand=brand, stage="inactive", why="Gone", by=None, now=NOW + DAY)
    with scope(brand=brand):
        name_performers(brand, now=NOW + 2 * DAY)
        assert LifecycleSpan.objects.at(NOW + DAY).filter(track="top_performer").count() == 1
    assert best.creator_id not in _top(brand)


@pytest.mark.django_db
def test_what_a_cancelled_deal_cost_counts_against_its_creator(brand):
    campaign = make_campaign(brand)
    best, *_ = [_deal_with_orders(campaign, orders) for orders in (30, 1, 1, 0, 1)]
    make_cost(make_deal(make_campaign(brand), best.creator, status="cancelled"), "4000")

    with scope(brand=brand):
        name_performers(brand, now=NOW)

    assert _top(brand) == {}


@pytest.mark.django_db
def test_a_person_overrules_the_figures_until_told_otherwise(brand):
    campaign = make_campaign(brand)
    best, other, *_ = [_deal_with_orders(campaign, orders).creator for orders in (30, 1, 1, 0, 1)]

    def rule(creator, ruling, days):
        return rule_on_top(creator, ruling, brand=brand, why="I know them", by=None, now=NOW + days * DAY)

    with scope(brand=brand):
        name_performers(brand, now=NOW)
        assert [rule(best, "not_top", 1), rule(best, "not_top", 1), rule(other, "top", 1)] == [True, False, True]
        assert name_performers(brand, now=NOW + 2 * DAY) == 0
    assert _top(brand) == {other.pk: ("", "I know them")}

    with scope(brand=brand):
        assert [rule(best, "figures", 3), rule(other, "figures", 3), rule(other, "figures", 3)] == [True, True, False]
        assert name_performers(brand, now=NOW + 3 * DAY) == 1
        at_first = LifecycleSpan.objects.at(NOW + 2 * DAY).exclude(track="stage")
        assert set(at_first.values_list("creator", "track")) == {(best.pk, "not_top"), (other.pk, "top_performer")}
    assert list(_top(brand)) == [best.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("likes", "posts", "level", "orders", "status", "named"),
    [
        (900, 15, "clear", 0, "live", True),
        (900, 14, "clear", 0, "live", False),
        (900, 15, "watch", 0, "live", False),
        (50, 15, "clear", 0, "live", False),
        (900, 15, "clear", 1, "live", False),
        (900, 15, "clear", 1, "cancelled", False),
    ],
)
def test_before_any_order_fifteen_clear_posts_far_over_the_benchmark_name_a_creator(
    brand, likes, posts, level, orders, status, named
):
    deal = _deal_with_orders(make_campaign(brand), orders)
    with scope(brand=brand):
        Deal.objects.update(status=status)
    Assessment.objects.create(profile=deal.profile, level=level, version="1", made_at=NOW, checked_at=NOW)
    for number in range(posts):
        Post.objects.create(
            profile=deal.profile, platform_id=str(number), kind="reel", posted_at=NOW - (number + 3) * DAY,
            likes=likes, comments=5, shares=5,
        )  # fmt: skip

    with scope(brand=brand):
        name_performers(brand, now=NOW)

    words = ("top_posts-1", "Engagement is over 1.5 times the benchmark on 15 posts")
    assert _top(brand) == ({deal.creator_id: words} if named else {})


@pytest.mark.django_db
def test_an_order_keeps_a_creator_from_being_quiet(brand):
    sold, quiet = make_creator("sold"), make_creator("quiet")
    for creator, orders in ((sold, 1), (quiet, 0)):
        deal = make_deal(make_campaign(brand), creator, created_at=NOW - 95 * DAY)
        if orders:
            order = make_order(brand, ordered_at=NOW - DAY)
            Credit.objects.create(brand=brand, order=order, deal=deal, rule="code", policy="code-first-1")
        lifecycle.advance([creator.pk], brand=brand, stage="seeded", rule="shipment", now=NOW - 95 * DAY)

    with scope(brand=brand):
        assert sweep(brand, now=NOW) == 1
        assert sweep(brand, now=NOW) == 0
        stages = dict(LifecycleSpan.objects.open().values_list("creator", "stage"))
    assert stages == {sold.pk: "seeded", quiet.pk: "inactive"}


@pytest.mark.django_db
def test_the_tasks_go_through_every_brand(brand, other_brand):
    make_deal(make_campaign(brand))
    make_deal(make_campaign(other_brand))

    assert tasks.sweep_lifecycle() == 2
    assert tasks.sweep_lifecycle() == 0
    assert tasks.name_performers() == 0
