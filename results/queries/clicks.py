"""The clicks of a brand, newest first, with what they can be narrowed by; and whether orders learn of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum

from campaigns.models import TrackingLink
from results.enums import ClickClass
from results.models import Click, ClickDay, Order
from team.models import Brand


@dataclass(frozen=True)
class ClickFilter:
    """What a list of clicks is narrowed by; an empty field does not narrow. `text`: a handle, a campaign or
    a short link."""

    kind: str = ""
    text: str = ""
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True)
class ClickList:
    """A list for a pager whose length comes from the roll-up, since counting millions of clicks takes too long."""

    clicks: QuerySet[Click]
    length: int

    def count(self) -> int:
        """How many there are; the last half minute may be missing."""
        return self.length

    def __getitem__(self, part: slice) -> QuerySet[Click]:
        return self.clicks[part]


def clicks_of(brand: Brand, chosen: ClickFilter, *, length: int) -> ClickList:
    """The clicks that fit, newest first, with link, campaign and profile fetched along."""
    clicks = Click.objects.filter(brand=brand)
    if (links := _links(brand, chosen)) is not None:
        clicks = clicks.filter(link__in=links)
    if chosen.kind:
        clicks = clicks.filter(kind=chosen.kind)
    zone = ZoneInfo(brand.time_zone)
    if chosen.first_on:
        clicks = clicks.filter(clicked_at__gte=_midnight(chosen.first_on, zone))
    if chosen.last_on:
        clicks = clicks.filter(clicked_at__lt=_midnight(chosen.last_on + timedelta(days=1), zone))
    newest_first = clicks.order_by("-clicked_at", "-id")
    return ClickList(newest_first.select_related("link__deal__campaign", "link__deal__profile"), length)


@dataclass(frozen=True)
class ClickSums:
    """Clicks by class, from the daily roll-up. `unique` are people counted once in 30 minutes."""

    human: int
    unique: int
    preview: int
    prefetch: int
    bot: int
    own: int

    def of(self, kind: str) -> int:
        """The sum of one class, or of all where `kind` is empty."""
        if kind:
            return int(getattr(self, "own" if kind == ClickClass.SELF else kind))
        return self.human + self.preview + self.prefetch + self.bot + self.own


def click_sums(brand: Brand, chosen: ClickFilter) -> ClickSums:
    """What fits the filter, whichever class it asks for."""
    days = ClickDay.objects.filter(brand=brand)
    if (links := _links(brand, chosen)) is not None:
        days = days.filter(link__in=links)
    if chosen.first_on:
        days = days.filter(day_on__gte=chosen.first_on)
    if chosen.last_on:
        days = days.filter(day_on__lte=chosen.last_on)
    sums = days.order_by().aggregate(
        human=Sum("clicks"), unique=Sum("unique_clicks"), preview=Sum("previews"), prefetch=Sum("prefetches"),
        bot=Sum("bots"), own=Sum("own"),
    )  # fmt: skip
    return ClickSums(**{name: value or 0 for name, value in sums.items()})


def _links(brand: Brand, chosen: ClickFilter) -> list[int] | None:
    """The links that the filter asks for, or None where it does not narrow them."""
    text = chosen.text.strip().removeprefix("@").lower()
    if not text:
        return None
    wanted = Q(deal__profile__handle__icontains=text) | Q(deal__campaign__slug__icontains=text) | Q(slug=text)
    return list(TrackingLink.objects.filter(wanted, brand=brand).order_by().values_list("pk", flat=True))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


@dataclass(frozen=True)
class OrdersSeen:
    """Of the orders of the last 30 days: how many there are, and how many carry UTMs or a click id."""

    orders: int
    with_utm: int
    with_click: int
    last_at: datetime | None

    @property
    def share(self) -> float | None:
        """The share of orders with a click id, or None without orders."""
        return self.with_click / self.orders if self.orders else None


def orders_seen(brand: Brand, *, now: datetime) -> OrdersSeen:
    """Whether the storefront snippet does its work, by the orders of the 30 days before `now`."""
    orders = Order.objects.filter(brand=brand, ordered_at__gt=now - timedelta(days=30), ordered_at__lte=now)
    has_click = Q(utm__has_key="tclid")
    found = orders.order_by().aggregate(
        orders=Count("id"), with_utm=Count("id", filter=~Q(utm={})), with_click=Count("id", filter=has_click)
    )
    last = orders.filter(has_click).order_by("-ordered_at").values_list("ordered_at", flat=True).first()
    return OrdersSeen(**found, last_at=last)
