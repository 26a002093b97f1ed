"""Links to measure with, made without the screens."""

from campaigns.models import Campaign, Deal, TrackingLink
from config.lib.codes import new_slug
from creators.models import Creator, Profile
from team.models import Brand


def make(number: int) -> list[str]:
    """A brand with a campaign of `number` deals, each with an open link. Returns the slugs."""
    brand = Brand.objects.create(name="Bench", slug="bench", currency="EUR")
    campaign = Campaign.objects.create(brand=brand, slug="bench", name="Bench")
    slugs = []
    for index in range(number):
        creator = Creator.objects.create(name=f"creator{index}", sort_name=f"creator{index}")
        profile = Profile.objects.create(creator=creator, platform="tiktok", handle=f"creator{index}", is_main=True)
        deal = Deal.objects.create(brand=brand, campaign=campaign, creator=creator, profile=profile, currency="EUR")
        target = f"https://shop.example/?utm_source=tiktok&utm_medium=influencer&utm_campaign=bench&utm_id={index}"
        link = TrackingLink.objects.create(
            brand=brand, deal=deal, slug=new_slug(), destination="https://shop.example/", target=target
        )
        slugs.append(link.slug)
    return slugs
