from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone
from django_scopes import scope

from creators.actions import lifecycle
from creators.enums import ContentKind
from creators.logic.reported import ClickRate, click_rate, reported_row
from creators.models import CreatorReport, Post
from creators.queries.reports import stories_asking
from team.models import Job
from tests.factories import NOW, make_creator
from tests.files import a_png

PNG = a_png()
UTC_ZONE = ZoneInfo("UTC")


def row(**cells):
    return {"platform": "instagram", "handle": "@Anna", "post": "p1", "impressions": "1,200", "reach": "900", **cells}


def test_a_row_is_read():
    read, problems = reported_row(
        2, row(posted_at="2026-11-01 18:30", note=" Hi "), now=NOW, zone=ZoneInfo("Europe/Berlin")
    )

    assert problems == []
    assert read
    assert (read.handle, read.numbers, read.note) == ("anna", {"impressions": 1200, "reach": 900}, "Hi")
    assert read.posted_at == datetime(2026, 11, 1, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"platform": "myspace"}, "platform", "Write one of"), ({"handle": ""}, "handle", "missing"),
        ({"post": ""}, "post", "Name the post"), ({"post": " x" * 251}, "post", "longer than"), ({"impressions": "12.3K"}, "impressions", "in full"),
        ({"impressions": "-5"}, "impressions", "in full"), ({"reach": "1e3"}, "reach", "in full"),
        ({"reach": "9" * 30}, "reach", "in full"), ({"reach": "9" * 5_000}, "reach", "in full"), ({"reach": "1201"}, "reach", "more than impressions"),
        ({"impressions": "", "reach": ""}, "impressions", "at least one"), ({"seen_at": "yesterday"}, "seen_at", "2026-03-01"),
        ({"posted_at": "2026-12-24"}, "posted_at", "not come yet"), ({"posted_at": "0001-01-01"}, "posted_at", "long past"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_told_by_line_field_and_reason(change, field, said):
    read, problems = reported_row(7, row(**change), now=NOW, zone=UTC_ZONE)

    assert read is None
    assert [(problem.line, problem.field) for problem in problems] == [(7, field)]
    assert said in problems[0].reason


@pytest.mark.parametrize(
    ("told", "rate"),
    [
        ([(1_000, 800), (1_000, None)], ClickRate(30, 1.5, "impressions", 2_000, 2)),
        ([(None, 800), (1_000, 700)], ClickRate(30, 2.0, "reach", 1_500, 2)),
        ([(1_000, None), (None, 500)], ClickRate(30, None, "", None, 2)),
        ([(None, None)], ClickRate(30, None, "", None, 1)),
        ([(0, 0)], ClickRate(30, None, "", None, 1)),
        ([], ClickRate(30, None, "", None, 0)),
    ],
)
def test_the_click_rate_is_over_impressions_else_reach_else_not_known(told, rate):
    assert click_rate(30, told) == rate


pytest_db = pytest.mark.django_db


def make_profile():
    return make_creator("anna", platform="instagram").profiles.get()


def make_story(profile, hours=24, **fields):
    return Post.objects.create(
        **{"profile": profile, "platform_id": f"s{hours}", "kind": ContentKind.STORY, "is_campaign": True,
           "posted_at": timezone.now() - timedelta(hours=hours), **fields}
    )  # fmt: skip


def report(client, profile, **data):
    return client.post(f"/creators/{profile.creator_id}/numbers/report/", {"profile": profile.pk, **data})


@pytest_db
def test_numbers_are_entered_by_hand_with_a_screenshot_and_handed_out_as_a_download(
    manager, neighbour, brand, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    profile = make_profile()
    story = make_story(profile)

    done = report(
        manager, profile, brand=brand.pk, post=story.pk, impressions="1200", reach="900",
        screenshot=SimpleUploadedFile("proof.png", PNG, "text/html"),
    )  # fmt: skip

    assert done.status_code == 302
    with scope(brand=brand):
        kept = CreatorReport.objects.get()
    assert (kept.post_id, kept.source, kept.reach, kept.saves, kept.made_by) == (
        story.pk,
        "creator",
        900,
        None,
        manager.user,
    )
    page = manager.get(done.url).content.decode()
    assert "creator-reported" in page
    file = manager.get(f"/creators/reports/{kept.pk}/screenshot/")
    assert (file["Content-Type"], b"".join(file)) == ("image/png", PNG)
    assert file["Content-Disposition"].startswith("attachment")
    assert neighbour.get(f"/creators/reports/{kept.pk}/screenshot/").status_code == 404
    assert "1,200" not in neighbour.get(f"/creators/{profile.creator_id}/numbers/reported/").content.decode()


@pytest_db
@pytest.mark.parametrize("asked", ["²", "9" * 40, "x", ""])
def test_an_odd_address_still_shows_the_form(manager, asked):
    profile = make_profile()

    assert manager.get(f"/creators/{profile.creator_id}/numbers/report/", {"post": asked}).status_code == 200


@pytest_db
def test_a_story_that_nobody_saw_is_added_with_its_numbers(manager, brand):
    profile = make_profile()

    done = report(manager, profile, brand=brand.pk, posted_at="2026-10-01T18:30", story_views="500")

    assert done.status_code == 302
    story = Post.objects.get()
    assert (story.kind, story.is_campaign, story.posted_at) == (
        "story",
        True,
        datetime(2026, 10, 1, 18, 30, tzinfo=UTC),
    )


@pytest_db
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"impressions": "", "reach": ""}, "at least one number"), ({"reach": "1201"}, "more than impressions"),
        ({"impressions": "-1"}, "greater than or equal to 0"), ({"brand": 0}, "valid choice"), ({"post": 0}, "valid choice"),
        ({"post": "", "posted_at": ""}, "say when the story went live"), ({"post": "", "posted_at": "2099-01-01T10:00"}, "has come"),
        ({"screenshot": SimpleUploadedFile("a.png", b"<script>")}, "not a PDF, PNG"),
    ],
)  # fmt: skip
def test_numbers_that_do_not_fit_come_back_with_words(manager, brand, change, said):
    profile = make_profile()
    data = {"brand": brand.pk, "post": make_story(profile).pk, "impressions": "1200", "reach": "900", **change}

    response = report(manager, profile, **data)

    assert response.status_code == 422
    assert said in response.content.decode()
    with scope(brand=brand):
        assert not CreatorReport.objects.exists()


