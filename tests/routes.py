"""Every address of Troupe, found by walking the resolver."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.examples import ARGUMENTS, POSTED, Example, Made


@dataclass(frozen=True)
class Route:
    """One address: its name with namespaces, its pattern, and the names of its arguments."""

    name: str
    pattern: str
    arguments: frozenset[str]

    def key(self, argument: str) -> str:
        """How `tests/examples.py` finds the argument: "deals/<pk>", or more words, or the route's name."""
        words = re.split(rf"/?<(?:\w+:)?{argument}>", self.pattern)[0].split("/")
        by_words = [f"{'/'.join(words[start:])}/<{argument}>" for start in range(len(words))]
        keys = [f"{self.name} <{argument}>", *by_words]
        return next((key for key in keys if key in ARGUMENTS), by_words[-1])

    def missing(self) -> list[str]:
        """The keys of arguments that have no example."""
        return [key for key in map(self.key, sorted(self.arguments)) if key not in ARGUMENTS]

    def path(self, made: Made) -> str:
        """The address with the example objects of `made`."""
        return reverse(self.name, kwargs={name: ARGUMENTS[self.key(name)].of(made) for name in self.arguments})

    def posted(self, made: Made) -> dict[str, Any]:
        """What to post there."""
        return POSTED[self.name].of(made) if self.name in POSTED else {}

    @property
    def is_walled(self) -> bool:
        """Whether it asks for something of one brand."""
        examples: list[Example | None] = [ARGUMENTS.get(self.key(name)) for name in self.arguments]
        return any(example and example.walled for example in [*examples, POSTED.get(self.name)])


def all_routes() -> list[Route]:
    """Every address but those of the admin site, which share one rule."""
    return [route for route in _walk(get_resolver(), "", "") if not route.name.startswith("admin:")]


def _walk(resolver: URLResolver, space: str, prefix: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner, pattern)
        elif isinstance(entry, URLPattern):
            yield Route(f"{space}{entry.name or ''}", pattern, frozenset(entry.pattern.regex.groupindex))
