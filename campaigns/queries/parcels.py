"""Who would get a parcel: foreseen before it is made, with who stays out and why."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from campaigns.enums import DealStatus
from campaigns.models import Deal, ShipmentItem
from creators.models import Address, Creator
from team.models import Brand


@dataclass(frozen=True)
class Target:
    """One creator to send to, for a deal or for none."""

    creator_id: int
    name: str
    deal_id: int | None = None
    is_cancelled: bool = False


@dataclass(frozen=True)
class Repeat:
    """Somebody who was sent, or is to be sent, some of these products before."""

    target: Target
    products: list[str]


@dataclass(frozen=True)
class Foreseen:
    """Who gets a parcel; who has one of these products already; who has no address; whose deal is cancelled.

    The `silent` asked not to be contacted.
    """

    ready: list[Target] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    without_address: list[Target] = field(default_factory=list)
    cancelled: list[Target] = field(default_factory=list)
    silent: list[Target] = field(default_factory=list)

    @property
    def out(self) -> int:
        """How many stay out whatever is ticked."""
        return len(self.without_address) + len(self.cancelled) + len(self.silent)

    def chosen(self, *, again: bool) -> list[Target]:
        """Those for whom a parcel is made; with `again` also those who get a second one."""
        return [*self.ready, *(repeat.target for repeat in self.repeats)] if again else self.ready


def targets_of_deals(deals: QuerySet[Deal]) -> list[Target]:
    """The creators of these deals, by name."""
    rows = deals.order_by("creator__sort_name", "pk").values_list("creator", "creator__name", "pk", "status")
    return [Target(creator, name, deal, status == DealStatus.CANCELLED) for creator, name, deal, status in rows]


def targets_of_creators(creators: QuerySet[Creator]) -> list[Target]:
    """These creators, without a deal, by name."""
    return [
        Target(pk, name)
        for pk, name in Creator.objects.filter(pk__in=creators.order_by().values("pk"))
        .order_by("sort_name", "pk")
        .values_list("pk", "name")
    ]


def foresee(brand: Brand, targets: Sequence[Target], product_ids: Collection[int]) -> Foreseen:
    """What would become of each target, in three queries."""
    creators = [target.creator_id for target in targets]
    silent = set(Creator.objects.filter(pk__in=creators, no_contact_on__isnull=False).values_list("pk", flat=True))
    with_address = set(Address.objects.filter(creator__in=creators).values_list("creator", flat=True))
    known = _known(brand, creators, product_ids)
    found = Foreseen()
    for target in targets:
        if target.is_cancelled:
            found.cancelled.append(target)
        elif target.creator_id in silent:
            found.silent.append(target)
        elif target.creator_id not in with_address:
            found.without_address.append(target)
        elif target.creator_id in known:
            found.repeats.append(Repeat(target, known[target.creator_id]))
        else:
            found.ready.append(target)
    return found


def _known(brand: Brand, creators: list[int], product_ids: Collection[int]) -> dict[int, list[str]]:
    """Which of the products each creator has or is to get, by name."""
    items = ShipmentItem.objects.filter(
        brand=brand, product__in=list(product_ids), shipment__creator__in=creators, shipment__brand=brand
    ).exclude(shipment_state="cancelled")
    found: dict[int, list[str]] = defaultdict(list)
    for creator, product in items.order_by("pk").values_list("shipment__creator", "product__name"):
        if product not in found[creator]:
            found[creator].append(product)
    return found
