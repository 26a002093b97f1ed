"""Secrets of other services, kept so that a copy of the database alone does not give them away."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class SealBroken(Exception):
    """The secret was sealed under another key, or the row was changed by hand. It has to be entered again."""


def seal(secret: str) -> bytes:
    """The secret, encrypted and signed under SEALING_KEY (Fernet: AES-128-CBC with HMAC-SHA256)."""
    return _fernet().encrypt(secret.encode())


def unseal(sealed: bytes | memoryview) -> str:
    """The secret again. Raises `SealBroken`."""
    try:
        return _fernet().decrypt(bytes(sealed)).decode()
    except InvalidToken as error:
        raise SealBroken("This installation cannot read the key any more. Enter it again.") from error


def _fernet() -> Fernet:
    digest = hashlib.sha256(f"sealed:{settings.SEALING_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
