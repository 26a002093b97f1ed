import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from creators.enums import CauseKind, ContentKind, Level
from creators.models import (
    Assessment,
    AudienceSample,
    Cause,
    Comment,
    CommentSample,
    CreatorReport,
    Post,
    ProfileSnapshot,
)
from tests.factories import make_creator

pytestmark = pytest.mark.django_db


def make_profile(handle="anna", **fields):
    return make_creator(handle, name=handle.title(), **fields).profiles.get()


def make_posts(profile, count=6, **fields):
    now = timezone.now()
    counts = {"likes": 300, "comments": 50, "shares": 42, "views": 4_000, "kind": ContentKind.REEL}
    return Post.objects.bulk_create(
        Post(**{"profile": profile, "platform_id": f"p{n}", "caption": f"Post {n}", "posted_at": now - timedelta(days=n + 3), **counts, **fields})
        for n in range(count)
    )  # fmt: skip


def make_days(profile, counts):
    now = timezone.now()
    ProfileSnapshot.objects.bulk_create(
        ProfileSnapshot(profile=profile, seen_at=now - timedelta(days=len(counts) - n), source="demo", followers=followers)
        for n, followers in enumerate(counts)
    )  # fmt: skip


def make_comments(profile, texts):
    post = profile.post_set.first()
    sample = CommentSample.objects.create(post=post, seen_at=timezone.now(), source="demo", n=len(texts))
    Comment.objects.bulk_create(
        Comment(sample=sample, post=post, profile=profile, platform_id=str(n), author=str(n), text=text, score_version="1")
        for n, text in enumerate(texts)
    )  # fmt: skip


def page_of(client, profile, path="", query=""):
    response = client.get(f"/creators/{profile.creator_id}/numbers/{path}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_rate_stands_with_basis_n_source_benchmark_and_verdict(viewer):
    profile = make_profile(followers=5_000)
    make_posts(profile)
    Post.objects.filter(platform_id="p0").update(likes=None)

    page = page_of(viewer, profile)

    assert "7.84%" in page
    assert "likes, comments and shares over 5 posts, each by the newest count of followers" in page
    assert "1 left out: likes unknown" in page
    assert "SociaVault, nano creators study, 2026" in page
    assert "Below the benchmark" in page
    assert "5 of 5 posts inside the band of 3.9% to 11.8%" in page


def test_a_profile_about_which_nothing_is_known_says_so(viewer):
    page = page_of(viewer, make_profile(followers=None))

    assert "0 posts, 5 needed" in page
    assert "A line needs follower counts of two days." in page
    assert "No comments are sampled yet." in page_of(viewer, make_profile("bob"), "audience/")


def test_the_growth_chart_tells_jumps_and_causes_in_words_and_numbers(viewer):
    profile = make_profile()
    make_days(profile, [1_000] * 9 + [1_500, 1_510])
    day = timezone.now().date() - timedelta(days=2)
    signal = {
        "code": "S1",
        "level": "flagged",
        "reason": "500 followers in a day",
        "evidence": {"days": [day.isoformat()]},
    }
    Assessment.objects.create(
        profile=profile, level=Level.FLAGGED, signals=[signal], version="1", made_at=timezone.now(), checked_at=timezone.now()
    )  # fmt: skip
    Cause.objects.create(profile=profile, happened_on=day, kind=CauseKind.GIVEAWAY, note="Spring box")

    page = page_of(viewer, profile)

    assert "From 1,000 followers on" in page
    assert "500 followers in a day" in page
    assert "Spring box" in page
    assert "Log a cause" not in page


def test_days_that_follow_each_other_are_one_finding(viewer):
    profile = make_profile()
    make_days(profile, [1_000] * 30)
    today = timezone.now().date()
    days = [(today - timedelta(days=back)).isoformat() for back in (20, 19, 18, 6, 5)]
    signal = {
        "code": "S1", "level": "flagged", "reason": "500 followers in a day",
        "evidence": {"days": days, "since": days[0]},
    }  # fmt: skip
    Assessment.objects.create(
        profile=profile, level=Level.FLAGGED, signals=[signal], version="1", made_at=timezone.now(), checked_at=timezone.now()
    )  # fmt: skip

    page = page_of(viewer, profile)

    assert page.count('<th scope="row">S1</th>') == 2
    assert page.count("<td>500 followers in a day") == 1
    assert "Another one, less marked." in page


def test_reach_that_the_creator_told_this_brand_gives_a_rate_by_reach(viewer, neighbour, brand):
    profile = make_profile()
    for post in make_posts(profile):
        CreatorReport.objects.create(brand=brand, post=post, seen_at=timezone.now(), reach=3_920)

    ours, theirs = page_of(viewer, profile), page_of(neighbour, profile)

    assert "by reach" in ours
    assert "reach reported by the creator" in ours
    assert "by reach" not in theirs


def test_comments_are_read_with_their_n(viewer):
    profile = make_profile()
    make_posts(profile, 1)
    make_comments(profile, ["How much is it?"] * 10 + ["Too expensive!", "so expensive"] + ["Nice"] * 28)

    page = page_of(viewer, profile, "audience/")

    assert "40 comments by others under 1 post" in page
    assert "25%" in page
    assert "Too expensive!" in page


def test_a_cause_is_logged_by_a_manager(manager):
    profile = make_profile()
    data = {"profile": profile.pk, "happened_on": "2026-03-01", "kind": "giveaway", "note": "Box"}

    done = manager.post(f"/creators/{profile.creator_id}/numbers/cause/", data)

    assert (done.status_code, done.url) == (
        302,
        f"/creators/{profile.creator_id}/numbers/?profile={profile.pk}#growth",
    )
    assert Cause.objects.values_list("happened_on", "kind", "note", "made_by").get() == (
        date(2026, 3, 1), "giveaway", "Box", manager.user.pk,
    )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"happened_on": ""},
        {"happened_on": "2099-01-01"},
        {"kind": "luck"},
        {"kind": "note", "note": " "},
        {"profile": 0},
    ],
)
def test_a_cause_that_does_not_fit_is_refused(manager, change):
    profile = make_profile()
    data = {"profile": profile.pk, "happened_on": "2026-03-01", "kind": "giveaway", "note": "Box", **change}

    response = manager.post(f"/creators/{profile.creator_id}/numbers/cause/", data)

    assert response.status_code == 422
    assert not Cause.objects.exists()


