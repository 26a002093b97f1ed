"""What providers are asked, and why one gives no answer."""

from django.db.models import TextChoices


class Question(TextChoices):
    """What can be asked about a profile."""

    PROFILE = "profile", "Profile counters"
    POSTS = "posts", "Posts"
    COMMENTS = "comments", "Comments"
    FOLLOWERS = "followers", "Audience sample"


class RefreshState(TextChoices):
    """Where a question is."""

    IDLE = "idle", "Idle"
    RUNNING = "running", "Running"


class Failure(TextChoices):
    """Why a provider gave no numbers. `creators.providers.errors` says which of them are permanent."""

    GONE = "gone", "The account is gone"
    PRIVATE = "private", "The account is private"
    SHAPE = "shape", "Shape not recognised"
    BAD_KEY = "bad_key", "The key was refused"
    NO_CREDITS = "no_credits", "No credits left"
    RATE_LIMITED = "rate_limited", "Asked too often"
    TIMEOUT = "timeout", "No answer in time"
    SERVER = "server", "The provider had an error"
    REFUSED = "refused", "The provider refused the question"
    REDIRECT = "redirect", "Sent to an address that is not allowed"
    NOT_OFFERED = "not_offered", "No provider gives this"
