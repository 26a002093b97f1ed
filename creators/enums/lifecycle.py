"""How far a creator has come with a brand."""

from django.db.models import TextChoices


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
