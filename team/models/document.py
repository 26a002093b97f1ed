"""A file that a brand keeps, and what happened to it. What it is about stands where those facts live."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.lib.constraints import Agrees
from config.lib.files import EXTENSIONS, MAX_BYTES, NAMES
from team.enums import DocumentAct, DocumentKind, Role
from team.history import stays
from team.logic.documents import kinds_for
from team.models.brand import Brand
from team.scopes import brand_manager

FOLDER = "documents"


def stored_name(document: "Document", name: str) -> str:
    """A place that nobody can guess, and that says nothing of the file."""
    word = secrets.token_hex(16)
    return f"{FOLDER}/{word[:2]}/{word}"


class DocumentQuerySet(models.QuerySet):
    """Documents in the words of the trade."""

    def seen_by(self, managed: list[Brand]) -> "DocumentQuerySet":
        """Those that a person may see who manages these brands of the scope and only looks at the others."""
        return self.filter(Q(brand__in=managed) | Q(kind__in=kinds_for(Role.VIEWER)))

    def present(self) -> "DocumentQuerySet":
        """Those whose file is there."""
        return self.filter(removed_at=None)


class Document(models.Model):
    """A contract, screenshot or media kit. A removed one keeps its row and trail, not its file."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=DocumentKind)
    title = models.CharField(max_length=120)
    file_name = models.CharField(max_length=120)
    file = models.FileField(upload_to=stored_name, blank=True)
    content_type = models.CharField(
        max_length=40, choices=[(each, each) for each in sorted(set(EXTENSIONS.values()))]
    )
    size = models.PositiveIntegerField("size in bytes")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    removed_why = models.CharField(max_length=200, blank=True)

    objects = brand_manager(DocumentQuerySet)

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        indexes = [
            models.Index(fields=("brand", "-uploaded_at", "-id"), name="document_newest"),
            models.Index(fields=("brand", "sha256"), name="document_by_content"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values),
                name="document_kind_is_known",
                violation_error_message="Choose one of the kinds of document.",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(file_name=""),
                name="document_has_a_title",
                violation_error_message="Give the document a title.",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=MAX_BYTES),
                name="document_is_not_too_large",
                violation_error_message="A document has at most 20 MB, and is not empty.",
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=sorted(set(EXTENSIONS.values()))),
                name="document_is_a_pdf_or_a_picture",
                violation_error_message="A document is a PDF, PNG, JPEG or WebP file.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="document_has_its_sum",
                violation_error_message="The sum of the file is missing.",
            ),
            models.CheckConstraint(
                condition=(Q(removed_at=None, removed_why="") & ~Q(file=""))
                | (Q(removed_at__isnull=False, file="") & ~Q(removed_why="")),
                name="removed_document_has_a_reason_and_no_file",
                violation_error_message="Say why the document is removed.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def type_name(self) -> str:
        """What people call its content type."""
        return NAMES[self.content_type]


class DocumentEvent(models.Model):
    """Who did what with a document, and when. Append-only; it goes with its document, when that is forgotten."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="events")
    act = models.CharField(max_length=8, choices=DocumentAct)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    words = models.CharField(max_length=200, blank=True)

    objects = brand_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        triggers = [stays("document_event_stays")]
        constraints = [
            Agrees(
                fk="document",
                name="document_event_is_of_its_documents_brand",
                violation_error_message="An event and its document belong to the same brand.",
            ),
            models.CheckConstraint(
                condition=Q(act__in=DocumentAct.values),
                name="document_act_is_known",
                violation_error_message="A document is uploaded, downloaded, removed or let go.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.document}"
