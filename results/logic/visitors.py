"""Where a request came from and whose it may be, without anything that names the person.

Addresses are cut before anything is written: IPv4 to /24, IPv6 to /48. The visitor key is a keyed hash under the salt
of one day; once the salt is destroyed, nobody can tell which address made a key, or that two days' keys are one
person's. A visitor who asks not to be tracked (`DNT`, `Sec-GPC`) has neither.
"""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

KEY_BYTES = 16
SALT_BYTES = 32


def client_address(headers: Mapping[str, str], *, trusted_proxies: int) -> str:
    """The address of the client, believing the last `trusted_proxies` hops of `X-Forwarded-For` and no more."""
    remote = headers.get("REMOTE_ADDR", "")
    if not trusted_proxies:
        return remote
    hops = [hop.strip() for hop in headers.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    chain = [*hops, remote]
    return _without_port(chain[max(0, len(chain) - 1 - trusted_proxies)])


def _without_port(address: str) -> str:
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


@lru_cache(maxsize=10_000)
def network_of(address: str) -> str:
    """The address cut to its network, such as `203.0.113.0/24`; empty where it is no address."""
    try:
        ip = ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is None:
            return str(IPv6Network((int(ip), 48), strict=False))
        ip = ip.ipv4_mapped
    return str(IPv4Network((int(ip), 24), strict=False))


def objects(headers: Mapping[str, str]) -> bool:
    """Whether the visitor asks not to be tracked: then only the class of the click is kept."""
    return headers.get("HTTP_DNT") == "1" or headers.get("HTTP_SEC_GPC") == "1"


def visitor_key(address: str, agent: str, *, site: int, salt: bytes) -> bytes:
    """A keyed hash of address, agent and site (the brand), so that brands cannot compare their visitors."""
    facts = f"{address}\0{agent}\0{site}".encode("utf-8", "replace")
    return hashlib.blake2b(facts, key=salt, digest_size=KEY_BYTES).digest()
