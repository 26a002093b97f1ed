"""Rights, permissions, ads and exclusivity of the sample: some that want somebody, and quiet ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.text import slugify

from campaigns.actions.ads import plan_ad
from creators.actions.exclusivity import add_exclusivity
from creators.actions.reminders import make_reminders
from creators.actions.rights import Terms, add_permission, add_rights, revoke_right
from creators.actions.sightings import add_sighting
from creators.enums import PermissionKind, Place, RightKind
from creators.models import Creator, Right
from team.models import Brand, User


@dataclass(frozen=True)
class _Plan:
    """A right of one creator of the roster. All days are counted from today: its first and its last, the day on which
    an ad was `seen`, and the first and last of the `ad` that is planned on it."""

    creator: int
    kind: RightKind
    place: Place
    first: int
    last: int | None
    title: str = ""
    territory: str = ""
    price: int | None = None
    spark_days: int | None = None
    seen: int | None = None
    ad: tuple[int, int] | None = None


_WHITELISTING, _PAID, _ORGANIC = RightKind.WHITELISTING, RightKind.PAID, RightKind.ORGANIC
_PLANS = (
    _Plan(0, _WHITELISTING, Place.TIKTOK, -70, -6, "First sip, the unboxing", price=120, spark_days=60, seen=-1),
    _Plan(1, _PAID, Place.INSTAGRAM, -40, 2, "Three teas before nine", "GB", price=90, seen=-3),
    _Plan(2, _WHITELISTING, Place.TIKTOK, -20, 69, "Kettle on, phone off", price=160, spark_days=60, seen=-2),
    _Plan(3, _PAID, Place.EMAIL, -50, 11, "Smoked oolong review", price=40),
    _Plan(4, _PAID, Place.OWNED_SITE, -60, 25, "A pot for two"),
    _Plan(5, _ORGANIC, Place.INSTAGRAM, -80, None),
    _Plan(6, _WHITELISTING, Place.INSTAGRAM, -10, 80, "Jasmine pearls, slowly", "DE", price=140, ad=(5, 18)),
    _Plan(7, _PAID, Place.TIKTOK, 6, 95, "Winter box, still to come", price=110, ad=(6, 33)),
    _Plan(8, _PAID, Place.TIKTOK, -85, -30, "Mint after dinner", price=80),
    _Plan(10, _PAID, Place.TIKTOK, -59, 0, "Rain outside, big mug", "GB", price=95, seen=-1, ad=(-13, 0)),
    _Plan(9, _ORGANIC, Place.TIKTOK, -30, 150),
)


def load_rights(brand: Brand, creators: Sequence[Creator], *, by: User | None, today: date, now: datetime) -> None:
    """Write down the plans for these creators, in their order; one right is revoked, and two creators are bound.

    Reminders of what ends soon are made at once: beat may be an hour away.
    """
    rights = [_add(plan, creators[plan.creator], brand, by=by, today=today, now=now) for plan in _PLANS]
    revoke_right(rights[-1], on=today - timedelta(days=4), why="The creator asked us to", today=today, now=now)
    for creator, category, last in ((creators[0], "tea", 60), (creators[2], "hot drinks", 12)):
        add_exclusivity(
            creator, brand=brand, category=category, first=today - timedelta(days=30),
            end=today + timedelta(days=last + 1), note="Part of the deal", by=by, visible=[brand], now=now,
        )  # fmt: skip
    make_reminders(brand, today=today, now=now)


def _address(plan: _Plan) -> str:
    """Where the piece stands; one whose right is still to begin is only promised."""
    is_posted = plan.title and plan.first < 0
    return f"https://posts.example.com/{slugify(plan.title)}" if is_posted else ""


def _add(plan: _Plan, creator: Creator, brand: Brand, *, by: User | None, today: date, now: datetime) -> Right:
    first = today + timedelta(days=plan.first)
    end = None if plan.last is None else today + timedelta(days=plan.last + 1)
    agreed = Terms(
        first=first, end=end, title=plan.title, url=_address(plan),
        price=None if plan.price is None else Decimal(plan.price), currency=brand.currency, terms="", note="",
    )  # fmt: skip
    (right,) = add_rights(
        creator, brand=brand, kind=plan.kind, places=[plan.place], territories=[plan.territory], agreed=agreed, by=by,
        today=today, now=now,
    )  # fmt: skip
    if plan.spark_days:
        code = f"#sample{right.pk}"
        add_permission(
            right, kind=PermissionKind.SPARK, code=code, starts_on=first, days=plan.spark_days, by=by, now=now
        )
    if plan.seen is not None:
        add_sighting(
            creator, brand=brand, kind=plan.kind, place=plan.place, territory=plan.territory, title=plan.title,
            ad=f"Fernhill, {plan.title.lower()}", seen_on=today + timedelta(days=plan.seen), by=by, now=now,
        )  # fmt: skip
    if plan.ad is not None:
        first, last = (today + timedelta(days=day) for day in plan.ad)
        plan_ad(
            right, name=f"{plan.title}, {plan.place.label}", reference="", campaign=None, first=first,
            end=last + timedelta(days=1), by=by, now=now,
        )  # fmt: skip
    return right
