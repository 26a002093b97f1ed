"""What is due, what it will cost, what failed and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from creators.enums import Failure, Platform, Question, Source
from creators.logic.refresh import Planned, days_left, forecast, period_of
from creators.models import Breaker, Profile, Refresh, Spending
from creators.providers.suppliers import Lane, Supplier, Suppliers

LIMITS = {Question.PROFILE: 1, Question.POSTS: 30, Question.COMMENTS: 100, Question.FOLLOWERS: 200}
"""How much is asked for at once: posts, comments under one post, followers."""
_COMMENTED = 15
"""Posts of one profile whose comments are sampled a month, for the forecast."""


@dataclass(frozen=True)
class Lot:
    """What asking some profiles now would take of one provider, at most."""

    source: Source
    profiles: int
    credits: int
    left: int | None

    @property
    def is_too_much(self) -> bool:
        """Whether the budget does not hold it: the rest then waits for the next period."""
        return self.left is not None and self.credits > self.left


@dataclass(frozen=True)
class Purse:
    """One provider: its period, what is spent and expected of its budget, and whether it is left alone."""

    source: Source
    begins_on: date
    last_on: date
    budget: int | None
    used: int
    reserved: int
    expected: int
    open_until_at: datetime | None
    words: str
    failures: int

    @property
    def left(self) -> int | None:
        """What may still be spent."""
        return None if self.budget is None else max(self.budget - self.used - self.reserved, 0)

    @property
    def is_short(self) -> bool:
        """Whether the plan will need more than is left."""
        return self.left is not None and self.expected > self.left

    @property
    def share(self) -> float:
        """How much of the budget is spent, 0 to 1."""
        return min((self.used + self.reserved) / self.budget, 1.0) if self.budget else 0.0


def lots_of(
    profiles: QuerySet[Profile], suppliers: Suppliers, questions: Sequence[Question], *, now: datetime
) -> list[Lot]:
    """What it would cost to ask these profiles now, by the provider that would be asked first."""
    credits: dict[Source, int] = defaultdict(int)
    people: dict[Source, dict[str, int]] = defaultdict(dict)
    for platform, n in _by_platform(profiles):
        for question in questions:
            supplier = _first(suppliers, (platform, question))
            if supplier:
                credits[supplier.source] += n * _price(supplier, platform, question)
                people[supplier.source][platform] = n
    left = {supplier.source: left_of(supplier, now=now) for supplier in suppliers}
    return [Lot(source, sum(people[source].values()), total, left[source]) for source, total in credits.items()]


def left_of(supplier: Supplier, *, now: datetime) -> int | None:
    """What is left of a provider's budget in its present period; None without a limit."""
    if supplier.budget is None:
        return None
    begins_on, _ = period_of(supplier.source, now)
    row = Spending.objects.filter(source=supplier.source, begins_on=begins_on).first()
    return max(supplier.budget - (row.used + row.reserved if row else 0), 0)


def purses(suppliers: Suppliers, *, now: datetime) -> list[Purse]:
    """Each provider with its budget, the forecast until its period ends, and its breaker."""
    breakers = {row.source: row for row in Breaker.objects.all()}
    plan = planned(suppliers)
    return [_purse(supplier, plan, breakers.get(supplier.source), now) for supplier in suppliers]


def _purse(supplier: Supplier, plan: Sequence[Planned], breaker: Breaker | None, now: datetime) -> Purse:
    period = period_of(supplier.source, now)
    row = Spending.objects.filter(source=supplier.source, begins_on=period[0]).first()
    days = days_left(period, today=max(period[0], now.date()) if now.date() < period[1] else period[0])
    is_open = breaker is not None and breaker.open_until_at is not None and breaker.open_until_at > now
    return Purse(
        source=supplier.source, begins_on=period[0], last_on=period[1] - timedelta(days=1), budget=supplier.budget,
        used=row.used if row else 0, reserved=row.reserved if row else 0,
        expected=forecast(plan, days=days).get(supplier.source, 0),
        open_until_at=breaker.open_until_at if breaker and is_open else None, words=breaker.words if breaker else "",
        failures=breaker.failures if breaker else 0,
    )  # fmt: skip


def planned(suppliers: Suppliers) -> list[Planned]:
    """How many profiles are asked what, how often and by whom, without those that are stopped."""
    going = Refresh.objects.filter(stopped_at=None).order_by().values("platform", "question", "every")
    lines = []
    for row in going.annotate(n=Count("pk")):
        supplier = _first(suppliers, (row["platform"], row["question"]))
        if supplier:
            price = _price(supplier, row["platform"], Question(row["question"]))
            times = _COMMENTED if row["question"] == Question.COMMENTS else 1
            lines.append(Planned(supplier.source, row["n"], row["every"], price * times))
    return lines


def _by_platform(profiles: QuerySet[Profile]) -> Iterable[tuple[str, int]]:
    return profiles.order_by().values_list("platform").annotate(n=Count("pk"))


def _first(suppliers: Suppliers, lane: Lane) -> Supplier | None:
    return next(iter(suppliers.for_lane(lane)), None)


def _price(supplier: Supplier, platform: str, question: Question) -> int:
    return supplier.price_of(platform, question, limit=LIMITS[question])


@dataclass(frozen=True)
class Due:
    """How many profiles are planned for a question, due now, and stopped; since when the oldest is due."""

    question: Question
    planned: int
    due: int
    stopped: int
    oldest_at: datetime | None


def due_by_question(*, now: datetime) -> list[Due]:
    """What is due now, by question."""
    is_due = Q(stopped_at=None, due_at__lte=now)
    rows = Refresh.objects.order_by().values("question").annotate(
        planned=Count("pk"), due=Count("pk", filter=is_due), stopped=Count("pk", filter=Q(stopped_at__isnull=False)),
        oldest_at=Min("due_at", filter=is_due),
    )  # fmt: skip
    found = {row["question"]: row for row in rows}
    return [
        Due(question, row["planned"], row["due"], row["stopped"], row["oldest_at"])
        for question in Question
        if (row := found.get(question))
    ]


def causes() -> list[tuple[Failure, int, int]]:
    """Why questions have no answer: the cause, how many profiles, and how many of their questions are stopped."""
    rows = Refresh.objects.failed().order_by().values_list("failure").annotate(
        n=Count("profile", distinct=True), stopped=Count("pk", filter=Q(stopped_at__isnull=False))
    )  # fmt: skip
    return sorted(((Failure(cause), n, stopped) for cause, n, stopped in rows), key=lambda row: -row[1])


def failures(*, cause: str = "", find: str = "", platform: str = "") -> QuerySet[Refresh]:
    """Questions without an answer, newest failure first, for a list with filters."""
    rows = Refresh.objects.failed().select_related("profile__creator")
    if cause in Failure.values:
        rows = rows.filter(failure=cause)
    if platform in Platform.values:
        rows = rows.filter(platform=platform)
    if words := find.strip().lower().lstrip("@"):
        rows = rows.filter(Q(profile__handle__contains=words) | Q(profile__creator__sort_name__contains=words))
    return rows.order_by("-failed_at", "-pk")


def news_of(profiles: Iterable[Profile]) -> dict[int, list[Refresh]]:
    """What was last asked about each profile and what came of it, by profile id, in the order of questions."""
    found: dict[int, list[Refresh]] = defaultdict(list)
    order = {question: place for place, question in enumerate(Question)}
    rows = Refresh.objects.filter(profile__in=list(profiles))
    for row in sorted(rows, key=lambda row: order[Question(row.question)]):
        found[row.profile_id].append(row)
    return found
