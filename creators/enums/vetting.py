"""What a brand looks at before it works with a creator, and what it makes of it."""

from django.db.models import TextChoices


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
