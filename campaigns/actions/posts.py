"""What posts made for a brand change: signals and stages follow when a person marks one, or we are told of one."""

from datetime import datetime

from django.db import transaction

from campaigns.actions.lifecycle import settle
from campaigns.models import Deal
from creators.actions.assess import assess_profiles
from creators.models import Post
from team.models import Brand


@transaction.atomic
def mark_post(post: Post, *, is_campaign: bool, now: datetime) -> None:
    """Say whether a post was made for a brand. The creator's stage follows in the brands of the open scope."""
    Post.objects.filter(pk=post.pk).update(is_campaign=is_campaign)
    assess_profiles([post.profile_id], now)
    deals = Deal.objects.active().filter(profile=post.profile_id).order_by()
    for brand in Brand.objects.filter(pk__in=deals.values("brand")):
        settle(brand, creator_ids=[post.profile.creator_id], now=now)


def follow_posts(brand: Brand, *, since: datetime, now: datetime) -> int:
    """Let stages follow the posts for a brand that came or went since then, whoever told us. How many moved."""
    told = Post.objects.made_for_a_brand_since(since).order_by().values("profile")
    deals = Deal.objects.filter(brand=brand, profile__in=told).order_by()
    creators = set(deals.values_list("creator", flat=True))
    return settle(brand, creator_ids=creators, now=now) if creators else 0
