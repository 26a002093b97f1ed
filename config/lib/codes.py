"""Short codes that people can read aloud and type: no 0, O, 1, I or L."""

import secrets

SLUG_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
SLUG_LENGTH = 7


def new_slug() -> str:
    """Seven random characters of `SLUG_ALPHABET` (27.5 thousand million slugs). The database decides if it is new."""
    return "".join(secrets.choice(SLUG_ALPHABET) for _ in range(SLUG_LENGTH))
