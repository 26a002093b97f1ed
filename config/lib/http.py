"""Asking other people's servers: one client factory with limits of time and size and a guard of private addresses.

The guard looks where a connection is really made, so a name that resolves to a private address, or a redirect to one,
is refused too. Only a connection that cannot be made is tried again here (once); whether to ask again after an answer
is the caller's to decide, since answers may cost money.
"""

import ipaddress
import os
import socket
import ssl
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import httpcore
import httpx
from django.conf import settings

CONNECT_SECONDS, ANSWER_SECONDS, WHOLE_SECONDS = 5.0, 30.0, 60.0
MAX_BYTES = 8 * 1024 * 1024
MAX_REDIRECTS = 3
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class HttpFailure(Exception):
    """There is no answer; the text says why, in words for a person and without any secret."""


class TooSlow(HttpFailure):
    """No whole answer within the time limit."""


class TooLarge(HttpFailure):
    """The answer is larger than it may be."""


class Unreachable(HttpFailure):
    """The connection was refused, broken, or of no known host."""


class NotAllowed(HttpFailure):
    """The address, or one that we were sent on to, may not be asked."""


@dataclass(frozen=True)
class Fetched:
    """An answer, whole and unpacked."""

    status: int
    headers: httpx.Headers
    body: bytes


def make_client(*, seconds: float | None = None, private_hosts: Collection[str] | None = None) -> httpx.Client:
    """A client for addresses outside. `seconds` replaces every time limit but that of the whole answer.

    `private_hosts` (default: the setting PROVIDER_PRIVATE_HOSTS) names hosts, or `host:port`, that may be private.
    """
    hosts = settings.PROVIDER_PRIVATE_HOSTS if private_hosts is None else private_hosts
    timeout = httpx.Timeout(seconds or ANSWER_SECONDS, connect=min(seconds or CONNECT_SECONDS, CONNECT_SECONDS))
    headers = {"User-Agent": "Troupe", "Accept": "application/json", "Accept-Encoding": "gzip"}
    return httpx.Client(transport=_GuardedTransport(frozenset(hosts)), timeout=timeout, headers=headers)


def shared_client() -> httpx.Client:
    """The one client of this process for whoever needs no limits of their own, so that connections are kept."""
    return _shared(os.getpid(), tuple(settings.PROVIDER_PRIVATE_HOSTS))


def fetch(
    client: httpx.Client,
    address: str,
    *,
    params: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    max_bytes: int = MAX_BYTES,
    seconds: float = WHOLE_SECONDS,
) -> Fetched:
    """GET an address. Raises `HttpFailure` and nothing else.

    A redirect is followed within the same scheme, host and port only: headers and parameters may hold a key.
    """
    until = time.monotonic() + seconds
    try:
        url = httpx.URL(address).copy_merge_params(params or {})
        for _ in range(MAX_REDIRECTS + 1):
            fetched = _get(client, url, headers or {}, max_bytes, until)
            if not (300 <= fetched.status < 400 and "location" in fetched.headers):
                return fetched
            url = _next(url, fetched.headers["location"])
    except HttpFailure:
        raise
    except httpx.TimeoutException as error:
        raise TooSlow("There was no answer in time.") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise Unreachable(f"The connection failed ({type(error).__name__}).") from error
    raise NotAllowed("It sends us round in circles.")


def redacted(text: str, secrets: Iterable[str]) -> str:
    """The text with every secret replaced, for messages and logs."""
    for secret in filter(None, secrets):
        text = text.replace(secret, "[key]")
    return text


def is_private(text: str) -> bool:
    """Whether an IP address is one that the public internet does not reach (loopback, link-local, multicast, ...)."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return any(not each.is_global or each.is_multicast or each.is_reserved for each in _meant_by(address))


def _get(client: httpx.Client, url: httpx.URL, headers: Mapping[str, str], max_bytes: int, until: float) -> Fetched:
    body = bytearray()
    with client.stream("GET", url, headers=dict(headers), follow_redirects=False) as response:
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > max_bytes:
                raise TooLarge(f"The answer is larger than {max_bytes // 1024:,} KiB.")
            if time.monotonic() > until:
                raise TooSlow("The answer did not end in time.")
        return Fetched(response.status_code, response.headers, bytes(body))


def _next(url: httpx.URL, location: str) -> httpx.URL:
    target = url.join(location)
    if (target.scheme, target.host, target.port) == (url.scheme, url.host, url.port):
        return target
    raise NotAllowed(f"It sends us on to {target.host or 'nowhere'}, where we do not follow.")


class _GuardedTransport(httpx.HTTPTransport):
    """httpx's own transport over a pool that connects through the guard."""

    def __init__(self, private_hosts: frozenset[str]) -> None:
        super().__init__(verify=_tls(), trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls(), retries=1, max_connections=100, keepalive_expiry=5.0,
            network_backend=_GuardedBackend(private_hosts),
        )  # fmt: skip


class _GuardedBackend(httpcore.NetworkBackend):
    """Resolves a name once, refuses private addresses, and connects to the very address that it looked at."""

    def __init__(self, private_hosts: frozenset[str]) -> None:
        self._private_hosts = private_hosts
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the name that answers."""
        failure: Exception = httpcore.ConnectError("the name has no address")
        for address in self._addresses(host, port):
            try:
                return self._plain.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def sleep(self, seconds: float) -> None:
        """Wait before the second try."""
        self._plain.sleep(seconds)

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError("the name is not known") from error
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        trusted = {host, f"{host}:{port}"} & self._private_hosts
        if not trusted and any(is_private(address) for address in addresses):
            raise NotAllowed(f"{host} is a private address, which we do not ask.")
        return addresses


def _meant_by(address: _Address) -> list[_Address]:
    """The address, and the IPv4 one that an IPv6 form of it leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    inner = address.ipv4_mapped or address.sixtofour
    if address in _NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return [inner] if inner else [address]


@cache
def _shared(process: int, private_hosts: tuple[str, ...]) -> httpx.Client:
    """By process, since a forked worker must not go on with its parent's connections."""
    return make_client(private_hosts=private_hosts)


@cache
def _tls() -> ssl.SSLContext:
    """Made once: reading all root certificates takes some 20 ms."""
    return httpx.create_ssl_context()
