"""Undoing an import within seven days: what nobody touched since goes or returns, the rest stays and is listed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django_scopes import scopes_disabled

from campaigns.actions.deals import Terms, change_terms
from campaigns.models import Campaign, Code, CostLine, Deal, ImportedRow
from campaigns.queries.roster import imported_rows
from creators.models import LifecycleSpan
from desk.actions.append_only import passed
from desk.actions.import_return import return_contacts, return_fields, return_followers
from desk.actions.sample_removal import delete_creators
from desk.queries.import_undo import (
    Undoing,
    campaign_of,
    can_be_undone,
    undoing,
    untouched_codes,
    untouched_deals,
)
from team.actions.jobs import Progress, nothing_shown
from team.models import Job, User

_STEPS = 3
_TERMS = ("fee", "product_cost", "shipping_cost", "commission_percent")


class TooLate(Exception):
    """The import is older than seven days, was undone, or never ended."""

    def __init__(self) -> None:
        super().__init__("An import can be undone once, and for seven days.")


@transaction.atomic
def undo_import(job: Job, *, by: User | None, now: datetime, progress: Progress = nothing_shown) -> Undoing:
    """Take back what nobody touched since the import. All or nothing; what stayed is in the answer and in the job.

    Raises `TooLate`.
    """
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if not can_be_undone(job, now=now):
        raise TooLate
    with scopes_disabled():
        progress(0, _STEPS, "Looking at what was touched since")
        found = undoing(job)
        progress(1, _STEPS, "Giving known creators back what stood there")
        _return_terms(job, found.returns, by=by, now=now)
        _undo(job, found, progress)
    # By number: a job outlives the names of those who are erased.
    stays = [[stay.row.line, stay.row.creator_id, list(stay.reasons)] for stay in found.stays]
    told = {"gone": len(found.goes), "returned": len(found.returns), "stays": stays, "by": str(by or "")}
    Job.objects.filter(pk=job.pk).update(result={**job.result, "undone": told})
    return found


def _undo(job: Job, found: Undoing, progress: Progress) -> None:
    with passed(), connection.cursor() as cursor:
        cursor.execute("set constraints all deferred")
        _take_back(job, found)
        progress(2, _STEPS, "Making sure that nothing is left over")
        cursor.execute("set constraints all immediate")


def _take_back(job: Job, found: Undoing) -> None:
    rows = [*found.goes, *found.returns]
    # Looked up before anything goes: afterwards a deal without its costs would look untouched too.
    deals = list(untouched_deals(job, rows).values_list("pk", "creator", "created_at"))
    codes = list(untouched_codes(job, rows).values_list("pk", flat=True))
    _drop_deals([pk for pk, *_ in deals])
    _drop_stages(job, [creator for _, creator, _ in deals], begun_at={at for *_, at in deals})
    Code._base_manager.filter(pk__in=codes).delete()
    return_fields(found.returns)
    return_contacts(found.returns)
    return_followers(found.returns)
    gone = [row.creator_id for row in found.goes]
    imported_rows(job).delete()
    delete_creators(gone)


def _drop_deals(deals: Sequence[int]) -> None:
    CostLine._base_manager.filter(deal__in=deals)._raw_delete("default")  # type: ignore[attr-defined]
    Deal._base_manager.filter(pk__in=deals).delete()


def _drop_stages(job: Job, creators: Sequence[int], *, begun_at: Collection[datetime]) -> None:
    """The stage that a deal of the import began, where nothing came after it; what it ended goes on."""
    campaign = campaign_of(job)
    stages = LifecycleSpan.objects.stages().filter(brand=campaign.brand if campaign else None, creator__in=creators)
    begun = stages.open().filter(made_at__in=begun_at, why__startswith="Imported into")
    moments = {span.creator_id: span.during.lower for span in begun}
    begun._raw_delete("default")
    for span in stages.filter(creator__in=moments, during__endswith__in=set(moments.values())):
        if span.during.upper == moments[span.creator_id]:
            stages.filter(pk=span.pk).update(during=DateTimeTZRange(span.during.lower, None))


def _return_terms(job: Job, rows: Sequence[ImportedRow], *, by: User | None, now: datetime) -> None:
    """Deals whose terms the import changed get the former ones, with the cost lines that follow."""
    campaign = campaign_of(job)
    standing = {
        deal.creator_id: [*(str(getattr(deal, name)) for name in _TERMS), deal.unvetted]
        for deal in Deal.objects.filter(campaign=campaign, creator__in=[row.creator_id for row in rows])
    }
    back = [row for row in rows if "terms" in row.before and standing.get(row.creator_id) == row.after["terms"]]
    if campaign and back:
        change_terms(campaign, {row.creator_id: _terms(row) for row in back}, by=by, now=now)
        _return_reasons(campaign, back)


def _return_reasons(campaign: Campaign, rows: Sequence[ImportedRow]) -> None:
    """Why a deal was paid without a verdict: only the import said so, and whoever pays next is to be asked."""
    creators = defaultdict(list)
    for row in rows:
        creators[row.before["terms"][-1]].append(row.creator_id)
    for unvetted, ids in creators.items():
        Deal.objects.filter(campaign=campaign, creator__in=ids).exclude(unvetted=unvetted).update(unvetted=unvetted)


def _terms(row: ImportedRow) -> Terms:
    fee, product_cost, shipping_cost, commission_percent = map(Decimal, row.before["terms"][:4])
    return Terms(fee, product_cost, shipping_cost, commission_percent)
