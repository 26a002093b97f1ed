"""SQL that several set-based writes need, and the lock that puts writes of a brand's orders in a queue."""

from decimal import Decimal

from django.db import connection

from config.lib.words import places_of
from team.models import Brand

_LOCK = 7_001  # the first key of our advisory locks on a brand's orders and credits
_SWEEP = 7_002  # the same for the sweep
_LIFECYCLE = 7_003  # the same for the sweep of stages and overlays
_OUTCOMES = 7_005  # the same for the summing up of outcomes


def lock_orders(brand: Brand) -> None:
    """Wait until no other transaction writes this brand's orders or credits, and hold them until the end of ours."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK, brand.pk])


def half_even(value: str, unit: str) -> str:
    """SQL for `value` rounded half-even, as `config.lib.money.half_even` rounds, to multiples of `unit`."""
    times = f"(({value}) / ({unit}))"
    tie = f"abs({times} - trunc({times})) = 0.5"
    return f"(case when {tie} then 2 * round({times} / 2) else round({times}) end * ({unit}))"


def converted(amount: str) -> str:
    """SQL for an amount in the brand's money, rounded once; an amount in its own currency stays as it is.

    Expects a column `rate` and the parameter `unit`, from `unit_of` the brand's currency.
    """
    return f"(case when rate = 1 then {amount} else {half_even(f'{amount} * rate', '%(unit)s')} end)"


def unit_of(currency: str) -> Decimal:
    """The smallest unit of a currency: 1, 0.01 or 0.001."""
    return Decimal(1).scaleb(-places_of(currency))


def holds_sweep(brand: Brand) -> bool:
    """Whether this transaction is the one that sweeps the brand's credits; another one, of a second beat, is not."""
    return _holds(_SWEEP, brand)


def holds_lifecycle(brand: Brand) -> bool:
    """The same for the brand's stages and overlays."""
    return _holds(_LIFECYCLE, brand)


def holds_outcomes(brand: Brand) -> bool:
    """The same for what its creators brought it."""
    return _holds(_OUTCOMES, brand)


def _holds(lock: int, brand: Brand) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [lock, brand.pk])
        return bool(cursor.fetchone()[0])
