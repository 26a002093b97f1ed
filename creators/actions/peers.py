"""Making the norms and limits anew, every week: percentiles of our clean creators, and lines that reviews draw."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from creators.enums import Level, Ruling
from creators.logic.fraud.calibration import Verdict, calibrated
from creators.logic.fraud.expected import counters_of, own_expectations
from creators.logic.fraud.facts import Facts, Norm
from creators.logic.fraud.measures import MEASURES
from creators.logic.fraud.norms import own_norms
from creators.logic.fraud.signal import VERSION
from creators.logic.tiers import FLOORS
from creators.models import ExpectationCell, LimitCell, NormCell
from creators.queries.assessments import confirmed
from creators.queries.facts import Cell, Peers, cell_of, facts_of
from creators.queries.peers import QUANTILES

SAMPLE = 2_000
"""Clean creators of a cell that are looked at; percentiles of more would hardly differ."""
SHARES = ("S5", "S6", "S7")
"""Signals whose value is itself the measure that their norm is about."""
_BATCH = 250

Measured = dict[Cell, dict[str, list[float]]]


def settle_peers(*, now: datetime) -> tuple[int, int, int]:
    """Make all norms, expectations and limits anew from what is known at `now`. How many of each there are."""
    measured: Measured = defaultdict(lambda: defaultdict(list))
    counters: dict[str, list[dict[str, float]]] = defaultdict(list)
    clean = _clean()
    while batch := dict(islice(clean, _BATCH)):
        _measure(measured, counters, batch, now)
    norms = [row for cell, values in measured.items() for row in _norm_cells(cell, values, now)]
    expected = [row for platform, rows in counters.items() for row in _expectation_cells(platform, rows, now)]
    limits = [row for cell, verdicts in _verdicts().items() for row in _limit_cells(cell, verdicts, now)]
    with transaction.atomic():
        NormCell.objects.all().delete()
        ExpectationCell.objects.all().delete()
        LimitCell.objects.all().delete()
        NormCell.objects.bulk_create(norms)
        ExpectationCell.objects.bulk_create(expected)
        LimitCell.objects.bulk_create(limits)
    return len(norms), len(expected), len(limits)


def _measure(
    measured: Measured, counters: dict[str, list[dict[str, float]]], shares: dict[int, dict[str, float]],
    now: datetime,
) -> None:  # fmt: skip
    for pk, facts in facts_of(list(shares), now=now, peers=Peers()).items():
        if counted := counters_of(facts):
            counters[facts.platform].append(counted)
        if facts.tier is None:
            continue
        of_cell = measured[cell_of(facts.platform, facts.tier)]
        for name, value in _measures(facts, shares[pk]):
            of_cell[name].append(value)


def _measures(facts: Facts, shares: dict[str, float]) -> Iterator[tuple[str, float]]:
    for name, measure in MEASURES.items():
        value = measure(facts)
        if value is not None:
            yield name, value
    yield from shares.items()


def _clean() -> Iterator[tuple[int, dict[str, float]]]:
    """Profiles found clean under the present rules, at most `SAMPLE` a cell, with the shares in their comments.

    Clean is who is not flagged, or dismissed, and not confirmed. The watched belong to it: norms without them would
    creep down week by week.
    """
    given = {"version": VERSION, "sample": SAMPLE, "shares": list(SHARES), "confirmed": list(confirmed())}
    for pk, signals in _rows(_CLEAN, given):
        yield pk, {code: float(value) for code, value in json.loads(signals or "{}").items()}


def _verdicts() -> dict[Cell, list[Verdict]]:
    """The newest word on each profile's assessment as a whole, by platform and tier."""
    found: dict[Cell, list[Verdict]] = defaultdict(list)
    for platform, tier, score, ruling in _rows(_RULINGS, {}):
        found[platform, tier].append(Verdict(score, confirmed=ruling == Ruling.CONFIRMED))
    return found


def _norm_cells(cell: Cell, values: dict[str, list[float]], now: datetime) -> Iterable[NormCell]:
    for measure, norm in own_norms(values).items():
        yield NormCell(platform=cell[0], tier=cell[1], measure=measure, made_at=now, **_columns(norm))


def _columns(norm: Norm) -> dict[str, Any]:
    return {name: getattr(norm, name) for name in QUANTILES} | {"n": norm.n, "version": VERSION}


def _expectation_cells(platform: str, rows: list[dict[str, float]], now: datetime) -> Iterable[ExpectationCell]:
    for measure, found in own_expectations(rows).items():
        yield ExpectationCell(
            platform=platform, measure=measure, base=found.base, slopes=found.slopes, made_at=now,
            **_columns(found.residuals),
        )  # fmt: skip


def _limit_cells(cell: Cell, verdicts: list[Verdict], now: datetime) -> Iterable[LimitCell]:
    limits = calibrated(verdicts)
    if limits:
        yield LimitCell(
            platform=cell[0], tier=cell[1], watch=limits.watch, flagged=limits.flagged, n=limits.n,
            version=limits.version, made_at=now,
        )  # fmt: skip


def _rows(statement: str, given: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        yield from cursor.fetchall()


_TIER = "case " + " ".join(
    f"when profile.followers >= {floor} then '{tier.value}'"
    for tier, floor in sorted(FLOORS.items(), key=lambda each: -each[1])
) + " end"  # fmt: skip

# The ids in the order of a hash, so that a sample is the same each week but not of the oldest alone.
_CLEAN = f"""
select id, (select jsonb_object_agg(each->>'code', each->'value')::text from jsonb_array_elements(signals) each
            where each->>'code' = any(%(shares)s) and each->>'value' is not null)
from (
  select profile.id, found.signals,
         row_number() over (partition by profile.platform, {_TIER} order by hashint8(profile.id)) as place
  from creators_assessment found join creators_profile profile on profile.id = found.profile_id
  where found.ended_at is null and found.version = %(version)s and profile.followers is not null
    and profile.creator_id <> all (%(confirmed)s)
    and (found.level in ('{Level.CLEAR.value}', '{Level.WATCH.value}') or exists (
      select from creators_review said
      where said.assessment_id = found.id and said.code = '' and said.ruling = '{Ruling.DISMISSED.value}'))
) clean where place <= %(sample)s order by id"""  # noqa: S608 (made of the constants above)

_RULINGS = f"""
select profile.platform, {_TIER}, found.score, newest.ruling
from (select distinct on (profile_id) profile_id, assessment_id, ruling from creators_review where code = ''
      order by profile_id, made_at desc, id desc) newest
join creators_assessment found on found.id = newest.assessment_id
join creators_profile profile on profile.id = newest.profile_id
where found.score is not null and profile.followers is not null"""  # noqa: S608 (made of the constants above)
