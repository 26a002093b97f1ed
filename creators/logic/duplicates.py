"""Whether two creators may be one person: the facts that agree, each with what it is worth.

A score is the chance that somebody who looks will say "the same", as far as a rule can tell: facts add up as
independent hints do, 1 - (1 - a)(1 - b)... A name alone is a weak hint and says so.
"""

import math
import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

NEARLY = 90  # of 100, on names with their words in order of the alphabet
SHORTEST_FOLD = 4  # letters of a handle without dots, underscores and digits; fewer tell nothing
WORTH_TELLING = 0.3
_SAME_EMAIL, _SAME_CONTACT, _SAME_HANDLE, _ALIKE_HANDLE, _SAME_NAME, _NEAR_NAME = 0.9, 0.8, 0.75, 0.5, 0.3, 0.2
_SAME_CITY, _SAME_COUNTRY, _SAME_LANGUAGE = 0.3, 0.2, 0.05
_OTHER_COUNTRY = 0.6  # what is left of a score where both say a country and not the same
_NOISE = re.compile(r"[._\-\d]")
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})


@dataclass(frozen=True)
class Person:
    """What the rule looks at. `handles` are (platform, handle), `name` is folded, `contacts` are no e-mails."""

    name: str
    country: str = ""
    city: str = ""
    language: str = ""
    emails: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    handles: frozenset[tuple[str, str]] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for it, in words without the person's data."""

    words: str
    score: float


@dataclass(frozen=True)
class Verdict:
    """All reasons, the strongest first, and what they add up to, 0 to 1."""

    score: float
    reasons: tuple[Reason, ...] = ()

    @property
    def is_worth_telling(self) -> bool:
        """Whether somebody should look."""
        return self.score >= WORTH_TELLING


def email_key(email: str) -> str:
    """The spelling that one person's addresses share: lower case, without `+tag`, and without dots at gmail."""
    local, _, domain = email.strip().lower().rpartition("@")
    local = local.partition("+")[0] or local
    return f"{local.replace('.', '') if domain in _DOTLESS else local}@{domain}" if local and domain else ""


def handle_key(handle: str) -> str:
    """A handle without dots, underscores, hyphens and digits, or blank where too little is left."""
    fold = _NOISE.sub("", handle)
    return fold if len(fold) >= SHORTEST_FOLD else ""


def name_key(name: str) -> str:
    """The words of a folded name in alphabetical order."""
    return " ".join(sorted(name.split()))


def judge(one: Person, other: Person) -> Verdict:
    """What speaks for the two being one person."""
    strong = [*_by_contact(one, other), *_by_handle(one, other)]
    name = _by_name(one, other)
    place = _by_place(one, other)
    if name and not strong and all(reason.score < _SAME_COUNTRY for reason in place):
        name = Reason(f"{name.words}, and nothing else agrees: a weak hint", name.score)
    reasons = [*strong, *([name] if name else []), *(place if strong or name else [])]
    score = 1 - math.prod(1 - reason.score for reason in reasons)
    if one.country and other.country and one.country.lower() != other.country.lower():
        score *= _OTHER_COUNTRY
        reasons.append(Reason("But their countries differ", 0))
    ranked = sorted(reasons, key=lambda reason: -reason.score)
    return Verdict(score=round(score, 3), reasons=tuple(ranked))


def _by_contact(one: Person, other: Person) -> list[Reason]:
    reasons = []
    if {email_key(each) for each in one.emails} & {email_key(each) for each in other.emails} - {""}:
        reasons.append(Reason("Same e-mail address", _SAME_EMAIL))
    if one.contacts & other.contacts - {""}:
        reasons.append(Reason("Same phone number or web page", _SAME_CONTACT))
    return reasons


def _by_handle(one: Person, other: Person) -> list[Reason]:
    mine, theirs = {handle for _, handle in one.handles}, {handle for _, handle in other.handles}
    if {each for each in mine & theirs if handle_key(each)}:
        return [Reason("Same handle on another platform", _SAME_HANDLE)]
    if {handle_key(each) for each in mine} & {handle_key(each) for each in theirs} - {""}:
        return [Reason("Same handle but for dots, underscores and digits", _ALIKE_HANDLE)]
    return []


def _by_name(one: Person, other: Person) -> Reason | None:
    if not one.name or not other.name:
        return None
    if name_key(one.name) == name_key(other.name):
        return Reason("Same name", _SAME_NAME)
    if fuzz.token_sort_ratio(one.name, other.name) >= NEARLY:
        return Reason("Nearly the same name", _NEAR_NAME)
    return None


def _by_place(one: Person, other: Person) -> list[Reason]:
    reasons = []
    for mine, theirs, words, score in (
        (one.city, other.city, "Same city", _SAME_CITY),
        (one.country, other.country, "Same country", _SAME_COUNTRY),
        (one.language, other.language, "Same language", _SAME_LANGUAGE),
    ):
        if mine and mine.strip().lower() == theirs.strip().lower():
            reasons.append(Reason(words, score))
    return reasons
