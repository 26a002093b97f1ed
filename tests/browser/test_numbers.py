"""The numbers of a creator and the benchmarks: readable by everybody, on a phone, in both themes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from creators.actions import lifecycle
from creators.actions.benchmarks import recompute_cells
from creators.enums import CauseKind, ContentKind, Level
from creators.models import (
    Assessment,
    AudienceSample,
    Cause,
    Comment,
    CommentSample,
    CreatorReport,
    Post,
    PostSnapshot,
    ProfileSnapshot,
)
from tests.browser.watching import axe_clean, in_theme, no_overflow
from tests.factories import make_creator

_TEXTS = [
    "How much is it?", "Where can I buy this?", "Too expensive for me, @anna", "Overpriced honestly", "Love this!",
    "Is shipping free? Shipping is always so slow", "wow", "My size is never there",
]  # fmt: skip


@pytest.fixture
def profile(brand):
    """A creator with half a year of numbers, a jump, a cause, posts, comments, an audience and a report."""
    now = timezone.now()
    profile = make_creator("anna.on.the.road", name="Anna on the Road", followers=8_412).profiles.get()
    lifecycle.move([profile.creator_id], brand=brand, stage="live", why="Posted", by=None, now=now)
    ProfileSnapshot.objects.bulk_create(
        ProfileSnapshot(
            profile=profile, seen_at=now - timedelta(days=170 - n), source="demo", credits=1,
            followers=6_000 + 9 * n + (880 if n > 120 else 0), following=410, posts=200 + n // 3,
        )
        for n in range(170)
    )  # fmt: skip
    posts = Post.objects.bulk_create(
        Post(
            profile=profile, platform_id=f"p{n}", url=f"https://www.tiktok.com/@anna/video/{n}", caption=f"Recipe number {n}, quick and green",
            kind=ContentKind.REEL if n % 3 else ContentKind.VIDEO, posted_at=now - timedelta(days=2 * n + 3),
            likes=380 + 37 * (n % 7) - 20 * (n % 4), comments=30 + n, shares=12, saves=40 + n, views=9_000 + 300 * n, counted_at=now,
            is_campaign=n == 2, removed_at=now if n == 4 else None, edited_at=now if n == 5 else None,
        )
        for n in range(24)
    )  # fmt: skip
    PostSnapshot.objects.bulk_create(
        PostSnapshot(post=post, seen_at=now, source="demo", likes=post.likes) for post in posts
    )
    day = (now - timedelta(days=49)).date()
    signal = {
        "code": "S1",
        "level": "flagged",
        "reason": "880 followers in a day, views do not explain it",
        "evidence": {"days": [day.isoformat()]},
    }
    Assessment.objects.create(
        profile=profile, level=Level.FLAGGED, signals=[signal], version="1", made_at=now, checked_at=now
    )
    Cause.objects.create(
        profile=profile, happened_on=day - timedelta(days=60), kind=CauseKind.GIVEAWAY, note="Spring box"
    )
    sample = CommentSample.objects.create(post=posts[0], seen_at=now, source="demo", n=64)
    Comment.objects.bulk_create(
        Comment(sample=sample, post=posts[0], profile=profile, platform_id=str(n), author=str(n), text=_TEXTS[n % 8], score_version="1")
        for n in range(64)
    )  # fmt: skip
    AudienceSample.objects.create(
        profile=profile, seen_at=now, source="demo", n=300, suspicious=60, score_version="accounts-1"
    )
    CreatorReport.objects.create(brand=brand, post=posts[0], seen_at=now, impressions=12_000, reach=9_000)
    Post.objects.create(
        profile=profile,
        platform_id="s",
        kind=ContentKind.STORY,
        is_campaign=True,
        posted_at=now - timedelta(hours=30),
    )
    recompute_cells(now=now)
    return profile


PATHS = ("", "audience/", "posts/", "snapshots/", "reported/", "report/")


@pytest.mark.parametrize(
    "path",
    [
        *(f"/creators/{{}}/numbers/{path}" for path in PATHS),
        "/creators/benchmarks/",
        "/creators/numbers/import/",
        "/creators/reports/import/",
    ],
)
def test_a_page_of_numbers_is_for_everybody(signed_in_page, profile, path):
    signed_in_page.goto(path.format(profile.creator_id))

    for theme in ("light", "dark"):
        in_theme(signed_in_page, theme)
        axe_clean(signed_in_page)
    no_overflow(signed_in_page)
