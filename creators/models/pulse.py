"""How each creator does now, by the main profile, so that a list of 100,000 can be filtered and sorted by it.

Derived: `creators.actions.pulses` recomputes it as a whole. The pages of numbers compute the same live.
"""

from django.db import models
from django.db.models import F, Q

from creators.enums import Verdict
from creators.models.creator import Creator


class Pulse(models.Model):
    """The mean engagement rate, in percent, over `n` settled posts; its verdict; and when the last post went out.

    `rate` is null under the number of posts that a rate needs, `verdict` blank where no benchmark is published.
    """

    creator = models.OneToOneField(Creator, models.CASCADE, related_name="pulse")
    rate = models.FloatField(null=True, blank=True)
    n = models.PositiveIntegerField(default=0)
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(F("rate").desc(nulls_last=True), F("creator").desc(), name="pulse_by_rate"),
            models.Index(fields=("verdict", "creator"), name="pulse_by_verdict"),
            models.Index(fields=("posted_at", "creator"), name="pulse_by_post"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["", *Verdict.values]),
                name="pulse_verdict_is_known",
                violation_error_message="Choose one of the known verdicts.",
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(rate__isnull=False),
                name="pulse_verdict_has_a_rate",
                violation_error_message="A verdict needs a rate.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creator}: {self.verdict or 'no verdict'}"
