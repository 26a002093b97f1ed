"""Orders as rows of a file."""

from typing import Any
from zoneinfo import ZoneInfo

from results.models import Order
from team.models import Brand

ORDER_HEADER = (
    "order", "id", "ordered_at", "status", "not_counted", "currency", "subtotal", "total", "discount", "refunded",
    "rate", "gross", "net", "customer", "codes", "utm", "campaign", "creator", "rule", "policy", "commission",
)  # fmt: skip


def order_cells(order: Order, brand: Brand) -> list[Any]:
    """One order; `customer` is new, returning or unknown. The credit is loaded with the order."""
    credit = getattr(order, "credit", None)
    who: list[Any] = [""] * 5
    if credit:
        who = [credit.deal.campaign.slug, credit.deal.creator.name, credit.rule, credit.policy, credit.commission]
    ordered_at = order.ordered_at.astimezone(ZoneInfo(brand.time_zone)).isoformat()
    utm = "; ".join(f"{key}={value}" for key, value in order.utm.items())
    return [
        order.name, order.external_id, ordered_at, order.status, order.not_counted, order.currency, order.subtotal,
        order.total, order.discount, order.refunded, order.rate, order.gross, order.net, order.customer_word,
        ", ".join(order.codes), utm, *who,
    ]  # fmt: skip
