"""What held for a creator with a brand, from when to when, by whom and why. Append-only but for a span's end."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone

from creators.enums import Stage, Track
from creators.logic.lifecycle import rule_of
from creators.models.creator import Creator
from team.models import Brand
from team.scopes import brand_manager


class SpanQuerySet(models.QuerySet):
    """Spans in the words of the trade."""

    def open(self) -> "SpanQuerySet":
        """Spans that hold now."""
        return self.filter(during__upper_inf=True)

    def at(self, moment) -> "SpanQuerySet":
        """Spans that held at a moment: "who was whitelisted on 3 May" is one query."""
        return self.filter(during__contains=moment)

    def stages(self) -> "SpanQuerySet":
        """Only the stage track."""
        return self.filter(track=Track.STAGE)


class LifecycleSpan(models.Model):
    """A stage or an overlay of a creator with a brand while `during` lasts. An open end means now.

    `rule` names the rule of `creators.logic.lifecycle` that opened it, with its version; blank: a person decided.
    """

    creator = models.ForeignKey(Creator, models.CASCADE, related_name="spans")
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    track = models.CharField(max_length=16, choices=Track, default=Track.STAGE)
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    during = DateTimeRangeField()
    rule = models.CharField(max_length=24, blank=True, default="", db_default="")
    why = models.CharField(max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager(SpanQuerySet)

    class Meta:
        indexes = [
            models.Index(
                fields=("brand", "track", "stage", "creator"),
                condition=Q(during__upper_inf=True),
                name="span_open",
            ),
            models.Index(
                fields=("brand", "track", "stage", "-id"),
                condition=Q(during__upper_inf=True),
                name="span_newest",
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="one_span_at_a_time_on_a_track",
                expressions=[
                    ("creator", RangeOperators.EQUAL),
                    ("brand", RangeOperators.EQUAL),
                    ("track", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                violation_error_message="The creator already has a stage in part of that time.",
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False) & Q(during__lower_inf=False),
                name="span_has_a_beginning_and_lasts",
                violation_error_message="A stage needs a beginning and must last a while.",
            ),
            models.CheckConstraint(
                condition=Q(track=Track.STAGE, stage__in=Stage.values) | (~Q(track=Track.STAGE) & Q(stage="")),
                name="only_the_stage_track_names_a_stage",
                violation_error_message="Choose a stage.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="span_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="only_the_end_of_a_span_may_be_set",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                if (new.creator_id, new.brand_id, new.track, new.stage, new.rule, new.why, new.made_at,
                    lower(new.during))
                   is distinct from
                   (old.creator_id, old.brand_id, old.track, old.stage, old.rule, old.why, old.made_at,
                    lower(old.during))
                   or (upper(old.during) is not null and old.during <> new.during) then
                  raise exception 'a lifecycle span is only ever added; its end may be set once';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creator}: {self.stage or self.track}"

    @property
    def decided_by(self) -> str:
        """Which rule or who; a fact that a person entered names both. A rule that is no longer known has its key."""
        who = str(self.made_by) if self.made_by else ""
        if not self.rule:
            return who or "Troupe"
        known = rule_of(self.rule)
        words = f"Rule “{known.reads if known else self.rule}”"
        return f"{words}, {who}" if who else words
