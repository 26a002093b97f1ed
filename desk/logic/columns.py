"""The columns that the list of creators can show, by key, with their heads."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column. `sort` is the order that its head asks for; `edits` that its cells are edited in place; `fact` what a
    list must fetch for it of what a brand knows."""

    key: str
    label: str
    is_number: bool = False
    sort: str = ""
    edits: bool = False
    fact: str = ""


COLUMNS = {
    column.key: column
    for column in (
        Column("profiles", "Profiles"),
        Column("followers", "Followers", is_number=True, sort="followers"),
        Column("tier", "Tier"),
        Column("engagement", "Engagement", is_number=True, sort="rate"),
        Column("signals", "Signals"),
        Column("vetting", "Vetting", fact="vetting"),
        Column("stage", "Stage", edits=True),
        Column("since", "In stage since"),
        Column("overlays", "Whitelisted, top"),
        Column("owner", "Owner", edits=True, fact="relationship"),
        Column("tags", "Tags", edits=True, fact="relationship"),
        Column("niches", "Niches", edits=True),
        Column("country", "Country"),
        Column("region", "Region"),
        Column("city", "City"),
        Column("language", "Language"),
        Column("contact", "Last contact", fact="contact"),
        Column("posted", "Last post"),
        Column("rights", "Rights until", fact="right"),
        Column("ask", "Last ask", is_number=True, fact="ask"),
        Column("formats", "Preferred formats"),
        Column("deals", "Deals", is_number=True, fact="deals"),
        Column("cost", "Cost", is_number=True, fact="outcome"),
        Column("customers", "New customers", is_number=True, fact="outcome"),
        Column("cac", "Cost of a new customer", is_number=True, sort="cac", fact="outcome"),
        Column("no_contact", "No contact"),
    )
}
DEFAULT = ("profiles", "followers", "tier", "engagement", "signals", "stage", "owner", "tags", "country", "niches")


def facts_for(keys: Iterable[str]) -> list[str]:
    """What a list must fetch of what a brand knows to show these columns."""
    return sorted({COLUMNS[key].fact for key in keys} - {""})
