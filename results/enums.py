"""The words for clicks, orders and the credit they earn."""

from django.db.models import TextChoices


class ClickClass(TextChoices):
    """What a request to a short link says about itself."""

    HUMAN = "human", "Person"
    PREVIEW = "preview", "Link preview"
    PREFETCH = "prefetch", "Prefetch"
    BOT = "bot", "Robot"
    SELF = "self", "Own team"


class OrderKind(TextChoices):
    """A sale, or a conversion of another kind."""

    SALE = "sale", "Sale"
    TRIAL = "trial", "Trial"
    DEMO = "demo", "Demo"
    SIGN_UP = "sign_up", "Sign-up"


class NotCounted(TextChoices):
    """Why an order is in no sum. Blank: it is counted."""

    REFUNDED = "refunded", "Refunded in full"
    VOIDED = "voided", "Voided"
    EXPIRED = "expired", "Expired"
    PENDING = "pending", "Not paid yet"
    AUTHORIZED = "authorized", "Authorised, not paid yet"
    NO_STATUS = "no_status", "No payment status"
    UNKNOWN_STATUS = "unknown_status", "Unknown payment status"
    CANCELLED = "cancelled", "Cancelled"
    NOTHING_SOLD = "nothing_sold", "Subtotal 0"
    NO_RATE = "no_rate", "No exchange rate"


class CreditRule(TextChoices):
    """The rule that gave an order to a deal."""

    CODE = "code", "Code"
    LINK = "link", "Link on the order"


class EvidenceKind(TextChoices):
    """What on an order points at a creator."""

    CODE = "code", "Discount code"
    UTM_ID = "utm_id", "Link id (utm_id)"
    UTM_CONTENT = "utm_content", "Creator in utm_content"
    UTM = "utm", "Other UTMs"
    CLICK_ID = "click_id", "Click id (tclid)"


class Verdict(TextChoices):
    """What an import would do with the rows of a file that stand together."""

    NEW = "new", "New"
    UPDATED = "updated", "Changed"
    UNCHANGED = "unchanged", "As it is here"
    WAITING = "waiting", "Waits for a rate"
    BAD = "bad", "Cannot be taken in"
    MORE = "more", "Further rows of an order"
