"""The words for platforms, tiers and the lifecycle."""

from collections.abc import Iterable

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
    """What about a creator holds for a while: a stage, an overlay, and that a person overruled one."""

    STAGE = "stage", "Stage"
    WHITELISTED = "whitelisted", "Whitelisted"
    TOP_PERFORMER = "top_performer", "Top performer"
    NOT_TOP = "not_top", "Not a top performer"


OVERLAYS = (Track.WHITELISTED, Track.TOP_PERFORMER)


class TopRuling(TextChoices):
    """What a person says of the overlay "top performer", which the figures set otherwise."""

    TOP = "top", "Top performer"
    NOT_TOP = "not_top", "Not a top performer"
    FIGURES = "figures", "As the figures say"


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


class Basis(TextChoices):
    """How we came by a snapshot."""

    SEEN = "seen", "Seen on the day"
    HISTORY = "history", "From a history that a provider or file brought"


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


class VettingVerdict(TextChoices):
    """What a brand makes of a creator after a look at them."""

    SUITABLE = "suitable", "Suitable"
    PERHAPS = "perhaps", "Perhaps"
    NO = "no", "No"


class VettingItem(TextChoices):
    """The checklist of a vetting, each item judged from 1 to 5."""

    CATEGORY = "category", "Speaks of the category"
    VALUES = "values", "Values"
    CLARITY = "clarity", "Clarity"
    LIGHT = "light", "Light"
    SOUND = "sound", "Sound"
    STORY = "story", "Story"
    COMMENTS = "comments", "Comments"
    PLACE = "place", "Audience by place"
    AGE = "age", "Audience by age"
    INTERESTS = "interests", "Audience by interests"


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


class AddressSource(TextChoices):
    """How a postal address came to us."""

    HAND = "hand", "By hand"
    FILE = "file", "From a file"
