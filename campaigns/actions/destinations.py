"""Leading all links of a campaign to another page. The short addresses and their ids stay."""

from collections.abc import Sequence

from django.db import connection, transaction

from campaigns.logic.utm import checked, tagged
from campaigns.models import Campaign, TrackingLink


@transaction.atomic
def lead_to(campaign: Campaign, destination: str) -> int:
    """Lead every link of the campaign to another page, and the campaign with them. Returns how many links changed.

    History keeps where each led before. Raises `BadDestination`.
    """
    page = checked(destination)
    Campaign.objects.filter(pk=campaign.pk).exclude(destination=page).update(destination=page)
    campaign.destination = page
    links = TrackingLink.objects.filter(deal__campaign=campaign).exclude(destination=page)
    rows = list(links.select_related("deal__profile").select_for_update(of=("self",)))
    _write_targets([(link.pk, _target(link, campaign, page)) for link in rows], page)
    return len(rows)


def _target(link: TrackingLink, campaign: Campaign, page: str) -> str:
    profile = link.deal.profile
    return tagged(
        page, platform=profile.platform, medium=link.medium, campaign=campaign.slug, handle=profile.handle,
        post=link.post, link_id=link.pk,
    )  # fmt: skip


def _write_targets(targets: Sequence[tuple[int, str]], page: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update campaigns_trackinglink link set destination = %s, target = given.target "
            "from unnest(%s::bigint[], %s::text[]) as given (id, target) where link.id = given.id",
            [page, [link for link, _ in targets], [target for _, target in targets]],
        )
