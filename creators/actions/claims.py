"""Taking the next due questions, with their credits, for one worker; and giving them back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from creators.actions import budgets
from creators.enums import Question, RefreshState
from creators.models import Post, Profile, Refresh
from creators.providers.suppliers import Lane, Supplier
from creators.queries.refresh import LIMITS
from creators.queries.samples import posts_due

LEASE = timedelta(minutes=15)
POSTS, COMMENTS, FOLLOWERS = (LIMITS[each] for each in (Question.POSTS, Question.COMMENTS, Question.FOLLOWERS))
POSTS_AT_ONCE = 5
"""So many posts' comments are asked for in one go; what is left is due again at once."""


class OverBudget(Exception):
    """The budget of the provider does not hold this question now."""


@dataclass(frozen=True)
class Claim:
    """A question that one worker may ask now. `lease` is its proof: who has another one lost the question."""

    refresh: Refresh
    supplier: Supplier
    period: int
    price: int
    lease: datetime
    posts: Sequence[Post] = ()
    was_failing: bool = True

    @property
    def profile(self) -> Profile:
        """Whom it is about."""
        return self.refresh.profile


# One statement and a commit, so that the row of the budget, which all workers share, is locked very shortly.
_CLAIM = """
with next as (
  select refresh.id, refresh.due_at, refresh.spending_id, refresh.reserved from creators_refresh refresh
  where refresh.platform = %(platform)s and refresh.question = %(question)s and refresh.stopped_at is null
    and refresh.due_at <= %(now)s and (refresh.state = 'idle' or refresh.lease_until_at < %(now)s) {asked}
  order by refresh.due_at, refresh.id limit %(most)s for update skip locked
), whole as (
  select count(*) * %(price)s as price from next
), paid as (
  update creators_spending set reserved = reserved + whole.price from whole
  where id = %(period)s and (budget is null or reserved + used + whole.price <= budget) and exists (select from next)
  returning id
), taken as (
  update creators_refresh refresh
  set state = 'running', lease_until_at = %(lease)s, reserved = %(price)s, spending_id = paid.id
  from next, paid where refresh.id = next.id
)
select next.id, exists (select from paid), next.spending_id, next.reserved from next order by next.due_at, next.id"""


def claim(lane: Lane, supplier: Supplier, *, period: int, now: datetime, by_hand: bool) -> Claim | None:
    """Take the longest due question of a lane and keep its price of the budget; None where nothing is due.

    `by_hand` takes only what a person asked for. Raises OverBudget, and nothing is taken.
    """
    return next(iter(claim_some(lane, supplier, period=period, now=now, by_hand=by_hand, most=1)), None)


def claim_some(
    lane: Lane, supplier: Supplier, *, period: int, now: datetime, by_hand: bool, most: int
) -> list[Claim]:
    """Take up to `most` questions of a lane, the longest due first, in one statement. All of them fit the budget, or
    OverBudget is raised and nothing is taken. Comments are priced for as many posts as are asked for in one go."""
    times = POSTS_AT_ONCE if lane[1] == Question.COMMENTS else 1
    price = times * supplier.price_of(*lane, limit=LIMITS[Question(lane[1])])
    lease = now + LEASE
    values = {
        "platform": lane[0], "question": lane[1], "now": now, "price": price, "period": period, "lease": lease,
        "most": most,
    }  # fmt: skip
    taken = _take(values, by_hand=by_hand)
    if not taken:
        return []
    rows = Refresh.objects.select_related("profile").in_bulk(taken)
    return [Claim(rows[pk], supplier, period, price, lease, _posts_of(rows[pk], now)) for pk in taken]


def _posts_of(row: Refresh, now: datetime) -> Sequence[Post]:
    return posts_due(row.profile, now=now)[:POSTS_AT_ONCE] if row.question == Question.COMMENTS else []


@transaction.atomic
def _take(values: dict[str, Any], *, by_hand: bool) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM.format(asked="and refresh.job_id is not null" if by_hand else ""), values)
        found = cursor.fetchall()
    if not all(is_paid for _, is_paid, _, _ in found):
        raise OverBudget
    for _, _, old_period, old_price in found:
        if old_period:
            # Its worker died, perhaps after it had asked: what was kept counts as used.
            budgets.settle(old_period, price=old_price, credits=old_price)
    return [pk for pk, *_ in found]


@transaction.atomic
def release(claimed: Claim, *, due_at: datetime | None = None, credits: int = 0) -> bool:
    """Give a question back without an answer: it stays due, and credits that it did not take are free again."""
    changes: dict[str, object] = {"due_at": due_at} if due_at else {}
    if not end(claimed, **changes):
        return False
    budgets.settle(claimed.period, price=claimed.price, credits=credits)
    return True


@transaction.atomic
def hand_over(claimed: Claim, supplier: Supplier, *, period: int, credits: int) -> Claim | None:
    """The same question with another provider, since the first one does not give it; that took `credits`.

    None, and nothing changed, where the other one's budget does not hold it or the lease ran out.
    """
    question = claimed.refresh.question
    times = POSTS_AT_ONCE if question == Question.COMMENTS else 1
    price = times * supplier.price_of(claimed.profile.platform, question, limit=LIMITS[Question(question)])
    mine = Refresh.objects.filter(pk=claimed.refresh.pk, state=RefreshState.RUNNING, lease_until_at=claimed.lease)
    if not mine.update(spending=period, reserved=price):
        return None
    if not budgets.reserve(period, price=price):
        transaction.set_rollback(True)
        return None
    budgets.settle(claimed.period, price=claimed.price, credits=credits)
    return replace(claimed, supplier=supplier, period=period, price=price)


# Plain SQL: Django takes longer to write such a statement than PostgreSQL to carry it out, on every answer.
_END = """
update creators_refresh set {written}
where id = %(pk)s and state = 'running' and lease_until_at = %(lease)s"""


def end(claimed: Claim, **changes: Any) -> bool:
    """Write what came of the question and let the row go; the caller settles the budget last.

    False where the lease ran out and another worker took over: then nothing of this answer counts.
    """
    values = {"state": RefreshState.IDLE, "lease_until_at": None, "reserved": 0, "spending_id": None, **changes}
    written = ", ".join(f"{name} = %({name})s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(_END.format(written=written), {**values, "pk": claimed.refresh.pk, "lease": claimed.lease})
        return cursor.rowcount == 1
