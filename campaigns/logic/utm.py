"""The address that a tracking link leads to: the shop's page with our UTM parameters. Pinned: "Links"."""

import re
from urllib.parse import quote, unquote_plus, urlsplit, urlunsplit

import idna

DEFAULT_DESTINATION = "https://example.com/"
LONGEST = 500
# What may stand unescaped in each part of an address (RFC 3986), `%` apart.
_PATH = "/:@!$&'()*+,;=-._~"
_QUERY = _PATH + "?"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class BadDestination(ValueError):
    """The text is no web address that a link could lead to; the words say why."""


def content_of(handle: str, post: int) -> str:
    """`utm_content`: the handle in lower case without `@`, dots and underscores kept, and the post's number."""
    return f"{handle.strip().removeprefix('@').lower()}_post{post}"


def tagged(
    destination: str, *, platform: str, medium: str, campaign: str, handle: str, post: int, link_id: int
) -> str:
    """`destination` with our UTMs behind its own query, before its fragment.

    Its own parameters keep their order and spelling, except `utm_*` in any case, which ours replace. What is not
    allowed in an address is percent-encoded once; an international host becomes punycode.
    """
    parts = urlsplit(_as_sent(destination))
    ours = {
        "utm_source": platform,
        "utm_medium": medium,
        "utm_campaign": campaign,
        "utm_content": content_of(handle, post),
        "utm_id": str(link_id),
    }
    own = [piece for piece in parts.query.split("&") if piece and not _is_utm(piece)]
    query = "&".join([*own, *(f"{name}={quote(value, safe='')}" for name, value in ours.items())])
    return urlunsplit(parts._replace(query=query))


def checked(destination: str) -> str:
    """The address as it goes over the wire, in at most `LONGEST` characters, or BadDestination."""
    address = _as_sent(destination)
    if len(address) > LONGEST:
        raise BadDestination(
            f"This address has {len(address)} characters, with escapes such as %20. It may have {LONGEST} at most."
        )
    return address


def _as_sent(destination: str) -> str:
    text = destination.strip()
    try:
        parts = urlsplit(text)
        host = _host(parts.hostname or "")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError) as error:
        raise BadDestination(f"“{text[:80]}” is not a web address.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise BadDestination(f"“{text[:80]}” is not a web address: it must begin with https:// or http://.")
    if "@" in parts.netloc:
        raise BadDestination("Leave user name and password out of the address.")
    return urlunsplit(
        (
            parts.scheme,
            f"{host}{port}",
            _escaped(parts.path, _PATH) or "/",
            _escaped(parts.query, _QUERY),
            _escaped(parts.fragment, _QUERY),
        )
    )


def _host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    if any(letter.isspace() or letter in '<>"\\^`{|}%' for letter in host) or ".." in host or host.startswith("."):
        raise ValueError(host)
    return host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")


def _escaped(text: str, safe: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", text), safe=safe + "%")


def _is_utm(piece: str) -> bool:
    return unquote_plus(piece.partition("=")[0]).strip().lower().startswith("utm_")
