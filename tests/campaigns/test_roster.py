import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope

from campaigns.actions.roster_jobs import forget_old_rows
from campaigns.models import Deal, RosterRow
from campaigns.tasks import sweep_rosters, work_on_roster
from creators.models import Creator, Profile
from team.models import Job
from tests.factories import make_campaign, make_creator

pytestmark = pytest.mark.django_db
ROSTER = "Username,Network,Fee,Mystery\n@anna,TikTok,120,x\nbo,tiktok,free,y\ncy,tiktok,,z\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Uploads go where the test can look."""
    settings.MEDIA_ROOT = tmp_path


def upload(client, content=ROSTER, name="roster.csv"):
    data = content.encode() if isinstance(content, str) else content
    return client.post("/creators/import/", {"file": SimpleUploadedFile(name, data)})


def checked(client, content=ROSTER, **form):
    """A file that was uploaded, matched and checked."""
    upload(client, content)
    job = Job.objects.latest("pk")
    columns = {"handle": "Username", "platform": "Network", "fee": "Fee"}
    answer = client.post(f"/creators/import/{job.pk}/columns/", {**columns, **form})
    assert answer.status_code == 302, answer.context["form"].errors
    work_on_roster(job_id=job.pk)
    return Job.objects.get(pk=job.pk)


def test_the_whole_walk(manager, brand):
    campaign = make_campaign(brand, "spring", name="Spring")

    uploaded = upload(manager)
    job = Job.objects.get()
    columns = manager.get(uploaded.url)
    matched = manager.post(
        uploaded.url, {"handle": "Username", "platform": "Network", "fee": "Fee", "campaign": campaign.pk}
    )
    work_on_roster(job_id=job.pk)
    check = manager.get(f"/creators/import/{job.pk}/")
    run = manager.post(f"/creators/import/{job.pk}/run/", {"skip_bad": "yes"})
    work_on_roster(job_id=job.pk)
    result = manager.get(f"/creators/import/{job.pk}/")

    assert "left out unless you choose them: Mystery" in columns.content.decode()
    assert (matched.status_code, matched.url) == (302, f"/jobs/{job.pk}/")
    assert check.context["counts"] == {"rows": 3, "new": 2, "updated": 0, "unchanged": 0, "bad": 1}
    assert "“free” is not an amount" in check.content.decode()
    assert "Read as anna: the @ was left out" in check.content.decode()
    assert (run.status_code, run.url) == (302, f"/jobs/{job.pk}/")
    assert "<h1>Imported</h1>" in result.content.decode()
    with scope(brand=brand):
        assert [(deal.profile.handle, deal.fee) for deal in Deal.objects.filter(campaign=campaign)] == [
            ("anna", 120), ("cy", 0),
        ]  # fmt: skip


def test_bad_rows_need_a_tick(manager):
    job = checked(manager)

    response = manager.post(f"/creators/import/{job.pk}/run/")

    assert response.status_code == 422
    assert "Tick this" in response.content.decode()
    assert not Creator.objects.exists()
    assert Job.objects.get().kind == "check_roster"


def test_without_a_campaign_only_the_roster_is_imported(manager, brand):
    job = checked(manager)
    manager.post(f"/creators/import/{job.pk}/run/", {"skip_bad": "yes"})
    sweep_later(job)

    assert sorted(Profile.objects.values_list("handle", flat=True)) == ["anna", "cy"]
    with scope(brand=brand):
        assert not Deal.objects.exists()


def sweep_later(job):
    """Lose the message; the sweep of the next minutes does the work."""
    Job.objects.filter(pk=job.pk).update(made_at=job.made_at - timedelta(minutes=5))
    sweep_rosters()


def test_an_import_runs_once(manager):
    job = checked(manager)
    manager.post(f"/creators/import/{job.pk}/run/", {"skip_bad": "yes"})
    work_on_roster(job_id=job.pk)
    first = Job.objects.get()

    manager.post(f"/creators/import/{job.pk}/run/", {"skip_bad": "yes"})
    work_on_roster(job_id=job.pk)

    assert Job.objects.get().ended_at == first.ended_at
    assert manager.get(f"/creators/import/{job.pk}/columns/").url == f"/creators/import/{job.pk}/"


def test_what_changed_since_the_check_is_found_by_the_import(manager):
    job = checked(manager, "Username,Network,Fee\nanna,tiktok,\n")
    make_creator("anna")
    manager.post(f"/creators/import/{job.pk}/run/")
    work_on_roster(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.result["new"], job.result["unchanged"]) == ("done", 0, 1)
    assert Creator.objects.count() == 1


def test_the_rows_with_errors_come_back_as_they_were_written(manager):
    job = checked(manager)

    response = manager.get(f"/creators/import/{job.pk}/errors.csv")

    (row,) = csv.DictReader(io.StringIO(b"".join(response).decode()))
    assert (row["line"], row["Username"], row["Fee"], row["Mystery"]) == ("3", "bo", "free", "y")
    assert row["reason"].startswith("Fee: ") and "not an amount" in row["reason"]
    assert 'filename="roster-errors.csv"' in response["Content-Disposition"]


def text_of(manager, job):
    return b"".join(manager.get(f"/creators/import/{job.pk}/errors.csv")).decode()


