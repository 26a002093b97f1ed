"""The placeholders that a brief or message may hold, and how they are filled. Never the template language."""

import re
from collections.abc import Mapping

# name -> what stands there, in the words of the help text
CATALOGUE = {
    "creator": "the creator's name",
    "handle": "their handle, with @",
    "platform": "where they post",
    "brand": "your brand",
    "campaign": "the campaign",
    "link": "their own short link",
    "code": "their own discount code",
    "percent": "what the code takes off",
    "fee": "their fee",
    "commission": "their commission",
    "first_day": "the first day",
    "last_day": "the last day",
    "brief": "the address of their brief",
}
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+.!|<>~-])")


def unknown_in(text: str) -> list[str]:
    """The placeholders in `text` that the catalogue does not hold, in order, each once."""
    return list(dict.fromkeys(name for name in _PLACEHOLDER.findall(text) if name not in CATALOGUE))


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with each known placeholder replaced by its value; one without a value reads `[name]`."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1]) or f"[{found[1]}]", text)


def filled_markdown(text: str, values: Mapping[str, str]) -> str:
    """As `filled`, but a value can never become Markdown: a handle such as `_ana_` keeps its underscores."""
    return filled(text, {name: _MARKDOWN.sub(r"\\\1", value) for name, value in values.items()})
