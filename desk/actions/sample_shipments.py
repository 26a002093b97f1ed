"""The sample's products and parcels: planned, on the way, arrived and come back, made as people would make them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from campaigns.actions.sending import Sending, send
from campaigns.actions.shipments import Parcel, make_shipments, move_shipments
from campaigns.enums import ShipmentState
from campaigns.models import Campaign, Deal, Product, Shipment
from campaigns.queries.parcels import targets_of_creators, targets_of_deals
from creators.actions.addresses import keep_addresses
from creators.enums import AddressSource
from creators.models import Creator
from desk.logic.sample import CAMPAIGNS, randomness
from team.models import Brand, User

_PRODUCTS = [
    ("Breakfast loose leaf 250 g", "FH-BRK-250", "4.20", "12.00"),
    ("Jasmine pearls 100 g", "FH-JAS-100", "7.80", "24.00"),
    ("Taster box", "FH-BOX", "9.50", "32.00"),
    ("Smoked oolong 50 g", "", "5.10", "18.00"),
]
_STREETS = ["Mill Lane", "Station Road", "Orchard Street", "Harbour Walk", "Chapel Row"]
_UNKNOWN = 7  # every so many creators has told no address yet


def load_shipments(brand: Brand, *, by: User | None, now: datetime) -> None:
    """Products, addresses, and parcels in each state: the first campaign's arrived, the second's are on their way."""
    products = [
        Product.objects.create(
            brand=brand, name=name, sku=sku, unit_cost=Decimal(cost), list_price=Decimal(price),
            currency=brand.currency, made_at=now,
        )
        for name, sku, cost, price in _PRODUCTS
    ]  # fmt: skip
    _load_addresses(by=by, now=now)
    first, second = Campaign.objects.filter(brand=brand).order_by("starts_on")
    began = now.date() - timedelta(days=CAMPAIGNS[0].began)
    _send(brand, Deal.objects.filter(campaign=first), products[0], on=began, by=by, now=now)
    _arrive(began)
    later = Deal.objects.filter(campaign=second).exclude(creator__deals__campaign=first)
    _send(brand, later.exclude(creator__name__gt="N"), products[1], on=now.date(), by=by, now=now)
    rest = targets_of_deals(later.filter(creator__name__gt="N"))
    make_shipments(brand, rest, _parcel(products[1]), again=False, by=by, now=now)
    gifts = Creator.objects.filter(is_sample=True).order_by("-pk")[:1]
    make_shipments(
        brand, targets_of_creators(Creator.objects.filter(pk__in=gifts.values("pk"))), _parcel(products[2]),
        again=False, by=by, now=now,
    )  # fmt: skip


def _parcel(product: Product) -> Parcel:
    return Parcel({product.pk: 1}, Decimal("3.60"), "Put the card in.")


def _load_addresses(*, by: User | None, now: datetime) -> None:
    random = randomness("addresses")
    parts = {}
    for number, creator in enumerate(Creator.objects.filter(is_sample=True).order_by("pk")):
        street = f"{random.randrange(1, 90)} {random.choice(_STREETS)}"
        if number % _UNKNOWN != _UNKNOWN - 1:
            parts[creator.pk] = {"street": street, "city": creator.city, "country": creator.country}
    keep_addresses(parts, source=AddressSource.FILE, by=by, now=now)


def _send(brand: Brand, deals: QuerySet[Deal], product: Product, *, on: date, by: User | None, now: datetime) -> None:
    made = make_shipments(brand, targets_of_deals(deals), _parcel(product), again=False, by=by, now=now)
    sendings = [
        Sending(pk, on, "Royal Mail", f"FH{number:09d}GB", Decimal("3.60") + Decimal(number % 4) / 5)
        for number, pk in enumerate(made.ids, start=product.pk * 1_000)
    ]
    send(brand, sendings, by=by, now=now)


def _arrive(sent_on: date) -> None:
    """All parcels of a day arrive but two, of which one comes back."""
    pks = list(Shipment.objects.filter(sent_on=sent_on).order_by("pk").values_list("pk", flat=True))
    back, lost = pks[:1], pks[1:2]
    arrived = Shipment.objects.filter(pk__in=pks).exclude(pk__in=[*back, *lost])
    move_shipments(arrived, ShipmentState.DELIVERED, on=sent_on + timedelta(days=3))
    move_shipments(Shipment.objects.filter(pk__in=back), ShipmentState.RETURNED, on=sent_on + timedelta(days=9))
