"""What undoing an import would take back, and what stays because somebody worked with it since."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from campaigns.enums import RosterStep
from campaigns.models import Campaign, Code, Deal, ImportedRow, SeenCode
from campaigns.queries.roster import imported_rows
from creators.models import Contact, Creator, LifecycleSpan, Profile
from desk.logic.kinds import words_for
from desk.queries.deals import only_planned
from desk.queries.person import children_of
from team.enums import JobState
from team.models import Job

UNDONE_WITHIN = timedelta(days=7)
# Tables that fill themselves; their rows about a creator say nothing of a person's work.
BY_ITSELF = frozenset(
    {
        "creators.ProfileSnapshot", "creators.Assessment", "creators.Alert", "creators.Post", "creators.Comment",
        "creators.AudienceSample", "creators.RawPayload", "creators.Refresh", "creators.Pulse", "creators.Duplicate",
        "results.Outcome",
    }
)  # fmt: skip
# Tables that an import itself writes: each has a look of its own below.
BROUGHT = frozenset({Profile, Contact, Deal, Code, LifecycleSpan, ImportedRow})
Found = Iterator[tuple[int, str]]
"""A creator, and what somebody did with them since the import."""


@dataclass(frozen=True)
class Stays:
    """A row that is not taken back, or not wholly, and why."""

    row: ImportedRow
    reasons: Sequence[str]


@dataclass
class Undoing:
    """What becomes of an import's rows: creators who go, rows of known ones taken back, and what stays."""

    goes: list[ImportedRow] = field(default_factory=list)
    returns: list[ImportedRow] = field(default_factory=list)
    stays: list[Stays] = field(default_factory=list)


def can_be_undone(job: Job, *, now: datetime) -> bool:
    """Whether the job is an import of the last seven days that nobody has undone."""
    is_over = job.kind == RosterStep.IMPORT and job.state == JobState.DONE and "undone" not in job.result
    return is_over and job.ended_at is not None and now - job.ended_at < UNDONE_WITHIN


def undoing(job: Job) -> Undoing:
    """Look at every row of the import as things stand now. Needs a scope of every brand."""
    found = Undoing()
    rows = list(imported_rows(job).select_related("creator"))
    new = _gathered(_WORKED_WITH, job, [row for row in rows if row.is_new])
    known = _gathered(_IN_USE, job, [row for row in rows if not row.is_new])
    for row in rows:
        reasons = new[row.creator_id] if row.is_new else known[row.creator_id]
        if not row.is_new:
            found.returns.append(row)
        elif not reasons:
            found.goes.append(row)
        if reasons:
            found.stays.append(Stays(row, sorted(set(reasons))))
    return found


def campaign_of(job: Job) -> Campaign | None:
    """The campaign that the file went into."""
    return Campaign.objects.select_related("brand").filter(pk=job.options.get("campaign")).first()


def untouched_deals(job: Job, rows: Iterable[ImportedRow]) -> QuerySet[Deal]:
    """Deals that the import made and nobody did anything with: as planned, without links, briefs, orders or costs."""
    creators = _ids(row for row in rows if row.deal_is_new)
    deals = Deal.objects.filter(campaign=campaign_of(job), creator__in=creators)
    work = Q(from_terms=False) | Q(made_at__gt=job.ended_at)
    return only_planned(deals, work=work).exclude(pk__in=_edited(Deal, job))


def untouched_codes(job: Job, rows: Iterable[ImportedRow]) -> QuerySet[Code]:
    """Codes that the import brought and that stood on no order so far."""
    campaign = campaign_of(job)
    folded = [row.code.strip().upper() for row in rows if row.code]
    codes = Code.objects.filter(brand=campaign.brand if campaign else None, folded__in=folded)
    seen = SeenCode.objects.filter(brand=OuterRef("brand"), folded=OuterRef("folded"))
    return codes.exclude(Exists(seen)).exclude(pk__in=_edited(Code, job))


def _gathered(looks: Iterable[Callable[..., Found]], job: Job, rows: list[ImportedRow]) -> dict[int, list[str]]:
    reasons: dict[int, list[str]] = defaultdict(list)
    for look in looks:
        for creator, reason in look(job, rows):
            reasons[creator].append(reason)
    return reasons


def _added(job: Job, rows: list[ImportedRow]) -> Found:
    """Notes, rates, rights, shipments: whatever people hang on a creator or a profile."""
    for target, path in ((Creator, ""), (Profile, "__creator")):
        for child in children_of(target):
            model = child.model
            if model in BROUGHT or model._meta.label in BY_ITSELF:
                continue
            name = f"{child.name}{path}"
            hung = model._base_manager.filter(**{f"{name}__in": _ids(rows)}).order_by()
            own = hung.filter(brand=job.brand) if _has_brand(model) else hung
            for creator in own.values_list(name, flat=True).distinct():
                yield creator, f"has {words_for(str(model._meta.verbose_name))}"
            for creator in hung.exclude(pk__in=own.values("pk")).values_list(name, flat=True).distinct():
                yield creator, "another brand works with them"


