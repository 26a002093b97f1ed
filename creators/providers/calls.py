"""One question to a provider may take several calls: this makes them, counts them, keeps what came, and turns every
failure into a `ProviderError`."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn

import httpx

from config.lib.http import Fetched, HttpFailure, NotAllowed, TooLarge, TooSlow, fetch, redacted
from creators.enums import Failure
from creators.providers.errors import ProviderError

MAX_KEYS = 40
LONGEST_WAIT = timedelta(days=31)
BY_STATUS = {
    400: Failure.REFUSED,
    401: Failure.BAD_KEY,
    402: Failure.NO_CREDITS,
    403: Failure.BAD_KEY,
    408: Failure.TIMEOUT,
    429: Failure.RATE_LIMITED,
    504: Failure.TIMEOUT,
}
_NOTHING_THERE = (404, 410)
SENTENCES = {
    Failure.GONE: "The provider knows no such account or post.",
    Failure.PRIVATE: "The account is private.",
    Failure.BAD_KEY: "The provider refused the key.",
    Failure.NO_CREDITS: "No credits are left with the provider.",
    Failure.RATE_LIMITED: "The provider wants us to ask less often.",
    Failure.TIMEOUT: "The provider did not answer in time.",
    Failure.SERVER: "The provider had an error of its own.",
    Failure.REFUSED: "The provider did not take the question.",
    Failure.NOT_OFFERED: "The provider does not give this.",
}


@dataclass(frozen=True)
class Refusal:
    """How a provider says no: the cause, its own words, and when to ask again if it told."""

    failure: Failure
    words: str = ""
    retry_after: timedelta | None = None


@dataclass(frozen=True)
class Service:
    """Where and how to ask. `refusal_in` reads a provider's own error format; None where the status tells it all.

    `cost_of` says what a call took, from its payload (None where that is no JSON) and its status.
    """

    address: str
    client: httpx.Client
    headers: Mapping[str, str]
    secrets: tuple[str, ...]
    refusal_in: Callable[[int, Any, httpx.Headers], Refusal | None]
    cost_of: Callable[[int, Any], int]
    params: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 60.0
    max_bytes: int = 8 * 1024 * 1024


@dataclass
class Calls:
    """The calls of one question."""

    service: Service
    count: int = 0
    credits: int = 0
    payloads: list[bytes] = field(default_factory=list)

    def get(self, path: str, params: Mapping[str, str]) -> dict[str, Any]:
        """The JSON object at a path. Raises `ProviderError`."""
        fetched = self._fetch(path, params)
        body = self._clean(fetched.body)
        payload = _parsed(body)
        self.credits += self.service.cost_of(fetched.status, payload)
        refusal = self.service.refusal_in(fetched.status, payload, fetched.headers)
        refusal = refusal or _by_status(fetched, payload)
        if refusal:
            raise self._error(refusal, body)
        if not isinstance(payload, dict):
            raise self._error(_not_json(body), body)
        self.payloads.append(body)
        return payload

    def unknown_shape(self, payload: Mapping[str, Any]) -> NoReturn:
        """Give up on an answer in which nothing is where it should be."""
        keys = tuple(_keys_of(payload))[:MAX_KEYS]
        words = f"The answer has a shape that we do not know: {', '.join(keys) or 'no keys at all'}."
        body = self.payloads.pop() if self.payloads else b""
        raise ProviderError(Failure.SHAPE, words[:300], keys=keys, payload=body, credits=self.credits)

    def _fetch(self, path: str, params: Mapping[str, str]) -> Fetched:
        service = self.service
        self.count += 1
        try:
            return fetch(
                service.client, f"{service.address.rstrip('/')}/{path}", params={**params, **service.params},
                headers=service.headers, seconds=service.seconds, max_bytes=service.max_bytes,
            )  # fmt: skip
        except HttpFailure as error:
            raise self._error(Refusal(_failure_of(error), str(error)), b"") from error

    def _error(self, refusal: Refusal, body: bytes) -> ProviderError:
        said = " ".join(redacted(refusal.words, self.service.secrets).split())[:240]
        sentence = SENTENCES.get(refusal.failure, "")
        words = " ".join(filter(None, [sentence, said if said != sentence else ""])) or refusal.failure.label
        return ProviderError(
            refusal.failure, words, retry_after=refusal.retry_after, payload=body, credits=self.credits
        )

    def _clean(self, body: bytes) -> bytes:
        """Providers repeat a key in messages and in the addresses of next pages."""
        for secret in filter(None, self.service.secrets):
            body = body.replace(secret.encode(), b"[key]")
        return body


def said_in(payload: Any, *names: str) -> str:
    """The provider's own words in the first of these fields that holds any."""
    found = [payload.get(name) for name in names] if isinstance(payload, dict) else []
    return next((_NOT_WORDS.sub("", each).strip() for each in found if isinstance(each, str) and each.strip()), "")


