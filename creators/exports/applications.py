"""Applications as a table."""

from creators.models import Application

HEADER = [
    "brand", "state", "name", "email", "platform", "handle", "followers", "other profiles", "country", "city",
    "niches", "formats", "asked rate", "currency", "for", "message", "sent", "times sent", "may be spam because",
    "consent", "consent given", "decided", "reason",
]  # fmt: skip


def row(told: Application) -> list[object]:
    """One application."""
    others = ", ".join(f"{other['platform']}:{other['handle']}" for other in told.others)
    return [
        told.brand.name, told.state, told.name, told.email, told.platform, told.handle, told.followers, others,
        told.country, told.city, ", ".join(told.niches), ", ".join(told.formats), told.ask, told.ask_currency,
        told.ask_format, told.message, told.made_at.isoformat(), told.times, " ".join(told.suspicions), told.consent,
        told.consent_at.isoformat(), told.decided_at.isoformat() if told.decided_at else "", told.why,
    ]  # fmt: skip
