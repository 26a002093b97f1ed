"""Storing what an answer says of posts: new ones, their counts by time, edits, removals."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from creators.actions.alerts import raise_alert
from creators.enums import AlertKind, ContentKind, Source
from creators.logic.refresh import next_comments_at
from creators.logic.snapshots import COUNTS, Changes, Seen, changes_of, clean_text, longer_caption
from creators.models import Post, PostSnapshot, Profile
from creators.providers.records import Answer, PostRecord
from creators.queries.samples import looks

_CAPTION = 10_000
_TOLD = ("kind", "url", "caption", "posted_at", "is_paid_partnership", "is_campaign", "counted_at", "edited_at",
         "removed_at", *COUNTS)  # fmt: skip


@transaction.atomic(savepoint=False)
def store_posts(profile: Profile, answer: Answer[Sequence[PostRecord]], *, now: datetime) -> datetime:
    """Keep the posts of an answer with their counts. Answers when comments under them are due next.

    The newest known count of a post stays where an answer does not give it; the snapshot says what was told when.
    """
    known = {post.pk: post for post in Post.objects.filter(profile=profile)}
    changes = changes_of([_seen(post) for post in known.values()], [_told(record) for record in answer.value])
    posts = [_new(profile, seen, now) for seen in changes.new]
    posts += [_again(known[old.key], seen, old.key in changes.edited, now) for old, seen in changes.again]
    stored = Post.objects.bulk_create(
        posts, update_conflicts=True, unique_fields=["profile", "platform_id"], update_fields=_TOLD
    )
    told = [*changes.new, *(seen for _, seen in changes.again)]
    _store_counts(stored, told, answer, now=now)
    _remove(profile, known, changes, answer.source, now=now)
    return next_comments(profile, now=now)


def next_comments(profile: Profile, *, now: datetime) -> datetime:
    """When comments under the profile's posts are due next."""
    return next_comments_at(looks(profile), now=now)


def _seen(post: Post) -> Seen:
    counts = {name: getattr(post, name) for name in COUNTS}
    return Seen(
        platform_id=post.platform_id, kind=ContentKind(post.kind), posted_at=post.posted_at, url=post.url,
        caption=post.caption, key=post.pk, is_removed=post.removed_at is not None, **counts,
    )  # fmt: skip


def _told(record: PostRecord) -> Seen:
    counts = {name: getattr(record, name) for name in COUNTS}
    url = clean_text(record.url)
    return Seen(
        platform_id=clean_text(record.platform_id, 120), kind=record.kind, posted_at=record.posted_at,
        url=url if len(url) <= 500 else "", caption=clean_text(record.caption, _CAPTION),
        is_paid_partnership=record.is_paid_partnership, **counts,
    )  # fmt: skip


def _new(profile: Profile, seen: Seen, now: datetime) -> Post:
    return Post(
        profile=profile, platform_id=seen.platform_id, kind=seen.kind, url=seen.url, caption=seen.caption,
        posted_at=seen.posted_at, is_paid_partnership=seen.is_paid_partnership,
        is_campaign=bool(seen.is_paid_partnership), first_seen_at=now, counted_at=now, **seen.counts,
    )  # fmt: skip


def _again(post: Post, seen: Seen, edited: bool, now: datetime) -> Post:
    """The known post as the answer leaves it, under its own platform id."""
    post.caption = longer_caption(post.caption, seen.caption, edited=edited)
    post.edited_at = now if edited else post.edited_at
    post.posted_at = seen.posted_at or post.posted_at
    post.url = seen.url or post.url
    post.kind = seen.kind if seen.kind != ContentKind.OTHER else post.kind
    if seen.is_paid_partnership is not None:
        post.is_paid_partnership = seen.is_paid_partnership
        post.is_campaign = post.is_campaign or seen.is_paid_partnership
    for name, count in seen.counts.items():
        if count is not None:
            setattr(post, name, count)
    post.counted_at, post.removed_at = now, None
    return post


def _store_counts(posts: Sequence[Post], told: Sequence[Seen], answer: Answer, *, now: datetime) -> None:
    """One snapshot a post that has a count. What the answer cost stands on the first."""
    rows = [
        PostSnapshot(post=post, seen_at=now, source=answer.source, **seen.counts)
        for post, seen in zip(posts, told, strict=True)
        if any(count is not None for count in seen.counts.values())
    ]
    if rows:
        rows[0].credits = answer.credits
    PostSnapshot.objects.bulk_create(rows, ignore_conflicts=True)


def _remove(profile: Profile, known: dict[int, Post], changes: Changes, source: Source, *, now: datetime) -> None:
    """Mark posts that should have been in the answer. Another provider may list others, so only its own count."""
    absent = [seen.key for seen in changes.missing]
    if not absent or source == Source.CSV:  # a file never says that it is complete
        return
    told_by_it = PostSnapshot.objects.filter(post__in=absent, source=source).values_list("post", flat=True).distinct()
    gone = list(told_by_it)
    Post.objects.filter(pk__in=gone, removed_at=None).update(removed_at=now)
    for post in (known[key] for key in gone):
        day = f" of {post.posted_at:%-d %B %Y}" if post.posted_at else ""
        campaign = " It was a campaign post." if post.is_campaign else ""
        words = f"{profile.handle} removed the post{day}.{campaign}"
        raise_alert(profile, AlertKind.POST_REMOVED, key=post.platform_id, words=words, now=now)
