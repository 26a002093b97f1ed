"""Notes and contacts with mentions, and one pinned note."""

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from creators.actions.notes import add_note, edit_note, pin_note
from creators.logic.mentions import named_in, spellings
from creators.models import Mention, Note
from team.enums import Role
from tests.factories import NOW, make_creator, make_user

PEOPLE = {
    1: spellings("Maya Okafor", "maya@example.com"),
    2: spellings("Jonas Weber", "jw@example.com"),
    3: spellings("Jonas Berg", "jonas.berg@example.com"),
}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ask @maya.", {1}),
        ("@Maya Okafor, please", {1}),
        ("@jw and @maya", {1, 2}),
        ("@jonas", set()),
        ("@Jonas Weber", {2}),
        ("@jonas.berg!", {3}),
        ("write to maya@example.com", set()),
        ("@nobody", set()),
    ],
)
def test_who_is_named(text, named):
    assert named_in(text, PEOPLE) == named


@pytest.fixture
def creator(db):
    return make_creator("anna", name="Anna")


def note_by(user, brand, creator, text="Called her", **fields):
    told = {"kind": "call", "told_at": NOW, "now": NOW, **fields}
    with scope(brand=brand):
        return add_note(creator, brand=brand, text=text, by=user, **told)


def test_a_note_mentions_who_is_named_or_chosen_and_may_see_the_brand(brand, other_brand, creator):
    writer = make_user("me@example.com", brand=brand, name="Me Myself")
    named = make_user("maya@example.com", brand=brand, role=Role.VIEWER, name="Maya")
    chosen = make_user(brand=brand)
    stranger = make_user("noor@example.com", brand=other_brand, name="Noor")

    note_by(writer, brand, creator, "@maya @noor @me", people=[chosen, stranger])

    with scope(brand=brand):
        assert set(Mention.objects.values_list("user", flat=True)) == {named.pk, chosen.pk}


def test_a_note_is_written_on_the_brands_clock_and_read_on_today(manager, viewer, brand, creator):
    brand.time_zone = "Europe/Berlin"
    brand.save()
    data = {
        "kind": "call",
        "text": "Wants reels <b>only</b>",
        "told_at": "2026-10-02T10:00",
        "people": viewer.user.pk,
    }

    answer = manager.post(f"/creators/{creator.pk}/notes/add/", data)
    page = viewer.get(f"/creators/{creator.pk}/").content.decode()
    today = viewer.get("/").content.decode()
    with scope(brand=brand):
        mention = Mention.objects.get()
    viewer.post(f"/creators/mentions/{mention.pk}/read/")

    assert (answer.status_code, answer.url) == (302, f"/creators/{creator.pk}/")
    assert "Wants reels &lt;b&gt;only&lt;/b&gt;" in page
    assert "2 Oct 2026, 10:00" in page
    assert "mentions you on Anna" in today
    assert "mentions you" not in viewer.get("/").content.decode()


def test_nobody_else_reads_a_mention_away(manager, viewer, brand, creator):
    note_by(None, brand, creator, "Hello", people=[viewer.user])
    with scope(brand=brand):
        mention = Mention.objects.get()

    manager.post(f"/creators/mentions/{mention.pk}/read/")

    with scope(brand=brand):
        assert Mention.objects.filter(read_at=None).exists()


@pytest.mark.parametrize(
    "change", [{"text": " "}, {"told_at": "soon"}, {"told_at": "2999-01-01T00:00"}, {"kind": "x"}]
)
def test_a_bad_note_comes_back(manager, creator, change):
    data = {"kind": "note", "text": "Fine", "told_at": "2026-10-02T10:00", **change}

    assert manager.post(f"/creators/{creator.pk}/notes/add/", data).status_code == 422


def test_only_who_wrote_a_note_changes_it(manager, owner, brand, creator):
    note = note_by(manager.user, brand, creator)
    data = {"kind": "note", "text": "Changed", "told_at": "2026-10-02T10:00"}

    owner.post(f"/creators/notes/{note.pk}/edit/", data)
    owner.post(f"/creators/notes/{note.pk}/remove/")
    with scope(brand=brand):
        kept = Note.objects.get().text
    manager.post(f"/creators/notes/{note.pk}/edit/", data)
    with scope(brand=brand):
        changed = Note.objects.get().text
    manager.post(f"/creators/notes/{note.pk}/remove/")

    assert (kept, changed) == ("Called her", "Changed")
    with scope(brand=brand):
        assert not Note.objects.exists()
    events = Note.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]
    assert [event.text for event in events] == ["Called her", "Changed"]


def test_an_edit_takes_back_a_mention_that_nobody_read(brand, creator):
    first, second = make_user(brand=brand), make_user(brand=brand)
    note = note_by(None, brand, creator, people=[first])

    with scope(brand=brand):
        edit_note(note, kind="note", text="For the other", told_at=NOW, now=NOW, people=[second])

        assert [mention.user for mention in Mention.objects.all()] == [second]


def test_one_note_is_pinned_at_a_time_and_stands_first(manager, brand, creator):
    first, second = note_by(None, brand, creator, "First"), note_by(None, brand, creator, "Second")

    manager.post(f"/creators/notes/{second.pk}/pin/")
    manager.post(f"/creators/notes/{first.pk}/pin/")
    page = manager.get(f"/creators/{creator.pk}/notes/").content.decode()

    with scope(brand=brand):
        assert list(Note.objects.filter(is_pinned=True)) == [first]
    assert page.index("First") < page.index("Second")


def test_the_database_keeps_two_notes_from_being_pinned(brand, creator):
    pinned, other = note_by(None, brand, creator), note_by(None, brand, creator)

    with scope(brand=brand):
        pin_note(pinned)
        with pytest.raises(IntegrityError), transaction.atomic():
            Note.objects.filter(pk=other.pk).update(is_pinned=True)


def test_notes_are_searched_and_narrowed_to_contacts(viewer, brand, creator):
    note_by(None, brand, creator, "Likes tea", kind="note")
    note_by(None, brand, creator, "Rang about tea")

    found = viewer.get(f"/creators/{creator.pk}/notes/", {"q": "tea", "kind": "contacts"}).content.decode()

    assert "Rang about tea" in found
    assert "Likes tea" not in found


@pytest.mark.parametrize("count", [1, 3])
def test_the_notes_take_the_same_queries_for_any_number(viewer, brand, creator, count, django_assert_max_num_queries):
    for number in range(count):
        note_by(None, brand, creator, f"Note {number}", people=[viewer.user])

    with django_assert_max_num_queries(6):
        viewer.get(f"/creators/{creator.pk}/notes/")


def test_the_history_remembers_who_changed_it_and_by_which_route(manager, brand, creator):
    note = note_by(manager.user, brand, creator)

    manager.post(f"/creators/notes/{note.pk}/remove/")

    event = Note.pgh_event_model.objects.select_related("pgh_context").get()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata == {"user": manager.user.pk, "route": "creators:remove_note"}
