"""The words for platforms, tiers and the lifecycle."""

from django.db.models import TextChoices


class Platform(TextChoices):
    """Where a profile lives."""

    INSTAGRAM = "instagram", "Instagram"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    LINKEDIN = "linkedin", "LinkedIn"
    X = "x", "X"
    PINTEREST = "pinterest", "Pinterest"
    NEWSLETTER = "newsletter", "Newsletter"
    PODCAST = "podcast", "Podcast"


class Track(TextChoices):
    """The three things about a creator that hold for a while."""

    STAGE = "stage", "Stage"
    WHITELISTED = "whitelisted", "Whitelisted"
    TOP_PERFORMER = "top_performer", "Top performer"


class Stage(TextChoices):
    """How far a creator has come with a brand."""

    PROSPECT = "prospect", "Prospect"
    CONTACTED = "contacted", "Contacted"
    SEEDED = "seeded", "Seeded"
    CONTRACTED = "contracted", "Contracted"
    LIVE = "live", "Live"
    INACTIVE = "inactive", "Inactive"


class ContactKind(TextChoices):
    """How to reach a creator."""

    EMAIL = "email", "E-mail"
    PHONE = "phone", "Phone"
    WEB = "web", "Web page"
    OTHER = "other", "Other"


class Tier(TextChoices):
    """How large an audience is; `creators.logic.tiers` has the bounds."""

    PRE_NANO = "pre-nano", "Pre-nano"
    NANO = "nano", "Nano"
    MICRO = "micro", "Micro"
    MID = "mid", "Mid"
    MACRO = "macro", "Macro"
    MEGA = "mega", "Mega"
