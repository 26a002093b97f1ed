from results.models.click import Click, ClickBasis, ClickDay, DirtyDay
from results.models.credit import Credit, CreditBasis, Evidence
from results.models.credit_day import CreditDay, CreditSeal
from results.models.order import Order, RawOrder, Shop
from results.models.outcome import Outcome
from results.models.rate import ExchangeRate
from results.models.staging import StagedOrder

__all__ = [
    "Click",
    "ClickBasis",
    "ClickDay",
    "Credit",
    "CreditBasis",
    "CreditDay",
    "CreditSeal",
    "DirtyDay",
    "Evidence",
    "ExchangeRate",
    "Order",
    "Outcome",
    "RawOrder",
    "Shop",
    "StagedOrder",
]
