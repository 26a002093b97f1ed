"""What one creator asked, was offered and was paid by the brands of the open scope."""

from django.db.models import QuerySet

from creators.models import Creator, Package, Rate


def history_of(
    creator: Creator, *, q: str = "", kind: str = "", format: str = "", platform: str = ""
) -> QuerySet[Rate]:
    """The rates that a filter means, newest first. `q` looks into notes."""
    asked = {"note__icontains": q, "kind": kind, "format": format, "profile__platform": platform}
    given = {name: value for name, value in asked.items() if value}
    rows = Rate.objects.filter(profile__creator=creator, **given)
    return rows.select_related("brand", "profile", "made_by")


def packages_of(creator: Creator) -> QuerySet[Package]:
    """The bundles that the creator offers."""
    return Package.objects.filter(creator=creator).select_related("brand")
