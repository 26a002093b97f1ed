"""Who is named in a note by `@name`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

_AFTER_AT = re.compile(r"(?<![\w.@])@([\w][\w.+-]*)(?: ([\w][\w.-]*))?")


def spellings(name: str, email: str) -> set[str]:
    """What people may write after the `@`: first name, whole name (with a space, a dot or nothing), or mail name."""
    words = name.casefold().split()
    whole = {" ".join(words), ".".join(words), "".join(words)} if words else set()
    return {*whole, *words[:1], email.casefold().partition("@")[0]}


def named_in(text: str, people: Mapping[int, Iterable[str]]) -> set[int]:
    """The people whom the text names, by key. A spelling that fits several of them names nobody."""
    owners: dict[str, set[int]] = defaultdict(set)
    for key, spelled in people.items():
        for each in spelled:
            owners[each].add(key)
    found = set()
    for first, second in _AFTER_AT.findall(text.casefold()):
        tried = (f"{first} {second.rstrip('.-')}", first, first.rstrip(".-"))
        fitting = next((owners[each] for each in tried if each in owners), set())
        found |= fitting if len(fitting) == 1 else set()
    return found
