"""Erasing postal addresses that nobody needs any more, as `config/retention.toml` says."""

from datetime import datetime

from django.db import connection, transaction

from config.lib.retention import kept_for
from creators.actions.address_files import drop_previews

LOCK = 7_011  # our advisory lock; any number that nobody else uses


@transaction.atomic
def drop_old_addresses(*, now: datetime) -> int:
    """Delete the addresses of parcels and creators whose time is over, and old previews. How many addresses went.

    Runs over all brands at once, so it names its tables itself. Where another beat is at it, does nothing.
    """
    today = now.date()
    values = {
        "ended": today - kept_for("campaigns.ParcelAddress"),
        "sent": today - kept_for("campaigns.ParcelAddress", name="days_after_sending"),
        "unused": now - kept_for("creators.Address"),
    }
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        gone = 0
        for statement in (_PARCELS, _CREATORS):
            cursor.execute(statement, values)
            gone += cursor.rowcount
    drop_previews(now=now)
    return gone


_PARCELS = """
delete from campaigns_parceladdress address using campaigns_shipment shipment
where shipment.id = address.shipment_id and (
  coalesce(shipment.ended_on, shipment.delivered_on) < %(ended)s
  or (shipment.state = 'sent' and shipment.sent_on < %(sent)s))"""

# A shipment counts from the day it was planned or sent, whichever is later; one that is still planned needs the
# address.
_CREATORS = """
delete from creators_address address
where address.given_at < %(unused)s and not exists (
  select from campaigns_shipment shipment
  where shipment.creator_id = address.creator_id
    and (shipment.state = 'planned' or shipment.made_at >= %(unused)s or shipment.sent_on >= %(unused)s::date))"""
