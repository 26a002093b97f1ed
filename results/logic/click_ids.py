"""Click ids (`tclid`): UUIDs of version 7 (RFC 9562), in the order of their making, made without asking anybody."""

RANDOM_BYTES = 10
# The first digit of the fourth group carries the variant (binary 10) and two of the random bits.
_VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))


def click_id(milliseconds: int, randomness: bytes) -> str:
    """The id of a click made `milliseconds` after 1970, from RANDOM_BYTES random bytes (74 of whose bits count)."""
    text = milliseconds.to_bytes(6).hex() + randomness.hex()
    return f"{text[:8]}-{text[8:12]}-7{text[13:16]}-{_VARIANT[text[16]]}{text[17:20]}-{text[20:]}"


def with_click_id(target: str) -> tuple[str, str]:
    """What stands before and after the click id in the address that people are sent to; a fragment stays last."""
    page, hash_sign, fragment = target.partition("#")
    joint = "" if page.endswith(("?", "&")) else "&" if "?" in page else "?"
    return f"{page}{joint}tclid=", f"{hash_sign}{fragment}"
