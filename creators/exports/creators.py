"""Creators as a table: the columns of a roster first, so that an export can be imported again."""

from collections.abc import Iterable, Iterator

from creators.queries.creators import ListedCreator

HEADER = [
    "handle", "platform", "name", "email", "followers", "language", "country", "region", "city", "niches", "notes",
    "tier", "stage", "other profiles",
]  # fmt: skip


def rows(creators: Iterable[ListedCreator]) -> Iterator[list[object]]:
    """One row per creator, by the main profile."""
    for listed in creators:
        creator, main = listed.creator, listed.main
        yield [
            main.handle if main else "", main.platform if main else "", creator.name, next(iter(listed.emails), ""),
            main.followers if main else None, creator.language, creator.country, creator.region, creator.city,
            ", ".join(creator.niches), creator.notes, listed.tier.value if listed.tier else "", listed.stage,
            ", ".join(f"{profile.platform}:{profile.handle}" for profile in listed.profiles[1:]),
        ]  # fmt: skip
