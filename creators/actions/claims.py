"""Taking the next due question, with its credits, for one worker; and giving it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

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

    @property
    def profile(self) -> Profile:
        """Whom it is about."""
        return self.refresh.profile


@transaction.atomic
def claim(lane: Lane, supplier: Supplier, *, period: int, now: datetime, by_hand: bool) -> Claim | None:
    """Take the longest due question of a lane and keep its price of the budget; None where nothing is due.

    `by_hand` takes only what a person asked for. Raises OverBudget, and nothing is taken.
    """
    row = _next(lane, now=now, by_hand=by_hand)
    if row is None:
        return None
    if row.spending_id:
        # Its worker died, perhaps after it had asked: what was kept counts as used.
        budgets.settle(row.spending_id, price=row.reserved, credits=row.reserved)
    posts = posts_due(row.profile, now=now)[:POSTS_AT_ONCE] if row.question == Question.COMMENTS else []
    times = len(posts) if row.question == Question.COMMENTS else 1
    price = times * supplier.price_of(row.platform, row.question, limit=LIMITS[Question(row.question)])
    lease = now + LEASE
    Refresh.objects.filter(pk=row.pk).update(
        state=RefreshState.RUNNING, lease_until_at=lease, reserved=price, spending=period
    )
    if not budgets.reserve(period, price):
        raise OverBudget
    return Claim(row, supplier, period, price, lease, posts)


def _next(lane: Lane, *, now: datetime, by_hand: bool) -> Refresh | None:
    due = Refresh.objects.due(now).filter(platform=lane[0], question=lane[1])
    if by_hand:
        due = due.filter(job__isnull=False)
    due = due.select_related("profile").select_for_update(skip_locked=True, of=("self",))
    return due.order_by("due_at", "pk").first()


@transaction.atomic
def release(claimed: Claim, *, due_at: datetime | None = None) -> bool:
    """Give a question back unasked: it stays due, and its credits are free again."""
    row = held(claimed)
    if row is None:
        return False
    changes: dict[str, object] = {"due_at": due_at} if due_at else {}
    end(claimed, **changes)
    budgets.settle(claimed.period, price=claimed.price, credits=0)
    return True


def held(claimed: Claim) -> Refresh | None:
    """The locked row, where the claim still holds; None where the lease ran out and another worker took over."""
    mine = Q(pk=claimed.refresh.pk, state=RefreshState.RUNNING, lease_until_at=claimed.lease)
    return Refresh.objects.select_for_update(of=("self",)).filter(mine).first()


def end(claimed: Claim, **changes: object) -> None:
    """Write what came of the question and let the row go. The caller holds it and settles the budget last."""
    Refresh.objects.filter(pk=claimed.refresh.pk).update(
        state=RefreshState.IDLE, lease_until_at=None, reserved=0, spending=None, **changes
    )
