"""What a provider said about a profile at a moment. Append-only; thinning is the one deletion."""

from django.db import models
from django.db.models import Q

from creators.enums import Basis, Source
from creators.models.creator import Profile
from team.history import stays


class ProfileSnapshot(models.Model):
    """The counters of a profile. None is unknown, never 0. `followers_step` is what the count was rounded to."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="snapshots")
    seen_at = models.DateTimeField()
    source = models.CharField(max_length=12, choices=Source)
    basis = models.CharField(max_length=8, choices=Basis, default=Basis.SEEN)
    followers = models.PositiveBigIntegerField(null=True, blank=True)
    followers_step = models.PositiveIntegerField(default=1)
    following = models.PositiveBigIntegerField(null=True, blank=True)
    posts = models.PositiveBigIntegerField(null=True, blank=True)
    likes = models.PositiveBigIntegerField(null=True, blank=True)
    views = models.PositiveBigIntegerField(null=True, blank=True)
    credits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("profile", "seen_at")
        constraints = [
            models.UniqueConstraint(
                fields=("profile", "seen_at", "source"),
                name="one_profile_snapshot_at_a_moment",
                violation_error_message="This moment is already recorded for the profile.",
            ),
            models.CheckConstraint(
                condition=Q(followers_step__gte=1),
                name="snapshot_step_is_at_least_one",
                violation_error_message="A follower count is rounded to 1 or more.",
            ),
            models.CheckConstraint(
                condition=~Q(followers=None, following=None, posts=None, likes=None, views=None),
                name="profile_snapshot_says_something",
                violation_error_message="A snapshot needs at least one count.",
            ),
        ]
        triggers = [stays("profile_snapshot_stays")]

    def __str__(self) -> str:
        return f"{self.profile} at {self.seen_at:%Y-%m-%d %H:%M}"
