"""Saving, changing and dropping the views of a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from team.enums import SavedPage
from team.models import Brand, FirstView, SavedView, User


@dataclass(frozen=True)
class Layout:
    """What a view shows: the filters as a query string, the columns in their order, and the order of the rows."""

    query: str
    columns: Sequence[str]
    sort: str


@transaction.atomic
def save_view(
    user: User, brand: Brand, layout: Layout, *, name: str, is_shared: bool = False, position: int = 0
) -> SavedView:
    """Keep a list under a name of the person's own. A name that they use already is refused by the database."""
    return SavedView.objects.create(
        brand=brand, owner=user, page=SavedPage.CREATORS, name=name, query=layout.query,
        columns=list(layout.columns), sort=layout.sort, is_shared=is_shared, position=position,
    )  # fmt: skip


@transaction.atomic
def change_view(view: SavedView, *, name: str, is_shared: bool, position: int) -> None:
    """Rename, share or move a view. Who stops sharing takes it from everybody who started with it."""
    view.name, view.is_shared, view.position = name, is_shared, position
    view.save(update_fields=["name", "is_shared", "position"])
    if not is_shared:
        FirstView.objects.filter(view=view).exclude(user=view.owner).delete()


@transaction.atomic
def change_layout(view: SavedView, layout: Layout) -> None:
    """Let the view show something else from now on."""
    view.query, view.columns, view.sort = layout.query, list(layout.columns), layout.sort
    view.save(update_fields=["query", "columns", "sort"])


@transaction.atomic
def start_with(user: User, view: SavedView, *, is_first: bool) -> None:
    """Let the person see this view first, or not any more."""
    firsts = FirstView.objects.filter(brand=view.brand, user=user, page=view.page)
    if is_first:
        firsts.update_or_create(defaults={"view": view}, brand=view.brand, user=user, page=view.page)
    else:
        firsts.filter(view=view).delete()


@transaction.atomic
def remove_view(view: SavedView) -> None:
    """Drop a view, also as anybody's first."""
    view.delete()
