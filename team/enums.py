"""The words for people's roles and the states of work."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person may do in a brand, from least to most."""

    VIEWER = "viewer", "Viewer"
    MANAGER = "manager", "Manager"
    OWNER = "owner", "Owner"

    @property
    def rank(self) -> int:
        """Higher may do more."""
        return list(Role).index(self)


class ProviderName(TextChoices):
    """The data providers that take a key. `creators.enums.Source` has the same values among others."""

    SOCIAVAULT = "sociavault", "SociaVault or ScrapeCreators"
    YOUTUBE = "youtube", "YouTube Data API"
    INSTAGRAM = "instagram", "Instagram business discovery"
    DEMO = "demo", "Demo provider"


class JobState(TextChoices):
    """Where a piece of background work stands."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class SavedPage(TextChoices):
    """The lists of which views can be saved."""

    CREATORS = "creators", "Creators"


class Theme(TextChoices):
    """How a person wants the pages to look."""

    SYSTEM = "system", "As the system"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class DocumentKind(TextChoices):
    """What a document is. Who may open which stands in `team.logic.documents`."""

    CONTRACT = "contract", "Contract"
    SCREENSHOT = "screenshot", "Disclosure screenshot"
    MEDIA_KIT = "media_kit", "Media kit"
    OTHER = "other", "Other"


class DocumentAct(TextChoices):
    """What happened to a document."""

    UPLOADED = "uploaded", "Uploaded"
    OPENED = "opened", "Downloaded"
    REMOVED = "removed", "Removed"
    EXPIRED = "expired", "Let go, kept long enough"
