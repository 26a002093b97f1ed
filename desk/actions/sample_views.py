"""Saved views of the sample's list of creators."""

from desk.logic.columns import DEFAULT
from team.actions.views import Layout, save_view
from team.models import Brand, User

_VIEWS = (
    ("Nano and live", "stage=live&tier=nano", "followers", DEFAULT),
    ("Cost of a customer", "deals=some", "cac", ("profiles", "tier", "stage", "deals", "cost", "customers", "cac")),
    ("Look at first", "level=flagged", "name", ("profiles", "followers", "engagement", "signals", "stage", "owner")),
)


def load_views(brand: Brand, *, by: User | None) -> None:
    """Save some views for the person who loads the sample, shared with the team."""
    if by is None:
        return
    for position, (name, query, sort, columns) in enumerate(_VIEWS):
        save_view(by, brand, Layout(query, columns, sort), name=name, is_shared=True, position=position)
