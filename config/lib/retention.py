"""How long personal data is kept: the entries of `config/retention.toml`."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent.parent / "retention.toml"


@cache
def entries() -> dict[str, dict[str, Any]]:
    """Every entry by the label of its model."""
    return {label: entry for label, entry in _file().items() if "." in label}


def ordinary() -> frozenset[str]:
    """Names of fields that name nobody, in whatever model they stand."""
    return frozenset(_file()["ordinary"])


def not_personal() -> dict[str, str]:
    """Models that hold nothing personal, each with the reason."""
    return dict(_file()["not_personal"])


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def kept_for(label: str, name: str = "days") -> timedelta:
    """How long the rows of a model ("creators.RawPayload") are kept; `name` where some of them go sooner."""
    return timedelta(days=entries()[label][name])
