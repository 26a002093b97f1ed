"""The brand wall as a trip-wire: a query on a brand's table without an open scope raises."""

from collections.abc import Iterable

from django.db import models
from django_scopes import ScopedManager, ScopeError, get_scope
from django_scopes.manager import DisabledQuerySet


def brands_in_scope() -> list[int]:
    """The ids of the brands of the open scope, for a statement that no manager writes. Raises where none is open."""
    brands = get_scope().get("brand")
    if brands is None:
        raise ScopeError("Open the scope of a brand first.")
    return [brand.pk for brand in (brands if isinstance(brands, Iterable) else [brands])]


class ClosedQuerySet(DisabledQuerySet):
    """What a walled table answers while no brand's scope is open; the library lets a few questions through."""

    exists = contains = in_bulk = bulk_update = delete = explain = DisabledQuerySet.error


def brand_manager(queryset: type[models.QuerySet] = models.QuerySet) -> models.Manager:
    """A manager that sees only the brands of the open `django_scopes.scope(brand=...)`.

    `queryset` adds filters in the words of the trade. Outside any scope every query raises `ScopeError`; so it does
    under `scope(brand=None)`, which the library takes for every brand.
    """
    scoped = ScopedManager(_manager_class=models.Manager.from_queryset(queryset), brand="brand")

    class BrandManager(type(scoped)):  # type: ignore[misc]
        is_scoped = True

        def get_queryset(self) -> models.QuerySet:
            state = getattr(self, "_override_scope", None) or get_scope()
            if state.get("_enabled", True) and state.get("brand") is None:
                return ClosedQuerySet(self.model, using=self._db, missing_scopes={"brand"})
            return super().get_queryset()

    return BrandManager()