def test_rows_with_errors_go_in_once_they_are_mended_and_are_known_again(manager):
    first = checked(manager)
    mended = text_of(manager, first).replace("free", "5")

    uploaded = upload(manager, mended)
    again = Job.objects.latest("pk")
    page = manager.get(uploaded.url)

    assert again.options["mapping"] == first.options["mapping"]
    assert page.context["left_out"] == ["line", "reason", "Mystery"]


def test_rows_that_are_wrong_a_second_time_can_still_be_imported(manager):
    again = checked(manager, text_of(manager, checked(manager)))

    header, row = csv.reader(io.StringIO(text_of(manager, again)))

    assert header == ["line", "reason", "Username", "Network", "Fee", "Mystery"]
    assert row[0] == "2"
    assert row[2:] == ["bo", "tiktok", "free", "y"]


def test_an_amount_that_could_be_two_things_still_could_when_it_comes_back(manager):
    content = "Username;Network;Fee\nbo;tiktok;1.234\n"

    text = text_of(manager, checked(manager, content))
    again = checked(manager, text)

    assert text.splitlines()[0] == "line;reason;Username;Network;Fee"
    assert again.result["bad"] == 1


def test_a_column_of_the_file_may_be_called_as_ours_are(manager):
    job = checked(manager, "Line,Username,Network,Fee\nspring,bo,tiktok,free\n")

    header, row = csv.reader(io.StringIO(text_of(manager, job)))

    assert header == ["line of the file", "reason", "Line", "Username", "Network", "Fee"]
    assert row[2] == "spring"


def test_rows_that_cannot_be_read_come_back_whole(manager):
    job = checked(manager, 'Username,Network,Fee\nbo,tiktok,5,6\ncy,tiktok,"5\n')

    _, wide, broken = csv.reader(io.StringIO(text_of(manager, job)))

    assert wide[2:] == ["bo", "tiktok", "5", "6"]
    assert broken[2:] == ['cy,tiktok,"5']


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.7", "a PDF"), (b"", "empty"), (b"handle\nzo\xeb\n", "Line 2"), (b"a,a\n1,2\n", "two columns")],
)
def test_a_file_that_is_no_table_comes_back_with_words(manager, content, said):
    response = upload(manager, content)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"handle": "Username"}, "required"),
        ({"handle": "Username", "platform": "Username"}, "already taken for Handle"),
        ({"handle": "Username", "platform": "Nowhere"}, "valid choice"),
    ],
)
def test_columns_that_do_not_fit_come_back_with_words(manager, form, said):
    upload(manager)

    response = manager.post(f"/creators/import/{Job.objects.get().pk}/columns/", form)

    assert response.status_code == 422
    assert said in response.content.decode()


def test_a_campaign_of_another_brand_is_no_choice(manager, other_brand):
    secret = make_campaign(other_brand, "secret", name="Secret")
    upload(manager)
    job = Job.objects.get()

    page = manager.get(f"/creators/import/{job.pk}/columns/").content.decode()
    response = manager.post(
        f"/creators/import/{job.pk}/columns/", {"handle": "Username", "platform": "Network", "campaign": secret.pk}
    )

    assert "Secret" not in page
    assert response.status_code == 422


def test_a_neighbour_does_not_find_the_file(manager, neighbour):
    job = checked(manager)

    for end in ("", "columns/", "errors.csv"):
        assert neighbour.get(f"/creators/import/{job.pk}/{end}").status_code == 404


def test_files_and_rows_are_forgotten_after_a_week(manager):
    job = checked(manager)

    forgotten = forget_old_rows(now=job.ended_at + timedelta(days=8))

    assert forgotten == 1
    assert not RosterRow.objects.with_scopes_disabled().exists()
    assert not Job.objects.get().file
    assert "samples" not in Job.objects.get().options
    assert manager.get(f"/creators/import/{job.pk}/").status_code == 200


def test_the_columns_of_a_forgotten_file_can_still_be_looked_at(manager):
    upload(manager)
    job = Job.objects.get()
    forget_old_rows(now=job.made_at + timedelta(days=8))

    assert manager.get(f"/creators/import/{job.pk}/columns/").status_code == 200


def test_a_nul_in_the_first_rows_is_a_bad_row_and_no_failure(manager):
    uploaded = upload(manager, "handle,platform,fee\nan\0na,tiktok,\nbo,tiktok,\n")
    page = manager.get(uploaded.url)

    assert (uploaded.status_code, page.status_code) == (302, 200)
    assert Job.objects.get().options["samples"][0]["handle"] == "anna"


def test_the_campaign_that_the_person_came_from_stays_chosen(manager, brand):
    campaign = make_campaign(brand, "spring", name="Spring")
    file = SimpleUploadedFile("roster.csv", ROSTER.encode())

    uploaded = manager.post(f"/creators/import/?campaign={campaign.pk}", {"file": file})
    page = manager.get(uploaded.url).content.decode()

    assert f'<option value="{campaign.pk}" selected>' in page


def test_a_country_is_one_country_however_a_file_writes_it(manager):
    content = "Username,Network,Fee,Country\nana,tiktok,,GB\nbo,tiktok,,United Kingdom\ncy,tiktok,,Scotland\n"

    job = checked(manager, content, country="Country")

    with scope(brand=job.brand):
        rows = RosterRow.objects.order_by("line").values_list("country", flat=True)
        assert list(rows) == ["United Kingdom", "United Kingdom", "Scotland"]
