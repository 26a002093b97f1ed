"""Who waits for a verdict, who has one, and what stands in a vetting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from creators.enums import VettingItem, VettingVerdict
from creators.logic.vetting import VettingMean, mean_of
from creators.models import Creator, LifecycleSpan, Profile, Vetting, VettingScore
from creators.queries.creators import NO_STAGE, creators_found_by
from team.models import Brand, User

WAITING, ALL = "", "all"
FITTING = (VettingVerdict.SUITABLE, VettingVerdict.PERHAPS)
"""Verdicts with which a creator is paid without further reason."""


@dataclass(frozen=True)
class VettingFilter:
    """What a person asks the list for. Blank: everybody who waits for a verdict, whatever their stage."""

    q: str = ""
    verdict: str = WAITING
    stage: str = ""
    brand: Brand | None = None
    mine: User | None = None


def vettings_matching(wanted: VettingFilter) -> QuerySet[Vetting]:
    """Open vettings and verdicts that count, newest first, each with `mean`, `judged` and `handle`."""
    counts = Q(decided_at=None) | Q(decided_at__isnull=False, replaced_at=None)
    found = Vetting.objects.filter(counts).select_related("creator", "brand", "made_by", "decided_by")
    if wanted.verdict == WAITING:
        found = found.filter(decided_at=None)
    elif wanted.verdict != ALL:
        found = found.filter(verdict=wanted.verdict)
    if wanted.brand:
        found = found.filter(brand=wanted.brand)
    if wanted.mine:
        found = found.filter(Q(made_by=wanted.mine) | Q(decided_by=wanted.mine))
    if wanted.q.strip():
        found = found.filter(creator__in=creators_found_by(wanted.q.strip()))
    return _in_stage(found, wanted.stage).order_by(F("decided_at").desc(nulls_first=True), "-made_at", "-pk")


def _in_stage(found: QuerySet[Vetting], stage: str) -> QuerySet[Vetting]:
    """Those whose creator is in the stage with the brand that vets them."""
    spans = LifecycleSpan.objects.stages().open().filter(brand=OuterRef("brand"), creator=OuterRef("creator"))
    if stage == NO_STAGE:
        return found.filter(~Exists(spans))
    return found.filter(Exists(spans.filter(stage=stage))) if stage else found


def with_figures(found: QuerySet[Vetting]) -> QuerySet[Any]:
    """The vettings with what a list shows of each: `mean`, `judged`, `handle` and the `stage` with the brand."""
    scores = VettingScore.objects.filter(vetting=OuterRef("pk"), score__isnull=False).order_by().values("vetting")
    spans = LifecycleSpan.objects.stages().open().filter(brand=OuterRef("brand"), creator=OuterRef("creator"))
    main = Profile.objects.filter(creator=OuterRef("creator"), is_main=True)
    return found.annotate(
        mean=Subquery(scores.annotate(mean=Avg("score")).values("mean")),
        judged=Subquery(scores.annotate(n=Count("pk")).values("n")),
        handle=Subquery(main.values("handle")[:1]),
        stage=Subquery(spans.values("stage")[:1]),
    )


def mean_of_row(row: Any) -> VettingMean:
    """The mean of a row of `with_figures`."""
    return VettingMean(row.mean, row.judged or 0)


@dataclass(frozen=True)
class Given:
    """A verdict with the marks that it rests on, in the order of the checklist."""

    vetting: Vetting
    mean: VettingMean
    marks: Sequence[VettingScore]


@dataclass(frozen=True)
class Look:
    """What one brand knows of one creator from vetting: the open one, the verdict that counts, and those before."""

    brand: Brand
    waiting: Vetting | None
    standing: Vetting | None
    former: tuple[Vetting, ...]
    scores: dict[int, dict[str, VettingScore]]

    @property
    def newest(self) -> Vetting | None:
        """The open one, else the verdict that counts: where questions and answers are written down."""
        return self.waiting or self.standing

    @property
    def verdicts(self) -> list[Given]:
        """Every verdict with its marks, newest first."""
        given = [self.standing, *self.former] if self.standing else [*self.former]
        return [Given(each, self.mean_of(each), self.marks_of(each)) for each in given]

    def marks_of(self, vetting: Vetting) -> list[VettingScore]:
        """What was said of each item, in the order of the checklist."""
        told = self.scores_of(vetting)
        return [told[item] for item in VettingItem if item in told]

    @property
    def has_figures(self) -> bool:
        """Whether the creator's own audience figures ever came."""
        told = [self.waiting, self.standing, *self.former]
        return any(each is not None and each.audience_received_on is not None for each in told)

    def scores_of(self, vetting: Vetting | None) -> dict[str, VettingScore]:
        """The scores of a vetting by item."""
        return self.scores.get(vetting.pk, {}) if vetting else {}

    def mean_of(self, vetting: Vetting | None) -> VettingMean:
        """The mean of a vetting."""
        return mean_of([each.score for each in self.scores_of(vetting).values()])


def look_at(creator: Creator, *, brand: Brand) -> Look:
    """Everything that a brand's vettings say of a creator, in two queries."""
    rows = list(
        Vetting.objects.filter(creator=creator, brand=brand)
        .select_related("made_by", "decided_by").order_by("-decided_at", "-pk")
    )  # fmt: skip
    scores: dict[int, dict[str, VettingScore]] = {row.pk: {} for row in rows}
    for score in VettingScore.objects.filter(brand=brand, vetting__in=list(scores)):
        scores[score.vetting_id][score.item] = score
    waiting = next((row for row in rows if row.decided_at is None), None)
    standing = next((row for row in rows if row.decided_at and row.replaced_at is None), None)
    former = tuple(row for row in rows if row.replaced_at)
    return Look(brand, waiting, standing, former, scores)


def newest_of(creator_id: int) -> list[Vetting]:
    """For each brand of the open scope that looked at the creator: the verdict that counts, else the open vetting."""
    rows = Vetting.objects.filter(creator=creator_id, replaced_at=None).select_related("brand", "decided_by")
    by_brand: dict[int, Vetting] = {}
    for row in rows.order_by("brand__name", F("decided_at").asc(nulls_last=True)):
        by_brand.setdefault(row.brand_id, row)
    return list(by_brand.values())


@dataclass(frozen=True)
class Said:
    """The verdict of a brand on a creator that counts."""

    creator_id: int
    name: str
    verdict: VettingVerdict
    reason: str


def verdicts_on(creator_ids: Iterable[int], *, brand_id: int) -> dict[int, Said]:
    """The verdict that counts on each of the creators who has one, in one query."""
    rows = Vetting.objects.standing().filter(brand=brand_id, creator__in=list(creator_ids))
    fields = rows.values_list("creator_id", "creator__name", "verdict", "reason")
    return {row[0]: Said(row[0], row[1], VettingVerdict(row[2]), row[3]) for row in fields}


def with_audience_figures(creator_ids: Iterable[int], *, brand_id: int) -> set[int]:
    """Those of the creators whose own audience figures the brand has."""
    rows = Vetting.objects.filter(brand=brand_id, creator__in=list(creator_ids), audience_received_on__isnull=False)
    return set(rows.values_list("creator_id", flat=True))


def items() -> list[VettingItem]:
    """The checklist in its order."""
    return list(VettingItem)
