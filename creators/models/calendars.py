"""Who is told of rights that end: calendars that read a secret address, and reminders on Today."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.lib.constraints import Agrees
from config.lib.tokens import signed
from creators.models.rights import Right
from team.models import Brand
from team.scopes import brand_manager

REMINDED_AT = (30, 14, 3)


class RightsCalendar(models.Model):
    """A secret address at which a calendar reads when a brand's rights end. Switched off, it leads nowhere."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    label = models.CharField(max_length=60)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    off_at = models.DateTimeField(null=True, blank=True)

    objects = brand_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(label=""),
                name="calendar_has_a_label",
                violation_error_message="Say which calendar reads it.",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def token(self) -> str:
        """What makes the address secret."""
        return signed("rights-calendar", self.pk)


class RightReminder(models.Model):
    """A person should hear that a right ends: once at 30, 14 and 3 days, and anew where its end was moved."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    right = models.ForeignKey(Right, models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    right_ends_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = brand_manager()

    class Meta:
        constraints = [
            Agrees(
                fk="right",
                name="reminder_is_of_its_rights_brand",
                violation_error_message="A reminder and its right belong to the same brand.",
            ),
            models.UniqueConstraint(
                fields=("right", "days", "right_ends_on"),
                name="one_reminder_of_an_end_and_distance",
                violation_error_message="This reminder is already there.",
            ),
            models.CheckConstraint(
                condition=Q(days__in=REMINDED_AT),
                name="reminder_comes_at_a_known_distance",
                violation_error_message="Reminders come 30, 14 and 3 days before the end.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right} ends on {self.right_ends_on}"
