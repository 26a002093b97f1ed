"""What people call the kinds of rows that hang on a creator, where the names of the models are no words of theirs."""

_WORDS = {
    "address": ("address", "addresses"),
    "assessment": ("check of signals", "checks of signals"),
    "evidence": ("trace on an order", "traces on orders"),
    "exclusivity": ("exclusivity", "exclusivities"),
    "lifecycle span": ("stage so far", "stages so far"),
    "outcome": ("result so far", "results so far"),
    "parcel address": ("address of a parcel", "addresses of parcels"),
    "pulse": ("engagement figure", "engagement figures"),
    "refresh": ("refresh", "refreshes"),
    "viewing": ("brief opened", "briefs opened"),
}


def words_for(name: str, number: int = 2) -> str:
    """The kind of a model's `verbose_name`, for one row or for many: `stages so far`."""
    one, many = _WORDS.get(name, (name, f"{name}s"))
    return one if number == 1 else many
