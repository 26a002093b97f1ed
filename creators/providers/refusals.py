"""How each provider says no inside of an answer, and what it means."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from creators.enums import Failure
from creators.providers.calls import BY_STATUS, Refusal, retry_after, said_in
from creators.providers.shapes import walk
from creators.providers.values import whole

# "Not found" alone may be about the address that was asked, so it must name what is missing.
_WHO = r"\b(user|username|account|profile|handle|creator|channel|post|media|video|tweet|reel|pin)\b"
_MISSING = r"not (be )?found|(not|n't) find|not exist|\w+n't exist|no longer \w+|no such|unknown|deleted|unavailable"
_ENDED = r"suspended|banned|terminated"
# In this order: "Invalid API key or insufficient credits" is about the key, "no credits left on this key" is not.
_WORDS = (
    (Failure.BAD_KEY, r"(invalid|missing|wrong|unknown|inactive|revoked|no) (x-)?api[ -_]?key|unauthori[sz]ed"),
    (Failure.NO_CREDITS, r"credit|quota|payment|billing|subscription|plan limit|upgrade"),
    (Failure.RATE_LIMITED, r"rate.?limit|too many|slow down"),
    (Failure.BAD_KEY, r"\byour account\b"),  # the one with the provider
    (Failure.PRIVATE, r"\bprivate\b|protected account"),
    (Failure.REFUSED, r"(route|endpoint|path|url) not found|cannot get|no such (route|endpoint)"),
    (Failure.GONE, rf"{_WHO}\W+(\w+\W+){{0,4}}?({_MISSING})|({_MISSING})\W+(\w+\W+)?{_WHO}|{_ENDED}"),
    (Failure.BAD_KEY, r"api[ -_]?key|\btoken\b|authenticat|forbidden"),
    (Failure.TIMEOUT, r"timed? ?out"),
)
_PACIFIC = ZoneInfo("America/Los_Angeles")


def meaning_of(words: str) -> Failure | None:
    """What a refusal in plain English is about, None where it is anyone's guess."""
    return next((failure for failure, pattern in _WORDS if re.search(pattern, words, re.IGNORECASE)), None)


def sociavault_refusal(status: int, payload: Any, headers: httpx.Headers) -> Refusal | None:
    """`{error, message, statusCode}`, also with status 200 and `success: false`.

    403 is a bad key, no credits, or a private account; only its words tell.
    """
    if not isinstance(payload, Mapping):
        return None
    inner = payload.get("error")
    said = said_in(payload, "message", "error", "errorMessage", "detail") or said_in(inner, "message", "code")
    if status < 300:
        if payload.get("success") is False or (
            said and set(payload) <= {"error", "message", "statusCode", "success"}
        ):
            told = whole(payload.get("statusCode")) or 0
            return Refusal(meaning_of(said) or BY_STATUS.get(told, Failure.SERVER), said or "It told no reason.")
        return None
    if status >= 500 or status in (401, 402, 408, 429):
        return None
    meaning = meaning_of(f"{said} {said_in(inner, 'code')}")
    return Refusal(meaning, said, retry_after(headers, now=datetime.now(UTC))) if meaning else None


_YOUTUBE_REASONS = {
    "quotaExceeded": Failure.NO_CREDITS,
    "dailyLimitExceeded": Failure.NO_CREDITS,
    "rateLimitExceeded": Failure.RATE_LIMITED,
    "userRateLimitExceeded": Failure.RATE_LIMITED,
    "keyInvalid": Failure.BAD_KEY,
    "keyExpired": Failure.BAD_KEY,
    "API_KEY_INVALID": Failure.BAD_KEY,
    "accessNotConfigured": Failure.BAD_KEY,
    "ipRefererBlocked": Failure.BAD_KEY,
    "channelNotFound": Failure.GONE,
    "channelClosed": Failure.GONE,
    "channelSuspended": Failure.GONE,
    "playlistNotFound": Failure.GONE,
    "videoNotFound": Failure.GONE,
    "channelForbidden": Failure.PRIVATE,
    "playlistItemsNotAccessible": Failure.PRIVATE,
    "commentsDisabled": Failure.NOT_OFFERED,
    "backendError": Failure.SERVER,
}


