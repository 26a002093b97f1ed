"""The sample's numbers: histories from a file; the newest counts, posts, comments and audiences from the demo.

The provider is asked over real HTTP on loopback, as any other would be.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import httpx

from config.lib.http import make_client
from config.lib.tabular import read_table
from creators.actions.posts import store_posts
from creators.actions.samples import store_audience, store_comments
from creators.actions.snapshots import store_days, store_profile
from creators.enums import Platform, Question, Source
from creators.models import Post, Profile
from creators.providers.csv_metrics import ReadLine, read_days
from creators.providers.demo_server import running
from creators.providers.records import DayRecord
from creators.providers.sociavault import SociaVault
from desk.logic.sample import as_csv, histories

POSTS_SEEN = (7, 0)
"""How many days ago the posts were looked at."""
POSTS, COMMENTED, COMMENTS, FOLLOWERS = 20, 5, 30, 150
"""How many posts, under how many of them (the newest that are two days old) how many comments; and followers."""


@dataclass(frozen=True)
class Demo:
    """The demo provider on loopback, which answers for any day."""

    address: str
    client: httpx.Client

    def on(self, day: date) -> SociaVault:
        """The provider as it answers on a day."""
        return SociaVault("sample", address=f"{self.address}/on/{day}/v1", source=Source.DEMO, client=self.client)


def load_numbers(profiles: Sequence[Profile], *, now: datetime) -> None:
    """Give these profiles ninety days of followers and everything that the demo provider says of them today."""
    _load_histories(profiles, now=now)
    with _demo() as demo:
        for profile in profiles:
            if Platform(profile.platform) in SociaVault.platforms:
                _load_profile(demo, profile, now=now)


@contextmanager
def _demo() -> Iterator[Demo]:
    with running() as server, make_client(private_hosts=[server.host]) as client:
        yield Demo(server.address, client)


def _load_histories(profiles: Sequence[Profile], *, now: datetime) -> None:
    days: defaultdict[tuple[str, str], list[DayRecord]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sample followers.csv")
        accounts = [(profile.platform, profile.handle) for profile in profiles]
        path.write_text(as_csv(list(histories(accounts, now=now))), encoding="utf-8")
        for read in read_days(read_table(path, path.name).rows(), now=now):
            if not isinstance(read, ReadLine):
                raise ValueError(f"Line {read.line} of the sample: {read.reason}")
            days[read.platform, read.handle].append(read.record)
    for profile in profiles:
        store_days(profile, days[profile.platform, profile.handle], source=Source.CSV)


def _load_profile(demo: Demo, profile: Profile, *, now: datetime) -> None:
    platform, today = Platform(profile.platform), demo.on(now.date())
    store_profile(profile, today.profile(platform, profile.handle), now=now)
    for at in (now - timedelta(days=back) for back in POSTS_SEEN):
        store_posts(profile, demo.on(at.date()).posts(platform, profile.handle, limit=POSTS), now=at)
    for post in Post.objects.filter(profile=profile, posted_at__lt=now - timedelta(days=2))[:COMMENTED]:
        store_comments(post, today.comments(platform, post.url, limit=COMMENTS), now=now)
    if today.offers(Question.FOLLOWERS, platform):
        store_audience(profile, today.followers(platform, profile.handle, limit=FOLLOWERS), now=now)
