"""The brand wall as a trip-wire: a query on a brand's table without an open scope raises."""

from django.db import models
from django_scopes import ScopedManager


def brand_manager(queryset: type[models.QuerySet] = models.QuerySet) -> models.Manager:
    """A manager that sees only the brands of the open `django_scopes.scope(brand=...)`.

    `queryset` adds filters in the words of the trade. Outside any scope every query raises `ScopeError`.
    """
    manager = ScopedManager(_manager_class=models.Manager.from_queryset(queryset), brand="brand")
    type(manager).is_scoped = True
    return manager
