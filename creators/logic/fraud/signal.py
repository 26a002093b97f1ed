"""One finding with its evidence. Every rule is `facts -> Signal`, pure, and says when it knows too little."""

from dataclasses import dataclass, field
from typing import Any

from creators.enums import Level

VERSION = "signals-1"
"""Of all rules together: a changed rule or threshold is a new version, and everything is assessed again."""


@dataclass(frozen=True)
class Signal:
    """What one rule found. `code` is "S1" to "S15".

    `value` beside its `threshold`, over `window` (in words) and `n` observations; `reason` is a plain sentence for a
    manager. `excess` places the value among clean peers for the composite: (x - p50) / (p99 - p50), None where the
    rule has no part in it. `evidence` points at what it is made of, such as {"days": [...], "posts": [...]}.
    """

    code: str
    name: str
    level: Level
    reason: str
    value: float | None = None
    threshold: float | None = None
    window: str = ""
    n: int = 0
    version: str = VERSION
    excess: float | None = None
    evidence: dict[str, Any] = field(default_factory=dict)
