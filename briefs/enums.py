"""The words for briefs."""

from django.db.models import TextChoices


class MessageKind(TextChoices):
    """The four kinds of key message a brief may carry."""

    BENEFIT = "benefit", "Benefit"
    PROOF = "proof", "Proof"
    USE = "use", "Use"
    OFFER = "offer", "Offer"