def retry_after(headers: httpx.Headers, *, now: datetime) -> timedelta | None:
    """The header Retry-After, in seconds or as a date; at most a month, and None where it says nothing useful."""
    text = headers.get("retry-after", "").strip()
    try:
        wait = timedelta(seconds=int(text)) if text.isdecimal() else _moment(text) - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(wait, timedelta(0)), LONGEST_WAIT)


_NOT_WORDS = re.compile("[\x00-\x1f\ud800-\udfff]+")


def _moment(text: str) -> datetime:
    found = parsedate_to_datetime(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _parsed(body: bytes) -> Any:
    """The JSON, or None. Too deep and too long numbers count as none as well."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _by_status(fetched: Fetched, payload: Any) -> Refusal | None:
    if fetched.status < 300:
        return None
    failure = BY_STATUS.get(fetched.status)
    if failure is None:
        failure = Failure.SERVER if fetched.status >= 500 or fetched.status < 400 else Failure.REFUSED
    if fetched.status in _NOTHING_THERE:
        return _nothing_there(payload)
    words = said_in(payload, "message", "error", "detail") or f"It answered with status {fetched.status}."
    return Refusal(failure, words, retry_after(fetched.headers, now=datetime.now(UTC)))


def _nothing_there(payload: Any) -> Refusal:
    """Nothing at this address, in words that are not the provider's own for a missing account or post.

    A wrong base address says the same of every account, so it may never make one gone.
    """
    said = said_in(payload, "message", "error", "detail") or "There is nothing at this address"
    return Refusal(Failure.SHAPE, f"{said.rstrip('.')}. Is the base address right?")


def _not_json(body: bytes) -> Refusal:
    start = body[:200].lstrip().lower()
    if not start:
        return Refusal(Failure.SERVER, "The answer is empty.")
    if start.startswith((b"<", b"\xef\xbb\xbf<")):
        return Refusal(Failure.SERVER, "It answered with a web page instead of data.")
    if start.startswith((b"{", b"[")):
        return Refusal(Failure.SERVER, "The answer breaks off in the middle, or is no object.")
    return Refusal(Failure.SERVER, "The answer is not JSON.")


def _failure_of(error: HttpFailure) -> Failure:
    if isinstance(error, TooSlow):
        return Failure.TIMEOUT
    if isinstance(error, NotAllowed):
        return Failure.REDIRECT
    return Failure.SHAPE if isinstance(error, TooLarge) else Failure.SERVER


def _keys_of(payload: Mapping[str, Any]) -> list[str]:
    """The top keys, and those below `data`, which is where the shape differs."""
    top = [_NOT_WORDS.sub("", key)[:60] for key in payload]
    data = payload.get("data")
    inner = [f"data.{_NOT_WORDS.sub('', key)[:60]}" for key in data] if isinstance(data, dict) else []
    return [*top, *inner]
