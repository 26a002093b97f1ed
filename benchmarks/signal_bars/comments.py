"""Bars of S5 to S7: spam among single comments, and bot praise among the honest comments of a section."""

import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.signal_bars.bar import Bar
from benchmarks.signal_bars.learn import Array, table_of
from benchmarks.signal_bars.parts import NOW
from benchmarks.signal_bars.praise import bot_comments
from benchmarks.signal_bars.promo_fit import SOURCES, Labelled, comments_in, fit_promo
from creators.enums import Level, Platform
from creators.logic.fraud.comments import s5, s6
from creators.logic.fraud.facts import Comment, Facts
from creators.logic.fraud.promo import PROMOTIONAL, promo_score, weights_for
from creators.logic.fraud.words import fold, is_generic

BOUNDS = {Platform.YOUTUBE: (0.93, 0.05), Platform.INSTAGRAM: (0.88, 0.06)}
FOLDS = 5
SECTION = 60
SECTIONS = 200
"""Sections drawn from each source."""


def bars(folder: Path, seed: int, *, cross_fit: bool) -> Iterator[Bar]:
    """Spam by platform, then bot praise at 30 and 40 % and the false flags on honest sections."""
    rows = comments_in(folder)
    for platform, (least, most) in BOUNDS.items():
        mine = [row for row in rows if row.platform == platform]
        yield from _spam_bars(mine, platform, seed, least=least, most=most, cross_fit=cross_fit)
    yield from _praise_bars([row for row in rows if not row.is_spam], seed)


def _spam_bars(
    rows: list[Labelled], platform: Platform, seed: int, *, least: float, most: float, cross_fit: bool
) -> Iterator[Bar]:
    name = f"spam_{platform}"
    labels = np.array([row.is_spam for row in rows])
    if labels.all() or not labels.any():
        yield from (Bar(f"{name}_f1", None, least, True, "no rows"), Bar(f"{name}_fpr", None, most, False, "no rows"))
        return
    scores = _left_out_scores(rows, platform, seed) if cross_fit else _shipped_scores(rows, platform)
    table = table_of(scores >= PROMOTIONAL, labels)
    yield Bar(f"{name}_f1", table.f1, least, True, str(table))
    yield Bar(f"{name}_fpr", table.false_share, most, False, f"{table.false} of {table.zeros}")


def _shipped_scores(rows: list[Labelled], platform: Platform) -> Array:
    return np.array([promo_score(row.text, weights_for(platform)) for row in rows])


def _left_out_scores(rows: list[Labelled], platform: Platform, seed: int) -> Array:
    """Each video, or each of five folds, scored by weights fitted on the others (and on allowed sources only)."""
    groups = _groups(rows, platform, seed)
    scores = np.zeros(len(rows))
    for group in sorted(set(groups)):
        kept = [row for row, its in zip(rows, groups, strict=True) if its != group and row.source.startswith(SOURCES)]
        weights = fit_promo(kept, platform)
        for place in np.flatnonzero(np.array(groups) == group):
            scores[place] = promo_score(rows[place].text, weights)
    return scores


def _groups(rows: list[Labelled], platform: Platform, seed: int) -> list[str]:
    """The video, where there are several; else folds that keep equal texts together."""
    if platform == Platform.YOUTUBE and len({row.source for row in rows}) > 1:
        return [row.source for row in rows]
    return [str(zlib.crc32(f"{seed}{fold(row.text)}".encode()) % FOLDS) for row in rows]


def _praise_bars(honest: list[Labelled], seed: int) -> Iterator[Bar]:
    sources = {row.source: [one.text for one in honest if one.source == row.source] for row in honest}
    usable = {source: texts for source, texts in sources.items() if len(texts) >= SECTION}
    random = np.random.default_rng([seed, 56])
    for share, least in ((0.3, 0.80), (0.4, 0.97)):
        yield _rate(f"bot_praise_recall_{share:.0%}".rstrip("%") + "pc", usable, random, bots=share, bound=least)
    yield _rate("bot_praise_organic_flagged", usable, random, bots=0.0, bound=0.02)


def _rate(name: str, sources: dict[str, list[str]], random: np.random.Generator, *, bots: float, bound: float) -> Bar:
    """How many sections with so many bots among them are flagged."""
    if not sources:
        return Bar(name, None, bound, bots > 0, f"no source with {SECTION} honest comments")
    flags = [
        _is_flagged([*random.choice(texts, SECTION - round(SECTION * bots), replace=False),
                     *bot_comments(round(SECTION * bots), random)])
        for texts in sources.values() for _ in range(SECTIONS)
    ]  # fmt: skip
    counts = f"{sum(flags)} of {len(flags)} sections of {SECTION} from {len(sources)} sources"
    return Bar(name, sum(flags) / len(flags), bound, bots > 0, counts)


def _is_flagged(texts: list[str]) -> bool:
    """By S5 and S6 together, as a creator with this section would be."""
    facts = Facts(Platform.INSTAGRAM, None, NOW, comments=tuple(section(texts)))
    return Level.FLAGGED in (s5(facts).level, s6(facts).level)


def section(texts: list[str]) -> Iterator[Comment]:
    """Comments by as many different authors."""
    for place, text in enumerate(texts):
        yield Comment(place, place % 12, f"author {place}", text, is_generic=is_generic(text), fold=fold(text))
