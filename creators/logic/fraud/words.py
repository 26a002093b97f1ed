"""How a comment's text is made comparable, and whether it says anything of its own.

Not here: whether it sells something (`promo`), and what a whole section of comments comes to (`comments`).
"""

import html
import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data"

GENERIC_WORDS = 5
"""At most so many words make a generic comment (fraud.md, S6)."""

_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufe0f\ufeff]")
_MENTION = re.compile(r"@\s?[\w.]+")
_NOT_A_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile("['’`´]")
_DRAWN_OUT = re.compile(r"(.)\1+")


def clean(text: str) -> str:
    """The text without HTML (YouTube gives it) and invisible characters, otherwise as it was written."""
    return _INVISIBLE.sub("", _TAG.sub(" ", html.unescape(text)))


def plain(text: str) -> str:
    """Cleaned, NFKC (fancy letters become ordinary ones), lower case."""
    return unicodedata.normalize("NFKC", clean(text)).lower()


def fold(text: str) -> str:
    """What S5 compares: plain, without @mentions, and of the rest letters and digits alone.

    Two comments with the same fold differ only in emoji, punctuation, spaces, case or mentions (fraud.md, S5).
    """
    return _NOT_A_WORD.sub("", _MENTION.sub(" ", plain(text)))


def is_generic(text: str) -> bool:
    """Whether it is emoji or punctuation only, or at most five words that all are praise (fraud.md, S6).

    Drawn-out letters do not matter. A bare mention is generic too; praise and filler are in `comment_words.toml`.
    """
    words = _WORD.findall(_APOSTROPHE.sub("", _MENTION.sub(" ", plain(text))))
    if len(words) > GENERIC_WORDS:
        return False
    praise, filler = _praise()
    found = [_known(word, praise | filler) for word in words]
    return not words or (None not in found and not praise.isdisjoint(found))


@cache
def word_lists() -> dict[str, Any]:
    """`creators/data/comment_words.toml` as it is."""
    return tomllib.loads((DATA / "comment_words.toml").read_text(encoding="utf-8"))


@cache
def _praise() -> tuple[frozenset[str], frozenset[str]]:
    lists = word_lists()
    praise, filler = (
        {word for line in lists[kind].values() for word in line.split()} for kind in ("praise", "filler")
    )
    return frozenset(praise), frozenset(filler)


def _known(word: str, known: frozenset[str]) -> str | None:
    """The listed word that this is, if need be with its drawn-out letters once ("soooo") or twice ("coool")."""
    forms = (word, _DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word))
    return next((form for form in forms if form in known), None)
