"""What the signals find, and what people say of it."""

from django.db.models import TextChoices


class Level(TextChoices):
    """What a signal, or the assessment over all of them, comes to."""

    CLEAR = "clear", "Clear"
    WATCH = "watch", "Watch"
    FLAGGED = "flagged", "Flagged"
    INSUFFICIENT = "insufficient", "Too little data"


class CauseKind(TextChoices):
    """An innocent reason for a jump, logged by a person or known from a campaign."""

    CAMPAIGN = "campaign", "Campaign post"
    GIVEAWAY = "giveaway", "Giveaway"
    SHOUT_OUT = "shout_out", "Another account's post"
    ADS = "ads", "Own ads"
    PRESS = "press", "Press or television"
    OTHER = "other", "Other"
    NOTE = "note", "Note only"


class Ruling(TextChoices):
    """What a person makes of an assessment."""

    CONFIRMED = "confirmed", "Confirmed"
    DISMISSED = "dismissed", "Dismissed"


class AlertKind(TextChoices):
    """What a manager wants to hear about a profile."""

    JUMP = "jump", "Follower jump"
    COLLAPSE = "collapse", "Follower collapse"
    GONE = "gone", "Account gone"
    PRIVATE = "private", "Account private"
    HANDLE = "handle", "Handle changed"
    POST_REMOVED = "post_removed", "Post removed"
    SIGNAL_NEW = "signal_new", "New signal"
    SIGNAL_RISEN = "signal_risen", "Signal risen"
