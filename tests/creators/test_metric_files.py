from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from creators.actions import metric_files
from creators.models import AudienceSample, Comment, Post, ProfileSnapshot
from creators.tasks import drop_old_payloads, sweep_metrics, work_on_metrics
from team.models import Job
from tests.factories import make_creator

pytestmark = pytest.mark.django_db

DAYS = """platform,handle,date,followers,views
linkedin,anna,2026-01-01,"1,000",
LinkedIn,@anna,2026-01-02,1010,50
linkedin,nobody,2026-01-02,1,
linkedin,anna,2026-01-03,many,
"""
POSTS = """platform,handle,post,kind,published,likes,comments,shares,views
linkedin,anna,https://www.linkedin.com/posts/one,text,2026-01-01,10,2,,
linkedin,anna,two,text,2026-01-02,12,3,1,400
"""
COMMENTS = """platform,handle,post,author,comment
linkedin,anna,two,bob,How much is it?
linkedin,anna,two,anna,Write to me
linkedin,anna,three,bob,Hello
"""
FOLLOWERS = "platform,handle,follower,followers,following,posts\n" + "linkedin,anna,f1,10,200,3\n" * 5


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def profile():
    return make_creator("anna", platform="linkedin").profiles.get()


def upload(client, question, text):
    file = SimpleUploadedFile("numbers.csv", text.encode())
    return client.post("/creators/numbers/import/", {"question": question, "file": file})


def read(client, question, text) -> str:
    """Upload a file and have it read; where its preview is."""
    asked = upload(client, question, text)
    job = Job.objects.latest("pk")
    assert asked.url == f"/jobs/{job.pk}/"
    work_on_metrics(job_id=job.pk)
    return job.options["result_url"]


def store(client, preview):
    """Press the button of a preview and have the file stored."""
    asked = client.post(preview, {"skip_bad": "on"})
    work_on_metrics(job_id=int(preview.rstrip("/").rpartition("/")[2]))
    return asked


def stored(client, question, text):
    return store(client, read(client, question, text))


def test_a_history_shows_its_bad_lines_and_is_stored_as_a_whole(manager, neighbour, profile, media):
    url = read(manager, "profile", DAYS)
    preview = manager.get(url).content.decode()
    refused = manager.post(url)

    assert [(bad["line"], bad["field"]) for bad in Job.objects.get().result["bad"]] == [
        (4, "handle"),
        (5, "followers"),
    ]
    assert "Nobody on the roster has this handle" in preview
    assert (refused.status_code, ProfileSnapshot.objects.count()) == (422, 0)
    assert neighbour.get(url).status_code == 404

    for _ in range(2):
        store(manager, url)

    kept = ProfileSnapshot.objects.order_by("seen_at").values_list("followers", "views", "source", "basis")
    assert list(kept) == [(1000, None, "csv", "history"), (1010, 50, "csv", "history")]


def test_what_was_known_already_is_not_counted_as_new(manager, profile, media):
    stored(manager, "profile", DAYS)

    stored(manager, "profile", DAYS)

    assert [(job.result["stored"], job.result["new"]) for job in Job.objects.order_by("pk")] == [(2, 2), (2, 0)]


def test_the_file_is_gone_once_it_is_stored_or_a_day_old(manager, profile, media, django_capture_on_commit_callbacks):
    left = read(manager, "profile", DAYS)
    Job.objects.update(made_at=timezone.now() - timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        stored(manager, "profile", DAYS)

    assert [file for file in media.rglob("*") if file.is_file()] == []
    store(manager, left)
    assert "Upload it again" in manager.get(left).content.decode()


def test_a_file_that_nobody_stored_goes_after_a_day_by_itself(manager, profile, media):
    upload(manager, "followers", FOLLOWERS)
    Job.objects.update(made_at=timezone.now() - timedelta(days=2))

    drop_old_payloads()

    assert [file for file in media.rglob("*") if file.is_file()] == []
    assert not Job.objects.get().file


def test_posts_comments_and_followers_are_stored(manager, profile):
    stored(manager, "posts", POSTS)
    stored(manager, "comments", COMMENTS)
    stored(manager, "followers", FOLLOWERS)

    posts = Post.objects.order_by("posted_at").values_list("likes", "comments", "shares", "views")
    assert list(posts) == [(10, 2, None, None), (12, 3, 1, 400)]
    comments = Comment.objects.order_by("pk").values_list("post__platform_id", "text", "is_by_creator")
    assert list(comments) == [("two", "How much is it?", False), ("two", "Write to me", True)]
    assert AudienceSample.objects.get().n == 5


def test_a_later_file_with_fewer_posts_removes_none(manager, profile):
    many = "platform,handle,post,published,likes\n" + "".join(
        f"linkedin,anna,p{n},2026-01-{n:02},1\n" for n in range(1, 21)
    )
    stored(manager, "posts", many)
    stored(manager, "posts", "\n".join(line for line in many.splitlines() if ",p10," not in line))

    assert not Post.objects.exclude(removed_at=None).exists()


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [("profile", "", "empty"), ("profile", "%PDF-1", "PDF"), ("luck", DAYS, "valid choice")],
)
def test_a_file_that_is_none_is_refused_in_words(manager, profile, question, text, said):
    response = upload(manager, question, text)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Job.objects.exists()


def test_a_file_is_worked_on_behind_the_page_and_picked_up_by_the_sweep(manager, profile):
    page = upload(manager, "profile", DAYS).url
    preview = Job.objects.get().options["result_url"]
    waiting = manager.get(preview)
    Job.objects.update(made_at=timezone.now() - timedelta(minutes=2))

    sweep_metrics()

    assert waiting.url == page
    assert preview in manager.get(page).text
    assert "Nothing is written yet" in manager.get(preview).text


def test_a_file_with_too_many_lines_is_refused_on_the_page_of_the_job(manager, profile, monkeypatch):
    monkeypatch.setattr(metric_files, "MOST_LINES", 3)

    upload(manager, "profile", DAYS)
    work_on_metrics(job_id=Job.objects.get().pk)

    assert "more than 3 lines. Split it." in manager.get(f"/jobs/{Job.objects.get().pk}/").text
