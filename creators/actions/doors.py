"""How often the public door may be knocked at: counted in Valkey for an hour, and forgotten.

An address is cut to its network and hashed under a salt that lives for the day, and stands nowhere but here. With
Valkey away nothing is counted and everybody is let in: the spam pile and the database's own constraints remain.
"""

import logging
import secrets
from datetime import UTC, datetime
from enum import Enum
from hashlib import blake2b

from django.core.cache import cache
from redis import RedisError

from config.lib.networks import network_of
from creators.logic.applications import LATEST

AN_HOUR = 3_600
OFTEN, TOO_OFTEN = 5, 20
"""Applications an hour from one network to one brand: past the first they look like spam, past the second none."""
A_BRAND = 300
"""Applications an hour to one brand from anywhere."""
_SALT_LIVES = 48 * AN_HOUR
logger = logging.getLogger(__name__)


class Door(Enum):
    """How the door is found."""

    OPEN = "open"
    BUSY = "busy"  # from this network: let in, and looked at
    SHUT = "shut"  # too many for now


def knock(brand_id: int, address: str, *, now: datetime) -> Door:
    """Count one application from an address to a brand."""
    hour = int(now.timestamp()) // AN_HOUR
    try:
        whole = _counted(f"apply:{brand_id}:{hour}")
        ours = _counted(f"apply:{brand_id}:{hour}:{_alias(address, now)}")
    except RedisError:
        logger.warning("Valkey is away; applications are not counted until it is back")
        return Door.OPEN
    if whole > A_BRAND or ours > TOO_OFTEN:
        return Door.SHUT
    return Door.BUSY if ours > OFTEN else Door.OPEN


def take_once(form_key: int) -> bool:
    """Whether the form of this number is sent for the first time."""
    try:
        return bool(cache.add(f"apply:form:{form_key}", 1, int(LATEST.total_seconds()) + AN_HOUR))
    except RedisError:
        return True


def _counted(key: str) -> int:
    cache.add(key, 0, AN_HOUR + 60)
    return cache.incr(key)


def _alias(address: str, now: datetime) -> str:
    key = f"apply:salt:{now.astimezone(UTC).date()}"
    salt = cache.get_or_set(key, lambda: secrets.token_bytes(32), _SALT_LIVES) or b""
    return blake2b(network_of(address).encode(), key=salt, digest_size=16).hexdigest()
