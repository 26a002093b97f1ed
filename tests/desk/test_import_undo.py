import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from campaigns.actions.links import LinkWish, make
from campaigns.models import Code, CostLine, Deal, ImportedRow
from campaigns.tasks import work_on_roster
from creators.actions.lifecycle import move
from creators.models import Contact, Creator, LifecycleSpan, Note, Profile
from desk.actions.import_undo import TooLate, undo_import
from desk.queries.import_undo import UNDONE_WITHIN
from desk.tasks import sweep_undoing
from desk.tasks import undo_import as work_on_undoing
from team.models import Job
from tests.factories import NOW, make_campaign, make_cost, make_creator, make_deal

pytestmark = pytest.mark.django_db
ROSTER = (
    "handle,platform,name,email,country,code,fee\n"
    "anna,tiktok,Anna B,anna@example.com,Spain,ANNA10,120\n"
    "bo,tiktok,Bo,bo@example.com,Spain,BO10,80\n"
    "old.friend,tiktok,Old Friend,friend@example.com,Portugal,,200\n"
)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def campaign(brand):
    """A campaign in which one creator of the file has a deal already."""
    campaign = make_campaign(brand, "spring", name="Spring")
    friend = make_creator("old.friend", name="A friend", country="Spain", followers=900)
    make_deal(campaign, friend, fee=150)
    return campaign


def imported(client, campaign, content=ROSTER):
    """The job of a file that went in whole."""
    client.post("/creators/import/", {"file": SimpleUploadedFile("roster.csv", content.encode())})
    job = Job.objects.latest("pk")
    columns = {name: name for name in content.splitlines()[0].split(",")}
    answer = client.post(f"/creators/import/{job.pk}/columns/", {**columns, "campaign": campaign.pk})
    assert answer.status_code == 302, answer.context["form"].errors
    work_on_roster(job_id=job.pk)
    client.post(f"/creators/import/{job.pk}/run/", {"skip_bad": "yes"})
    work_on_roster(job_id=job.pk)
    return Job.objects.get(pk=job.pk)


def undone(client, job):
    """The page after an import was undone, in the background."""
    answer = client.post(f"/creators/import/{job.pk}/undo/")
    work_on_undoing(job_id=Job.objects.latest("pk").pk)
    assert "See the result" in client.get(answer.url).text
    return client.get(f"/creators/import/{job.pk}/undo/")


def test_what_nobody_touched_goes_and_known_creators_are_as_before(manager, campaign):
    with scopes_disabled():
        before = (Deal.objects.get().fee, Creator.objects.get().country)
    job = imported(manager, campaign)

    preview = manager.get(f"/creators/import/{job.pk}/undo/")
    after = undone(manager, job)

    assert [len(preview.context["found"].goes), len(preview.context["found"].returns)] == [2, 1]
    assert "Import undone" in after.text
    assert "Imported and undone" in manager.get(f"/creators/import/{job.pk}/").text
    with scopes_disabled():
        friend = Creator.objects.get()
        assert (friend.name, friend.sort_name, friend.country) == ("A friend", "a friend", "Spain")
        assert not friend.contacts.exists()
        assert (Deal.objects.get().fee, friend.country) == before
        assert not Code.objects.exists() and not ImportedRow.objects.exists()
        assert Profile.objects.count() == 1
        assert not LifecycleSpan.objects.exclude(creator=friend).exists()
        assert sum(line.amount for line in CostLine.objects.filter(kind="fee")) == 150


def test_what_somebody_worked_with_stays_and_is_listed(manager, brand, campaign):
    job = imported(manager, campaign)
    with scope(brand=brand):
        make(campaign, LinkWish(), now=timezone.now())
        anna = Creator.objects.get(name="Anna B")
        Note.objects.create(brand=brand, creator=anna, text="Met at a fair")
        friend = Creator.objects.get(name="Old Friend")
        friend.country = "France"
        friend.save()

    page = undone(manager, job)

    job.refresh_from_db()
    stays = {str(creator): reasons for _, creator, reasons in page.context["stayed"]}
    assert "Anna B" not in str(job.result)
    assert set(stays) == {"Anna B", "Bo", "A friend"}
    assert stays["Anna B"] == ["has a deal that is in use", "has notes"]
    assert stays["Bo"] == ["has a deal that is in use"]
    assert stays["A friend"] == ["country was changed since"]
    with scopes_disabled():
        assert Creator.objects.get(pk=friend.pk).country == "France"
        assert Creator.objects.get(pk=friend.pk).name == "A friend"


