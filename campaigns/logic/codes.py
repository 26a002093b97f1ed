"""Which discount code a creator gets where nobody gave one. The rule is pinned: "Codes" in the contracts."""

import unicodedata
from collections.abc import Container
from decimal import Decimal
from itertools import chain, count

LETTERS = 10
NAMELESS = "CREATOR"


def folded(code: str) -> str:
    """How codes are compared: trimmed, and upper case as PostgreSQL does it, letter by letter (ß stays ß)."""
    return "".join(upper if len(upper := letter.upper()) == 1 else letter for letter in code.strip())


def generated_code(handle: str, percent: Decimal | int, taken: Container[str]) -> str:
    """Letters and digits of the handle, upper case, the first ten, then the percent: `STEFAN21ZA10`.

    `taken` holds folded codes; where it holds the first choice, 2, 3 and so on go before the percent. Accents are
    dropped; a handle without any Latin letter or digit keeps its own, and one without any at all is `CREATOR`.
    """
    stem, ending = _stem(handle), f"{Decimal(percent).normalize():f}"
    numbers = chain([""], map(str, count(2)))
    return next(code for number in numbers if (code := f"{stem}{number}{ending}") not in taken)


def _stem(handle: str) -> str:
    plain = [letter for letter in unicodedata.normalize("NFKD", handle) if letter.isalnum()]
    latin = [letter for letter in plain if letter.isascii()]
    return folded("".join(latin or plain))[:LETTERS] or NAMELESS
