"""A brand with a bit of everything, long words and odd letters included, for the walk through all pages."""

from datetime import timedelta
from decimal import Decimal

from django_scopes import scope

from briefs.actions.briefs import accept, brief_of, make_versions, see
from briefs.models import BriefVersion
from campaigns.models import Deal
from creators.actions.lifecycle import move
from results.models import ClickDay, Credit, Evidence, Order
from team.enums import JobState
from team.models import Brand, Job, User
from tests.factories import (
    NOW,
    TODAY,
    make_campaign,
    make_code,
    make_cost,
    make_creator,
    make_deal,
    make_link,
    make_order,
)

NAMES = [
    ("maya.bakes", "Maya Ünal", "tiktok", 48_200),
    ("the_very_long_handle_of_somebody_who_likes_words", "Bartholomäus Schönemann-Wojciechowski", "instagram", 7_300),
    ("jo", "Jo", "youtube", None),
    ("sünne.reads", "Sünne O’Malley <b>", "newsletter", 1_204),
    ("ravi_skin", "Ravi Shah", "x", 912),
]


def fill(brand: Brand, user: User) -> None:
    """Campaigns, deals at every step, links, codes, costs, clicks, orders with credit, briefs and jobs."""
    campaign = make_campaign(
        brand, "spring", name="Spring colours and everything that goes with them", starts_on=TODAY - timedelta(days=30),
        budget=Decimal("5000"), target_cac=Decimal("35"), destination="https://shop.example/collections/spring",
    )  # fmt: skip
    make_campaign(brand, "bare", name="Bare")
    creators = [_creator(*row) for row in NAMES]
    deals = [make_deal(campaign, creator, fee=Decimal(120)) for creator in creators]
    for number, deal in enumerate(deals[:4]):
        _results(deal, orders=(6, 2, 0, 1)[number])
    with scope(brand=brand):
        move([creator.pk for creator in creators[:2]], brand=brand, stage="live", why="posted", by=user, now=NOW)
        make_versions(brief_of(campaign), deals[:3], now=NOW)
        _read(deals[0])
    _jobs(brand, user)


def _creator(handle: str, name: str, platform: str, followers: int | None):
    return make_creator(
        handle, name=name, platform=platform, followers=followers, niches=["beauty", "baking"], country="GB",
        notes="Prefers Reels, no alcohol brands.",
    )  # fmt: skip


def _results(deal: Deal, *, orders: int) -> None:
    link, code = make_link(deal), make_code(deal)
    make_cost(deal, "120")
    ClickDay.objects.create(
        brand=deal.brand, link=link, day_on=TODAY, clicks=40, unique_clicks=31, previews=3, bots=9
    )
    for number in range(orders):
        order = make_order(
            deal.brand, name=f"#10{deal.pk}{number}", customer=bytes([deal.pk % 250, number]), is_first=True,
            codes=[code.code], country="GB", kind="sale",
        )  # fmt: skip
        _credit(order, deal, code.code)


def _credit(order: Order, deal: Deal, code: str) -> None:
    Credit.objects.create(brand=deal.brand, order=order, deal=deal, rule="code", policy="code-first")
    Evidence.objects.create(
        brand=deal.brand, order=order, kind="code", value=code, creator=deal.creator, deal=deal, won=True,
        reason="the code belongs to this creator",
    )  # fmt: skip


def _read(deal: Deal) -> None:
    version = BriefVersion.objects.get(deal=deal)
    see(version, now=NOW)
    accept(version, typed_name="Maya Ünal", now=NOW)


def _jobs(brand: Brand, user: User) -> None:
    make = Job.objects.create
    make(kind="import_orders", brand=brand, made_by=user, state=JobState.DONE, file_name="orders.csv")
    make(kind="import_creators", brand=brand, made_by=user, state=JobState.FAILED, file_name="a very long name of a roster.csv", error="Line 3: the fee is no amount.")  # fmt: skip
    make(kind="import_orders", brand=brand, made_by=user, file_name="later.csv")
