from datetime import timedelta

import pytest
from django.utils import timezone

from team.actions import jobs
from team.enums import JobState
from team.models import Job
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def make_job(brand=None, **fields):
    return Job.objects.create(**{"kind": "import_orders", "brand": brand, **fields})


def test_a_waiting_job_shows_its_progress_and_asks_again(brand, viewer):
    job = make_job(brand)
    jobs.progress_of(job)(3, 10, "Reading rows")

    page = viewer.get(f"/jobs/{job.pk}/").content.decode()

    assert "Reading rows" in page
    assert f'hx-get="/jobs/{job.pk}/" hx-trigger="every 1s"' in page


def test_a_long_job_is_asked_for_less_often(brand, viewer):
    job = make_job(brand, made_at=timezone.now() - timedelta(minutes=2))

    assert 'hx-trigger="every 2s"' in viewer.get(f"/jobs/{job.pk}/").content.decode()


def test_a_finished_job_shows_its_result_and_asks_no_more(brand, viewer):
    job = make_job(brand, state=JobState.DONE, options={"result_url": "/orders/imports/7/"})

    fragment = viewer.get(f"/jobs/{job.pk}/", HTTP_HX_REQUEST="true").content.decode()

    assert 'href="/orders/imports/7/"' in fragment
    assert "hx-get" not in fragment
    assert "<html" not in fragment


def test_a_failed_job_says_why(brand, viewer):
    job = make_job(brand, state=JobState.FAILED, error="Line 3: the amount is in words.")

    assert "Line 3: the amount is in words." in viewer.get(f"/jobs/{job.pk}/").content.decode()


def test_a_job_without_a_brand_is_seen_by_its_maker_alone(viewer, manager):
    job = make_job(made_by=viewer.user)

    assert viewer.get(f"/jobs/{job.pk}/").status_code == 200
    assert manager.get(f"/jobs/{job.pk}/").status_code == 404


def test_the_list_holds_the_jobs_of_my_brands(brand, other_brand, viewer):
    make_job(brand, file_name="ours.csv")
    make_job(other_brand, file_name="theirs.csv")

    page = viewer.get("/jobs/").content.decode()

    assert "ours.csv" in page
    assert "theirs.csv" not in page


@pytest.mark.parametrize("query", ["find=roster.csv", "find=import+creators", "state=failed", "find=anna"])
def test_the_list_is_searched_by_file_kind_state_and_person(brand, viewer, query):
    anna = make_user("anna@example.com", brand=brand)
    make_job(brand, kind="import_creators", file_name="roster.csv", state=JobState.FAILED, made_by=anna)
    make_job(brand, kind="import_orders", file_name="orders.csv", state=JobState.DONE)

    page = viewer.get(f"/jobs/?{query}").content.decode()

    assert "roster.csv" in page
    assert "orders.csv" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_the_same_number_of_times(brand, viewer, count, django_assert_max_num_queries):
    for _ in range(count):
        make_job(brand, made_by=viewer.user)

    with django_assert_max_num_queries(6):
        viewer.get("/jobs/")


def test_only_one_worker_gets_a_job(brand):
    job, now = make_job(brand), timezone.now()

    first, second = jobs.claim(job.pk, now=now), jobs.claim(job.pk, now=now)

    assert first is not None
    assert second is None


def test_a_refusal_ends_a_job_with_its_sentence(brand):
    job = make_job(brand)

    with jobs.claimed(job.pk, now=timezone.now()):
        raise jobs.Refused("The file has no column Name.")

    job.refresh_from_db()
    assert (job.state, job.error, job.lease_until_at) == (JobState.FAILED, "The file has no column Name.", None)


def test_a_job_left_by_a_dead_worker_is_found_again(brand):
    now = timezone.now()
    job = make_job(brand, made_at=now - timedelta(minutes=30))
    jobs.claim(job.pk, now=now - timedelta(minutes=20))

    assert jobs.waiting(["import_orders"], now=now) == [job.pk]
