"""The sweep over a brand's creators: every stage derived from the facts again, so that a lost event is mended."""

from datetime import datetime, timedelta

from campaigns.actions.lifecycle import settle
from creators.actions.overlays import hold
from creators.enums import Track
from results.queries.lifecycle import last_orders
from results.queries.performers import top_performers
from team.models import Brand


def sweep(brand: Brand, *, now: datetime) -> int:
    """Put all creators of the brand where the rules want them. How many moved; doing it again changes nothing."""
    quiet = timedelta(days=brand.inactive_after_days)
    return settle(brand, now=now, inactive_after=quiet, orders=last_orders(brand))


def name_performers(brand: Brand, *, now: datetime) -> int:
    """Let the overlay "top performer" follow orders, clicks and posts. How many spans were opened or closed."""
    return hold(brand, Track.TOP_PERFORMER, top_performers(brand, now=now), now=now)
