"""Triggers that break the seal of every deal whose credit changes, in the transaction that changes it.

They take a shared lock until that transaction ends, and the roll-up an exclusive one: it never seals what a running
transaction is about to change.
"""

import pgtrigger

# Names the advisory lock; any constant of our own does.
LOCK = 7_230_041
_BREAK = """
PERFORM pg_advisory_xact_lock_shared({lock});
DELETE FROM results_creditseal WHERE deal_id IN ({deals});
RETURN NULL;
"""
_DEALS = {
    "credit": "SELECT deal_id FROM {rows}",
    "order": "SELECT c.deal_id FROM results_credit c JOIN {rows} r ON r.id = c.order_id",
    "evidence": "SELECT c.deal_id FROM results_credit c JOIN {rows} r ON r.order_id = c.order_id",
}


def seal_breakers(table: str, *, only_updates: bool = False) -> list[pgtrigger.Trigger]:
    """The triggers of one of the tables `credit`, `order`, `evidence`, each run once a statement."""
    breakers = [_breaker(table, pgtrigger.Update, old=True, new=True)]
    if not only_updates:
        breakers += [_breaker(table, pgtrigger.Insert, new=True), _breaker(table, pgtrigger.Delete, old=True)]
    return breakers


def _breaker(
    table: str, operation: pgtrigger.Operation, *, old: bool = False, new: bool = False
) -> pgtrigger.Trigger:
    sets = [name for name, wanted in (("old_rows", old), ("new_rows", new)) if wanted]
    deals = " UNION ALL ".join(_DEALS[table].format(rows=name) for name in sets)
    return pgtrigger.Trigger(
        name=f"{table}_breaks_seal_{operation!s}".lower(),
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(old="old_rows" if old else None, new="new_rows" if new else None),
        func=_BREAK.format(lock=LOCK, deals=deals),
    )
