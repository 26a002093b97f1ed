"""What the address of a list says, as a value: filters, columns, order, and the saved view it began with.

An address that names a view and nothing else means the view as it was saved. Every other address says everything
itself, and always its order, so that a view whose last filter was taken away is not taken for the saved one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

DEFAULT_SORT = "name"
_PLACE = re.compile(r"\d{1,3}", re.ASCII)


@dataclass(frozen=True)
class ListState:
    """Filters as they stand in the address, in the order of the form; columns in their order."""

    filters: Mapping[str, str] = field(default_factory=dict)
    columns: Sequence[str] = ()
    sort: str = DEFAULT_SORT
    view: int | None = None

    def without(self, *names: str) -> "ListState":
        """The same list without some filters."""
        return replace(self, filters={name: value for name, value in self.filters.items() if name not in names})

    def query(self, *, default_columns: Sequence[str]) -> str:
        """The query string that brings this list back."""
        parts: list[tuple[str, str]] = list(self.filters.items())
        if tuple(self.columns) != tuple(default_columns):
            parts.append(("columns", ",".join(self.columns)))
        parts.append(("sort", self.sort))
        if self.view:
            parts.append(("view", str(self.view)))
        return urlencode(parts)

    def shows_the_same_as(self, other: "ListState") -> bool:
        """Whether both are the same list, whichever view they began with."""
        mine, theirs = (dict(state.filters) for state in (self, other))
        return (mine, tuple(self.columns), self.sort) == (theirs, tuple(other.columns), other.sort)


def columns_in(told: str, known: Sequence[str], default: Sequence[str]) -> tuple[str, ...]:
    """The columns that a text such as `stage,tags` names, once each; the default where it names none that we know."""
    found = dict.fromkeys(name for name in told.split(",") if name in known)
    return tuple(found) or tuple(default)


def columns_chosen(shown: Sequence[str], places: Mapping[str, str], known: Sequence[str]) -> tuple[str, ...]:
    """The ticked columns by the places written beside them; what has no good place keeps the order of the form."""
    ticked = [name for name in dict.fromkeys(shown) if name in known]
    at = {name: int(place) if _PLACE.fullmatch(place := places.get(name, "")) else 999 for name in ticked}
    return tuple(sorted(ticked, key=lambda name: at[name]))
