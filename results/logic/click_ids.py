"""Click ids (`tclid`): UUIDs of version 7 (RFC 9562), in the order of their making, made without asking anybody."""

from uuid import UUID

_RANDOM_BITS = 74


def click_id(milliseconds: int, randomness: int) -> UUID:
    """The id of a click made `milliseconds` after 1970, from 74 or more bits of randomness."""
    head = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | 0b10 << 62
    high, low = divmod(randomness & (1 << _RANDOM_BITS) - 1, 1 << 62)
    return UUID(int=head | high << 64 | low)


def with_click_id(target: str) -> tuple[str, str]:
    """What stands before and after the click id in the address that people are sent to; a fragment stays last."""
    page, hash_sign, fragment = target.partition("#")
    joint = "" if page.endswith(("?", "&")) else "&" if "?" in page else "?"
    return f"{page}{joint}tclid=", f"{hash_sign}{fragment}"
