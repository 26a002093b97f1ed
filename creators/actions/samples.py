"""Storing samples of comments and followers: scored once, without keeping who anybody is."""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime

from django.conf import settings
from django.db import transaction

from creators.enums import Platform, Source
from creators.logic.authors import author_hash
from creators.logic.fraud.facts import Follower
from creators.logic.sampling import scored_audience, scored_comment
from creators.logic.snapshots import clean_text, count_or_unknown
from creators.models import AudienceSample, Comment, CommentSample, Post, Profile
from creators.providers.records import Answer, CommentRecord, FollowerRecord

_LONGEST = 5_000


@transaction.atomic(savepoint=False)
def store_comments(post: Post, answer: Answer[Sequence[CommentRecord]], *, now: datetime) -> int:
    """Keep a look at the comments under a post; those that are known stay as they are. How many were told."""
    told = [record for record in answer.value if record.platform_id and record.text.strip()]
    sample = CommentSample(post=post, seen_at=now, source=answer.source, n=len(told), credits=answer.credits)
    if CommentSample.objects.filter(post=post, seen_at=now, source=answer.source).exists():
        return len(told)
    sample.save()
    comments = [_comment(sample, post, record) for record in told]
    Comment.objects.bulk_create(comments, ignore_conflicts=True)
    return len(told)


def store_no_comments(post: Post, *, source: Source, now: datetime) -> None:
    """Keep that nothing could be read under a post (removed, comments closed), so that it is not asked again soon."""
    CommentSample.objects.bulk_create(
        [CommentSample(post=post, seen_at=now, source=source, n=0)], ignore_conflicts=True
    )


def _comment(sample: CommentSample, post: Post, record: CommentRecord) -> Comment:
    text = clean_text(record.text, _LONGEST)

    platform = Platform(post.profile.platform)
    scored = scored_comment(text, platform)
    reply_to = clean_text(record.reply_to, 120)  # on X a comment is a reply to the post itself
    author = author_hash(record.author, platform=platform, key=settings.CUSTOMER_KEY) if record.author else ""
    return Comment(
        sample=sample, post=post, profile=post.profile, platform_id=clean_text(record.platform_id, 120),
        author=author, text=text, fold=scored.fold, posted_at=record.posted_at,
        reply_to="" if reply_to == post.platform_id else reply_to, is_by_creator=_is_own(record, post.profile),
        is_generic=scored.is_generic, promo_score=scored.promo_score, score_version=scored.version,
    )  # fmt: skip


def _is_own(record: CommentRecord, profile: Profile) -> bool:
    """Whether the creator wrote it: as the provider says, or by the handle, since few providers say."""
    return record.is_by_creator or record.author.strip().lower().lstrip("@") == profile.handle


@transaction.atomic(savepoint=False)
def store_audience(profile: Profile, answer: Answer[Sequence[FollowerRecord]], *, now: datetime) -> bool:
    """Keep a sample of followers as rows that name nobody. An empty one says nothing and is not kept."""
    followers = [_follower(record) for record in answer.value]
    if not followers:
        return False
    counts, version = scored_audience(followers)
    sample = AudienceSample(
        profile=profile, seen_at=now, source=answer.source, n=counts.n, suspicious=counts.suspicious,
        digits=list(counts.digits), rows=[astuple(follower) for follower in followers], score_version=version,
        credits=answer.credits,
    )  # fmt: skip
    AudienceSample.objects.bulk_create([sample], ignore_conflicts=True)
    return True


def _follower(record: FollowerRecord) -> Follower:
    return Follower(
        followers=count_or_unknown(record.followers), following=count_or_unknown(record.following),
        posts=count_or_unknown(record.posts), has_picture=record.has_picture, is_private=record.is_private,
        digit_share=record.digit_share, handle_length=record.handle_length, bio_length=record.bio_length,
    )  # fmt: skip
