"""What creators told the brands of the open scope, and which stories wait to be told of."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from creators.enums import ContentKind, Stage
from creators.logic.reported import ASKED_AFTER, ASKED_UNTIL
from creators.models import CreatorReport, LifecycleSpan, Post, Profile


def reports_of(profile: Profile) -> QuerySet[CreatorReport]:
    """Reports of a profile's posts, newest first."""
    return (
        CreatorReport.objects.filter(post__profile=profile)
        .select_related("post", "brand", "made_by")
        .order_by("-seen_at", "-pk")
    )


def stories_asking(now: datetime, *, profile: Profile | None = None) -> QuerySet[Post]:
    """Campaign stories, live for 20 hours to 14 days, of which no brand of the open scope was told a number.

    Only of creators who are contracted or live with one of these brands; the oldest first.
    """
    working = LifecycleSpan.objects.stages().open().filter(stage__in=[Stage.CONTRACTED, Stage.LIVE])
    stories = Post.objects.filter(
        kind=ContentKind.STORY, is_campaign=True, posted_at__gt=now - ASKED_UNTIL, posted_at__lte=now - ASKED_AFTER,
        profile__creator__in=working.values("creator"),
    )  # fmt: skip
    if profile:
        stories = stories.filter(profile=profile)
    told = CreatorReport.objects.filter(post=OuterRef("pk"))
    return stories.filter(~Exists(told)).select_related("profile__creator").order_by("posted_at")
