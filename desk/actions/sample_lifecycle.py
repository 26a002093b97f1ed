"""The sample's stages: the first campaign done, the second half-way, set by rules; two decisions by a person."""

from datetime import datetime

from campaigns.actions.status import move_deals
from campaigns.enums import DealStatus
from campaigns.models import Campaign, Deal
from creators.actions.lifecycle import move
from creators.actions.overlays import rule_on_top
from creators.enums import Stage, TopRuling
from creators.models import Creator
from results.actions.lifecycle import name_performers
from team.models import Brand, User

_LIVE = 4  # every so many of the accepted deals of the second campaign


def load_stages(brand: Brand, *, by: User | None, now: datetime) -> None:
    """Let deals move their creators, name the top performers, and overrule the rules twice."""
    first, second = Campaign.objects.filter(brand=brand).order_by("starts_on")
    done = Deal.objects.filter(campaign=first)
    for status in (DealStatus.LIVE, DealStatus.COMPLETED):
        move_deals(done, status, by=by, now=now)
    accepted = Deal.objects.filter(campaign=second, status=DealStatus.ACCEPTED).order_by("pk")
    live = list(accepted.values_list("pk", flat=True)[::_LIVE])
    move_deals(Deal.objects.filter(pk__in=live), DealStatus.LIVE, by=by, now=now)
    name_performers(brand, now=now)
    loyal, away = Creator.objects.filter(is_sample=True).order_by("pk")[1:10:8]
    rule_on_top(loyal, TopRuling.TOP, brand=brand, why="Sold out our first tasting", by=by, now=now)
    move([away.pk], brand=brand, stage=Stage.INACTIVE, why="On leave until spring", by=by, now=now)
