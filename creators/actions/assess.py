"""Assessing profiles: facts in bulk, the rules over each, and a new row only where the finding is another one.

A finding is level, version and which signals are watched or flagged. While it stays, a drifting score and its
evidence are brought up to date in place, unless somebody has reviewed them: what was judged stays as it was seen.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from psycopg.types.json import Jsonb

from creators.enums import AlertKind, Level
from creators.logic.fraud import composite
from creators.logic.fraud.facts import Facts
from creators.logic.fraud.signal import VERSION, Signal
from creators.logic.fraud.stored import as_json
from creators.models import Alert, Assessment, Profile, Review
from creators.queries.facts import facts_of
from creators.queries.peers import basis_of, peers_now

logger = logging.getLogger(__name__)
BATCH = 250
FAILED = "A rule could not read these facts; the log of the worker says which."


@dataclass(frozen=True)
class Finding:
    """What the rules made of a profile, and which norms that stands on."""

    level: Level
    score: float | None
    signals: tuple[Signal, ...]
    basis: str

    def codes(self, level: Level) -> list[str]:
        """The signals of a level, in the order of the rules."""
        return [signal.code for signal in self.signals if signal.level == level]

    def is_like(self, old: Assessment) -> bool:
        """Whether the finding is the one that is stored."""
        mine = (self.level, VERSION, self.codes(Level.FLAGGED), self.codes(Level.WATCH))
        return mine == (old.level, old.version, old.flagged, old.watched)

    def has_drifted_from(self, old: Assessment) -> bool:
        """Whether the same finding has another score, to three places, or other norms."""
        if self.score is None or old.score is None:
            return True
        return round(self.score, 3) != round(old.score, 3) or self.basis != old.basis


def assess_profiles(profile_ids: Iterable[int], now: datetime) -> int:
    """Assess the profiles as of `now`. How many findings are new; the rest was only checked.

    Call it after each refresh, and whenever a cause was logged. A profile that was assessed as of a later moment, or
    is gone, is left alone. One profile's odd facts never stop the others.
    """
    ids, new = iter(sorted(set(profile_ids))), 0
    peers = peers_now()
    while batch := list(islice(ids, BATCH)):
        found = facts_of(batch, now=now, peers=peers)
        new += _store({pk: _finding(pk, facts, peers.thresholds_of(facts)) for pk, facts in found.items()}, now)
    return new


def _finding(profile_id: int, facts: Facts, thresholds: composite.Thresholds | None) -> Finding:
    try:
        found = composite.assess(facts, thresholds)
    except Exception:
        logger.exception("a rule failed", extra={"profile": profile_id})
        return Finding(Level.INSUFFICIENT, None, (), FAILED)
    return Finding(found.level, found.score, tuple(found.signals), basis_of(facts, thresholds))


@transaction.atomic
def _store(findings: Mapping[int, Finding], now: datetime) -> int:
    standing = _current(findings)
    replaced: list[int] = []
    drifted: dict[int, Finding] = {}
    same: list[int] = []
    new: list[Assessment] = []
    for pk, finding in findings.items():
        old = standing.get(pk)
        if old and old.checked_at > now:
            continue
        if old and finding.is_like(old):
            if finding.has_drifted_from(old) and not old.is_reviewed:  # type: ignore[attr-defined]
                drifted[old.pk] = finding
            else:
                same.append(old.pk)
        else:
            replaced += [old.pk] if old else []
            new.append(_row(pk, finding, now))
    Assessment.objects.filter(pk__in=replaced).update(ended_at=now)
    Assessment.objects.filter(pk__in=same).update(checked_at=now)
    _renew(drifted, now)
    Assessment.objects.bulk_create(new)
    news = (alert for row in new for alert in _alerts(row, standing.get(row.profile_id)))
    Alert.objects.bulk_create(news, ignore_conflicts=True)
    return len(new)


def _current(profile_ids: Iterable[int]) -> dict[int, Assessment]:
    """The standing assessments. Profiles are locked, as there is no other row before the first assessment."""
    ids = sorted(profile_ids)
    locked = Profile.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    list(locked.values_list("pk", flat=True))
    reviewed = Exists(Review.objects.filter(assessment=OuterRef("pk")))
    current = Assessment.objects.current().filter(profile__in=ids).defer("signals").annotate(is_reviewed=reviewed)
    return {row.profile_id: row for row in current}


def _row(profile_id: int, finding: Finding, now: datetime) -> Assessment:
    return Assessment(
        profile_id=profile_id, level=finding.level, score=finding.score, signals=_signals(finding),
        flagged=finding.codes(Level.FLAGGED), watched=finding.codes(Level.WATCH), version=VERSION,
        basis=finding.basis, made_at=now, checked_at=now,
    )  # fmt: skip


def _signals(finding: Finding) -> list[dict[str, Any]]:
    return [as_json(signal) for signal in finding.signals]


def _renew(findings: Mapping[int, Finding], now: datetime) -> None:
    """The score, evidence and basis of standing assessments, by their ids, in one statement."""
    if not findings:
        return
    values = list(findings.values())
    given: dict[str, Any] = {
        "ids": list(findings), "scores": [each.score for each in values], "basis": [each.basis for each in values],
        "signals": [Jsonb(_signals(each)) for each in values], "now": now,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_RENEW, given)


_RENEW = """
update creators_assessment old
set score = given.score, signals = given.signals, basis = given.basis, checked_at = %(now)s
from unnest(%(ids)s::bigint[], %(scores)s::float8[], %(signals)s::jsonb[], %(basis)s::text[])
  as given (id, score, signals, basis)
where old.id = given.id"""


def _alerts(row: Assessment, old: Assessment | None) -> Iterator[Alert]:
    """News of a flagged profile, each signal once a month: new, or risen where it was seen less strong before."""
    if row.level != Level.FLAGGED:
        return
    seen = [*old.flagged, *old.watched] if old else []
    told = old.flagged if old and old.level == Level.FLAGGED else []
    for signal in _deciding(row):
        if signal["code"] not in told:
            kind = AlertKind.SIGNAL_RISEN if signal["code"] in seen else AlertKind.SIGNAL_NEW
            yield Alert(
                profile_id=row.profile_id, kind=kind, key=f"{signal['code']} {row.made_at:%Y-%m}",
                words=f"{signal['name']}: {signal['reason']}"[:300], raised_at=row.made_at,
            )  # fmt: skip


def _deciding(row: Assessment) -> list[dict[str, Any]]:
    """The flagged signals with a part in the score; if none is flagged by itself, the strongest."""
    flagged = [signal for signal in row.signals if signal["code"] in row.flagged and signal["excess"] is not None]
    return flagged or row.signals[:1]
