"""Who bought, without keeping who it was: a keyed hash of the normalised e-mail. Pinned: "Orders and people"."""

import hashlib
import hmac

NOBODY = b""
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})


def normalised_email(email: str) -> str:
    """The address that one person's spellings share: trimmed, lower case, `+tag` cut, dots cut for gmail.

    Blank where the text is no address, such as a guest's empty cell.
    """
    local, at, domain = email.strip().lower().rpartition("@")
    if not at or not local or not domain:
        return ""
    local = local.partition("+")[0] or local
    if domain in _DOTLESS:
        local = local.replace(".", "")
    return f"{local}@{domain}"


def customer_of(email: str, *, key: str) -> bytes:
    """The person behind an e-mail address: 32 bytes that cannot be turned back without `key`, or NOBODY."""
    address = normalised_email(email)
    return hmac.digest(key.encode(), address.encode(), hashlib.sha256) if address else NOBODY
