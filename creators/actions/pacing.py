"""A provider's calls a minute, held by all workers together: each call takes the next free moment of a shared clock.

The clock is a key in Valkey that one script reads and moves on, by Valkey's own time, so that any number of workers
and machines agree. Calls are spaced evenly, which keeps a limit by the second as well as one by the minute. Without
Valkey nobody may call: work waits, a limit is never passed. Ten lines of script tell a worker how long to wait, which
a counting limiter cannot, so none of those was taken.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import httpx
from django.conf import settings
from redis import Redis, RedisError
from redis.commands.core import Script

from config.lib.http import make_client
from creators.enums import Source

PATIENCE = timedelta(seconds=5)
"""A worker does not wait longer than this for a call: it lets the profile go, and others take their turn."""
_MICROSECOND = timedelta(microseconds=1)
_MARGIN = 1.03
"""Calls do not reach the provider exactly when they were sent; this much room keeps any minute within its limit."""

# Microseconds. Answers how long to wait; a wait beyond the patience takes nothing and is answered as negative.
_TAKE = """
local time = redis.call('time')
local now = time[1] * 1000000 + time[2]
local free = math.max(now, tonumber(redis.call('get', KEYS[1]) or '0'))
if ARGV[3] ~= '' and free - now > tonumber(ARGV[3]) then return now - free end
local taken = free + ARGV[1] * ARGV[2]
redis.call('set', KEYS[1], string.format('%.0f', taken), 'px', string.format('%.0f', (taken - now) / 1000 + 60000))
return free - now
"""


class NoPace(Exception):
    """Valkey is away, so nobody can say whether a call is within the limit."""


@dataclass(frozen=True)
class Pace:
    """The most calls a minute to one provider, by all workers together. `sleep` waits, outside of tests."""

    source: Source
    calls_a_minute: int
    sleep: Callable[[float], None] = time.sleep

    def begin(self) -> timedelta | None:
        """Take the first call of a question and wait for it; this thread's next call then goes at once.

        Where it is too far off, nothing is taken and the answer says how far. Raises NoPace.
        """
        wait = self._take(patience=str(PATIENCE // _MICROSECOND))
        if wait < timedelta(0):
            return -wait
        self.sleep(wait / timedelta(seconds=1))
        _paid.source = self.source
        return None

    def wait(self) -> None:
        """Wait for the turn of any further call: each request passes here. Raises NoPace."""
        if getattr(_paid, "source", None) == self.source:
            _paid.source = None
            return
        self.sleep(self._take(patience="") / timedelta(seconds=1))

    def client(self) -> httpx.Client:
        """A client for outside whose every request waits for its turn."""
        client = make_client()
        client.event_hooks["request"].append(lambda request: self.wait())
        return client

    def _take(self, *, patience: str) -> timedelta:
        interval = round(60_000_000 * _MARGIN / self.calls_a_minute)
        try:
            wait = _script()(keys=[f"troupe:pace:{self.source}"], args=[interval, 1, patience])
        except RedisError as error:
            raise NoPace from error
        return timedelta(microseconds=int(wait))


_paid = threading.local()


@cache
def _script() -> Script:
    valkey = Redis.from_url(settings.REDIS_URL, socket_timeout=5, socket_connect_timeout=2)
    return valkey.register_script(_TAKE)