def test_posts_are_filtered_and_a_campaign_post_is_marked(manager):
    profile = make_profile()
    first, second, *_ = make_posts(profile)
    Post.objects.filter(pk=second.pk).update(removed_at=timezone.now())

    manager.post(f"/creators/posts/{first.pk}/campaign/?profile={profile.pk}", {"is_campaign": "yes"})

    campaign = page_of(manager, profile, "posts/", "state=campaign")
    removed = page_of(manager, profile, "posts/", "state=removed")
    assert ("Post 0" in campaign, "Post 1" in campaign) == (True, False)
    assert ("Post 0" in removed, "Post 1" in removed) == (False, True)
    assert "1 post" in page_of(manager, profile, "posts/", "q=post 3")


def test_snapshots_show_who_said_what_and_go_to_a_file(viewer):
    profile = make_profile()
    make_days(profile, [1_000, 1_010])

    page = page_of(viewer, profile, "snapshots/", "source=demo")
    file = viewer.get(f"/creators/{profile.creator_id}/numbers/snapshots.csv")

    assert "2 snapshots" in page
    assert "Demo provider" in page
    rows = list(csv.DictReader(io.StringIO(b"".join(file).decode())))
    assert [(row["followers"], row["following"], row["source"]) for row in rows] == [
        ("1010", "", "demo"),
        ("1000", "", "demo"),
    ]


def test_posts_go_to_a_file_with_unknown_counts_empty(viewer):
    profile = make_profile()
    make_posts(profile, 1, saves=None, caption="=1+1")

    rows = list(
        csv.DictReader(
            io.StringIO(b"".join(viewer.get(f"/creators/{profile.creator_id}/numbers/posts.csv")).decode())
        )
    )

    assert [(row["caption"], row["likes"], row["saves"]) for row in rows] == [("'=1+1", "300", "")]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("path", "most"), [("", 12), ("posts/", 8), ("snapshots/", 8), ("audience/", 8)])
def test_pages_take_the_same_queries_for_any_number(viewer, brand, count, path, most, django_assert_max_num_queries):
    profile = make_profile()
    make_posts(profile, 10 * count)
    make_days(profile, [1_000] * 10 * count)
    make_comments(profile, ["Nice"] * 10 * count)
    with scope(brand=brand):
        for post in profile.post_set.all():
            CreatorReport.objects.create(brand=brand, post=post, seen_at=timezone.now(), reach=3_920)

    with django_assert_max_num_queries(most):
        page_of(viewer, profile, path)


def test_benchmarks_are_searched(viewer):
    everything = viewer.get("/creators/benchmarks/").content.decode()
    found = viewer.get(
        "/creators/benchmarks/?platform=instagram&tier=nano", headers={"HX-Request": "true"}
    ).content.decode()

    assert "46 figures" in everything
    assert "4–6%" in found
    assert "2.19%" in found
    assert "7.84%" not in found


@pytest.mark.parametrize(
    ("n", "said"), [(300, "sampled followers look bought"), (40, "too little: 40 sampled, 100 needed")]
)
def test_the_audience_share_stands_with_its_interval(viewer, n, said):
    profile = make_profile()
    AudienceSample.objects.create(
        profile=profile, seen_at=timezone.now(), source="demo", n=n, suspicious=n // 3, score_version="accounts-1"
    )

    page = page_of(viewer, profile, "audience/")

    assert said in page


def test_the_creator_page_has_a_strip_of_numbers(viewer):
    profile = make_profile(followers=5_000)
    make_posts(profile)

    page = viewer.get(f"/creators/{profile.creator_id}/").content.decode()
    strip = viewer.get(f"/creators/{profile.creator_id}/numbers/strip/").content.decode()

    assert f'hx-get="/creators/{profile.creator_id}/numbers/strip/"' in page
    assert "7.84%" in strip
