"""Who was what on a day, as a table."""

from creators.models import LifecycleSpan

HEADER = ["creator", "what", "from", "until", "who or which rule", "why"]


def row(span: LifecycleSpan) -> list[object]:
    """One span; moments in UTC, an open end blank."""
    return [
        span.creator.name, span.stage or span.track, span.during.lower, span.during.upper, span.decided_by, span.why,
    ]  # fmt: skip
