"""Keeping a document together with what it is about."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from campaigns.models import Deal, DealDocument
from creators.models import Creator, CreatorDocument, Right
from team.actions import documents
from team.actions.documents import Upload
from team.models import Brand, Document, User


@dataclass(frozen=True)
class About:
    """Whose document it is, of which deal, and which right it proves; each may be left out."""

    creator: Creator | None = None
    deal: Deal | None = None
    right: Right | None = None

    @property
    def whose(self) -> Creator | None:
        """The creator: told, or the one of the deal or the right."""
        of = self.deal or self.right
        return self.creator or (of.creator if of else None)


@transaction.atomic
def keep(
    upload: Upload, about: About, *, brand: Brand, by: User | None, now: datetime, again: bool = False
) -> Document:
    """Store a file and say what it is about. Raises `team.actions.documents.AlreadyHere`."""
    document = documents.store(upload, brand=brand, by=by, now=now, again=again)
    if creator := about.whose:
        CreatorDocument.objects.create(brand=brand, document=document, creator=creator, right=about.right)
    if about.deal:
        DealDocument.objects.create(brand=brand, document=document, deal=about.deal)
    return document
