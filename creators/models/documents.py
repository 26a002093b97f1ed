"""Which creator a document is about, and which right it proves."""

from django.db import models

from config.lib.constraints import Agrees
from creators.models.creator import Creator
from creators.models.rights import Right
from team.models import Brand, Document
from team.scopes import brand_manager


class CreatorDocument(models.Model):
    """A document is about one creator at most. `right` is the one that the document grants or proves, if any."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    document = models.OneToOneField(Document, models.CASCADE, related_name="about")
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="documents")
    right = models.ForeignKey(Right, models.SET_NULL, null=True, blank=True, related_name="documents")

    objects = brand_manager()

    class Meta:
        constraints = [
            Agrees(
                fk="document",
                name="creator_document_is_of_its_documents_brand",
                violation_error_message="A document stays within its brand.",
            ),
            Agrees(
                fk="right",
                name="creator_document_is_of_its_rights_brand",
                violation_error_message="Choose a right of this brand.",
            ),
            Agrees(
                fk="right",
                on="creator",
                name="creator_document_is_of_its_rights_creator",
                violation_error_message="Choose a right of this creator.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} of {self.creator}"
