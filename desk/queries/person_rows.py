"""Every row that is about one person, by table: what goes when they are erased, and what stays for the sums."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import models

from creators.models import Application, Contact, Creator, Merge, Profile
from desk.logic.kinds import words_for
from desk.logic.person_keys import ALONG, KEYS, SUMS, Erasing
from desk.queries.person import Model, applications_under_their_name, children_of, keys_leading_to

Ids = dict[Model, set[Any]]


@dataclass
class PersonRows:
    """Ids by table. `numbers` are those that the creator has or had, before others were merged into them."""

    numbers: list[int]
    profiles: list[int]
    goes: Ids = field(default_factory=lambda: defaultdict(set))
    stays: Ids = field(default_factory=lambda: defaultdict(set))

    def ids(self, label: str) -> list[Any]:
        """The ids of a table by its label, of those that go and those that stay."""
        model = apps.get_model(label)
        return sorted(self.goes.get(model, set()) | self.stays.get(model, set()))

    def by_table(self) -> Iterable[tuple[Model, set[Any]]]:
        """Both kinds together, by table."""
        for model in sorted({*self.goes, *self.stays}, key=lambda each: each._meta.label):
            yield model, self.goes.get(model, set()) | self.stays.get(model, set())


def rows_about(creator: Creator) -> PersonRows:
    """All that leads to this creator, directly or through other rows, and what they wrote before they were one.

    Rows that only count are not walked.
    """
    numbers = [creator.pk, *Merge.objects.filter(kept=creator, undone_at=None).values_list("gone", flat=True)]
    rows = PersonRows(numbers, list(Profile.objects.filter(creator=creator).values_list("pk", flat=True)))
    for target, ends in ((Creator, numbers), (Profile, rows.profiles)):
        for key, model, name in keys_leading_to(target):
            _walk(rows, model, name, ends, stays=KEYS[key].erasing == Erasing.STAYS)
    _take(rows, Application, set(applications_under_their_name(creator).values_list("pk", flat=True)), stays=False)
    _take(rows, Merge, set(_taken_back(creator).values_list("pk", flat=True)), stays=False)
    return rows


def _taken_back(creator: Creator) -> models.QuerySet[Merge]:
    """The merges in which this creator was somebody else for a while."""
    return Merge.objects.filter(gone=creator.pk, undone_at__isnull=False)


def _walk(rows: PersonRows, model: Model, name: str, ends: Collection[Any], *, stays: bool) -> None:
    if model._meta.label in SUMS:
        return
    found = set(model._base_manager.filter(**{f"{name}__in": ends}).values_list("pk", flat=True))
    _take(rows, model, found, stays=stays)


def _take(rows: PersonRows, model: Model, found: set[Any], *, stays: bool) -> None:
    known = (rows.stays if stays else rows.goes)[model]
    new = found - known
    known |= new
    if not new:
        return
    for child in children_of(model):
        key = f"{child.model._meta.label}.{child.name}"
        if stays:
            _walk(rows, child.model, child.name, new, stays=key in KEYS and KEYS[key].erasing == Erasing.STAYS)
        elif child.remote_field.on_delete is not models.SET_NULL:
            _walk(rows, child.model, child.name, new, stays=False)
    if name := ALONG.get(model._meta.label):
        parent = model._meta.get_field(name).related_model
        along = set(model._base_manager.filter(pk__in=new).values_list(name, flat=True))
        _take(rows, parent, along, stays=False)  # type: ignore[arg-type]


def histories_of(rows: PersonRows) -> Ids:
    """Old versions of these rows, also of those that were deleted before, by history table."""
    known: Ids = defaultdict(set, {model: set(ids) for model, ids in rows.by_table()})
    known[Creator] |= set(rows.numbers)
    known[Profile] |= set(rows.profiles)
    found: Ids = defaultdict(set)
    for _ in range(3):  # a version leads to the row it was of, and that one's own versions lead on
        for history in (each for each in apps.get_models() if hasattr(each, "pgh_tracked_model")):
            for key in history._meta.local_fields:
                if isinstance(key, models.ForeignKey) and known.get(key.related_model):  # type: ignore[arg-type]
                    _versions(history, key.name, known, found)
    return found


def of_the_time_as_one(creator: Creator) -> Iterator[tuple[Model, set[Any]]]:
    """Old versions of somebody else's rows, from when this creator was merged into them: they name both."""
    for merge in _taken_back(creator):
        while_one = (merge.made_at, (merge.undone_at or merge.made_at) + _AFTER)
        for label, leads in _OF_BOTH:
            history = apps.get_model(label)
            then = history._base_manager.filter(pgh_created_at__range=while_one, **{leads: merge.kept_then})
            yield history, set(then.values_list("pk", flat=True))


# What a merge writes into rows of the kept one, and how those lead there.
_OF_BOTH = (
    ("creators.CreatorEvent", "pgh_obj"),
    ("creators.ProfileEvent", "creator"),
    ("creators.RelationshipEvent", "creator"),
)
_AFTER = timedelta(minutes=5)  # the database's clock runs on while a merge is taken back


def _versions(history: Any, name: str, known: Ids, found: Ids) -> None:
    """Versions that lead to known rows, but for those of rows that are somebody else's now: the two were one once."""
    model, ends = history.pgh_tracked_model, known[history._meta.get_field(name).related_model]
    versions = list(history._base_manager.filter(**{f"{name}__in": ends}).values_list("pk", "pgh_obj"))
    unknown = {row for _, row in versions} - known[model]
    others = set(model._base_manager.filter(pk__in=unknown).values_list("pk", flat=True))
    for pk, row in versions:
        if row not in others:
            found[history].add(pk)
            known[model].add(row)


def names_of(creator: Creator, rows: PersonRows) -> tuple[set[tuple[str, str]], frozenset[str]]:
    """The handles by platform and the e-mail addresses of this person, those of before too.

    A former handle that is somebody else's account by now is theirs, so it is left out.
    """
    profiles, contacts = (apps.get_model(f"creators.{name}Event")._base_manager for name in ("Profile", "Contact"))
    mine = models.Q(creator__in=rows.numbers) | models.Q(pgh_obj__in=rows.profiles)
    handles = set(Profile.objects.filter(creator=creator).values_list("platform", "handle"))
    former = set(profiles.filter(mine).values_list("platform", "handle")) - handles
    theirs = Profile.objects.filter(handle__in=[handle for _, handle in former]).exclude(creator=creator)
    handles |= former - set(theirs.values_list("platform", "handle"))
    emails = set(Contact.objects.filter(creator=creator, kind="email").values_list("value", flat=True))
    emails |= set(contacts.filter(creator__in=rows.numbers, kind="email").values_list("value", flat=True))
    return handles, frozenset(email.lower() for email in emails)


Counts = list[tuple[str, int]]


def by_words(creator: Creator) -> tuple[Counts, Counts]:
    """How many rows go and how many stay when this person is erased, by kind, for people."""
    rows = rows_about(creator)
    return _in_words(rows.goes), _in_words(rows.stays)


def _in_words(ids: Ids) -> Counts:
    named = [
        (words_for(str(model._meta.verbose_name), len(found)).capitalize(), len(found))
        for model, found in ids.items()
        if found
    ]
    return sorted(named)
