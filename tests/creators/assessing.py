"""Profiles with a past, for the tests of signals."""

from datetime import timedelta

from creators.models import AudienceSample, Comment, CommentSample, Post, Profile, ProfileSnapshot
from tests.factories import NOW, make_creator


def make_profile(handle: str = "", **fields) -> Profile:
    """A profile on TikTok unless told, old enough for the night."""
    profile = make_creator(handle, **fields).profiles.get()
    Profile.objects.filter(pk=profile.pk).update(created_at=NOW - timedelta(days=100))
    return profile


def make_days(profile: Profile, *, jump: int = 0, days: int = 60, jump_days_ago: int = 10, now=NOW, **fields) -> None:
    """Some followers more every day, and once `jump` of them."""
    followers, rows = 5_000, []
    for ago in range(days, 0, -1):
        followers += 5 + ago % 3 + (jump if ago == jump_days_ago else 0)
        counts = {"followers": followers, "following": 300, "views": 1_000_000 + (days - ago) * 4_000, **fields}
        rows.append(
            ProfileSnapshot(profile=profile, seen_at=now - timedelta(days=ago, hours=1), source="csv", **counts)
        )
    ProfileSnapshot.objects.bulk_create(rows)


def make_posts(profile: Profile, likes: list[int] | None = None, *, now=NOW, **fields) -> list[Post]:
    """One post every three days, the newest four days old."""
    counts = likes or [310, 190, 420, 260, 550, 300, 240, 380, 150, 470, 280, 330]
    return Post.objects.bulk_create(
        Post(
            profile=profile, platform_id=f"post{n}", posted_at=now - timedelta(days=4 + 3 * n),
            **{"likes": count, "comments": count // 40, "views": count * 18 + n * 997, **fields},
        )
        for n, count in enumerate(counts)
    )  # fmt: skip


def make_comments(post: Post, texts: list[str], *, now=NOW, **fields) -> None:
    """Comments by different people, each scored as said."""
    sample = CommentSample.objects.create(post=post, seen_at=now - timedelta(days=1), source="csv", n=len(texts))
    Comment.objects.bulk_create(
        Comment(
            sample=sample, post=post, profile_id=post.profile_id, platform_id=f"c{n}", author=f"{n:06x}author",
            text=text, **{"fold": text.lower().replace(" ", ""), "score_version": "test", **fields},
        )
        for n, text in enumerate(texts)
    )  # fmt: skip


def make_audience(profile: Profile, *, n: int = 300, suspicious: int = 30, now=NOW) -> AudienceSample:
    """A scored sample of followers."""
    return AudienceSample.objects.create(
        profile=profile, seen_at=now - timedelta(days=2), source="csv", n=n, suspicious=suspicious,
        digits=[90, 53, 37, 29, 24, 20, 17, 15, 15], score_version="test",
    )  # fmt: skip


ORGANIC = [
    "My grandmother taught me to fold dumplings exactly like that",
    "Wie lange hält der Akku im Winter?",
    "Third time I come back to this, the pacing is superb",
    "Does it ship to Portugal?",
    "Cutting onions with goggles on",
    "You forgot to mention the loud fan",
    "I bought the green one in March and regret nothing",
    "Which lens is that?",
    "The bit at two minutes had me crying",
    "Our school did this as a project",
    "Please never change the intro",
    "Could you link the second recipe from last week",
    "Nobody talks about how heavy these boots are",
    "Greetings from a rainy Tuesday in Oslo",
    "I disagree about the price but the rest is fair",
    "My dog barked at the screen the entire time",
    "Used your code yesterday, parcel arrived already",
    "Is the course in English as well",
    "That colour does not exist in Canada sadly",
    "Finally somebody explains torque",
    "The neighbour upstairs must love you",
    "Half the sugar works too, tried it twice",
    "Was this filmed before the fire?",
    "Old but still the clearest guide I know",
    "Queue at the shop was two hours, worth it",
    "What mic do you use outside",
    "Mine broke after nine weeks, be careful",
    "So the museum is closed on Mondays?",
    "Knitting along from hospital",
    "Have you ever tried it without a tripod",
    "Lisbon looks colder than I remember",
    "First winter without gloves for me",
]
