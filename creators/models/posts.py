"""Posts as providers saw them: the post, its counts over time, and samples of the comments under it."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone

from creators.enums import ContentKind, Source
from creators.models.creator import Profile
from team.history import stays


class PostQuerySet(models.QuerySet):
    """Posts in the words of the trade."""

    def standing(self) -> "PostQuerySet":
        """Posts that were not seen to be removed."""
        return self.filter(removed_at=None)

    def made_for_a_brand_since(self, moment: datetime) -> "PostQuerySet":
        """Posts made for a brand that we first saw, or saw to be removed, at the moment or later."""
        return (
            self.filter(is_campaign=True)
            .alias(news_at=Greatest("first_seen_at", "removed_at"))
            .filter(news_at__gte=moment)
        )


class Post(models.Model):
    """A piece on a platform, known by the platform's own id, with its newest counts.

    The newest counts repeat the last `PostSnapshot`, so that a list needs no join. `is_campaign` says that the post
    was made for a brand: by the platform's label, or because a person said so.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="post_set")
    platform_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=ContentKind, default=ContentKind.OTHER)
    url = models.URLField(max_length=500, blank=True)
    caption = models.TextField(blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    is_paid_partnership = models.BooleanField(null=True, blank=True)
    is_campaign = models.BooleanField(default=False)
    likes = models.PositiveBigIntegerField(null=True, blank=True)
    comments = models.PositiveBigIntegerField(null=True, blank=True)
    shares = models.PositiveBigIntegerField(null=True, blank=True)
    saves = models.PositiveBigIntegerField(null=True, blank=True)
    views = models.PositiveBigIntegerField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    first_seen_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ("-posted_at", "-pk")
        indexes = [
            models.Index(fields=("profile", "-posted_at"), name="post_by_profile"),
            # What is new among posts made for a brand, for the stages that follow it.
            models.Index(
                Greatest("first_seen_at", "removed_at"), name="campaign_post_news", condition=Q(is_campaign=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("profile", "platform_id"),
                name="one_post_per_profile_and_platform_id",
                violation_error_message="This post is already there.",
            ),
            models.CheckConstraint(
                condition=~Q(platform_id=""),
                name="post_has_a_platform_id",
                violation_error_message="A post needs the platform's id.",
            ),
        ]

    def __str__(self) -> str:
        return self.caption[:60] or self.platform_id


class PostSnapshot(models.Model):
    """The counts of a post at a moment, and the caption's fingerprint, so that an edit can be dated."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="snapshots")
    seen_at = models.DateTimeField()
    source = models.CharField(max_length=12, choices=Source)
    likes = models.PositiveBigIntegerField(null=True, blank=True)
    comments = models.PositiveBigIntegerField(null=True, blank=True)
    shares = models.PositiveBigIntegerField(null=True, blank=True)
    saves = models.PositiveBigIntegerField(null=True, blank=True)
    views = models.PositiveBigIntegerField(null=True, blank=True)
    credits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("post", "seen_at")
        constraints = [
            models.UniqueConstraint(
                fields=("post", "seen_at", "source"),
                name="one_post_snapshot_at_a_moment",
                violation_error_message="This moment is already recorded for the post.",
            )
        ]
        triggers = [stays("post_snapshot_stays")]

    def __str__(self) -> str:
        return f"{self.post} at {self.seen_at:%Y-%m-%d %H:%M}"


class CommentSample(models.Model):
    """One look at the comments under a post: when, by whom, and how many were given."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="samples")
    seen_at = models.DateTimeField()
    source = models.CharField(max_length=12, choices=Source)
    n = models.PositiveIntegerField()
    credits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("post", "seen_at")
        constraints = [
            models.UniqueConstraint(
                fields=("post", "seen_at", "source"),
                name="one_comment_sample_at_a_moment",
                violation_error_message="This sample is already recorded for the post.",
            )
        ]
        triggers = [stays("comment_sample_stays")]

    def __str__(self) -> str:
        return f"{self.n} comments under {self.post}"


class Comment(models.Model):
    """A sampled comment, scored once when it is stored. `author` is a keyed hash, never a name.

    `fold` is the text as S5 compares it; `score_version` says which rules gave the scores.
    """

    sample = models.ForeignKey(CommentSample, models.CASCADE, related_name="comments")
    post = models.ForeignKey(Post, models.CASCADE, related_name="comment_set")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="+")
    platform_id = models.CharField(max_length=120)
    author = models.CharField(max_length=24)
    text = models.TextField()
    fold = models.TextField(blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    reply_to = models.CharField(max_length=120, blank=True)
    is_by_creator = models.BooleanField(default=False)
    is_generic = models.BooleanField(default=False)
    promo_score = models.FloatField(default=0)
    score_version = models.CharField(max_length=24)

    class Meta:
        ordering = ("post", "posted_at", "pk")
        indexes = [models.Index(fields=("profile",), name="comment_by_profile")]
        constraints = [
            models.UniqueConstraint(
                fields=("post", "platform_id"),
                name="one_comment_per_post_and_platform_id",
                violation_error_message="This comment is already there.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class AudienceSample(models.Model):
    """A sample of a profile's followers, scored once when it is stored. No row names anybody.

    `rows` holds what S13 looks at, one short list a follower in the order of `creators.logic.fraud.facts.Follower`;
    `suspicious` of the `n` are above the scorer's threshold; `digits` counts the first digits of their following.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="audiences")
    seen_at = models.DateTimeField()
    source = models.CharField(max_length=12, choices=Source)
    n = models.PositiveIntegerField()
    suspicious = models.PositiveIntegerField()
    digits = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    score_version = models.CharField(max_length=24)
    credits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("profile", "seen_at")
        constraints = [
            models.UniqueConstraint(
                fields=("profile", "seen_at", "source"),
                name="one_audience_sample_at_a_moment",
                violation_error_message="This sample is already recorded for the profile.",
            ),
            models.CheckConstraint(
                condition=Q(suspicious__lte=models.F("n")),
                name="suspicious_are_among_the_sampled",
                violation_error_message="More followers are suspicious than were sampled.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.n} followers of {self.profile}"
