"""What of a shop's order row may be kept. Everything is dropped unless it is named here.

Dropped: e-mail, names, streets, cities, phones, postcodes, notes, payment references, and every column that we do
not know. Kept texts lose what looks like an e-mail address or a phone number.
"""

import re
from urllib.parse import parse_qsl, urlsplit

HIDDEN = "[hidden]"
LONGEST = 200
_EMAIL = re.compile(r"[^\s@<>\"',;&?=]+(?:@|%40)[^\s@<>\"',;&?=]+\.[^\s@<>\"',;&?=]+", re.IGNORECASE)
# Nine digits or more with the marks of a phone number, or ten to thirteen that begin with 0. A long plain number
# is an id of an advertisement far more often than a phone.
_PHONE = re.compile(r"(?<![\w.])(?:\+\d[\d\s().-]{7,}\d|\(?0\d[\d\s().-]{6,}\d|\d{3}[\s.-]\d{3}[\s.-]\d{4})(?![\w])")
_DIGIT = re.compile(r"\d")
_ID_OF_A_CLICK = frozenset({"tclid", "gclid", "fbclid", "ttclid", "twclid", "msclkid", "li_fat_id", "rdclid"})
# A handle or an id may be all digits and is no phone number.
_IDS = _ID_OF_A_CLICK | {"utm_content", "utm_id", "utm_campaign"}
_LANDING = ("landing", "referr", "first_page", "full_url")

KEPT_COLUMNS = frozenset(
    """
    name|id|financial status|paid at|fulfillment status|fulfilled at|accepts marketing|currency|subtotal|shipping
    taxes|total|discount code|discount amount|shipping method|created at|lineitem quantity|lineitem name
    lineitem price|lineitem compare at price|lineitem sku|lineitem requires shipping|lineitem taxable
    lineitem fulfillment status|lineitem discount|billing country|shipping country|note attributes|cancelled at
    payment method|refunded amount|vendor|outstanding balance|tags|risk level|source|duties
    tax 1 name|tax 1 value|tax 2 name|tax 2 value|tax 3 name|tax 3 value|tax 4 name|tax 4 value|tax 5 name|tax 5 value
    """.replace("\n", "|")
    .replace("    ", "")
    .strip("|")
    .split("|")
)
_SHORTEST_PHONE = 9


def scrubbed(text: str) -> str:
    """The text with e-mail addresses and phone numbers taken out."""
    text = without_email(text)
    return _PHONE.sub(HIDDEN, text) if len(text) >= _SHORTEST_PHONE and _DIGIT.search(text) else text


def without_email(text: str) -> str:
    """The text with e-mail addresses taken out; for ids, which may look like phone numbers."""
    return _EMAIL.sub(HIDDEN, text) if "@" in text or "%40" in text else text


def kept_cells(cells: dict[str, str]) -> dict[str, str]:
    """What may be stored of a row's cells, by column in lower case. Cells that slipped into another column are
    scrubbed there too."""
    kept = {column: value for column, value in cells.items() if value and column in KEPT_COLUMNS}
    attributes = kept.pop("note attributes", "")
    kept = {
        column: without_email(value) if column in ("name", "id") else scrubbed(value)
        for column, value in kept.items()
    }
    if attributes:
        kept["note attributes"] = "\n".join(f"{key}: {text}" for key, text in kept_attributes(attributes).items())
    return kept


def kept_attributes(cell: str) -> dict[str, str]:
    """The lines `key: value` of a Note Attributes cell that say how the shopper came, and nothing else."""
    kept: dict[str, str] = {}
    for line in cell.splitlines():
        key, colon, value = line.partition(":")
        key = re.sub(r"[\s-]+", "_", key.strip().strip("\"'").lower()).lstrip("_")
        if colon and value.strip() and _says_where_from(key):
            clean = without_email if key in _IDS else scrubbed
            kept.setdefault(key[:LONGEST], clean(value.strip().strip("\"'"))[:2_000])
    return kept


def _says_where_from(key: str) -> bool:
    return key.startswith("utm_") or key in _ID_OF_A_CLICK or key.startswith(_LANDING)


def utm_of(cell: str) -> dict[str, str]:
    """The UTMs and click ids of a Note Attributes cell; those in a landing address count where none stands alone."""
    attributes = kept_attributes(cell)
    found = {key: value[:LONGEST] for key, value in attributes.items() if not key.startswith(_LANDING)}
    landings = [value for key, value in attributes.items() if key.startswith("landing")]
    if found or not landings:
        return found
    return {
        key.lower(): value.strip()[:LONGEST]
        for key, value in parse_qsl(_query_of(landings[0]))
        if value.strip() and (key.lower().startswith("utm_") or key.lower() in _ID_OF_A_CLICK)
    }


def _query_of(address: str) -> str:
    try:
        return urlsplit(address).query
    except ValueError:
        return ""
