"""How promotional a single comment is: 0 to 1, where 0.5 and above counts as promotion (S7).

A logistic regression over character 1- to 5-grams and a few named features, a model for YouTube and one for all else.
`benchmarks/fit_signals.py` fits the weights that stand in `creators/data/weights/`; here they are only read.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from creators.enums import Platform
from creators.logic.fraud.words import DATA, clean, plain, word_lists

PROMOTIONAL = 0.5
LONGEST = 1_000
"""Characters that are looked at: what sells says so early, and a wall of text must not stop a worker."""
GRAM = 5

_URL = re.compile(
    r"https?://|www\.|\b[a-z0-9-]{2,}\.(?:com|net|org|io|tv|me|ly|co|gl|be|info|biz|xyz|shop|store|app|uk|de|fr)\b"
)
_PHONE = re.compile(r"\+?\d[\d\s().-]{7,}\d")
_MONEY = re.compile(r"[$£€₹]\s?\d|\d[\d., ]*\s?(?:[$£€₹]|(?:k|usdt?|dollars?|pounds?|euros?|grands?|btc|bucks)\b)")
_FANCY = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff5aᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ]")
_MENTION = re.compile(r"@\s?\w")
_DIGIT = re.compile(r"\d")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class PromoWeights:
    """Log-odds: `bias`, plus each named feature times its weight, plus the mean-root sum of the known n-grams."""

    bias: float
    features: Mapping[str, float]
    grams: Mapping[str, float]


def promo_score(text: str, weights: PromoWeights) -> float:
    """The probability that the text is promotion; the log-odds are moved so that the chosen threshold lies at 0.5."""
    known = [weights.grams[gram] for gram in grams(text) if gram in weights.grams]
    odds = weights.bias + sum(known) / math.sqrt(max(len(known), 1))
    odds += sum(weights.features[name] * value for name, value in features(text).items())
    return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))


def grams(text: str) -> set[str]:
    """Its character 1- to 5-grams, digits all alike, spaces single."""
    line = f" {_SPACE.sub(' ', _DIGIT.sub('0', plain(text[:LONGEST]))).strip()} "
    return {line[at : at + size] for size in range(1, GRAM + 1) for at in range(len(line) - size + 1)}


def features(text: str) -> dict[str, float]:
    """The named features: addresses, sums of money, phrases of each list, and how it is written."""
    written, line = clean(text[:LONGEST]), plain(text[:LONGEST])
    counted = {name: float(min(len(pattern.findall(line)), 3)) for name, pattern in _phrases().items()}
    return {
        **counted,
        "any phrase": float(any(counted.values())),
        "address": float(bool(_URL.search(line))),
        "phone": float(bool(_PHONE.search(line))),
        "money sum": float(bool(_MONEY.search(line))),
        "mention": float(bool(_MENTION.search(line))),
        "hashtag": float("#" in line),
        "length": math.log1p(len(line)),
        "short": float(len(line) <= 15),
        "shouted": float(_is_shouted(written)),
        "fancy letters": float(_has_fancy_letters(written)),
    }


def weights_for(platform: Platform) -> PromoWeights:
    """YouTube has its own weights; comments elsewhere are most like those of Instagram."""
    return _shipped("promo_youtube" if platform == Platform.YOUTUBE else "promo_instagram")


@cache
def _shipped(name: str) -> PromoWeights:
    stored = json.loads((DATA / "weights" / f"{name}.json").read_text(encoding="utf-8"))
    return PromoWeights(stored["bias"], stored["features"], stored["grams"])


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    return {name: _pattern(phrases) for name, phrases in word_lists()["promo"].items()}


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words; `*` at the end for any ending."""
    escaped = (re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\*", r"\w*") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(escaped, key=len, reverse=True))})(?!\w)")


def _is_shouted(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 8 and sum(map(str.isupper, letters)) > 0.6 * len(letters)


def _has_fancy_letters(text: str) -> bool:
    """Mathematical or full-width letters and small capitals, which dodge word filters."""
    return _FANCY.search(text) is not None
