"""SQL that several set-based writes need, and the lock that puts writes of a brand's orders in a queue."""

from django.db import connection

from team.models import Brand

_LOCK = 7_001  # the first key of our advisory locks on a brand's orders and credits
# Currencies whose smallest unit is not a hundredth (ISO 4217); the column itself holds three decimals.
_NO_DECIMALS = "{BIF,CLP,DJF,GNF,ISK,JPY,KMF,KRW,PYG,RWF,UGX,UYI,VND,VUV,XAF,XOF,XPF}"
_THREE_DECIMALS = "{BHD,IQD,JOD,KWD,LYD,OMR,TND}"


def lock_orders(brand: Brand) -> None:
    """Wait until no other transaction writes this brand's orders or credits, and hold them until the end of ours."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK, brand.pk])


def half_even(value: str, unit: str) -> str:
    """SQL for `value` rounded half-even, as `config.lib.money.half_even` rounds, to multiples of `unit`."""
    times = f"(({value}) / ({unit}))"
    tie = f"abs({times} - trunc({times})) = 0.5"
    return f"(case when {tie} then 2 * round({times} / 2) else round({times}) end * ({unit}))"


def unit_of(currency: str) -> str:
    """SQL for the smallest unit of a currency: 1, 0.01 or 0.001."""
    return (
        f"(case when {currency} = any('{_NO_DECIMALS}'::text[]) then 1.0 "
        f"when {currency} = any('{_THREE_DECIMALS}'::text[]) then 0.001 else 0.01 end)"
    )


def converted(amount: str, *, rate: str, currency: str) -> str:
    """SQL for a foreign amount in `currency` (the brand's), rounded once; an amount at rate 1 stays as it is."""
    return f"(case when {rate} = 1 then {amount} else {half_even(f'{amount} * {rate}', unit_of(currency))} end)"
