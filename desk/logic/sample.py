"""The sample program: made-up people, a made-up tea shop and ninety days of clicks and orders, always the same.

Nobody here exists; addresses are of reserved domains. It is written as the files a brand would bring (a roster and a
shop's order export), so that it goes in through the same doors as real data.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from creators.logic import demo

DAYS = 90
BRAND_NAME, BRAND_SLUG = "Fernhill Tea (sample)", "sample-fernhill"
_NICHES = ["tea", "slow mornings", "baking", "books", "cycling", "studio flats", "ceramics", "running", "gardens"]
_PLACES = [
    ("United Kingdom", "Bristol"), ("United Kingdom", "Leeds"), ("Ireland", "Cork"), ("Germany", "Hamburg"),
    ("France", "Lyon"), ("Netherlands", "Utrecht"), ("Spain", "Sevilla"), ("Portugal", "Porto"),
]  # fmt: skip
_PEOPLE = [
    "Maya Okafor", "Jonas Weber", "Priya Raman", "Tess Whitlock", "Ravi Menon", "Noor Haddad", "Clara Lindqvist",
    "Mateo Ruiz", "Ines Duarte", "Owen Pryce", "Hana Sato", "Lucie Moreau", "Femi Adeyemi", "Greta Vogel",
    "Sam Calder", "Ayla Demir", "Kofi Mensah", "Rosa Bianchi", "Ewan Fraser", "Mina Park", "Leo Novak",
    "Bea Thornton", "Idris Khan", "Freya Dahl", "Pablo Serrano", "Zoe Marlow", "Anouk de Wit", "Theo Laskaris",
    "Nell Harper", "Joao Pinto",
]  # fmt: skip
_HANDLES = ["{first}.brews", "{first}_{last}", "tea.with.{first}", "{first}{last}", "{last}.at.home"]
_TEAS = ["Breakfast loose leaf 250 g", "Jasmine pearls 100 g", "Smoked oolong 50 g", "Mint and nettle", "Taster box"]


@dataclass(frozen=True)
class SampleCampaign:
    """One campaign: who is in it (positions in the roster) and how many days ago it began and ended."""

    slug: str
    name: str
    began: int
    ended: int
    members: range
    target: int


CAMPAIGNS = (
    SampleCampaign("first_sip", "First sip", began=88, ended=46, members=range(0, 18), target=30),
    SampleCampaign("winter_warmers", "Winter warmers", began=34, ended=-20, members=range(10, 30), target=28),
)


@dataclass(frozen=True)
class SampleLink:
    """What the sample needs to know of a deal once its link and code are made."""

    link_id: int
    campaign_slug: str
    handle: str
    platform: str
    code: str
    campaign: SampleCampaign


@dataclass(frozen=True)
class SampleClick:
    """One opening of a short link."""

    link_id: int
    at: datetime
    agent: str
    address: str


def randomness(purpose: str) -> Random:
    """Chance that falls the same way every time."""
    return Random(purpose)


def roster() -> list[dict[str, str]]:
    """Thirty creators as rows of a roster file; codes are left to be made."""
    random = randomness("roster")
    return [_creator(random, number, name) for number, name in enumerate(_PEOPLE)]


def _creator(random: Random, number: int, name: str) -> dict[str, str]:
    first, last = name.lower().replace(" de ", " de").split(" ", 1)
    country, city = random.choice(_PLACES)
    tier = random.choices(((1_000, 10_000), (10_000, 48_000), (50_000, 90_000)), weights=(70, 25, 5))[0]
    return {
        "handle": _HANDLES[number % len(_HANDLES)].format(first=first, last=last),
        "platform": random.choices(("instagram", "tiktok", "youtube"), weights=(5, 4, 1))[0],
        "name": name,
        "email": f"{first}@creators.example.com",
        "followers": str(random.randrange(*tier)),
        "language": "English",
        "country": country,
        "city": city,
        "niches": ", ".join(random.sample(_NICHES, 2)),
        "fee": str(random.choice((0, 50, 75, 80, 100, 120, 150, 180))),
        "product_cost": f"{random.uniform(8, 22):.2f}",
        "shipping_cost": f"{random.uniform(3, 6):.2f}",
        "commission_percent": str(random.choice((0, 5, 5, 10))),
    }


def pull_of(link: SampleLink) -> float:
    """How well a creator sells: mean orders in a campaign. Very uneven, as it is in life; some sell nothing."""
    random = randomness(f"pull {link.handle}")
    return random.gammavariate(0.9, 13) if random.random() > 0.15 else 0.0


def as_csv(rows: Sequence[dict[str, str]]) -> str:
    """Rows of one shape as the text of a CSV file."""
    file = io.StringIO()
    writer = csv.DictWriter(file, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def histories(accounts: Sequence[tuple[str, str]], *, now: datetime) -> Iterator[dict[str, str]]:
    """Ninety days of followers of each (platform, handle), as the demo provider would have told them."""
    for platform, handle in accounts:
        for day in (now.date() - timedelta(days=back) for back in range(DAYS, 0, -1)):
            yield {
                "platform": platform, "handle": handle, "date": day.isoformat(),
                "followers": str(demo.followers_on(handle, day)), "following": str(demo.following_on(handle, day)),
            }  # fmt: skip


def clicks(links: Sequence[SampleLink], *, now: datetime) -> Iterator[SampleClick]:
    """People, previews and robots that open the links, most of them in the first days after a post."""
    random = randomness("clicks")
    for link in links:
        for _ in range(int(30 + pull_of(link) * random.uniform(12, 30))):
            moment = _moment(random, link.campaign, now)
            if moment < now:
                address = f"198.51.{random.randrange(100, 102)}.{random.randrange(256)}"
                yield SampleClick(link.link_id, moment, random.choices(_AGENTS, weights=_AGENT_WEIGHTS)[0], address)


def orders(links: Sequence[SampleLink], *, now: datetime) -> list[dict[str, str]]:
    """The shop's orders of ninety days, oldest first, in the columns of Shopify's export."""
    random = randomness("orders")
    drafts: list[tuple[datetime, SampleLink | None]] = []
    drafts += [(_moment(random, link.campaign, now), link) for link in links for _ in range(_count(random, link))]
    drafts += [(now - timedelta(days=random.uniform(0, DAYS)), None) for _ in range(330)]
    drafts = sorted((draft for draft in drafts if draft[0] < now), key=lambda draft: draft[0])
    return [_order(random, number, at, link) for number, (at, link) in enumerate(drafts, start=1001)]


def _count(random: Random, link: SampleLink) -> int:
    return int(random.gauss(pull_of(link), max(pull_of(link), 0.1) ** 0.5) + 0.5)


def _moment(random: Random, campaign: SampleCampaign, now: datetime) -> datetime:
    posted = random.uniform(max(campaign.ended, 0) + 4, campaign.began)
    day = now.date() - timedelta(days=int(posted)) + timedelta(days=int(random.expovariate(0.4)))
    return datetime.combine(day, time(random.randrange(7, 23), random.randrange(60)), UTC)


def _order(random: Random, number: int, at: datetime, link: SampleLink | None) -> dict[str, str]:
    subtotal = random.choice((18, 24, 24, 32, 36, 48, 60)) * random.choice((1, 1, 1, 2))
    by_code = bool(link) and random.random() < 0.7
    by_link = bool(link) and (not by_code or random.random() < 0.4)
    discount = round(subtotal * 0.1, 2) if by_code else 0
    status = random.choices(("paid", "partially_refunded", "refunded", "pending"), weights=(92, 4, 3, 1))[0]
    net = subtotal - discount
    refunded = {"refunded": net, "partially_refunded": round(net / 2, 2)}.get(status, 0)
    return {
        "Name": f"#{number}",
        "Email": "" if random.random() < 0.04 else f"shopper{random.randrange(460)}@example.net",
        "Financial Status": status,
        "Currency": "USD" if number % 173 == 0 else "GBP",
        "Subtotal": f"{net:.2f}",
        "Shipping": "3.50",
        "Taxes": f"{net * 0.2:.2f}",
        "Total": f"{net + 3.5:.2f}",
        "Discount Code": (link.code.lower() if random.random() < 0.2 else link.code) if link and by_code else "",
        "Discount Amount": f"{discount:.2f}",
        "Created at": at.strftime("%Y-%m-%d %H:%M:%S +0000"),
        "Lineitem quantity": "1",
        "Lineitem name": random.choice(_TEAS),
        "Lineitem price": f"{subtotal:.2f}",
        "Shipping Country": "GB",
        "Note Attributes": _utm(link) if link and by_link else "",
        "Refunded Amount": f"{refunded:.2f}",
        "Id": str(5_000_000 + number),
        "Source": "web",
    }


def _utm(link: SampleLink) -> str:
    return "\n".join(
        (
            f"utm_source: {link.platform}",
            "utm_medium: influencer",
            f"utm_campaign: {link.campaign_slug}",
            f"utm_content: {link.handle}_post1",
            f"utm_id: {link.link_id}",
        )
    )


def first_day(campaign: SampleCampaign, today: date) -> date:
    """The first day of a sample campaign."""
    return today - timedelta(days=campaign.began)


def last_day(campaign: SampleCampaign, today: date) -> date:
    """The last day of a sample campaign."""
    return today - timedelta(days=campaign.ended)


_AGENTS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "Instagram 354.0.0.29.97 (iPhone15,2; iOS 18_1; en_GB; en; scale=3.00; 1179x2556)",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Safari/605.1.15",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "WhatsApp/2.24.20.89 A",
)
_AGENT_WEIGHTS = (50, 30, 12, 4, 4)
