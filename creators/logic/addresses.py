"""Lines of a file with postal addresses."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.lib.problems import Problem
from creators.enums import Platform
from creators.logic.handles import NotAHandle, clean_handle

LONGEST = {
    "name": 120, "street": 160, "street_2": 160, "postcode": 20, "city": 80, "region": 80, "country": 60, "phone": 40,
}  # fmt: skip
"""The parts of an address and how long each may be."""
COLUMNS = ("platform", "handle", *LONGEST)
REQUIRED = ("platform", "handle", "street", "city", "country")


@dataclass(frozen=True)
class AddressRow:
    """One line: whose address, and its parts. A blank name means the creator's own."""

    line: int
    platform: str
    handle: str
    parts: dict[str, str]


def address_row(line: int, cells: Mapping[str, str]) -> tuple[AddressRow | None, list[Problem]]:
    """A line as an address, or what is wrong with it. Problems hold no part of an address, since they are kept."""
    platform = cells.get("platform", "").strip().lower()
    told = cells.get("handle", "").strip()
    if platform not in Platform.values:
        reason = f"Write one of {', '.join(Platform.values)}."
        return None, [Problem(line, "platform", platform[:80], reason)]
    try:
        handle = clean_handle(told, platform).handle
    except NotAHandle as refusal:
        return None, [Problem(line, "handle", told[:80], str(refusal))]
    parts = {name: " ".join(cells.get(name, "").split()) for name in LONGEST}
    problems = [
        *(Problem(line, name, "", "This may not be empty.") for name in REQUIRED[2:] if not parts[name]),
        *(
            Problem(line, name, "", f"Longer than {most} letters.")
            for name, most in LONGEST.items()
            if len(parts[name]) > most
        ),
    ]
    return (None, problems) if problems else (AddressRow(line, platform, handle, parts), [])
