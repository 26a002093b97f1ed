"""Plain functions that make things for tests. Everything has a default; say only what the test is about."""

import itertools
import zlib
from datetime import UTC, date, datetime
from decimal import Decimal

from campaigns.actions.doubts import Reasons
from campaigns.models import Campaign, Code, CostLine, Deal, TrackingLink
from creators.models import Creator, Profile, RawPayload
from results.models import Order, Shop
from team.enums import Role
from team.models import Brand, Membership, ProviderKey, User

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 2)
KNOWN = Reasons(unvetted="Known for years")
"""What is said where creators who were not vetted are paid."""
PASSWORD = "correct horse battery"
_numbers = itertools.count(1)
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def make_user(email: str = "", *, brand: Brand | None = None, role: str = Role.OWNER, **fields) -> User:
    """A person with PASSWORD; with `brand`, also a membership in it."""
    user = User.objects.create_user(email or f"person{next(_numbers)}@example.com", PASSWORD, **fields)
    if brand:
        Membership.objects.create(user=user, brand=brand, role=role)
    return user


def make_brand(name: str = "", **fields) -> Brand:
    """A brand in pounds."""
    number = next(_numbers)
    return Brand.objects.create(
        **{"name": name or f"Brand {number}", "slug": f"brand-{number}", "currency": "GBP", **fields}
    )


def make_creator(handle: str = "", *, platform: str = "tiktok", followers: int | None = 5000, **fields) -> Creator:
    """A creator with one main profile."""
    handle = handle or f"creator{next(_numbers)}"
    name = fields.pop("name", handle)
    creator = Creator.objects.create(name=name, sort_name=name.casefold(), **fields)
    Profile.objects.create(creator=creator, platform=platform, handle=handle, followers=followers, is_main=True)
    return creator


def make_provider_key(
    provider: str = "sociavault", *, secret: str = "sk_live_not_a_real_one", **fields
) -> ProviderKey:
    """The key of a data provider; there is one a provider, so the one that is there is taken."""
    found = ProviderKey.objects.filter(provider=provider).first()
    key = found or ProviderKey(provider=provider, **fields)
    if not found:
        key.secret = secret
        key.save()
    return key


def make_payload(body: bytes = b"{}", **fields) -> RawPayload:
    """An answer that was understood."""
    told = {"source": "sociavault", "platform": "tiktok", "question": "profile", "asked_at": NOW, **fields}
    return RawPayload.objects.create(packed=zlib.compress(body), size=len(body), **told)


def make_campaign(brand: Brand | None = None, slug: str = "", **fields) -> Campaign:
    """A campaign that has no dates unless given."""
    slug = slug or f"campaign{next(_numbers)}"
    return Campaign.objects.create(brand=brand or make_brand(), slug=slug, **{"name": slug, **fields})


def make_deal(campaign: Campaign | None = None, creator: Creator | None = None, **fields) -> Deal:
    """A deal whose agreed amounts have no cost lines: use `campaigns.actions` where they matter."""
    campaign = campaign or make_campaign()
    creator = creator or make_creator()
    return Deal.objects.create(
        brand=campaign.brand, campaign=campaign, creator=creator, profile=creator.profiles.get(is_main=True),
        currency=campaign.brand.currency, **fields,
    )  # fmt: skip


def make_cost(deal: Deal, amount: str = "100", kind: str = "fee", **fields) -> CostLine:
    """A cost line in the brand's currency."""
    return CostLine.objects.create(
        brand=deal.brand, deal=deal, kind=kind, amount=Decimal(amount), currency=deal.brand.currency, **fields
    )


def make_code(deal: Deal, code: str = "", **fields) -> Code:
    """A code of the deal's creator."""
    return Code.objects.create(brand=deal.brand, creator=deal.creator, code=code or f"CODE{next(_numbers)}", **fields)


def make_link(deal: Deal, slug: str = "", **fields) -> TrackingLink:
    """An active link to example.com."""
    number = next(_numbers)
    digits = []
    for _ in range(7):
        number, rest = divmod(number, len(_LETTERS))
        digits.append(_LETTERS[rest])
    fields = {"destination": "https://example.com/", "target": "https://example.com/?utm_id=1", **fields}
    return TrackingLink.objects.create(brand=deal.brand, deal=deal, slug=slug or "".join(digits), **fields)


def make_order(brand: Brand, *, customer: bytes = b"", subtotal: str = "50", **fields) -> Order:
    """A counted order in the brand's currency."""
    shop, _ = Shop.objects.with_scopes_disabled().get_or_create(brand=brand, name="Shop")
    amount = Decimal(subtotal)
    return Order.objects.create(
        **{
            "brand": brand, "shop": shop, "external_id": str(next(_numbers)), "ordered_at": NOW, "status": "paid",
            "currency": brand.currency, "subtotal": amount, "total": amount, "rate": Decimal(1), "gross": amount,
            "net": amount, "customer": customer, "facts": b"", **fields,
        }
    )  # fmt: skip
