"""Which deal a document belongs to."""

from django.db import models

from campaigns.models.deal import Deal
from config.lib.constraints import Agrees
from team.models import Brand, Document
from team.scopes import brand_manager


class DealDocument(models.Model):
    """A document belongs to one deal at most; whose it is, is told by its `about`."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    document = models.OneToOneField(Document, models.CASCADE, related_name="of_deal")
    deal = models.ForeignKey(Deal, models.CASCADE, related_name="documents")

    objects = brand_manager()

    class Meta:
        constraints = [
            Agrees(
                fk="document",
                name="deal_document_is_of_its_documents_brand",
                violation_error_message="A document stays within its brand.",
            ),
            Agrees(
                fk="deal",
                name="deal_document_is_of_its_deals_brand",
                violation_error_message="Choose a deal of this brand.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} of {self.deal}"
