"""Erasing a person goes through a page that asks for the name, and a job that may be done twice."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django_scopes import scopes_disabled

from creators.actions.applications import receive
from creators.models import Creator
from desk.actions.erase_jobs import ask
from desk.actions.merge import Choice, merge
from desk.logic.person_keys import ERASED
from desk.tasks import erase_creator, sweep_erasing
from team.models import Job
from tests.creators.applying import told as applied
from tests.factories import NOW, make_campaign, make_cost, make_creator, make_deal, make_user

HANDLE = "ana.brews"


def test_the_page_wants_the_name_and_an_owner(owner, manager, brand):
    creator = make_creator(HANDLE, name="Ana")
    with scopes_disabled():
        make_cost(make_deal(make_campaign(brand), creator))
    url = reverse("desk:erase", args=[creator.pk])

    page = owner.get(url)
    wrong = owner.post(url, {"name": "Eva"})
    forbidden = manager.post(url, {"name": "Ana"})
    done = owner.post(url, {"name": "ana "})
    again = owner.post(url, {"name": "ana "})

    assert "Backups made before today" in page.text and "Cost line" in page.text
    assert wrong.status_code == 422
    assert forbidden.status_code == 403
    job = Job.objects.get()
    assert done.url == again.url == reverse("team:job", args=[job.pk])
    assert "Ana" not in f"{job.options} {job.file_name}"
    Job.objects.update(made_at=NOW)

    sweep_erasing()

    job.refresh_from_db()
    assert (job.state, job.result["files"], "files" in job.options) == ("done", 0, False)
    assert owner.get(url).status_code == 404
    assert ERASED not in owner.get(reverse("desk:creators")).text


def test_whom_somebody_merged_meanwhile_is_not_erased(owner, brand):
    creator = make_creator(HANDLE)
    job = ask(creator, by=owner.user, now=NOW)
    merge(make_creator("kept", platform="x"), creator, Choice(), by=make_user(), now=NOW)

    erase_creator(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.error.split(".")[0]) == ("failed", "This creator is no longer here")
    assert Creator.objects.get().erased_on is None


def test_files_go_though_a_worker_dies_when_the_rows_are_gone(owner, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    name = default_storage.save("left.csv", ContentFile(HANDLE))
    options = {"creator": 1, "files": [name]}
    job = Job.objects.create(kind="erase_creator", made_by=owner.user, options=options, result={"deleted": 3})

    erase_creator(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.result, job.options) == ("done", {"deleted": 3}, {"creator": 1})
    assert not default_storage.exists(name)


@pytest.mark.parametrize("with_deal", [True, False])
def test_another_brands_records_keep_the_owner_of_one_from_erasing(owner, other_brand, with_deal):
    creator = make_creator(HANDLE)
    with scopes_disabled():
        if with_deal:
            make_deal(make_campaign(other_brand), creator)
        else:
            receive(other_brand, applied(platform="tiktok", handle=HANDLE), suspicions=[], now=NOW)

    answer = owner.post(reverse("desk:erase", args=[creator.pk]), {"name": HANDLE})

    assert answer.status_code == 422
    assert Creator.objects.get().erased_on is None
