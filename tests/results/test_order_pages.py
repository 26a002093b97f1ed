"""Looking at orders, and uploading them, through HTTP."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from django_scopes import scope

from results import tasks
from results.actions import credit
from results.models import Credit, Evidence, Order, RawOrder, StagedOrder
from team.models import Job
from tests.factories import NOW, make_campaign, make_code, make_creator, make_deal, make_order
from tests.results.shop_files import a_file, an_item, an_order


@pytest.fixture
def credited(brand):
    """An order with Ana's code and Ben's UTMs, one of nobody, and one that is not counted."""
    campaign = make_campaign(brand, "spring")
    ana = make_deal(campaign, make_creator("ana"))
    make_deal(campaign, make_creator("ben"))
    make_code(ana, "ANA10")
    utm = {"utm_medium": "influencer", "utm_campaign": "spring", "utm_content": "ben_post1"}
    order = make_order(brand, name="#1", codes=["ANA10"], utm=utm, customer=b"x", is_first=True)
    make_order(brand, name="#2")
    make_order(brand, name="#3", not_counted="voided")
    with scope(brand=brand):
        credit.recompute(brand, now=NOW)
    return order


def names(answer):
    """The orders on the page."""
    return sorted(order.name for order in answer.context["page"])


def test_the_list_counts_and_sums_and_leads_on(viewer, credited):
    answer = viewer.get("/orders/")

    assert names(answer) == ["#1", "#2", "#3"]
    sums = answer.context["sums"]
    assert (sums.orders, sums.counted, sums.new_customers, sums.unknown_customers) == (3, 2, 1, 1)
    assert f'href="/orders/{credited.pk}/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("q=1", ["#1"]),
        ("q=%231", ["#1"]),
        ("q=ana10", ["#1"]),
        ("q=zzz", []),
        ("credited=yes", ["#1"]),
        ("credited=no", ["#2", "#3"]),
        ("rule=code", ["#1"]),
        ("rule=link", []),
        ("campaign=spring", ["#1"]),
        ("customer=new", ["#1"]),
        ("customer=unknown", ["#2", "#3"]),
        ("counted=no", ["#3"]),
        ("counted=voided", ["#3"]),
        ("counted=yes", ["#1", "#2"]),
        ("first=2026-11-03", []),
        ("last=2026-11-02", ["#1", "#2", "#3"]),
        ("last=9999-12-31", ["#1", "#2", "#3"]),
        ("first=nonsense&credited=perhaps", ["#1", "#2", "#3"]),
    ],
)
def test_the_list_is_filtered_by_its_address(viewer, credited, address, found):
    assert names(viewer.get(f"/orders/?{address}")) == found


def test_the_list_narrows_to_a_creator(viewer, brand, credited):
    with scope(brand=brand):
        creator = Credit.objects.get().deal.creator_id

    assert names(viewer.get(f"/orders/?creator={creator}")) == ["#1"]


def test_the_list_takes_as_many_queries_for_three_orders_as_for_one(
    viewer, brand, credited, django_assert_num_queries
):
    viewer.get("/orders/")
    with scope(brand=brand):
        others = Order.objects.exclude(pk=credited.pk)
        with django_assert_num_queries(10):
            viewer.get("/orders/")
        others.delete()
    with django_assert_num_queries(10):
        viewer.get("/orders/")


def test_the_list_as_a_file_is_what_the_address_asks_for(viewer, credited):
    text = b"".join(viewer.get("/orders/orders.csv?credited=yes").streaming_content).decode()

    assert [line.split(",")[0] for line in text.splitlines()] == ["order", "#1"]
    assert "spring,ana,code,code-first-1" in text


def test_an_order_tells_who_got_it_by_which_rule_and_what_lost(viewer, brand, credited):
    RawOrder.objects.create(brand=brand, order=credited, line=7, rows=[{"name": "#1", "lineitem name": "MUG"}])

    text = viewer.get(f"/orders/{credited.pk}/").content.decode()

    for words in (
        "Credited to <strong>ana</strong>",
        "code-first-1",
        "A code decides before a link.",
        "In conflict:",
        "MUG",
    ):
        assert words in text
    with scope(brand=brand):
        assert Evidence.objects.filter(order=credited).count() == 2


def test_an_order_of_another_brand_is_not_there(neighbour, credited):
    assert neighbour.get(f"/orders/{credited.pk}/").status_code == 404


def test_the_orders_are_new_since_the_first_that_counts_as_the_report_says(viewer, brand, credited):
    make_order(brand, status="voided", not_counted="voided", ordered_at=datetime(2020, 1, 1, tzinfo=UTC))

    assert viewer.get("/orders/").context["since"] == viewer.get("/measure/").context["since"]
    assert "since 2 Nov 2026" in viewer.get("/orders/").content.decode()


def test_an_empty_list_says_what_to_do(viewer, brand):
    assert "No orders yet" in viewer.get("/orders/").content.decode()


def upload(client, path, **fields):
    """Post a file to the import page; hands back the answer."""
    return client.post("/orders/import/", {"file": SimpleUploadedFile(path.name, path.read_bytes()), **fields})


def test_a_file_is_read_previewed_and_taken_in(manager, brand, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    path = a_file(tmp_path, an_order(1), an_item(1), an_order(2, Subtotal="x"))

    answer = upload(manager, path)
    read = Job.objects.get()
    assert answer.url == f"/jobs/{read.pk}/"
    tasks.read_orders(job_id=read.pk)
    assert [file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()] == []

    page = manager.get(f"/orders/import/{read.pk}/").content.decode()
    assert "is not an amount" in page
    problems = b"".join(manager.get(f"/orders/import/{read.pk}/problems.csv").streaming_content).decode()
    assert problems.splitlines()[1].startswith("4,Subtotal,x,")

    refused = manager.post(f"/orders/import/{read.pk}/")
    tasks.import_orders(job_id=Job.objects.latest("pk").pk)
    assert refused.status_code == 302
    assert "nothing was taken in" in Job.objects.latest("pk").error

    manager.post(f"/orders/import/{read.pk}/", {"skip_bad": "on"})
    manager.post(f"/orders/import/{read.pk}/", {"skip_bad": "on"})
    imported = Job.objects.latest("pk")
    tasks.import_orders(job_id=imported.pk)
    tasks.import_orders(job_id=imported.pk)

    imported.refresh_from_db()
    assert imported.result == {"rows": 2, "new": 1, "updated": 0, "unchanged": 0, "skipped": 1, "bad": 1}
    with scope(brand=brand):
        assert Order.objects.get().name == "#1"
    assert "Imported" in manager.get(f"/orders/import/{read.pk}/").content.decode()


def test_a_file_that_is_no_order_export_is_refused_in_words_and_deleted(manager, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    path = a_file(tmp_path, an_order(1), without=("Currency",))

    upload(manager, path)
    tasks.read_orders(job_id=Job.objects.get().pk)

    job = Job.objects.get()
    assert (job.state, job.error.startswith("The file has no column “Currency”")) == ("failed", True)
    assert "cannot be read as orders" in manager.get(f"/orders/import/{job.pk}/").content.decode()
    assert [file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()] == []


def test_a_form_without_a_file_comes_back(manager):
    assert manager.post("/orders/import/", {}).status_code == 422


def test_a_preview_of_another_brand_is_not_there(neighbour, brand, owner):
    job = Job.objects.create(kind="read_orders", brand=brand, made_by=owner.user)

    assert neighbour.get(f"/orders/import/{job.pk}/").status_code == 404


def test_sweeps_alone_give_the_same_tables(manager, brand, tmp_path, settings, monkeypatch):
    """No message ever reaches a worker; only the sweeps run."""
    settings.MEDIA_ROOT = tmp_path / "media"
    deal = make_deal(make_campaign(brand, "spring"), make_creator("ana"))
    path = a_file(tmp_path, an_order(1, Discount_Code="ana10"), an_order(2))

    upload(manager, path)
    _age_jobs()
    tasks.sweep_orders()
    manager.post(f"/orders/import/{Job.objects.get().pk}/")
    _age_jobs()
    tasks.sweep_orders()
    make_code(deal, "ANA10")
    tasks.sweep_credit()
    swept = _facts(brand)

    with scope(brand=brand):
        Order.objects.all().delete()
    call_command("import_orders", path, brand=brand.slug)
    assert _facts(brand) == swept
    assert swept[0] == [("#1", True), ("#2", False)]
    assert swept[1] == [("#1", deal.pk, "code")]


def test_what_was_staged_and_never_imported_is_thrown_away(brand, owner):
    job = Job.objects.create(kind="read_orders", brand=brand, made_at=NOW.replace(year=2020))
    StagedOrder.objects.create(brand=brand, job=job, line=2, key="1", rows=[])

    tasks.sweep_orders()

    assert StagedOrder.objects.with_scopes_disabled().count() == 0


def _age_jobs():
    Job.objects.update(made_at=timezone.now() - timedelta(minutes=2))


def _facts(brand):
    with scope(brand=brand):
        return [
            list(Order.objects.order_by("name").values_list("name", "is_first")),
            list(Credit.objects.values_list("order__name", "deal", "rule")),
        ]
