"""What links and codes a campaign's deals have, for the plan and for the lists."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from campaigns.enums import DealStatus
from campaigns.logic.links import DealFacts, LinkFacts
from campaigns.models import Campaign, Code, Deal, SeenCode, TrackingLink


def deal_facts(campaign: Campaign, *, medium: str, deal_ids: Collection[int] | None = None) -> list[DealFacts]:
    """The campaign's deals that were not cancelled (or those of `deal_ids`), with their links and codes."""
    deals = Deal.objects.filter(campaign=campaign).exclude(status=DealStatus.CANCELLED).select_related("profile")
    if deal_ids is not None:
        deals = deals.filter(pk__in=deal_ids)
    links = _links_by_deal(campaign, medium)
    codes = _codes_by_creator(campaign)
    return [_facts(deal, links.get(deal.pk, ()), codes.get(deal.creator_id), campaign) for deal in deals]


def code_owners(campaign: Campaign) -> dict[str, str]:
    """Whose each code of the brand is: the creator's name by folded code."""
    codes = Code.objects.filter(brand=campaign.brand_id).order_by()
    return dict(codes.values_list("folded", "creator__name"))


def seen_codes(campaign: Campaign) -> set[str]:
    """The folded codes that stood on orders of the brand."""
    return set(SeenCode.objects.filter(brand=campaign.brand_id).values_list("folded", flat=True))


def _links_by_deal(campaign: Campaign, medium: str) -> dict[int, tuple[LinkFacts, ...]]:
    found: dict[int, tuple[LinkFacts, ...]] = defaultdict(tuple)
    links = TrackingLink.objects.filter(deal__campaign=campaign, medium=medium).order_by("deal", "post")
    for link in links:
        found[link.deal_id] += (_link(link),)
    return found


def _link(link: TrackingLink) -> LinkFacts:
    return LinkFacts(
        link_id=link.pk,
        post=link.post,
        slug=link.slug,
        destination=link.destination,
        target=link.target,
        off=link.off_at is not None,
    )


def _codes_by_creator(campaign: Campaign) -> dict[int, Code]:
    # The creator's newest code is the one that they are told to use.
    in_campaign = Deal.objects.filter(campaign=campaign).order_by().values("creator")
    codes = Code.objects.filter(brand=campaign.brand_id, creator__in=in_campaign).order_by("created_at", "pk")
    return {code.creator_id: code for code in codes}


def _facts(deal: Deal, links: tuple[LinkFacts, ...], code: Code | None, campaign: Campaign) -> DealFacts:
    return DealFacts(
        deal_id=deal.pk,
        creator_id=deal.creator_id,
        handle=deal.profile.handle,
        platform=deal.profile.platform,
        brief_path=deal.brief_path,
        links=links,
        code=code.code if code else "",
        code_warning=_warning(code, campaign.starts_on) if code else "",
    )


def _warning(code: Code, starts_on: date | None) -> str:
    if code.ends_on and starts_on and code.ends_on < starts_on:
        return f"{code.code} ended on {code.ends_on}, before the campaign."
    return ""