@pytest_db
def test_a_report_stays(brand):
    kept = CreatorReport.objects.create(brand=brand, post=make_story(make_profile()), seen_at=NOW, reach=5)

    for change in ({"reach": 9}, {"source": "csv"}):
        with pytest.raises(DatabaseError), transaction.atomic(), scope(brand=brand):
            CreatorReport.objects.filter(pk=kept.pk).update(**change)


def upload(client, brand, text):
    file = SimpleUploadedFile("numbers.csv", text.encode())
    return client.post("/creators/reports/import/", {"brand": brand.pk, "file": file})


FILE = """platform,handle,post,posted_at,impressions,reach,seen_at
instagram,anna,s24,,1200,900,2026-10-02
instagram,anna,new-1,2026-10-01,,400,2026-10-02
instagram,nobody,s24,,1,1,
instagram,anna,unknown,,1,1,
instagram,anna,s24,,x,1,
"""


@pytest_db
def test_a_file_shows_its_bad_lines_and_writes_nothing_by_halves(manager, neighbour, brand):
    make_story(make_profile())

    asked = upload(manager, brand, FILE)
    preview = manager.get(asked.url).content.decode()
    refused = manager.post(asked.url)

    job = Job.objects.get()
    assert [(bad["line"], bad["field"]) for bad in job.result["bad"]] == [
        (4, "handle"),
        (5, "post"),
        (6, "impressions"),
    ]
    assert "Nobody on the roster has this handle" in preview
    assert refused.status_code == 422
    assert neighbour.get(asked.url).status_code == 404
    with scope(brand=brand):
        assert not CreatorReport.objects.exists()
    assert Post.objects.count() == 1

    for _ in range(2):
        manager.post(asked.url, {"skip_bad": "on"})
    upload_again = upload(manager, brand, FILE)
    manager.post(upload_again.url, {"skip_bad": "on"})

    with scope(brand=brand):
        kept = CreatorReport.objects.order_by("pk").values_list(
            "post__platform_id", "post__kind", "impressions", "reach", "source"
        )
        assert list(kept) == [("s24", "story", 1200, 900, "csv"), ("new-1", "story", None, 400, "csv")]


@pytest_db
@pytest.mark.parametrize(
    ("text", "said"), [("a,b\n1,2\n", "has no column platform"), ("%PDF-1.4", "PDF"), ("", "empty")]
)
def test_a_file_that_is_none_is_refused_in_words(manager, brand, text, said):
    response = upload(manager, brand, text)

    assert response.status_code == 422
    assert said in response.content.decode()


@pytest_db
def test_a_story_asks_for_its_numbers_twenty_hours_after_it_went_live(brand, other_brand):
    profile = make_profile()
    lifecycle.move([profile.creator_id], brand=brand, stage="live", why="Posted", by=None, now=timezone.now())
    asking = make_story(profile, 21)
    make_story(profile, 19)
    make_story(profile, 24 * 15)
    make_story(profile, 30, is_campaign=False)
    told = make_story(profile, 40)
    CreatorReport.objects.create(brand=brand, post=told, seen_at=timezone.now(), reach=1)

    with scope(brand=brand):
        assert list(stories_asking(timezone.now())) == [asking]
    with scope(brand=other_brand):
        assert list(stories_asking(timezone.now())) == []


@pytest_db
def test_the_numbers_page_says_that_a_story_asks(manager, brand):
    profile = make_profile()
    lifecycle.move([profile.creator_id], brand=brand, stage="live", why="Posted", by=None, now=timezone.now())
    make_story(profile, 21)

    page = manager.get(f"/creators/{profile.creator_id}/numbers/").content.decode()

    assert "asks for its numbers" in page


@pytest_db
def test_today_says_that_a_story_asks(manager, brand):
    profile = make_profile()
    lifecycle.move([profile.creator_id], brand=brand, stage="live", why="Posted", by=None, now=timezone.now())
    story = make_story(profile, 21)

    page = manager.get("/").content.decode()

    assert "for the numbers of a story" in page
    assert f"post={story.pk}" in page
