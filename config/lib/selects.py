"""A choice of few values that many pages show: its options are drawn once for each value."""

from functools import lru_cache
from typing import Any

from django import forms
from django.utils.safestring import SafeString


class KeptSelect(forms.Select):
    """A select whose HTML is kept. Every option is a template of its own, so that ten take longer than a query."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The same as of any select; its choices are part of what is looked up."""
        told = tuple(self.build_attrs(self.attrs, attrs).items())
        return _drawn(name, str(value or ""), told, tuple(self.choices))


Choices = tuple[tuple[str, str], ...]


@lru_cache(maxsize=256)
def _drawn(name: str, value: str, attrs: tuple[tuple[str, Any], ...], choices: Choices) -> SafeString:
    return forms.Select(dict(attrs), choices).render(name, value)
