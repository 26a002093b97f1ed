"""Storing what creators told of their posts. A correction is a newer report; nothing is changed or taken away."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from config.lib.problems import Problem
from creators.enums import ContentKind, Source
from creators.logic.reported import ReportedRow
from creators.models import CreatorReport, Post, Profile
from team.models import Brand, User


def add_story(profile: Profile, *, posted_at: datetime, url: str = "") -> Post:
    """A story that no provider saw, known by an id of our own. It is a campaign post: others nobody enters."""
    return Post.objects.create(
        profile=profile, platform_id=f"told-{uuid.uuid4().hex[:16]}", kind=ContentKind.STORY, url=url,
        posted_at=posted_at, is_campaign=True,
    )  # fmt: skip


@transaction.atomic
def report_numbers(report: CreatorReport, *, story: dict[str, Any] | None, by: User, now: datetime) -> CreatorReport:
    """Keep a report entered by hand; with `story` (profile, posted_at, url) the story is added first."""
    if story:
        report.post = add_story(**story)
    report.made_by, report.made_at, report.seen_at, report.source = by, now, now, Source.CREATOR
    report.save()
    return report


@dataclass(frozen=True)
class Matched:
    """Rows of a file with the post of each (None: a story to add), and the rows that fit no post."""

    rows: list[tuple[ReportedRow, Profile, Post | None]]
    problems: list[Problem]


def match(rows: Sequence[ReportedRow]) -> Matched:
    """Find the profile and post of each row, in two queries."""
    profiles = {
        (profile.platform, profile.handle): profile
        for profile in Profile.objects.filter(handle__in={row.handle for row in rows})
    }
    found = Post.objects.filter(profile__in=[profile.pk for profile in profiles.values()])
    wanted = {row.post for row in rows}
    posts = {(post.profile_id, post.platform_id): post for post in found.filter(platform_id__in=wanted)}
    posts |= {(post.profile_id, post.url): post for post in found.filter(url__in=wanted)}
    matched = Matched([], [])
    for row in rows:
        profile = profiles.get((row.platform, row.handle))
        post = posts.get((profile.pk, row.post)) if profile else None
        if profile is None:
            reason = "Nobody on the roster has this handle on this platform."
            matched.problems.append(Problem(row.line, "handle", row.handle, reason))
        elif post is None and row.posted_at is None:
            reason = "This profile has no such post. To add it as a story, fill in posted_at."
            matched.problems.append(Problem(row.line, "post", row.post[:80], reason))
        else:
            matched.rows.append((row, profile, post))
    return matched


@transaction.atomic
def store_reports(rows: Sequence[ReportedRow], *, brand: Brand, by: User, now: datetime) -> int:
    """Keep the rows of a file that fit, all or none. A post's moment that a file told before adds nothing."""
    fitting = match(rows).rows
    known = [post for _, _, post in fitting if post]
    told = CreatorReport.objects.filter(brand=brand, source=Source.CSV, post__in=known)
    there = set(told.values_list("post", "seen_at"))
    reports = []
    for row, profile, post in fitting:
        of, seen_at = post or _told_story(profile, row), row.seen_at or now
        if (of.pk, seen_at) in there:
            continue
        there.add((of.pk, seen_at))
        reports.append(
            CreatorReport(
                brand=brand, post=of, seen_at=seen_at, source=Source.CSV, note=row.note, made_by=by,
                made_at=now, **row.numbers,
            )
        )  # fmt: skip
    CreatorReport.objects.bulk_create(reports)
    return len(reports)


def _told_story(profile: Profile, row: ReportedRow) -> Post:
    """The story of a row, under the id or address that the row gives."""
    is_address = row.post.startswith(("https://", "http://"))
    story, _ = Post.objects.get_or_create(
        profile=profile, platform_id=row.post[:120],
        defaults={
            "kind": ContentKind.STORY, "posted_at": row.posted_at, "is_campaign": True,
            "url": row.post if is_address else "",
        },
    )  # fmt: skip
    return story
