"""Where a request came from and whose it may be, without anything that names the person.

Addresses are cut before anything is written: IPv4 to /24, IPv6 to /48. The visitor key is a keyed hash under the salt
of one day; once the salt is destroyed, nobody can tell which address made a key, or that two days' keys are one
person's. A visitor who asks not to be tracked (`DNT`, `Sec-GPC`) has neither.
"""

import hashlib
from collections.abc import Mapping

KEY_BYTES = 16
SALT_BYTES = 32


def objects(headers: Mapping[str, str]) -> bool:
    """Whether the visitor asks not to be tracked: then only the class of the click is kept."""
    return headers.get("HTTP_DNT") == "1" or headers.get("HTTP_SEC_GPC") == "1"


def visitor_key(address: str, agent: str, *, site: int, salt: bytes) -> bytes:
    """A keyed hash of address, agent and site (the brand), so that brands cannot compare their visitors."""
    facts = f"{address}\0{agent}\0{site}".encode("utf-8", "replace")
    return hashlib.blake2b(facts, key=salt, digest_size=KEY_BYTES).digest()
