"""Undoing an import within seven days: what nobody touched since goes or returns, the rest stays and is listed."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction
from django_scopes import scopes_disabled

from campaigns.actions.deals import Terms, add_deals
from campaigns.models import Code, CostLine, Deal, ImportedRow
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
    stays = [[stay.row.line, stay.row.creator.name, list(stay.reasons)] for stay in found.stays]
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
    deals = list(untouched_deals(job, rows).values_list("pk", "creator"))
    codes = list(untouched_codes(job, rows).values_list("pk", flat=True))
    _drop_deals([pk for pk, _ in deals])
    _drop_stages(job, [creator for _, creator in deals])
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


def _drop_stages(job: Job, creators: Sequence[int]) -> None:
    """The stage that a deal of the import began, where nothing came after it."""
    campaign = campaign_of(job)
    begun = LifecycleSpan.objects.filter(
        brand=campaign.brand if campaign else None, creator__in=creators, made_at__lte=job.ended_at,
        why__startswith="Imported into", during__upper_inf=True,
    )  # fmt: skip
    begun._raw_delete("default")  # type: ignore[attr-defined]


def _return_terms(job: Job, rows: Sequence[ImportedRow], *, by: User | None, now: datetime) -> None:
    """Deals whose terms the import changed get the former ones, with the cost lines that follow."""
    campaign = campaign_of(job)
    standing = {
        deal.creator_id: [
            str(deal.fee),
            str(deal.product_cost),
            str(deal.shipping_cost),
            str(deal.commission_percent),
        ]
        for deal in Deal.objects.filter(campaign=campaign, creator__in=[row.creator_id for row in rows])
    }
    terms = {
        row.creator_id: _terms(row)
        for row in rows
        if "terms" in row.before and standing.get(row.creator_id) == row.after["terms"]
    }
    if campaign and terms:
        add_deals(campaign, terms, by=by, now=now)


def _terms(row: ImportedRow) -> Terms:
    fee, product_cost, shipping_cost, commission_percent = map(Decimal, row.before["terms"])
    return Terms(fee, product_cost, shipping_cost, commission_percent)
