"""Contracts and media kits of the sample program."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import ContentFile

from campaigns.actions.documents import About, keep
from campaigns.models import Deal
from config.lib.files import checked
from creators.models import Creator
from desk.logic.sample_papers import page
from team.actions.documents import Upload
from team.enums import DocumentKind
from team.models import Brand, User


def load_documents(brand: Brand, creators: Sequence[Creator], *, by: User | None, now: datetime) -> None:
    """A contract for the first three deals, and a media kit of two creators."""
    deals = Deal.objects.filter(brand=brand).select_related("creator", "campaign").order_by("pk")[:3]
    for deal in deals:
        lines = ["Agreement", f"{deal.creator.name} and {brand.name}", f"Campaign: {deal.campaign.name}", "A sample."]
        title = f"{deal.campaign.name}, {deal.creator.name}"
        _keep(DocumentKind.CONTRACT, title, lines, About(deal=deal), brand, by=by, now=now)
    for creator in creators[:2]:
        lines = [creator.name, "Media kit", "A sample."]
        _keep(
            DocumentKind.MEDIA_KIT,
            f"Media kit of {creator.name}",
            lines,
            About(creator=creator),
            brand,
            by=by,
            now=now,
        )


def _keep(
    kind: DocumentKind, title: str, lines: list[str], about: About, brand: Brand, *, by: User | None, now: datetime
) -> None:
    file = ContentFile(page(lines), name=f"{title}.pdf")
    told = checked(file, name=f"{title}.pdf", size=file.size)
    keep(Upload(kind=kind, title=title, file=file, told=told), about, brand=brand, by=by, now=now)
