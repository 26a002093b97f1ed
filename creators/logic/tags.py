"""Tags as they are kept: lower case, single spaces, each once."""

from collections.abc import Iterable

LONGEST = 40
MOST = 20


class BadTags(ValueError):
    """Tags that cannot be kept; the message is for people."""


def cleaned_tags(words: Iterable[str]) -> list[str]:
    """The tags in their order, folded, each once. Raises BadTags for one of over 40 characters or over 20 of them."""
    folded = (" ".join(word.split()).lower() for word in words)
    tags = list(dict.fromkeys(word for word in folded if word))
    if len(tags) > MOST or any(len(tag) > LONGEST for tag in tags):
        raise BadTags(f"At most {MOST} tags of {LONGEST} characters each.")
    return tags
