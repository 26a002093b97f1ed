"""Who a creator is, how we reach and know them, and what was done with what is kept about them."""

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


class Tier(TextChoices):
    """How large an audience is; `creators.logic.tiers` has the bounds."""

    PRE_NANO = "pre-nano", "Pre-nano"
    NANO = "nano", "Nano"
    MICRO = "micro", "Micro"
    MID = "mid", "Mid"
    MACRO = "macro", "Macro"
    MEGA = "mega", "Mega"


class ContactKind(TextChoices):
    """How to reach a creator."""

    EMAIL = "email", "E-mail"
    PHONE = "phone", "Phone"
    WEB = "web", "Web page"
    OTHER = "other", "Other"


class AddressSource(TextChoices):
    """How a postal address came to us."""

    HAND = "hand", "By hand"
    FILE = "file", "From a file"


class NoteKind(TextChoices):
    """A note, or a contact with the creator. Everything but a note counts as one."""

    NOTE = "note", "Note"
    EMAIL = "email", "E-mail"
    MESSAGE = "message", "Message"
    CALL = "call", "Call"
    MEETING = "meeting", "Meeting"


class DuplicateState(TextChoices):
    """What was decided about two creators that may be one person."""

    OPEN = "open", "To be looked at"
    DISMISSED = "dismissed", "Not the same"


class PersonAct(TextChoices):
    """What was done with all that is kept about a person."""

    EXPORTED = "exported", "Handed out"
    ERASED = "erased", "Erased"


class ApplicationState(TextChoices):
    """How an application stands."""

    NEW = "new", "New"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    SPAM = "spam", "Spam"
