"""Writing down ads that were seen running, one by one or from a file, and saying what was done about them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from config.lib.days import FIRST_DAY, is_meant
from config.lib.tabular import Table
from config.lib.territories import NotATerritory, territory_of
from creators.enums import Place, RightKind, SightingSource
from creators.models import Content, Creator, Profile, Sighting
from team.models import Brand, User

COLUMNS = ("day", "handle", "place", "kind", "territory", "content", "ad")
REQUIRED = ("day", "handle", "place")
LARGEST = 20_000  # rows


@dataclass(frozen=True)
class Problem:
    """A row that cannot be taken in, and why."""

    line: int
    field: str
    value: str
    reason: str


@dataclass(frozen=True)
class Outcome:
    """What came of a file: with problems nothing was written."""

    rows: int
    new: int
    problems: Sequence[Problem] = ()


class NoSightings(Exception):
    """The file is no list of sightings at all; the message says why."""


def add_sighting(
    creator: Creator,
    *,
    brand: Brand,
    kind: str,
    place: str,
    territory: str,
    title: str,
    ad: str,
    seen_on: date,
    by: User | None,
    now: datetime,
) -> Sighting:
    """Record one. A title that no piece of the creator has is refused by the form, not made here."""
    content = Content.objects.filter(brand=brand, creator=creator, title=title).first() if title else None
    return Sighting.objects.create(
        brand=brand, creator=creator, kind=kind, place=place, territory=territory, content=content, ad=ad,
        seen_on=seen_on, made_by=by, made_at=now,
    )  # fmt: skip


def settle(sightings: Iterable[Sighting], *, why: str, today: date) -> int:
    """Say what was done about ads outside their rights. Those that are settled stay as they are."""
    keys = [sighting.pk for sighting in sightings]
    return Sighting.objects.filter(pk__in=keys, settled_on=None).update(settled_on=today, settled_why=why)


@transaction.atomic
def import_sightings(table: Table, *, brand: Brand, by: User, today: date, now: datetime) -> Outcome:
    """All rows of a file, or none where one is bad. The same file again adds nothing."""
    reader = _Reader(table, brand, today)
    rows = list(reader.rows())
    if reader.problems:
        return Outcome(rows=reader.count, new=0, problems=reader.problems)
    for row in rows:
        row.made_by, row.made_at = by, now
    before = Sighting.objects.filter(brand=brand).count()
    Sighting.objects.bulk_create(rows, batch_size=1_000, ignore_conflicts=True)
    return Outcome(rows=reader.count, new=Sighting.objects.filter(brand=brand).count() - before)


class _Bad(Exception):
    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


class _Reader:
    """The rows of a file as sightings; what is wrong with others is in `problems`."""

    def __init__(self, table: Table, brand: Brand, today: date) -> None:
        names = {name.strip().lower(): name for name in table.header}
        missing = [name for name in REQUIRED if name not in names]
        if missing:
            raise NoSightings(
                f"The file lacks the column {' and '.join(missing)}. It may have: {', '.join(COLUMNS)}."
            )
        columns = {name: names[name] for name in COLUMNS if name in names}
        self._brand, self._today = brand, today
        self.problems: list[Problem] = []
        self._rows: list[tuple[int, dict[str, str], str]] = []
        for row in table.rows():
            cells = {name: row.cells.get(column, "").strip() for name, column in columns.items()}
            self._rows.append((row.line, cells, row.problem))
            if len(self._rows) > LARGEST:
                raise NoSightings(f"The file has more than {LARGEST:,} rows. Split it.")
        self._profiles = _profiles({_handle(cells["handle"]) for _, cells, problem in self._rows if not problem})
        self._pieces = _pieces(brand, {cells.get("content", "") for _, cells, _ in self._rows})

    @property
    def count(self) -> int:
        """How many rows the file has."""
        return len(self._rows)

    def rows(self) -> Iterator[Sighting]:
        """The good ones."""
        for line, cells, problem in self._rows:
            try:
                if problem:
                    raise _Bad("", problem)
                yield self._sighting(cells)
            except _Bad as bad:
                self.problems.append(Problem(line, bad.field, cells.get(bad.field, "")[:80], str(bad)))

    def _sighting(self, cells: dict[str, str]) -> Sighting:
        creator = self._creator(cells["handle"], cells["place"])
        return Sighting(
            brand=self._brand, creator_id=creator, source=SightingSource.CSV, seen_on=self._day(cells["day"]),
            place=_choice("place", cells["place"], Place), ad=cells.get("ad", "")[:200],
            kind=_choice("kind", cells.get("kind") or RightKind.PAID, RightKind),
            territory=_territory(cells.get("territory", "")),
            content=self._content(creator, cells.get("content", "")),
        )  # fmt: skip

    def _day(self, text: str) -> date:
        try:
            day = date.fromisoformat(text[:10])
        except ValueError:
            raise _Bad("day", "Write the day as 2026-11-02.") from None
        if not is_meant(day) or day > self._today:
            raise _Bad("day", f"An ad is seen between {FIRST_DAY.year} and today.")
        return day

    def _creator(self, text: str, place: str) -> int:
        found = self._profiles.get(_handle(text), [])
        same = {creator for creator, platform in found if platform == place.lower()}
        keys = same or {creator for creator, _ in found}
        if len(keys) != 1:
            raise _Bad("handle", "Several creators have this handle." if keys else "No creator has this handle.")
        return keys.pop()

    def _content(self, creator: int, title: str) -> Content | None:
        piece = self._pieces.get((creator, title))
        if title and piece is None:
            raise _Bad("content", "The creator has no piece of this title. Leave it empty if not known.")
        return piece


def _handle(text: str) -> str:
    return text.lower().lstrip("@")


def _profiles(handles: set[str]) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for handle, creator, platform in Profile.objects.filter(handle__in=handles).values_list(
        "handle", "creator", "platform"
    ):
        found[handle].append((creator, platform))
    return found


def _pieces(brand: Brand, titles: set[str]) -> dict[tuple[int, str], Content]:
    pieces = Content.objects.filter(brand=brand, title__in=titles - {""})
    return {(piece.creator_id, piece.title): piece for piece in pieces}


def _choice(field: str, text: str, choices: type[Place] | type[RightKind]) -> str:
    wanted = text.strip().lower()
    for value, label in choices.choices:
        if wanted in (value, label.lower()):
            return str(value)
    raise _Bad(field, f"Choose one of: {', '.join(choices.values)}.")


def _territory(text: str) -> str:
    try:
        return territory_of(text)
    except NotATerritory as error:
        raise _Bad("territory", str(error)) from None
