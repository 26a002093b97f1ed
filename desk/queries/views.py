"""The saved views of the list of creators that a person sees in a brand, and the one they start with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import QueryDict

from config.lib.written import SOMEBODY, Scope, Written, scope_key, written
from desk.logic.columns import COLUMNS, DEFAULT
from desk.logic.list_state import DEFAULT_SORT, ListState, columns_in
from team.enums import SavedPage
from team.models import Brand, FirstView, SavedView, User


@dataclass(frozen=True)
class Views:
    """The views in the order of their tabs; `first` is the one that the bare address shows."""

    rows: Sequence[SavedView] = ()
    first: int | None = None

    def named(self, pk: int | None) -> SavedView | None:
        """The view of this id, where the person sees it."""
        return next((view for view in self.rows if view.pk == pk), None)

    def state_of(self, pk: int | None) -> ListState | None:
        """What the view shows; without an id, the first view."""
        view = self.named(pk if pk is not None else self.first)
        return state_in(view) if view else None

    def is_changed(self, state: ListState) -> bool:
        """Whether the list differs from the view that it began with (without one, from the plain list)."""
        view = self.named(state.view)
        saved = state_in(view) if view else ListState(columns=DEFAULT)
        return not saved.shows_the_same_as(state)


def views_of(user: User, brand: Brand | None) -> Views:
    """The person's own views of the list and those that others share, in one query."""
    if brand is None:
        return Views()
    asked = _statement(scope_key(), brand.pk)
    rows: list[Any] = list(SavedView.objects.raw(asked.text, asked.values_for(user.pk)))
    return Views(rows, next((view.pk for view in rows if view.is_first), None))


@lru_cache(maxsize=64)
def _statement(scope: Scope, brand_id: int) -> Written:
    """The views that somebody sees in the brand, in the order of their tabs."""
    firsts = FirstView.objects.filter(view=OuterRef("pk"), user=SOMEBODY)
    views = SavedView.objects.filter(brand=brand_id, page=SavedPage.CREATORS).visible_to(SOMEBODY)
    return written(views.annotate(is_first=Exists(firsts)).order_by("position", "name", "pk"))


def state_in(view: SavedView) -> ListState:
    """What a view shows, in the words of an address."""
    filters = {name: str(value) for name, value in QueryDict(view.query).items()}
    columns = columns_in(",".join(view.columns), list(COLUMNS), DEFAULT)
    return ListState(filters, columns, view.sort or DEFAULT_SORT, view.pk)