def test_an_import_is_undone_once_and_for_seven_days(manager, campaign):
    job = imported(manager, campaign)

    with pytest.raises(TooLate):
        undo_import(job, by=manager.user, now=timezone.now() + UNDONE_WITHIN)
    undo_import(job, by=manager.user, now=timezone.now())
    with pytest.raises(TooLate):
        undo_import(job, by=manager.user, now=timezone.now())

    again = manager.post(f"/creators/import/{job.pk}/undo/", follow=True)
    assert "can be undone once" in again.content.decode()


def test_who_asks_twice_asks_once_and_who_comes_late_is_told(manager, campaign):
    job = imported(manager, campaign)

    first, second = (manager.post(f"/creators/import/{job.pk}/undo/") for _ in range(2))
    Job.objects.filter(pk=job.pk).update(ended_at=timezone.now() - UNDONE_WITHIN)
    Job.objects.filter(kind="undo_import").update(made_at=NOW)
    sweep_undoing()

    assert first.url == second.url
    assert "can be undone once, and for seven days" in manager.get(first.url).text


def test_known_creators_get_their_own_fields_back_whatever_the_file_changed(manager, campaign):
    body = "handle,platform,name,country,city,niches,followers\n"
    make_creator("eve", name="Eve", city="Rome", niches=["tea"], followers=5)
    make_creator("ida", name="Ida", country="Spain", followers=7)
    with scopes_disabled():
        before = facts()
    job = imported(manager, campaign, f"{body}eve,tiktok,Eve B,Italy,Milan,coffee,9\nida,tiktok,Ida,Peru,,,7\n")
    with scopes_disabled():
        changed = facts()

    undone(manager, job)

    with scopes_disabled():
        assert changed != before == facts()


def facts():
    creators = Creator.objects.order_by("pk").values_list("name", "sort_name", "country", "city", "niches")
    return [*creators, *Profile.objects.order_by("pk").values_list("followers", flat=True)]


def test_columns_are_matched_as_the_person_did_last_time(manager, neighbour, campaign):
    header = "Who,Where,Mystery\n"
    manager.post("/creators/import/", {"file": SimpleUploadedFile("a.csv", f"{header}ida,tiktok,1\n".encode())})
    first = Job.objects.latest("pk")
    manager.post(f"/creators/import/{first.pk}/columns/", {"handle": "Who", "platform": "Where"})

    manager.post("/creators/import/", {"file": SimpleUploadedFile("b.csv", f"{header}eve,tiktok,1\n".encode())})
    remembered = Job.objects.latest("pk").options["mapping"]
    neighbour.post("/creators/import/", {"file": SimpleUploadedFile("c.csv", f"{header}eve,tiktok,1\n".encode())})

    assert remembered == {"handle": "Who", "platform": "Where"}
    assert Job.objects.latest("pk").options["mapping"] == {}


def whole(*models):
    """Every row of these tables, as the database writes them."""
    found = {}
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'select t::text from "{model._meta.db_table}" t order by 1')
            found[model] = [row for (row,) in cursor.fetchall()]
    return found


def test_known_creators_are_as_before_in_every_table(manager, brand):
    campaign = make_campaign(brand, "summer", name="Summer")
    away = make_creator("away", followers=100)
    Profile.objects.create(creator=away, platform="youtube", handle="away", followers=900)
    move([away.pk], brand=brand, stage="inactive", why="Quiet", by=None, now=NOW)
    paid = make_deal(campaign, make_creator("paid"), fee=150)
    make_cost(paid, amount="150", from_terms=True)
    make_deal(campaign, make_creator("unpaid"))
    tables = (Creator, Profile, Deal, LifecycleSpan, Contact)
    before = whole(*tables)

    job = imported(
        manager, campaign, "handle,platform,followers,fee\naway,tiktok,900,80\npaid,tiktok,,0\nunpaid,tiktok,,60\n"
    )
    undone(manager, job)

    assert whole(*tables) == before
    with scopes_disabled():
        assert sum(line.amount for line in CostLine.objects.filter(deal=paid)) == 150


def test_the_stage_that_an_earlier_import_began_stays(manager, brand, campaign):
    imported(manager, campaign)
    before = whole(LifecycleSpan)

    undone(manager, imported(manager, make_campaign(brand, "autumn", name="Autumn"), ROSTER.replace("120", "")))

    assert whole(LifecycleSpan) == before
