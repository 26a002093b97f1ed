"""The words for deals and what they cost."""

from django.db.models import TextChoices


class DealStatus(TextChoices):
    """How far one deal has come."""

    PLANNED = "planned", "Planned"
    BRIEFED = "briefed", "Briefed"
    ACCEPTED = "accepted", "Accepted"
    LIVE = "live", "Live"
    COMPLETED = "completed", "Completed"
    CANCELLED = "cancelled", "Cancelled"


class Kpi(TextChoices):
    """What a campaign is judged by, and its creators ranked on."""

    NEW_CUSTOMERS = "new_customers", "New customers for their cost (CAC)"
    ORDERS = "orders", "Orders for their cost"
    CLICKS = "clicks", "Clicks for their cost"
    ENGAGEMENT = "engagement", "Engagement against the benchmark"


class CostKind(TextChoices):
    """What money was spent on. Commission is no cost line: it follows from the credited orders."""

    FEE = "fee", "Fee"
    PRODUCT = "product", "Product at cost"
    SHIPPING = "shipping", "Shipping"
    UPLIFT = "uplift", "Usage uplift"
    BONUS = "bonus", "Bonus"
    BOOST = "boost", "Boost spend"
    OVERHEAD = "overhead", "Overhead"


# Boost and overhead are shown beside a deal's cost and are in no CAC.
COUNTED_COSTS = (CostKind.FEE, CostKind.PRODUCT, CostKind.SHIPPING, CostKind.UPLIFT, CostKind.BONUS)


class ShipmentState(TextChoices):
    """Where a parcel is."""

    PLANNED = "planned", "Planned"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    RETURNED = "returned", "Returned"
    CANCELLED = "cancelled", "Cancelled"


# Parcels that left us, whatever became of them.
LEFT = (ShipmentState.SENT, ShipmentState.DELIVERED, ShipmentState.RETURNED)


class Medium(TextChoices):
    """`utm_medium`: an organic creator post, or an advertisement made of one."""

    INFLUENCER = "influencer", "Organic post"
    PAID_SOCIAL = "paid_social", "Boosted post"


# Which cost line follows from which field of a deal.
TERM_KINDS = {CostKind.FEE: "fee", CostKind.PRODUCT: "product_cost", CostKind.SHIPPING: "shipping_cost"}


class RosterStep(TextChoices):
    """How far the import of a roster file has come: the kinds of its job, one after the other."""

    FILE = "read_roster", "Columns to be matched"
    CHECK = "check_roster", "Checked"
    IMPORT = "import_roster", "Imported"
