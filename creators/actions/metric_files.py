"""A file of public numbers (counters by day, posts, comments, followers): read for a preview, then stored as a whole.

For platforms that no provider covers, and for histories. `metric_jobs` does both in the background.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from config.lib.tabular import NotATable, Table, read_table
from creators.actions.posts import store_posts
from creators.actions.samples import store_audience, store_comments
from creators.actions.snapshots import store_days
from creators.enums import Question, Source
from creators.models import AudienceSample, Comment, Post, PostSnapshot, Profile, ProfileSnapshot
from creators.providers import csv_metrics
from creators.providers.csv_metrics import BadLine, ReadLine
from creators.providers.records import Answer
from team.actions.jobs import Progress
from team.models import Job

MOST_LINES = 50_000
_SHOWN_EVERY = 5_000
_NOBODY = "Nobody on the roster has this handle on this platform."
_NO_POST = "This profile has no such post. Load its posts first."


class NotMetrics(Exception):
    """The file cannot be read as numbers; the text says why."""


@dataclass
class Found:
    """What a file holds: records by profile (comments: by post), and the lines that are wrong."""

    records: dict[Profile | Post, list[Any]] = field(default_factory=lambda: defaultdict(list))
    bad: list[BadLine] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many lines can be stored."""
        return sum(len(records) for records in self.records.values())


def read_metrics(job: Job, *, now: datetime, progress: Progress) -> dict[str, Any]:
    """What the job's file would store, for its preview, and what is wrong with it. Raises `NotMetrics`."""
    found = _found(job, now=now, progress=progress)
    about = {str(subject): len(records) for subject, records in list(found.records.items())[:50]}
    return {"rows": found.rows, "about": about, "bad": [asdict(line) for line in found.bad]}


@transaction.atomic
def store_metrics(job: Job, *, now: datetime, progress: Progress) -> dict[str, Any]:
    """Store the good lines of a file that was read, all or none and once. The preview with how many.

    Raises `NotMetrics` where the file is gone.
    """
    locked = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if "stored" in locked.result:
        return dict(locked.result)
    if not locked.file:
        raise NotMetrics("The file is no longer here: previews are kept for a day. Upload it again.")
    found = _found(locked, now=now, progress=progress)
    before = _rows_of(locked, found)
    _store(locked, found, now=now, progress=progress)
    locked.result = {**locked.result, "stored": found.rows, "new": _rows_of(locked, found) - before}
    name, storage = locked.file.name, locked.file.storage
    locked.file = None
    locked.save(update_fields=["result", "file"])
    transaction.on_commit(lambda: storage.delete(name or ""))
    return locked.result


def _store(job: Job, found: Found, *, now: datetime, progress: Progress) -> None:
    store, done = _STORES[job.options["question"]], 0
    for subject, records in found.records.items():
        store(subject, records, now)
        done += len(records)
        progress(done, found.rows, "Storing the numbers")


def table_of(job: Job) -> Table:
    """The job's file as a table. Raises `NotMetrics`."""
    try:
        return read_table(Path(job.file.path), job.file_name)
    except NotATable as refusal:
        raise NotMetrics(str(refusal)) from refusal


def _found(job: Job, *, now: datetime, progress: Progress) -> Found:
    lines = list(_lines(job.options["question"], table_of(job).rows(), now, progress))
    good = [line for line in lines if isinstance(line, ReadLine)]
    found = Found(bad=[line for line in lines if isinstance(line, BadLine)])
    handles = {line.handle for line in good}
    profiles = {(each.platform, each.handle): each for each in Profile.objects.filter(handle__in=handles)}
    posts = _posts(profiles, good) if job.options["question"] == Question.COMMENTS else None
    for line in good:
        profile = profiles.get((line.platform, line.handle))
        if profile is None:
            found.bad.append(BadLine(line.line, "handle", line.handle, _NOBODY))
        elif posts is None:
            found.records[profile].append(line.record)
        elif post := posts.get((profile.pk, line.post)) or posts.get((profile.pk, csv_metrics.short_id(line.post))):
            found.records[post].append(line.record)
        else:
            found.bad.append(BadLine(line.line, "post", line.post[:120], _NO_POST))
    found.bad.sort(key=lambda line: line.line)
    return found


def _rows_of(job: Job, found: Found) -> int:
    """How many rows there are about what the file names."""
    model, subject = _ROWS[job.options["question"]]
    return model.objects.filter(**{f"{subject}__in": [each.pk for each in found.records]}).count()


def _lines(question: str, rows: Any, now: datetime, progress: Progress) -> Iterator[ReadLine[Any] | BadLine]:
    readers: dict[str, Callable[[], Iterator[Any]]] = {
        Question.PROFILE: lambda: csv_metrics.read_days(rows, now=now),
        Question.POSTS: lambda: csv_metrics.read_posts(rows, now=now),
        Question.COMMENTS: lambda: csv_metrics.read_comments(rows, now=now),
        Question.FOLLOWERS: lambda: csv_metrics.read_followers(rows),
    }
    for number, line in enumerate(readers[question](), start=1):
        if number > MOST_LINES:
            raise NotMetrics(f"The file has more than {MOST_LINES:,} lines. Split it.")
        if number % _SHOWN_EVERY == 0:
            progress(number, 0, f"{number:,} lines read")
        yield line


def _posts(profiles: dict[tuple[str, str], Profile], good: list[ReadLine[Any]]) -> dict[tuple[int, str], Post]:
    """Posts of these profiles by platform id and by address."""
    wanted = {line.post for line in good} | {csv_metrics.short_id(line.post) for line in good}
    posts = Post.objects.filter(profile__in=[profile.pk for profile in profiles.values()]).select_related("profile")
    by_id = {(post.profile_id, post.platform_id): post for post in posts.filter(platform_id__in=wanted)}
    return by_id | {(post.profile_id, post.url): post for post in posts.filter(url__in=wanted)}


def _answer(records: list[Any]) -> Answer[Any]:
    return Answer(records, Source.CSV, credits=0, calls=0)


# Where a file's records go. A sample of followers is one row for all of its lines.
_ROWS: dict[str, tuple[Any, str]] = {
    Question.PROFILE: (ProfileSnapshot, "profile"),
    Question.POSTS: (PostSnapshot, "post__profile"),
    Question.COMMENTS: (Comment, "post"),
    Question.FOLLOWERS: (AudienceSample, "profile"),
}
_STORES: dict[str, Callable[[Any, list[Any], datetime], object]] = {
    Question.PROFILE: lambda profile, records, now: store_days(profile, records, source=Source.CSV),
    Question.POSTS: lambda profile, records, now: store_posts(profile, _answer(records), now=now),
    Question.COMMENTS: lambda post, records, now: store_comments(post, _answer(records), now=now),
    Question.FOLLOWERS: lambda profile, records, now: store_audience(profile, _answer(records), now=now),
}
