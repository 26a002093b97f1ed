"""What a brand may do with content, where, and how that stands."""

from django.db.models import TextChoices


class RightKind(TextChoices):
    """What a brand may do with a creator's content."""

    ORGANIC = "organic", "Organic repost"
    PAID = "paid", "Paid usage"
    WHITELISTING = "whitelisting", "Whitelisting"


class Place(TextChoices):
    """Where content may run: the platforms, and what is the brand's own or a shop's."""

    INSTAGRAM = "instagram", "Instagram"
    FACEBOOK = "facebook", "Facebook"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    LINKEDIN = "linkedin", "LinkedIn"
    X = "x", "X"
    PINTEREST = "pinterest", "Pinterest"
    NEWSLETTER = "newsletter", "Newsletter"
    PODCAST = "podcast", "Podcast"
    OWNED_SITE = "owned_site", "Owned site"
    EMAIL = "email", "E-mail"
    SMS = "sms", "SMS"
    RETAIL_MEDIA = "retail_media", "Retail media"


class ContentStatus(TextChoices):
    """How far a piece is."""

    PROMISED = "promised", "Promised"
    DRAFTED = "drafted", "Drafted"
    POSTED = "posted", "Posted"


class PermissionKind(TextChoices):
    """The platform's own permission, which ends by its own clock."""

    SPARK = "spark", "Spark code"
    PARTNERSHIP = "partnership", "Partnership permission"


class SightingSource(TextChoices):
    """How we know that an ad was running."""

    HAND = "hand", "Entered by hand"
    CSV = "csv", "CSV file"


class RightState(TextChoices):
    """How a right stands on a day."""

    OVERRUN = "overrun", "Still running, right ended"
    ENDS_3 = "ends_3", "Ends within 3 days"
    ENDS_14 = "ends_14", "Ends within 14 days"
    ENDS_30 = "ends_30", "Ends within 30 days"
    RUNNING = "running", "Running"
    PLANNED = "planned", "Not begun"
    ENDED = "ended", "Ended"
    REVOKED = "revoked", "Revoked"
