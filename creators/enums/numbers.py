"""What is counted, who told it, and what an engagement rate is made of and held against."""

from django.db.models import TextChoices


class ContentKind(TextChoices):
    """What kind of piece a post is, in the words that benchmarks and rates use."""

    POST = "post", "Post or carousel"
    REEL = "reel", "Reel or short video"
    STORY = "story", "Story"
    SHORT = "short", "Short"
    VIDEO = "video", "Long video"
    TEXT = "text", "Text"
    OTHER = "other", "Other"


class Source(TextChoices):
    """Who told us a number."""

    SOCIAVAULT = "sociavault", "SociaVault"
    YOUTUBE = "youtube", "YouTube Data API"
    INSTAGRAM = "instagram", "Instagram business discovery"
    DEMO = "demo", "Demo provider"
    CSV = "csv", "CSV file"
    CREATOR = "creator", "Reported by the creator"


class Basis(TextChoices):
    """How we came by a snapshot."""

    SEEN = "seen", "Seen on the day"
    HISTORY = "history", "From a history that a provider or file brought"


class RateBasis(TextChoices):
    """What an engagement rate is divided by."""

    FOLLOWERS = "followers", "by followers"
    VIEWS = "views", "by views"
    REACH = "reach", "by reach"


class Verdict(TextChoices):
    """How an engagement rate stands to its benchmark."""

    EXCEPTIONAL = "exceptional", "Exceptional"
    ABOVE = "above", "Above the benchmark"
    BELOW = "below", "Below the benchmark"
    LOW = "low", "Low, under half the benchmark"


class Population(TextChoices):
    """Whose rates a benchmark is made of."""

    CLEAN = "clean", "Clean accounts"
    RAW = "raw", "All accounts"
