"""What a fee buys, and whose word it is."""

from collections.abc import Iterable

from django.db.models import TextChoices


class RateFormat(TextChoices):
    """What a fee buys one of."""

    POST = "post", "Post or carousel"
    REEL = "reel", "Reel or TikTok"
    STORY = "story", "Story frame"
    SHORT = "short", "Short"
    VIDEO = "video", "Long video"
    NEWSLETTER = "newsletter", "Newsletter"
    WEBINAR = "webinar", "Webinar"
    MIXED = "mixed", "A whole deal, formats mixed"

    @classmethod
    def words(cls, values: Iterable[str]) -> str:
        """Formats for people: `Reel or TikTok, Story frame`."""
        return ", ".join(str(cls(each).label) for each in values)


class RateKind(TextChoices):
    """Whose word an amount is."""

    ASK = "ask", "Asked by the creator"
    OFFER = "offer", "Offered by us"
    PAID = "paid", "Paid"
