from results.models.click import Click, ClickDay, DirtyDay
from results.models.credit import Credit, Evidence
from results.models.credit_day import CreditDay, CreditSeal
from results.models.order import Order, RawOrder, Shop

__all__ = [
    "Click",
    "ClickDay",
    "Credit",
    "CreditDay",
    "CreditSeal",
    "DirtyDay",
    "Evidence",
    "Order",
    "RawOrder",
    "Shop",
]
