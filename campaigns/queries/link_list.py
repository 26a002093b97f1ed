"""The links of a campaign as its page, its files and its QR sheet list them."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from campaigns.models import Campaign, Code, TrackingLink


@dataclass(frozen=True)
class LinkFilter:
    """What the page's address asks for; blank is everything. `state` is `on` or `off`."""

    find: str = ""
    medium: str = ""
    state: str = ""


def link_list(campaign: Campaign, wanted: LinkFilter) -> QuerySet[TrackingLink]:
    """Matching links by handle and post, with deal, profile and `code` (the creator's newest)."""
    links = TrackingLink.objects.filter(deal__campaign=campaign).select_related("deal__profile", "deal__creator")
    if wanted.find:
        word = wanted.find.strip().removeprefix("@").casefold()
        codes = Code.objects.filter(brand=campaign.brand_id, folded__contains=word.upper()).values("creator")
        links = links.filter(Q(deal__profile__handle__contains=word) | Q(slug=word) | Q(deal__creator__in=codes))
    if wanted.medium:
        links = links.filter(medium=wanted.medium)
    if wanted.state:
        links = links.filter(off_at__isnull=wanted.state == "on")
    newest = Code.objects.filter(brand=OuterRef("brand"), creator=OuterRef("deal__creator"))
    code = Subquery(newest.order_by("-created_at", "-pk").values("code")[:1])
    return links.annotate(code=Coalesce(code, Value(""))).order_by("deal__profile__handle", "medium", "post", "pk")
