"""What people write under a creator's posts: questions, wishes to buy, objections, and whether the creator replies.

By word lists (`creators/data/words`), one a language; English is looked for beside the language of the comments,
since it is written everywhere. Word lists see the plain cases only: the shares are lower bounds of what a reader
would find, and each stands with its n and a 95 % interval.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import sqrt
from pathlib import Path

from config.lib.estimates import Estimate

FOLDER = Path(__file__).resolve().parent.parent / "data" / "words"
MINIMUM = 30  # comments by others; fewer say nothing about the rest
QUOTES = 3
_LONGEST_QUOTE = 140
_MENTION = re.compile(r"@[\w.]+")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_FIRST_MARK = "\u0300"  # no accent stands before it in Unicode
_Z95 = 1.959964


@dataclass(frozen=True)
class Said:
    """One comment of a sample. `reply_to` is the platform id of what it answers, blank for none."""

    id: str
    text: str
    post: int
    reply_to: str = ""
    is_by_creator: bool = False


@dataclass(frozen=True)
class Words:
    """The word lists of one language, as patterns over folded text."""

    code: str
    names: tuple[str, ...]
    stop: frozenset[str]
    questions: re.Pattern[str]
    purchase: re.Pattern[str]
    objections: dict[str, re.Pattern[str]]
    objects: re.Pattern[str]
    """Any of the objections: most comments raise none, and one look says so."""


@dataclass(frozen=True)
class Objection:
    """One group of objections, with how many comments raise it and some of them, shortened and without names."""

    group: str
    share: Estimate
    count: int
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What a sample of comments says. Shares are of comments by others; `replies` of those that could be answered.

    An estimate whose `mid` is None is not known; its `method` says why.
    """

    n: int
    posts: int
    language: str
    questions: Estimate
    purchase: Estimate
    replies: Estimate
    objections: tuple[Objection, ...]

    @property
    def is_enough(self) -> bool:
        """Whether the sample is large enough to say anything."""
        return self.n >= MINIMUM

    @property
    def words(self) -> str:
        """What it rests on, or that it is too little."""
        if not self.is_enough:
            return f"Too little: {self.n} comments by others, {MINIMUM} needed."
        posts = f"{self.posts} post{'' if self.posts == 1 else 's'}"
        return f"{self.n} comments by others under {posts}, read by word lists ({self.language})."


def read(comments: Sequence[Said], *, language: str = "") -> Reading:
    """Read a sample. `language` is the creator's as the roster tells it, in words or as a code, or blank."""
    others = [said for said in comments if not said.is_by_creator]
    code = language_of([said.text for said in others], told=language)
    lists = [lists_of()[name] for name in dict.fromkeys((code, "en"))]
    return Reading(
        n=len(others),
        posts=len({said.post for said in others}),
        language=" and ".join(words.code for words in lists),
        questions=share_of(sum(is_question(said.text, lists) for said in others), len(others)),
        purchase=share_of(sum(wants_to_buy(said.text, lists) for said in others), len(others)),
        replies=_replies(comments),
        objections=_objections(others, lists),
    )


def is_question(text: str, lists: Iterable[Words]) -> bool:
    """A question mark (outside an address), or the beginning of a question."""
    told = fold(_ADDRESS.sub(" ", text))
    return any(mark in told for mark in "?¿؟") or any(words.questions.search(told) for words in lists)


def wants_to_buy(text: str, lists: Iterable[Words]) -> bool:
    """Asks for the price, the link or the code, or says that it is bought."""
    told = fold(text)
    return any(words.purchase.search(told) for words in lists)


def language_of(texts: Iterable[str], *, told: str = "") -> str:
    """The code of the language: what the roster tells where there is a list for it, else whose stop words are most.

    A tie, or no stop word at all, is English.
    """
    name = fold(told).split("-")[0].strip()
    for words in lists_of().values():
        if name and name in words.names:
            return words.code
    seen = Counter(chain.from_iterable(_WORD.findall(fold(text)) for text in texts))
    found = {code: sum(seen[word] for word in words.stop) for code, words in lists_of().items()}
    most = max(found.values(), default=0)
    return next((code for code, times in found.items() if times == most and found["en"] < most), "en")


def share_of(count: int, n: int, *, least: int = MINIMUM) -> Estimate:
    """A share with Wilson's 95 % interval (Wilson 1927), or not known below `least` observations."""
    if n < least:
        return Estimate(None, None, None, 0.95, n, f"too little: {n}, {least} needed")
    share, z2 = count / n, _Z95 * _Z95
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    low, high = (0.0 if count == 0 else middle - half), (1.0 if count == n else middle + half)
    return Estimate(low, share, high, 0.95, n, "wilson-1")


def fold(text: str) -> str:
    """Lower case, without accents, with plain apostrophes, so that lists and comments meet."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ʼ", "'")).casefold()
    # A sample has a hundred thousand letters, and asking Unicode about each took most of the time of reading it.
    return "".join([letter for letter in plain if letter < _FIRST_MARK or not unicodedata.combining(letter)])


@cache
def lists_of() -> dict[str, Words]:
    """The word lists by their code."""
    return {file.stem: _words(file) for file in sorted(FOLDER.glob("*.toml"))}


def _words(file: Path) -> Words:
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    return Words(
        code=file.stem,
        names=tuple(fold(name) for name in told["names"]),
        stop=frozenset(fold(word) for word in told["stop"]),
        questions=_pattern(told["questions"]),
        purchase=_pattern(told["purchase"]),
        objections={group: _pattern(phrases) for group, phrases in told["objections"].items()},
        objects=_pattern(chain.from_iterable(told["objections"].values())),
    )


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Whole words and phrases; a star at the end stands for any ending."""
    parts = (re.escape(fold(phrase)).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _replies(comments: Sequence[Said]) -> Estimate:
    """Of the comments by others that answer nobody, the share that the creator answered."""
    if not any(said.reply_to for said in comments):
        return Estimate(None, None, None, 0.95, 0, "the samples hold no replies")
    answered = {said.reply_to for said in comments if said.is_by_creator and said.reply_to}
    asked = [said.id for said in comments if not said.is_by_creator and not said.reply_to]
    return share_of(sum(each in answered for each in asked), len(asked))


def _objections(others: Sequence[Said], lists: Sequence[Words]) -> tuple[Objection, ...]:
    """Groups that at least two comments raise, the most frequent first."""
    found: dict[str, list[str]] = {}
    for said in others:
        told = fold(said.text)
        raising = [words for words in lists if words.objects.search(told)]
        for group in dict.fromkeys(name for words in raising for name in words.objections):
            if any(group in words.objections and words.objections[group].search(told) for words in raising):
                found.setdefault(group, []).append(said.text)
    raised = [(group, texts) for group, texts in found.items() if len(texts) > 1]
    raised.sort(key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(
        Objection(group, share_of(len(texts), len(others)), len(texts), _quotes(texts)) for group, texts in raised
    )


def _quotes(texts: Iterable[str]) -> tuple[str, ...]:
    """Some different comments, without mentions and addresses, cut where they are long."""
    plain = (" ".join(_ADDRESS.sub("…", _MENTION.sub("@…", text)).split()) for text in texts)
    cut = (text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1].rstrip()}…" for text in plain)
    return tuple(dict.fromkeys(cut))[:QUOTES]
