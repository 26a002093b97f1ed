"""Documents from upload to removal: who may open which, what is written down, and what goes when."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from campaigns.actions.documents import About, keep
from campaigns.models import DealDocument
from config.lib.files import MAX_BYTES, checked
from config.lib.refusals import refusal_of
from creators.models import CreatorDocument
from team.actions.documents import Upload, let_go, sweep_files
from team.models import Document, DocumentEvent
from tests.conftest import signed_in
from tests.factories import NOW, make_brand, make_campaign, make_creator, make_deal, make_user
from tests.files import a_pdf, a_png

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A media folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def make_document(brand, *, kind="contract", title="Contract", content=b"", about=None, now=NOW, **told):
    content = content or a_pdf(f"{title} {kind}")
    file = SimpleUploadedFile(f"{title}.pdf", content)
    upload = Upload(kind=kind, title=title, file=file, told=checked(file, name=f"{title}.pdf", size=len(content)))
    with scope(brand=brand):
        return keep(upload, about or About(), brand=brand, by=None, now=now, **told)


def acts(document):
    with scope(brand=document.brand):
        return list(document.events.order_by("pk").values_list("act", flat=True))


def stored(media):
    return [path for path in Path(media).rglob("*") if path.is_file()]


def a_form(content=b"", name="Vertrag Åsa.pdf", **fields):
    return {"file": SimpleUploadedFile(name, content or a_pdf(), "text/html"), "kind": "contract", **fields}


def test_a_contract_is_uploaded_opened_and_removed_and_its_trail_stays(
    manager, brand, media, django_capture_on_commit_callbacks
):
    deal = make_deal(make_campaign(brand, "spring"), make_creator("anna", name="Anna"))

    done = manager.post(f"/documents/add/?deal={deal.pk}", a_form(title="Spring contract"))

    assert (done.status_code, done.url) == (302, f"/deals/{deal.pk}/")
    with scope(brand=brand):
        kept = Document.objects.get()
        assert CreatorDocument.objects.get(document=kept).creator == deal.creator
        assert DealDocument.objects.get(document=kept).deal == deal
    for page in (done.url, f"/creators/{deal.creator_id}/panels/", "/documents/?kind=contract&q=anna"):
        assert "Spring contract" in manager.get(page).text
    (path,) = stored(media)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Vertrag" not in str(path)
    assert path.suffix == ""

    file = manager.get(f"/documents/{kept.pk}/file/")

    assert b"".join(file) == a_pdf()
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == "attachment; filename*=utf-8''Vertrag%20%C3%85sa.pdf"
    assert (file["X-Content-Type-Options"], file["Cache-Control"]) == ("nosniff", "private, no-store")
    assert "default-src 'none'" in file["Content-Security-Policy"]

    with django_capture_on_commit_callbacks(execute=True):
        manager.post(f"/documents/{kept.pk}/remove/", {"why": "Signed anew"})

    assert stored(media) == []
    assert acts(kept) == ["uploaded", "opened", "removed"]
    page = manager.get(f"/documents/{kept.pk}/").text
    assert "Signed anew" in page
    assert "Downloaded by" in page
    assert manager.get(f"/documents/{kept.pk}/file/").status_code == 302
    assert "Spring contract" not in manager.get("/documents/").text
    assert "Spring contract" in manager.get("/documents/?state=removed").text


def test_a_viewer_knows_nothing_of_contracts_and_opens_media_kits(viewer, brand):
    contract = make_document(brand, title="Secret terms")
    kit = make_document(brand, kind="media_kit", title="Kit")

    for page in ("", "file/"):
        assert viewer.get(f"/documents/{contract.pk}/{page}").status_code == 404
    for page in ("/documents/", "/documents/?q=secret", "/documents/?kind=contract", "/documents.csv"):
        response = viewer.get(page)
        assert b"Secret terms" not in (response.getvalue() if response.streaming else response.content)
    assert b"".join(viewer.get(f"/documents/{kit.pk}/file/")).startswith(b"%PDF")
    page = viewer.get(f"/documents/{kit.pk}/").text
    assert "Who did what" not in page
    assert acts(kit) == ["uploaded", "opened"]
    assert viewer.post(f"/documents/{kit.pk}/remove/", {"why": "x"}).status_code == 403


def test_who_manages_one_brand_and_looks_at_another_sees_contracts_of_the_first_alone(brand):
    other = make_brand("Other")
    person = make_user(brand=brand, role="manager")
    person.memberships.create(brand=other, role="viewer")
    make_document(brand, title="Ours")
    make_document(other, title="Theirs")
    make_document(other, kind="media_kit", title="Kit of theirs")

    page = signed_in(person).get("/documents/").text

    assert "Ours" in page
    assert "Kit of theirs" in page
    assert ">Theirs<" not in page


def test_the_same_file_is_told_and_kept_twice_only_where_that_is_wanted(manager, brand, media):
    make_document(brand, title="First", content=a_pdf())

    refused = manager.post("/documents/add/", a_form(title="Second"))

    assert refused.status_code == 422
    assert "Nothing was stored" in refused.text and 'type="checkbox" name="again"' in refused.text
    assert "First" in refused.text
    assert len(stored(media)) == 1

    wanted = manager.post("/documents/add/", a_form(title="Second", again="on"))

    assert wanted.status_code == 302
    assert len(stored(media)) == 2


def test_the_same_file_in_another_brand_is_nothing_to_tell(manager, other_brand):
    make_document(other_brand, title="Theirs", content=a_pdf())

    assert manager.post("/documents/add/", a_form()).status_code == 302


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"file": ""}, "Choose a file."),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "This file is empty"),
        ({"file": SimpleUploadedFile("a.pdf", a_png())}, "but it is a PNG"),
        ({"file": SimpleUploadedFile("a.pdf", b"<html>")}, "not a PDF, PNG, JPEG or WebP"),
        ({"kind": "novel"}, "valid choice"),
        ({"creator": "nobody"}, "No creator has this handle"),
    ],
)
def test_what_does_not_fit_comes_back_with_words(manager, media, change, words):
    response = manager.post("/documents/add/", a_form() | change)

    assert response.status_code == 422
    assert words in response.text.replace("&#x27;", "'")
    assert stored(media) == []


def test_a_request_that_is_too_large_is_refused_in_words_before_it_is_read(manager):
    body = b"x" * (MAX_BYTES + 1_000_000)

    response = manager.post("/documents/add/", body, content_type="multipart/form-data; boundary=x")

    assert response.status_code == 413
    assert "larger than 20 MB" in response.text
    assert "Nothing was stored" in response.text


def test_the_form_still_asks_for_its_token(brand):
    person = make_user(brand=brand, role="manager")
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post("/documents/add/", a_form()).status_code == 403


def test_the_trail_cannot_be_changed_or_taken_away(brand):
    document = make_document(brand)

    with scope(brand=brand):
        for write in (lambda: document.events.update(words="x"), lambda: DocumentEvent.objects.all().delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                write()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "novel"}, "Choose one of the kinds of document."),
        ({"title": ""}, "Give the document a title."),
        ({"size": 0}, "A document has at most 20 MB, and is not empty."),
        ({"content_type": "text/html"}, "A document is a PDF, PNG, JPEG or WebP file."),
        ({"sha256": "x"}, "The sum of the file is missing."),
        ({"removed_at": NOW, "file": ""}, "Say why the document is removed."),
        ({"removed_at": NOW, "removed_why": "x"}, "Say why the document is removed."),
        ({"file": ""}, "Say why the document is removed."),
    ],
)
def test_the_database_refuses_a_document_that_is_none(brand, change, words):
    document = make_document(brand)

    with scope(brand=brand), pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**change)

    assert refusal_of(refusal.value) == words


def test_a_document_stays_within_its_brand_and_its_creator(brand, other_brand):
    document = make_document(brand)
    theirs = make_deal(make_campaign(other_brand))

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        DealDocument.objects.create(brand=brand, document=document, deal=theirs)
    assert refusal_of(refusal.value) == "Choose a deal of this brand."
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        CreatorDocument.objects.create(brand=other_brand, document=document, creator=theirs.creator)
    assert refusal_of(refusal.value) == "A document stays within its brand."


def test_documents_go_when_their_time_is_over_and_their_trail_long_after(
    brand, media, django_capture_on_commit_callbacks
):
    contract, kit = make_document(brand), make_document(brand, kind="media_kit", title="Kit")
    after_two_years, after_six = NOW + timedelta(days=732), NOW + timedelta(days=2193)

    with django_capture_on_commit_callbacks(execute=True):
        assert let_go(now=after_two_years) == 1
    assert (acts(contract), acts(kit)) == (["uploaded"], ["uploaded", "expired"])
    assert len(stored(media)) == 1

    with django_capture_on_commit_callbacks(execute=True):
        assert let_go(now=after_six) == 1
    assert stored(media) == []
    let_go(now=after_two_years + timedelta(days=2193))

    with scope(brand=brand):
        assert list(Document.objects.all()) == [contract]


def test_files_without_a_row_are_swept_but_not_young_ones(brand, media):
    kept = make_document(brand)
    left = default_storage.save("documents/ab/left", SimpleUploadedFile("x", b"x"))
    now = timezone.now()

    assert sweep_files(now=now) == 0
    assert sweep_files(now=now + timedelta(hours=25)) == 1
    assert not default_storage.exists(left)
    assert default_storage.exists(kept.file.name)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_number_of_queries(manager, brand, rows, django_assert_max_num_queries):
    for number in range(rows):
        deal = make_deal(make_campaign(brand), make_creator())
        make_document(brand, title=f"Contract {number}", about=About(deal=deal))

    with django_assert_max_num_queries(6):
        assert manager.get("/documents/").status_code == 200


@pytest.mark.parametrize("asked", ["?creator=²", "?page=x", "?kind=zzz", "?brand=zzz", "?deal=9999999999999999999"])
def test_an_odd_address_still_shows_the_list(manager, asked):
    assert manager.get(f"/documents/{asked}").status_code == 200
