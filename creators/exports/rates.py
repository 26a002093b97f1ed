"""The history of a creator's rates as rows of a file."""

from creators.models import Rate

RATES = (
    "quoted_on", "kind", "platform", "handle", "format", "amount", "currency", "followers", "brand", "note",
    "made_by",
)  # fmt: skip


def rate_row(rate: Rate) -> list[object]:
    """One amount under RATES."""
    return [
        rate.quoted_on, rate.kind, rate.profile.platform, rate.profile.handle, rate.format, rate.amount,
        rate.currency, rate.followers, rate.brand.name, rate.note, str(rate.made_by or ""),
    ]  # fmt: skip
