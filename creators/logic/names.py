"""Names folded for sorting and searching, since the database has no collation that does it."""

import unicodedata

LONGEST = 120
_SPELT_OUT = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})


def folded(text: str) -> str:
    """The text without case, accents and doubled spaces: `  Zoë  Łuk ` becomes `zoe luk`."""
    if text.isascii():
        return " ".join(text.lower().split())
    parts = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(character for character in parts if not unicodedata.combining(character))
    return " ".join(plain.translate(_SPELT_OUT).split())


def sort_name(name: str) -> str:
    """What a name is sorted and searched by."""
    return folded(name)[:LONGEST]
