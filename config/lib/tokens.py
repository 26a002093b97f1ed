"""Signed tokens for addresses that open without a login, and hashed ones for links of one use."""

import hashlib
import secrets

from django.core.signing import BadSignature, Signer


def signed(purpose: str, *numbers: int) -> str:
    """A token that only this installation can make, carrying `numbers` for one purpose."""
    return Signer(salt=purpose, sep=".").sign("-".join(map(str, numbers)))


def unsigned(purpose: str, token: str) -> tuple[int, ...] | None:
    """The numbers of a token made by `signed` for the same purpose, or None."""
    try:
        return tuple(int(part) for part in Signer(salt=purpose, sep=".").unsign(token).split("-"))
    except (BadSignature, ValueError):
        return None


def new_token() -> str:
    """A random token of 256 bits for a link. Keep only its `token_hash`."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What to store of a random token."""
    return hashlib.sha256(token.encode()).hexdigest()
