"""Writing down ads that were seen running, one by one or from a file, and saying what was done about them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from config.lib.days import FIRST_DAY, day_of, is_meant
from config.lib.problems import Problem
from config.lib.row_files import Layout, read_rows
from config.lib.territories import NotATerritory, territory_of
from creators.enums import Place, Platform, RightKind, SightingSource
from creators.logic.handles import NotAHandle, clean_handle
from creators.models import Content, Creator, Profile, Sighting
from team.models import Brand, User

COLUMNS = ("day", "handle", "place", "kind", "territory", "content", "ad")
LONGEST_AD = 200
LAYOUT = Layout(COLUMNS, required=("day", "handle", "place"), most_rows=20_000)


@dataclass(frozen=True)
class Outcome:
    """What came of a file. Where `is_done` is not so, problems kept everything out."""

    rows: int
    new: int
    problems: Sequence[Problem] = ()
    is_done: bool = True


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
def import_sightings(
    upload: "UploadedFile[Any]", *, brand: Brand, by: User, today: date, now: datetime, skip_bad: bool = False
) -> Outcome:
    """All rows of a file, or none where one is bad and nobody said that the rest may go in (`skip_bad`).

    The same file again adds nothing. Raises `NotATable`.
    """
    told, problems = read_rows(upload, LAYOUT, lambda line, cells: ((line, cells), []))
    reader = _Reader([cells for _, cells in told], brand, today)
    rows = [row for line, cells in told if (row := reader.sighting(line, cells))]
    bad = sorted([*problems, *reader.problems], key=lambda problem: problem.line)
    count = len(told) + len(problems)
    if bad and not skip_bad:
        return Outcome(rows=count, new=0, problems=bad, is_done=False)
    for row in rows:
        row.made_by, row.made_at = by, now
    before = Sighting.objects.filter(brand=brand).count()
    Sighting.objects.bulk_create(rows, batch_size=1_000, ignore_conflicts=True)
    return Outcome(rows=count, new=Sighting.objects.filter(brand=brand).count() - before, problems=bad)


class _Bad(Exception):
    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


class _Reader:
    """Makes sightings of the cells of a file; what is wrong with some is in `problems`."""

    def __init__(self, told: Sequence[Mapping[str, str]], brand: Brand, today: date) -> None:
        self._brand, self._today = brand, today
        self.problems: list[Problem] = []
        self._profiles = _profiles({_handle(cells["handle"]) for cells in told})
        self._pieces = _pieces(brand, {cells.get("content", "").strip() for cells in told})

    def sighting(self, line: int, told: Mapping[str, str]) -> Sighting | None:
        """The sighting of one line, where it is a good one."""
        cells = {name: text.strip() for name, text in told.items()}
        try:
            return self._sighting(cells)
        except _Bad as bad:
            self.problems.append(Problem(line, bad.field, cells.get(bad.field, "")[:80], str(bad)))
            return None

    def _sighting(self, cells: dict[str, str]) -> Sighting:
        creator = self._creator(cells["handle"], cells["place"])
        return Sighting(
            brand=self._brand, creator_id=creator, source=SightingSource.CSV, seen_on=self._day(cells["day"]),
            place=_choice("place", cells["place"], Place), ad=_ad(cells.get("ad", "")),
            kind=_choice("kind", cells.get("kind") or RightKind.PAID, RightKind),
            territory=_territory(cells.get("territory", "")),
            content=self._content(creator, cells.get("content", "")),
        )  # fmt: skip

    def _day(self, text: str) -> date:
        try:
            day = day_of(text)
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
            several = "Several creators have this handle. Enter this one by hand."
            raise _Bad("handle", several if keys else "No creator has this handle. Mend it, or add them first.")
        return keys.pop()

    def _content(self, creator: int, title: str) -> Content | None:
        piece = self._pieces.get((creator, title))
        if title and piece is None:
            raise _Bad("content", "The creator has no piece of this title. Leave it empty if not known.")
        return piece


def _handle(text: str) -> str:
    """The handle, also where somebody pasted the address of a profile."""
    plain = text.strip()
    for platform in Platform if "/" in plain else ():
        try:
            return clean_handle(plain, platform).handle
        except NotAHandle:
            continue
    return plain.lower().lstrip("@")


def _ad(text: str) -> str:
    if len(text) > LONGEST_AD:
        raise _Bad("ad", f"This is {len(text)} characters long; {LONGEST_AD} are the most.")
    return text


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
