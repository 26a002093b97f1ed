"""The key of a data provider: one for the whole team, encrypted, never shown again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.lib.sealed import seal, unseal
from team.enums import ProviderName

SHORTEST_SHOWN = 12  # of a shorter secret the last four characters would tell too much


class ProviderKey(models.Model):
    """A key with what is needed to use it, what it may spend in a month, and how its last test went.

    `secret` is sealed on the way in and opened on the way out. The budget counts the provider's own credits or units.
    """

    provider = models.CharField(max_length=12, choices=ProviderName)
    sealed = models.BinaryField(editable=False)
    last_four = models.CharField(max_length=4, blank=True, editable=False)
    account = models.CharField("your own account id", max_length=30, blank=True)
    base_address = models.URLField(blank=True)
    monthly_budget = models.PositiveIntegerField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    tested_at = models.DateTimeField(null=True, blank=True, editable=False)
    works = models.BooleanField(null=True, blank=True, editable=False)
    test_words = models.CharField(max_length=300, blank=True, editable=False)
    credits_left = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    credits_of = models.PositiveBigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("provider",)
        constraints = [
            models.UniqueConstraint(
                fields=("provider",),
                name="one_key_per_provider",
                violation_error_message="There is a key for this provider already. Replace it instead.",
            ),
            models.CheckConstraint(
                condition=Q(provider__in=ProviderName.values),
                name="provider_is_known",
                violation_error_message="Choose one of the providers.",
            ),
            models.CheckConstraint(
                condition=~Q(provider=ProviderName.INSTAGRAM) | Q(account__regex=r"^[0-9]+$"),
                name="instagram_needs_an_account",
                violation_error_message="Instagram needs the id of your own account, a number.",
            ),
            models.CheckConstraint(
                condition=~Q(provider=ProviderName.DEMO) | ~Q(base_address=""),
                name="demo_needs_an_address",
                violation_error_message="The demo provider needs its address.",
            ),
            models.CheckConstraint(
                condition=Q(monthly_budget=None) | Q(monthly_budget__gt=0),
                name="provider_budget_is_not_0",
                violation_error_message="A budget is at least 1. Leave it empty for none.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_provider_display())

    @property
    def secret(self) -> str:
        """The key itself. Raises `SealBroken`."""
        return unseal(self.sealed)

    @secret.setter
    def secret(self, secret: str) -> None:
        """Another key: nothing is known about it yet."""
        self.sealed = seal(secret)
        self.last_four = secret[-4:] if len(secret) >= SHORTEST_SHOWN else ""
        self.tested_at = self.works = self.credits_left = self.credits_of = None
        self.test_words = ""
