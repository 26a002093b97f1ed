"""The columns that the list of creators can show, by key, with their heads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column. `sort` is the order that its head asks for; `edits` that its cells are edited in place."""

    key: str
    label: str
    is_number: bool = False
    sort: str = ""
    edits: bool = False


COLUMNS = {
    column.key: column
    for column in (
        Column("profiles", "Profiles"),
        Column("followers", "Followers", is_number=True, sort="followers"),
        Column("tier", "Tier"),
        Column("engagement", "Engagement", is_number=True, sort="rate"),
        Column("signals", "Signals"),
        Column("stage", "Stage", edits=True),
        Column("since", "In stage since"),
        Column("overlays", "Whitelisted, top"),
        Column("owner", "Owner", edits=True),
        Column("tags", "Tags", edits=True),
        Column("niches", "Niches", edits=True),
        Column("country", "Country"),
        Column("city", "City"),
        Column("language", "Language"),
        Column("contact", "Last contact"),
        Column("posted", "Last post"),
        Column("rights", "Rights until"),
        Column("ask", "Last ask", is_number=True),
        Column("formats", "Preferred formats"),
        Column("deals", "Deals", is_number=True),
        Column("cost", "Cost", is_number=True),
        Column("customers", "New customers", is_number=True),
        Column("cac", "Cost of a new customer", is_number=True, sort="cac"),
        Column("no_contact", "No contact"),
    )
}
DEFAULT = ("profiles", "followers", "tier", "engagement", "signals", "stage", "owner", "tags", "country", "niches")
