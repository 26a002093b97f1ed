"""Which posts count now, and when their comments were last sampled."""

from datetime import datetime

from django.db.models import Max

from creators.logic.refresh import WINDOW, comments_due_at
from creators.models import Post, Profile


def newest_posts(profile: Profile) -> list[Post]:
    """The newest posts that still stand and have an address, each with `sampled_at`, newest first."""
    newest = Post.objects.standing().filter(profile=profile).exclude(url="").order_by("-posted_at", "-pk")[:WINDOW]
    posts = Post.objects.filter(pk__in=newest.values("pk")).annotate(sampled_at=Max("samples__seen_at"))
    return list(posts.order_by("-posted_at", "-pk"))


def posts_due(profile: Profile, *, now: datetime) -> list[Post]:
    """Those of the newest posts whose comments are due, newest first."""
    return [post for post in newest_posts(profile) if comments_due_at(post.posted_at, _sampled(post), now=now) <= now]


def looks(profile: Profile) -> list[tuple[datetime | None, datetime | None]]:
    """When each of the newest posts went live and when its comments were last sampled."""
    return [(post.posted_at, _sampled(post)) for post in newest_posts(profile)]


def _sampled(post: Post) -> datetime | None:
    return post.sampled_at  # type: ignore[attr-defined]
