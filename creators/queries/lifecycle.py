"""In which stage creators are, were, and how they came there."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from creators.enums import Stage, Track
from creators.models import Creator, LifecycleSpan
from team.models import Brand

SETTLES = f"(rule = '' or stage = '{Stage.INACTIVE}')"
"""In SQL, the spans that settle what was before them: a person's decision, or becoming inactive.

The beginning of the latest one is the `floor` of `creators.logic.lifecycle.Standing`.
"""


def present_stages(creator_ids: Iterable[int], *, brand: Brand) -> dict[int, str]:
    """The stage that each creator is in with the brand now, by creator id; those without one are left out."""
    spans = LifecycleSpan.objects.stages().open().filter(brand=brand, creator__in=list(creator_ids))
    return dict(spans.values_list("creator_id", "stage"))


def creators_in_stage(stage: Stage | str, *, brand: Brand, at: datetime) -> QuerySet[Creator]:
    """Who was in a stage of the brand at a moment."""
    spans = LifecycleSpan.objects.stages().at(at).filter(brand=brand, stage=stage)
    return Creator.objects.filter(pk__in=spans.values("creator"))


def history_of(creator: Creator) -> QuerySet[LifecycleSpan]:
    """The creator's spans in the brands of the open scope, newest first."""
    spans = LifecycleSpan.objects.filter(creator=creator).select_related("brand", "made_by")
    return spans.order_by("-during", "-pk")


def furthest_stage(creator: Creator) -> str:
    """The furthest of the creator's present stages in the brands of the open scope, or blank."""
    order = {stage: rank for rank, stage in enumerate([Stage.INACTIVE, *(s for s in Stage if s != Stage.INACTIVE)])}
    open_spans = LifecycleSpan.objects.open().filter(creator=creator, track=Track.STAGE)
    return max(open_spans.values_list("stage", flat=True), key=lambda stage: order[Stage(stage)], default="")
