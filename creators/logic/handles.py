"""A handle from what people paste: with `@`, in capitals, or as the address of a profile on its own platform."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from creators.enums import Platform

LONGEST = 120
_PLAIN = re.compile(r"[a-z0-9._-]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HANDLE = re.compile(r"[\w.\-·]+")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:/*|//|www\.|[^/@\s]+\.[a-z]{2,}/", re.IGNORECASE)

_NAMES_A_HOST = re.compile(
    r"(instagram|instagr|tiktok|youtube|linkedin|twitter|pinterest|substack|beehiiv|^x|www\.x)\.", re.IGNORECASE
)

# The hosts of each platform (any subdomain), and the shape of a profile's path there.
_NAME = r"@?(?P<handle>[^/@]+)"
_HOSTS: dict[str, re.Pattern[str]] = {
    Platform.INSTAGRAM: re.compile(r"instagram\.com|instagr\.am"),
    Platform.TIKTOK: re.compile(r"tiktok\.com"),
    Platform.YOUTUBE: re.compile(r"youtube\.com"),
    Platform.LINKEDIN: re.compile(r"linkedin\.com"),
    Platform.X: re.compile(r"x\.com|twitter\.com"),
    Platform.PINTEREST: re.compile(r"pinterest(\.[a-z]{2,3}){1,2}"),
    Platform.NEWSLETTER: re.compile(r"substack\.com|beehiiv\.com"),
}
_PATHS: dict[str, re.Pattern[str]] = {
    Platform.INSTAGRAM: re.compile(_NAME),
    Platform.TIKTOK: re.compile(r"@(?P<handle>[^/@]+)"),
    Platform.YOUTUBE: re.compile(
        r"(@|channel/|c/|user/)(?P<handle>[^/@]+)(/(featured|videos|shorts|about|streams|playlists|community))?"
    ),
    Platform.LINKEDIN: re.compile(r"(in|company)/(?P<handle>[^/@]+)"),
    Platform.X: re.compile(_NAME),
    Platform.PINTEREST: re.compile(_NAME),
    Platform.NEWSLETTER: re.compile(r"@(?P<handle>[^/@]+)"),
}
# Here a letter of another alphabet is a look-alike, which would make a second creator of a known one.
_LATIN = frozenset([Platform.INSTAGRAM, Platform.TIKTOK, Platform.X, Platform.PINTEREST])
# Pages of the platforms themselves, which stand where else a handle does.
_NOT_HANDLES = frozenset({
    "about", "accounts", "ads", "business", "developer", "directory", "download", "explore", "hashtag", "help",
    "home", "i", "ideas", "intent", "login", "notifications", "p", "pin", "privacy", "reel", "reels", "search",
    "settings", "share", "shop", "signup", "stories", "today", "topics", "tv", "web",
})  # fmt: skip


class NotAHandle(ValueError):
    """The text is no handle of this platform; the message says why, to a person."""


@dataclass(frozen=True)
class CleanHandle:
    """A handle in lower case without `@`. `cleaned` says in words what was taken away, if anything."""

    handle: str
    cleaned: str = ""


def clean_handle(text: str, platform: str) -> CleanHandle:
    """The handle in `text` for one of the known platforms. Raises `NotAHandle`.

    The address of a profile on this platform is taken; any other address (a post, another platform) is refused.
    """
    is_plain = _PLAIN.fullmatch(text) and len(text) <= LONGEST and not _DAY.fullmatch(text)
    if platform != Platform.NEWSLETTER and is_plain and not _is_host(text):
        return CleanHandle(text)
    plain = _HIDDEN.sub("", unicodedata.normalize("NFKC", text)).strip().lstrip("'").strip()
    if not plain:
        raise NotAHandle("The handle is missing.")
    if _ADDRESS.match(plain) or _is_host(plain):
        handle = _from_address(plain, platform)
        return CleanHandle(_checked(handle, platform), f"taken from the address {plain[:120]}")
    handle = plain.lstrip("@").strip()
    return CleanHandle(_checked(handle, platform), "the @ was left out" if plain.startswith("@") else "")


def _is_host(text: str) -> bool:
    if not _NAMES_A_HOST.search(text):
        return False
    name = text.lower().removeprefix("www.")
    return any(hosts.fullmatch(name) for hosts in _HOSTS.values()) or name.endswith((".substack.com", ".beehiiv.com"))


def _from_address(text: str, platform: str) -> str:
    label = Platform(platform).label
    address = text if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) else f"https://{text.lstrip('/')}"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        parts, host = None, ""
    hosts = _HOSTS.get(platform)
    if parts is None or parts.scheme not in ("http", "https") or not hosts or not _is_at(host, hosts):
        raise NotAHandle(f"This is not the address of a profile on {label}. Write the handle.")
    own = re.fullmatch(r"([a-z0-9-]+)\.(substack|beehiiv)\.com", host) if platform == Platform.NEWSLETTER else None
    if own and own[1] != "www":
        return own[1]
    match = _PATHS[platform].fullmatch(unquote(parts.path).strip("/"))
    if not match or match["handle"].lower() in _NOT_HANDLES:
        raise NotAHandle(f"This address on {label} is not that of a profile. Write the handle.")
    return match["handle"]


def _is_at(host: str, hosts: re.Pattern[str]) -> bool:
    """Whether the host is one of `hosts` or lies below one of them."""
    labels = host.split(".")
    return any(hosts.fullmatch(".".join(labels[start:])) for start in range(len(labels)))


def _checked(handle: str, platform: str) -> str:
    if not handle:
        raise NotAHandle("The handle is missing.")
    length = max(len(handle), len(handle.lower()))  # one capital may be two small letters
    if length > LONGEST:
        raise NotAHandle(f"The handle is {length} characters long; {LONGEST} are the most.")
    if "@" in handle:
        raise NotAHandle("This is an e-mail address, not a handle.")
    if re.search(r"\s", handle):
        raise NotAHandle("A handle holds no spaces.")
    if not _HANDLE.fullmatch(handle):
        raise NotAHandle("A handle holds letters, digits, dots, underscores and hyphens only.")
    if _DAY.fullmatch(handle):
        raise NotAHandle("This is a day: a spreadsheet has made one of the handle. Make the column text.")
    foreign = next((letter for letter in handle if not letter.isascii()), "")
    if foreign and platform in _LATIN:
        label = Platform(platform).label
        raise NotAHandle(f"“{foreign}” is no Latin letter, and handles on {label} have no others. Type it anew.")
    return handle.lower()