def youtube_refusal(status: int, payload: Any, headers: httpx.Headers) -> Refusal | None:
    """`{error: {code, message, errors: [{reason}], details: [{reason}]}}`.

    A quota that is used up comes back at midnight Pacific time.
    """
    error = walk(payload, "error")
    if not isinstance(error, Mapping):
        return None
    reasons = [walk(error, "errors.0.reason"), walk(error, "details.0.reason")]
    words = re.sub(r"<[^>]*>", "", said_in(error, "message"))
    failure = next(
        (_YOUTUBE_REASONS[each] for each in reasons if isinstance(each, str) and each in _YOUTUBE_REASONS), None
    )
    if failure is None and re.search(r"api key", words, re.IGNORECASE):
        failure = Failure.BAD_KEY
    now = datetime.now(UTC)
    if failure is None:
        is_plain = status < 400 or status in (404, 410) or (status in BY_STATUS and status != 403)
        return None if is_plain else Refusal(_other(status), words)
    wait = _until_pacific_midnight(now) if failure is Failure.NO_CREDITS else retry_after(headers, now=now)
    return Refusal(failure, words, wait)


# https://developers.facebook.com/docs/graph-api/guides/error-handling and .../overview/rate-limiting
_GRAPH_CODES = {
    1: Failure.SERVER, 2: Failure.SERVER, 4: Failure.RATE_LIMITED, 10: Failure.BAD_KEY, 17: Failure.RATE_LIMITED,
    32: Failure.RATE_LIMITED, 102: Failure.BAD_KEY, 110: Failure.NOT_OFFERED, 190: Failure.BAD_KEY,
    368: Failure.REFUSED, 613: Failure.RATE_LIMITED, 80002: Failure.RATE_LIMITED, 80004: Failure.RATE_LIMITED,
}  # fmt: skip
_NO_SUCH_BUSINESS = 2207013
_AN_HOUR = timedelta(hours=1)


def instagram_refusal(status: int, payload: Any, headers: httpx.Headers) -> Refusal | None:
    """`{error: {message, type, code, error_subcode}}`.

    A name that is not found may be gone or only a personal account, which business discovery never shows; so it is
    "not offered", not "gone".
    """
    error = walk(payload, "error")
    if not isinstance(error, Mapping):
        return None
    code, words = whole(error.get("code")) or 0, said_in(error, "error_user_msg", "message")
    if whole(error.get("error_subcode")) == _NO_SUCH_BUSINESS:
        reason = "Instagram knows no business or creator account of this name; personal ones cannot be asked about."
        return Refusal(Failure.NOT_OFFERED, reason)
    failure = _GRAPH_CODES.get(code) or (Failure.BAD_KEY if 200 <= code < 300 else None)
    if failure is Failure.RATE_LIMITED:
        return Refusal(failure, words, retry_after(headers, now=datetime.now(UTC)) or _regained(headers) or _AN_HOUR)
    return Refusal(failure or _other(status), words)


def _regained(headers: httpx.Headers) -> timedelta | None:
    """Instagram tells the wait in minutes, inside of a JSON header of its own."""
    found = re.search(r'"estimated_time_to_regain_access":\s*(\d{1,5})', headers.get("x-business-use-case-usage", ""))
    return timedelta(minutes=int(found[1])) if found and int(found[1]) else None


def _other(status: int) -> Failure:
    return Failure.SERVER if status >= 500 or status < 400 else Failure.REFUSED


def _until_pacific_midnight(now: datetime) -> timedelta:
    there = now.astimezone(_PACIFIC)
    midnight = datetime.combine(there.date() + timedelta(days=1), time(), _PACIFIC)
    return midnight.astimezone(UTC) - now
