"""Signals as they are stored with an assessment: plain JSON, and back."""

import math
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from creators.enums import Level
from creators.logic.fraud.signal import Signal

_NAMES = tuple(field.name for field in fields(Signal))


def as_json(signal: Signal) -> dict[str, Any]:
    """A signal as JSON can hold it: no NaN, no infinity, no numpy; days as text."""
    return {name: _plain(getattr(signal, name)) for name in _NAMES}


def from_json(stored: Mapping[str, Any]) -> Signal:
    """The signal that was stored. What a newer version added has its default; what it dropped is left out."""
    known = {name: value for name, value in stored.items() if name in _NAMES}
    return Signal(**{**known, "level": Level(stored["level"])})


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int) or type(value) is str:
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return _plain(value.item()) if hasattr(value, "item") else str(value)
