"""Real pages, by links, so that going back, sharing and bulk selection work."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 50


def page_of(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Page:  # type: ignore[type-arg]
    """The page of `rows` (a queryset or a list) that `?page=` asks for; a page out of range is the nearest one."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
