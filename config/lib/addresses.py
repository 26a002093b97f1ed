"""Addresses as people outside see them."""

from django.conf import settings


def absolute(path: str) -> str:
    """A path of this installation (`/r/abc2345`) as a whole address, below `SITE_URL`."""
    return f"{settings.SITE_URL}{path}"
