"""The salt of each day, under which visitors are hashed, and its end.

The redirect never waits for it: the salt is read from a file of this machine, made on the spot where there is none. A
thread in the background then agrees with the other machines through Valkey, a day ahead, so that all of them use one
salt by the time it is needed; with Valkey away each machine counts by its own. Both copies are destroyed within 48
hours of their making.
"""

import contextlib
import logging
import os
import secrets
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from redis import Redis, RedisError

from results.actions import spool
from results.logic.visitors import SALT_BYTES

LIFE = timedelta(hours=48)
PAUSE = 60.0
DRAFTS_LIFE = 60.0
LOST_KEY = "troupe:clicks:lost"
LOST_DAYS = 30

logger = logging.getLogger(__name__)
_salts: dict[int, bytes] = {}
_keeper: threading.Thread | None = None


def salt_of(day: int) -> bytes:
    """The salt of a UTC day, numbered from 1970. It comes from memory, or once a day and process from the disk."""
    salt = _salts.get(day)
    if salt is None:
        salt = _salts[day] = kept_here(day)
        _start_keeper()
    return salt


def folder() -> Path:
    """Where this machine keeps the salts of today and tomorrow. It is in no backup."""
    return settings.CLICKS_FOLDER / "salts"


def kept_here(day: int) -> bytes:
    """This machine's salt of the day. The first process to ask makes it; a disk without room gives a passing one."""
    path = folder() / str(day)
    try:
        return path.read_bytes()
    except OSError:
        return _first(path, secrets.token_bytes(SALT_BYTES))


def _first(path: Path, salt: bytes) -> bytes:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = _draft(path, salt)
        try:
            # A link, not a rename: of two processes the first one's salt stays.
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        return path.read_bytes()
    except OSError:
        return salt


def _draft(path: Path, salt: bytes) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    draft.touch(mode=0o600)
    draft.write_bytes(salt)
    return draft


def agree(valkey: Redis, day: int) -> bytes:
    """Take over the salt that all machines share for the day, proposing our own where there is none yet."""
    key = f"troupe:clicks:salt:{day}"
    own = _salts.get(day) or kept_here(day)
    valkey.set(key, own, nx=True, ex=int(LIFE.total_seconds()))
    shared = valkey.get(key)
    if isinstance(shared, bytes) and len(shared) == SALT_BYTES and shared != own:
        own = shared
        with contextlib.suppress(OSError):
            _draft(folder() / str(day), own).replace(folder() / str(day))
    _salts[day] = own
    return own


def destroy_before(day: int) -> int:
    """Forget every salt of this machine older than `day`, on disk and in memory, and say how many files went."""
    for known in [known for known in _salts if known < day]:
        _salts.pop(known, None)
    old = [path for path in folder().glob("[0-9]*") if path.name.isdigit() and int(path.name) < day]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def destroy_drafts(*, now: datetime) -> int:
    """Delete the drafts that a process left behind when it died: a living one needs its own for a moment only."""
    count = 0
    for path in folder().glob(".[0-9]*"):
        # Another process may take its own away at this moment.
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < now.timestamp() - DRAFTS_LIFE:
                path.unlink()
                count += 1
    return count


def number_of(day: date) -> int:
    """A UTC day as `salt_of` counts it."""
    return (day - date(1970, 1, 1)).days


def tell_lost(valkey: Redis, lost: int, *, today: date) -> None:
    """Add clicks that found no room on the disk to the day's count, kept for 35 days."""
    key = f"{LOST_KEY}:{today.isoformat()}"
    valkey.incrby(key, lost)
    valkey.expire(key, timedelta(days=35))


def lost_since(valkey: Redis, *, today: date, days: int) -> int:
    """How many clicks found no room on any machine's disk in the last `days` days."""
    keys = [f"{LOST_KEY}:{(today - timedelta(days=back)).isoformat()}" for back in range(days)]
    counts = valkey.mget(keys)
    return sum(int(count) for count in counts if count)  # type: ignore[union-attr]


def lost_lately(*, now: datetime) -> int | None:
    """How many clicks found no room on a disk in the last `LOST_DAYS` days; None while Valkey does not say."""
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as valkey:
            return lost_since(valkey, today=now.astimezone(UTC).date(), days=LOST_DAYS)
    except RedisError:
        return None


def keep(valkey: Redis, *, now: datetime) -> None:
    """One round of the background: agree about today and tomorrow, end older ones, tell losses."""
    today = number_of(now.astimezone(UTC).date())
    destroy_before(today)
    destroy_drafts(now=now)
    lost = spool.take_lost()
    try:
        if lost:
            tell_lost(valkey, lost, today=now.astimezone(UTC).date())
            lost = 0
        for day in (today, today + 1):
            agree(valkey, day)
    finally:
        spool.put_back_lost(lost)


def _start_keeper() -> None:
    global _keeper
    if _keeper is None or not _keeper.is_alive():
        _keeper = threading.Thread(target=_keep_for_ever, name="click-salts", daemon=True)
        _keeper.start()


def _keep_for_ever() -> None:
    valkey = Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
    while True:
        try:
            keep(valkey, now=datetime.now(UTC))
        except (RedisError, OSError):
            logger.warning("Valkey is away; this machine hashes visitors under its own salt until it is back")
        time.sleep(PAUSE)


def _forget_parents_keeper() -> None:
    global _keeper
    _keeper = None
    _salts.clear()


os.register_at_fork(after_in_child=_forget_parents_keeper)
