from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from creators.actions.benchmarks import recompute_cells
from creators.enums import ContentKind, Level, RateBasis
from creators.logic.engagement import Following, Piece, engagement_rate
from creators.models import Assessment, BenchmarkCell, Post, ProfileSnapshot, Review
from creators.queries.benchmarks import cells, clean_and_raw
from tests.factories import NOW, make_creator

pytestmark = pytest.mark.django_db


def make_posts(profile, count=5, *, kind=ContentKind.REEL, days=10, **fields):
    counts = {"likes": 50, "comments": 0, "shares": 0, "views": 1_000, **fields}
    return Post.objects.bulk_create(
        Post(profile=profile, platform_id=f"{kind}-{days}-{n}-{sorted(fields)}", kind=kind, posted_at=NOW - timedelta(days=days + n), **counts)
        for n in range(count)
    )  # fmt: skip


def make_assessment(profile, level, flagged=()):
    return Assessment.objects.create(
        profile=profile, level=level, flagged=list(flagged), version="signals-1", made_at=NOW, checked_at=NOW
    )


def test_a_cell_is_what_the_pure_rule_says_of_the_same_posts():
    profile = make_creator("anna", followers=5_000).profiles.get()
    make_posts(profile, 12, likes=101)
    make_posts(profile, 3, days=3, shares=7, kind=ContentKind.VIDEO)
    make_posts(profile, 4, days=30, likes=None)
    make_posts(profile, 2, days=1)
    make_posts(profile, 5, kind=ContentKind.STORY, likes=3)
    for day, followers in ((4, 4_000), (14, None), (15, 2_000)):
        ProfileSnapshot.objects.create(
            profile=profile, seen_at=NOW - timedelta(days=day), source="demo", followers=followers, posts=1
        )
    Post.objects.filter(platform_id__startswith="reel-10-1").update(removed_at=NOW)

    recompute_cells(now=NOW)

    posts = [
        Piece(p.pk, p.posted_at, p.kind, p.likes, p.comments, p.shares, p.saves, p.views, is_removed=p.removed_at is not None)
        for p in Post.objects.all()
    ]  # fmt: skip
    days = [(s.seen_at, s.followers) for s in ProfileSnapshot.objects.all() if s.followers is not None]
    for kind in ("", ContentKind.REEL, ContentKind.STORY):
        rate = engagement_rate(
            posts,
            basis=RateBasis.FOLLOWERS,
            following=Following(5_000, days),
            benchmark=None,
            source="",
            now=NOW,
            kind=kind,
        )
        cell = BenchmarkCell.objects.get(kind=kind, population="clean")
        assert (rate.n >= 5, cell.mean) == (True, pytest.approx(rate.mean)), kind
    assert not BenchmarkCell.objects.filter(kind=ContentKind.VIDEO).exists()  # three posts


def test_youtube_divides_by_views():
    make_posts(make_creator("anna", platform="youtube").profiles.get(), shares=None)

    recompute_cells(now=NOW)

    assert {(cell.basis, cell.mean) for cell in cells("youtube")} == {("views", 5.0)}


# What is said of an assessment that flags S1 and S5: (signal, ruling), the oldest first; and whether it is clean.
SAID = [
    ([], False), ([("", "dismissed")], True), ([("S1", "dismissed")], False),
    ([("S1", "dismissed"), ("S5", "dismissed")], True), ([("S1", "confirmed"), ("", "dismissed")], True),
    ([("", "dismissed"), ("S5", "confirmed")], False), ([("", "confirmed")], False),
]  # fmt: skip


def make_review(assessment, code, ruling, minute=0):
    Review.objects.create(
        assessment=assessment, profile=assessment.profile, code=code, ruling=ruling, reason="Looked",
        made_at=NOW + timedelta(minutes=minute),
    )  # fmt: skip


@pytest.mark.parametrize(("said", "is_clean"), SAID)
def test_clean_leaves_out_the_flagged_and_the_confirmed_but_not_the_dismissed(said, is_clean):
    profile = make_creator("anna").profiles.get()
    make_posts(profile)
    assessment = make_assessment(profile, Level.FLAGGED, ["S1", "S5"])
    for minute, (code, ruling) in enumerate(said):
        make_review(assessment, code, ruling, minute)

    recompute_cells(now=NOW)

    assert BenchmarkCell.objects.filter(population="clean", kind="").exists() == is_clean


@pytest.mark.parametrize(
    ("level", "said", "is_clean"),
    [("clear", [], True), ("watch", [("", "confirmed")], False), ("flagged", [], False)],
)
def test_a_level_without_signals_of_its_own_counts_too(level, said, is_clean):
    profile = make_creator("anna").profiles.get()
    make_posts(profile)
    assessment = make_assessment(profile, level)
    for code, ruling in said:
        make_review(assessment, code, ruling)

    recompute_cells(now=NOW)

    assert BenchmarkCell.objects.filter(population="clean", kind="").exists() == is_clean


def test_clean_and_raw_stand_side_by_side():
    for number, level in enumerate((Level.CLEAR, Level.FLAGGED)):
        profile = make_creator(f"anna{number}", followers=1_000).profiles.get()
        make_posts(profile, likes=10 + 10 * number)
        make_assessment(profile, level)

    recompute_cells(now=NOW)

    side = clean_and_raw(cells())[0]
    assert side.clean and side.raw
    assert (side.clean.n, side.clean.mean, side.raw.n, side.raw.mean, side.difference) == (1, 1.0, 2, 1.5, 50)


def test_recomputing_replaces_and_leaves_one_row_a_cell():
    profile = make_creator("anna").profiles.get()
    make_posts(profile)

    first = recompute_cells(now=NOW)
    second = recompute_cells(now=NOW)

    assert first == second
    assert BenchmarkCell.objects.count() == 4  # all kinds and reels, clean and raw


@pytest.mark.parametrize(
    "change", [{}, {"kind": "reel", "n": 0}, {"kind": "reel", "p05": 3}, {"kind": "reel", "p05": -1}]
)
def test_a_cell_that_cannot_be_is_refused(change):
    fields = {
        "platform": "x", "tier": "nano", "basis": "followers", "population": "raw", "n": 3, "mean": 1, "p05": 0, "p25": 1,
        "p50": 1, "p75": 1, "p95": 2, "made_at": NOW,
    }  # fmt: skip
    BenchmarkCell.objects.create(**fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        BenchmarkCell.objects.create(**{**fields, **change})
