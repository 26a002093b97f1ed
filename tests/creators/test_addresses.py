"""Postal addresses: written, read from a file, erased."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from config.lib.refusals import refusal_of
from creators.actions.address_files import drop_previews
from creators.logic.addresses import LONGEST, address_row
from creators.models import Address
from team.models import Job
from tests.factories import NOW, make_creator

GOOD = {"platform": "TikTok", "handle": "@Ana", "street": "1  High Street", "city": "Leeds", "country": "UK"}


def test_a_line_is_read():
    row, problems = address_row(2, GOOD | {"platform": " TikTok ", "postcode": "x" * 20})

    assert problems == []
    assert row is not None
    assert (row.platform, row.handle, row.parts["street"]) == ("tiktok", "ana", "1 High Street")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"platform": "myspace"}, "platform"),
        ({"handle": ""}, "handle"),
        ({"street": " "}, "street"),
        ({"city": ""}, "city"),
        ({"country": ""}, "country"),
        ({"postcode": "x" * 21}, "postcode"),
    ],
)
def test_a_line_that_cannot_be_read_says_why_and_repeats_no_address(change, field):
    row, problems = address_row(2, GOOD | change)

    assert row is None
    assert [problem.field for problem in problems] == [field]
    assert all("High" not in problem.value for problem in problems)


def test_a_line_may_be_as_long_as_its_column():
    assert {field.name: field.max_length for field in Address._meta.fields if field.name in LONGEST} == LONGEST


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"street": ""}, "An address needs a name, a street, a city and a country."),
        ({"source": "told"}, "An address comes by hand or from a file."),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(fields, words):
    creator = make_creator()
    told = {"name": "Ana", "street": "1 High Street", "city": "Leeds", "country": "UK", **fields}

    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        Address.objects.create(creator=creator, **told)

    assert refusal_of(caught.value) == words


@pytest.mark.django_db
def test_an_address_is_written_changed_and_erased_by_a_manager(manager):
    creator = make_creator("ana")
    path = f"/creators/{creator.pk}/address/"
    form = {"name": "Ana B", "street": "1 High Street", "city": "Leeds", "country": "UK"}

    bad = manager.post(path, {**form, "street": ""})
    manager.post(path, form)
    manager.post(path, {**form, "street": "2 Low Street"})
    address = Address.objects.get()
    page = manager.get(path)
    manager.post(f"{path}forget/")

    assert bad.status_code == 422
    assert (address.street, address.source, address.given_by) == ("2 Low Street", "hand", manager.user)
    assert "2 Low Street" in page.text
    assert not Address.objects.exists()


@pytest.mark.django_db
def test_addresses_come_from_a_file_and_the_job_forgets_them(manager):
    make_creator("ana", name="Ana B")
    text = (
        "platform,handle,street,city,country\n"
        "tiktok,ana,1 High Street,Leeds,UK\ntiktok,ANA,2 Low Street,Leeds,UK\n"
        "tiktok,nobody,1 High Street,Leeds,UK\ntiktok,ana,,Leeds,UK\n"
    )

    read = manager.post("/creators/addresses/import/", {"file": SimpleUploadedFile("a.csv", text.encode())})
    preview = manager.get(read["Location"])
    manager.post(read["Location"])
    again = manager.post(read["Location"], follow=True)
    address, job = Address.objects.get(), Job.objects.get()

    assert "1 High Street" in preview.text
    assert "Nobody on the roster has this handle" in preview.text
    assert "already stands in line 2" in preview.text
    assert (address.name, address.street, address.source) == ("Ana B", "1 High Street", "file")
    assert (job.options, job.result["kept"]) == ({}, 1)
    assert "High Street" not in again.text


@pytest.mark.django_db
def test_lines_that_nobody_kept_are_forgotten_after_a_day(brand):
    for made_at in (NOW - timedelta(days=2), NOW):
        Job.objects.create(kind="read_addresses", brand=brand, options={"rows": [1]}, made_at=made_at)

    drop_previews(now=NOW)

    assert list(Job.objects.order_by("made_at").values_list("options", flat=True)) == [{}, {"rows": [1]}]
