"""What a brand makes of a creator before it pays them: a checklist, a verdict, and the audience figures asked for."""

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from config.lib.constraints import Agrees
from creators.enums import VettingItem, VettingVerdict
from creators.models.creator import Creator
from team.models import Brand
from team.scopes import brand_manager


class VettingQuerySet(models.QuerySet):
    """Vettings in the words of the trade."""

    def waiting(self) -> "VettingQuerySet":
        """Those without a verdict yet."""
        return self.filter(decided_at=None)

    def standing(self) -> "VettingQuerySet":
        """The verdict that counts: the newest of each creator with each brand."""
        return self.filter(decided_at__isnull=False, replaced_at=None)


class Vetting(models.Model):
    """One look at a creator by one brand. Open until `decided_at`; a verdict then stays as it is.

    The newest verdict counts; the one before gets `replaced_at` and is kept. `audience_asked_on` and
    `audience_received_on` are about the creator's own audience figures.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="vettings")
    verdict = models.CharField(max_length=8, choices=VettingVerdict, blank=True, default="", db_default="")
    reason = models.CharField("in short", max_length=500, blank=True, default="", db_default="")
    audience_asked_on = models.DateField(null=True, blank=True)
    audience_received_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = brand_manager(VettingQuerySet)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = [
            models.Index(fields=("brand", "-made_at"), condition=Q(decided_at=None), name="vetting_waiting"),
            models.Index(
                fields=("brand", "verdict", "-decided_at"),
                condition=Q(decided_at__isnull=False, replaced_at=None),
                name="vetting_standing",
            ),
            models.Index(fields=("creator", "brand", "-made_at"), name="vetting_by_creator"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "creator"),
                condition=Q(decided_at=None),
                name="one_open_vetting_per_brand_and_creator",
                violation_error_message="This creator is being vetted for the brand already.",
            ),
            models.UniqueConstraint(
                fields=("brand", "creator"),
                condition=Q(decided_at__isnull=False, replaced_at=None),
                name="one_verdict_counts_per_brand_and_creator",
                violation_error_message="Another verdict on this creator was given meanwhile.",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", decided_at=None)
                | (Q(verdict__in=VettingVerdict.values) & Q(decided_at__isnull=False)),
                name="vetting_verdict_has_its_moment",
                violation_error_message="Choose suitable, perhaps or no.",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["", VettingVerdict.SUITABLE]) | ~Q(reason=""),
                name="vetting_doubt_has_a_reason",
                violation_error_message="Say in short why it is perhaps or no.",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(decided_at__isnull=False, replaced_at__gte=F("decided_at")),
                name="only_a_verdict_is_replaced",
                violation_error_message="Only a verdict can be replaced, by a later one.",
            ),
            models.CheckConstraint(
                condition=Q(audience_asked_on=None)
                | Q(audience_received_on=None)
                | Q(audience_received_on__gte=F("audience_asked_on")),
                name="figures_come_after_the_question",
                violation_error_message="Audience figures come on the day they were asked for, or later.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="verdict_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__decided_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="verdict_stays_as_given",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__decided_at__isnull=False),
                func="""
                if (new.verdict, new.reason, new.decided_at)
                   is distinct from (old.verdict, old.reason, old.decided_at)
                   or (old.replaced_at is not null and new.replaced_at is distinct from old.replaced_at) then
                  raise exception 'a verdict stays as it was given; vet the creator anew';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creator}: {self.get_verdict_display() if self.verdict else 'being vetted'}"


class VettingScore(models.Model):
    """One item of the checklist: 1 to 5, or not judged, with a note. What is neither judged nor noted has no row."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    vetting = models.ForeignKey(Vetting, models.CASCADE, related_name="scores")
    item = models.CharField(max_length=12, choices=VettingItem)
    score = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    note = models.CharField(max_length=200, blank=True, default="", db_default="")

    objects = brand_manager()

    class Meta:
        ordering = ("vetting", "pk")
        constraints = [
            Agrees(
                fk="vetting",
                name="vetting_score_is_of_its_vettings_brand",
                violation_error_message="A score and its vetting belong to the same brand.",
            ),
            models.UniqueConstraint(
                fields=("vetting", "item"),
                name="one_score_per_vetting_and_item",
                violation_error_message="This item is judged already.",
            ),
            models.CheckConstraint(
                condition=Q(item__in=VettingItem.values),
                name="vetting_item_is_known",
                violation_error_message="Choose an item of the checklist.",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=1, score__lte=5),
                name="vetting_score_is_from_1_to_5",
                violation_error_message="A score is from 1 to 5.",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=False) | ~Q(note=""),
                name="vetting_score_says_something",
                violation_error_message="Give a score or a note.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()}: {self.score or 'not judged'}"
