"""Where a request came from: the address behind trusted proxies, and its network, to which it is cut."""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address


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