def _edited_since(job: Job, rows: list[ImportedRow]) -> Found:
    ids = _ids(rows)
    for creator in Creator.objects.filter(pk__in=ids).filter(pk__in=_edited(Creator, job)):
        yield creator.pk, "was edited"
    for profile in Profile.objects.filter(creator__in=ids).filter(pk__in=_edited(Profile, job)):
        yield profile.creator_id, "has another handle"


def _another_contact(job: Job, rows: list[ImportedRow]) -> Found:
    brought = {(row.creator_id, row.contact) for row in rows}
    for contact in Contact.objects.filter(creator__in=_ids(rows)):
        if (contact.creator_id, contact.value) not in brought:
            yield contact.creator_id, "has another contact"


def _another_profile(job: Job, rows: list[ImportedRow]) -> Found:
    profiles = Profile.objects.filter(creator__in=_ids(rows)).order_by().values("creator")
    for row in profiles.annotate(n=Count("pk")).filter(n__gt=1):
        yield row["creator"], "has another profile"


def _deals_in_use(job: Job, rows: list[ImportedRow]) -> Found:
    deals = Deal.objects.filter(creator__in=_ids(rows)).exclude(pk__in=untouched_deals(job, rows).values("pk"))
    for creator in deals.order_by().values_list("creator", flat=True).distinct():
        yield creator, "has a deal that is in use"


def _codes_in_use(job: Job, rows: list[ImportedRow]) -> Found:
    codes = Code.objects.filter(creator__in=_ids(rows)).exclude(pk__in=untouched_codes(job, rows).values("pk"))
    for creator in codes.order_by().values_list("creator", flat=True).distinct():
        yield creator, "has a code that is in use"


def _moved_on(job: Job, rows: list[ImportedRow]) -> Found:
    later = LifecycleSpan.objects.filter(creator__in=_ids(rows)).filter(Q(rule="") | Q(made_at__gt=job.ended_at))
    for creator in later.order_by().values_list("creator", flat=True).distinct():
        yield creator, "was moved to another stage"


def _imported_again(job: Job, rows: list[ImportedRow]) -> Found:
    others = ImportedRow.objects.filter(creator__in=_ids(rows)).exclude(job=job).order_by()
    for creator in others.values_list("creator", flat=True).distinct():
        yield creator, "was in another import since"


def _own_deal_in_use(job: Job, rows: list[ImportedRow]) -> Found:
    yield from _deals_of_campaign(job, [row for row in rows if row.deal_is_new])


def _deals_of_campaign(job: Job, rows: list[ImportedRow]) -> Found:
    free = untouched_deals(job, rows).values("pk")
    deals = Deal.objects.filter(campaign=campaign_of(job), creator__in=_ids(rows)).exclude(pk__in=free)
    for creator in deals.values_list("creator", flat=True):
        yield creator, "the deal is in use"


def _own_code_in_use(job: Job, rows: list[ImportedRow]) -> Found:
    free = {code.folded for code in untouched_codes(job, rows)}
    for row in rows:
        if row.code and row.code.strip().upper() not in free:
            yield row.creator_id, "the code is in use"


def _changed_since(job: Job, rows: list[ImportedRow]) -> Found:
    """Fields that the import wrote and that hold something else today."""
    for row in rows:
        for name in kept_fields(row):
            yield row.creator_id, f"{name} was changed since"


def kept_fields(row: ImportedRow) -> list[str]:
    """The fields of a known creator that the import wrote and somebody wrote over since."""
    written = row.after.get("creator", {})
    return [name for name in written if name in changed_fields(row) and getattr(row.creator, name) != written[name]]


def changed_fields(row: ImportedRow) -> dict[str, Any]:
    """What a known creator's fields were before the import, where it wrote something else."""
    before, after = row.before.get("creator", {}), row.after.get("creator", {})
    return {name: value for name, value in before.items() if after.get(name) != value}


_WORKED_WITH = (
    _added, _edited_since, _another_contact, _another_profile, _deals_in_use, _codes_in_use, _moved_on,
    _imported_again,
)  # fmt: skip
_IN_USE = (_own_deal_in_use, _own_code_in_use, _changed_since)


def _ids(rows: Iterable[ImportedRow]) -> RawSQL:
    # One array: a list of thousands would be as many parameters in each of some fifty statements.
    return RawSQL("select unnest(%s::bigint[])", ([row.creator_id for row in rows],))


def _has_brand(model: type[Model]) -> bool:
    return any(field.name == "brand" for field in model._meta.local_fields)


def _edited(model: type[Model], job: Job) -> QuerySet[Any]:
    """Ids of rows that people changed after the import, by their history."""
    history = next(
        child.model for child in children_of(model, history=True) if child.name == "pgh_obj"
    )._base_manager  # fmt: skip
    return history.filter(pgh_created_at__gt=job.ended_at).order_by().values("pgh_obj")
