"""Keeping what providers answered, and letting go of it."""

import zlib
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from config.lib.retention import kept_for
from creators.enums import Failure, Platform, Source
from creators.models import Profile, RawPayload
from creators.providers.errors import ProviderError

LOCK = 7_004  # our advisory lock; any number that nobody else uses
BATCH = 5_000


def keep_payloads(
    payloads: Iterable[bytes],
    *,
    source: Source,
    platform: Platform,
    question: str,
    profile: Profile | None,
    now: datetime,
    failure: Failure | None = None,
    keys: Iterable[str] = (),
) -> list[RawPayload]:
    """Store answers as they came, compressed. Providers have taken their keys out already."""
    made = [
        RawPayload(
            source=source, platform=platform, question=question, profile=profile, asked_at=now, size=len(body),
            packed=zlib.compress(body, 6), failure=failure or "", keys=[key[:80] for key in keys],
        )
        for body in payloads
    ]  # fmt: skip
    return RawPayload.objects.bulk_create(made)


def keep_failure(
    error: ProviderError,
    *,
    source: Source,
    platform: Platform,
    question: str,
    profile: Profile | None,
    now: datetime,
) -> list[RawPayload]:
    """Store the answer behind an error, if there was one."""
    return keep_payloads(
        [error.payload] if error.payload else [], source=source, platform=platform, question=question,
        profile=profile, now=now, failure=error.failure, keys=error.keys,
    )  # fmt: skip


def drop_old_payloads(*, now: datetime) -> int:
    """Delete what is older than `config/retention.toml` allows, in small transactions. Returns how many went.

    Where another beat is at it, does nothing.
    """
    gone, before = 0, now - kept_for("creators.RawPayload")
    while True:
        with transaction.atomic():
            deleted = _drop_some(before)
        gone += deleted
        if deleted < BATCH:
            return gone


def _drop_some(before: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        oldest = RawPayload.objects.filter(asked_at__lt=before).order_by("asked_at").values("pk")[:BATCH]
        return RawPayload.objects.filter(pk__in=oldest).delete()[0]
