"""Leaving a provider alone: after errors in a row, while its key or credits do not serve, or as long as it asks for.

A breaker is a row, so all workers see it. After its time one worker sends one question as a probe; the answer closes
it, a failure opens it for twice as long.
"""

from datetime import datetime, timedelta

from django.db.models import Case, F, Q, Value, When

from creators.enums import Failure, Source
from creators.logic.refresh import OPENS_AFTER, rest_of
from creators.models import Breaker
from creators.providers.errors import PROVIDER_WIDE, ProviderError

ERRORS = frozenset({Failure.SERVER, Failure.TIMEOUT})
_PROBE = timedelta(minutes=15)
"""How long a probe may take before another worker sends the next one."""
_ASKED_TOO_OFTEN = timedelta(minutes=1)
"""How long to wait after "too often" where the provider does not say."""


def worked(source: Source) -> None:
    """The provider answered: errors are no longer in a row. A wait that it asked for stays."""
    was_open = When(failures__gte=OPENS_AFTER, then=Value(None))
    Breaker.objects.filter(source=source, failures__gt=0).update(
        failures=0, words="", open_until_at=Case(was_open, default=F("open_until_at"))
    )


def failed(source: Source, error: ProviderError, *, now: datetime) -> None:
    """Count a failure that is about the provider, not the profile; open the breaker where it is time."""
    if error.failure == Failure.RATE_LIMITED:
        _open(source, until=now + (error.retry_after or _ASKED_TOO_OFTEN), words=error.words)
    elif error.failure in PROVIDER_WIDE:
        failures = max(_row(source).failures + 1, OPENS_AFTER)
        Breaker.objects.filter(source=source).update(failures=failures)
        _open(source, until=now + _longer(rest_of(failures), error), words=error.words)
    elif error.failure in ERRORS:
        _row(source)
        Breaker.objects.filter(source=source).update(failures=F("failures") + 1)
        failures = _row(source).failures
        if failures >= OPENS_AFTER or error.retry_after:
            rest = rest_of(failures) if failures >= OPENS_AFTER else timedelta(0)
            _open(source, until=now + _longer(rest, error), words=error.words)


def close(source: Source) -> None:
    """Ask again at once, because a person mended something."""
    Breaker.objects.filter(source=source).update(failures=0, open_until_at=None, words="")


def is_open(row: Breaker, *, now: datetime) -> bool:
    """Whether the provider is left alone now."""
    return row.open_until_at is not None and row.open_until_at > now


def wants_probe(row: Breaker, *, now: datetime) -> bool:
    """Whether the breaker has had its rest and one question may try."""
    return row.failures >= OPENS_AFTER and not is_open(row, now=now)


def win_probe(row: Breaker, *, now: datetime) -> bool:
    """Become the one worker that tries; nobody else does for a while."""
    untouched = Breaker.objects.filter(pk=row.pk, open_until_at=row.open_until_at, failures=row.failures)
    return untouched.update(open_until_at=now + _PROBE) == 1


def _row(source: Source) -> Breaker:
    return Breaker.objects.get_or_create(source=source)[0]


def _open(source: Source, *, until: datetime, words: str) -> None:
    _row(source)
    earlier = Q(open_until_at=None) | Q(open_until_at__lt=until)
    Breaker.objects.filter(earlier, source=source).update(open_until_at=until, words=words[:300])


def _longer(rest: timedelta, error: ProviderError) -> timedelta:
    return max(rest, error.retry_after or timedelta(0))
