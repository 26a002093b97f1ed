"""A person is erased without a trace, and everything about them can be handed out before."""

import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, models, transaction
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled

from campaigns.actions.links import LinkWish, make
from campaigns.models import CostLine, Deal, RosterRow, TrackingLink
from creators.actions.applications import receive
from creators.models import (
    Application,
    Comment,
    Contact,
    Content,
    Creator,
    CreatorReport,
    Merge,
    PersonRecord,
    Post,
    Profile,
    RawPayload,
    Relationship,
)
from desk.actions.append_only import passed
from desk.actions.erase import erase
from desk.actions.merge import Choice, merge, take_back
from desk.exports.person import person_zip
from desk.logic.person_keys import ERASED, STAYING, SUMS
from desk.queries.person import children_of
from results.models import Evidence, Order, RawOrder, StagedOrder
from team.models import Document, Job
from tests import examples
from tests.creators.applying import told as applied
from tests.factories import NOW, TODAY, make_campaign, make_creator, make_deal, make_order, make_user

WORD = "zqcanary"
HANDLE, EMAIL, NAME = f"{WORD}.handle", f"{WORD}@example.com", f"{WORD.title()} Person"
# The code stays, and the page says why; the reason of a piece of evidence is a sentence of the program.
UNTOUCHED = {"campaigns.Code", "results.Evidence"}
FIXED = {"currency", "slug", "policy", "version", "country", "sha256", "content_type", "destination", "target"}


def person_models() -> list[type[models.Model]]:
    """Every table that leads to a creator, however far, but those that only count."""
    found: list[type[models.Model]] = []
    waiting = [Creator, Profile]
    while waiting:
        for key in children_of(waiting.pop(0)):
            if key.model not in found and key.model._meta.label not in SUMS and key.model is not Profile:
                found.append(key.model)
                waiting.append(key.model)
    return found


def texts_of(model: type[models.Model]) -> list[models.Field]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        field for field in model._meta.concrete_fields
        if isinstance(field, kinds) and not isinstance(field, models.FileField)
        and not field.choices and not field.generated and field.name not in FIXED
    ]  # fmt: skip


def write_everywhere(row: models.Model) -> None:
    """The word into every text that takes it, twice, so that old versions hold it too."""
    for field in texts_of(type(row)):
        value = {"text": WORD} if isinstance(field, models.JSONField) else f"{WORD}{row.pk}"[: field.max_length]
        for each in (value, {"text": f"{WORD}2"} if isinstance(value, dict) else value[:-1] or value):
            try:
                with transaction.atomic(), passed():
                    type(row)._base_manager.filter(pk=row.pk).update(**{field.name: each})
            except DatabaseError:
                break  # a rule of its own says what it may hold


@pytest.fixture
def person(brand, settings, tmp_path):
    """A creator about whom everything is known, with the word in every text."""
    settings.MEDIA_ROOT = tmp_path
    with scopes_disabled():
        made = examples.build(brand, word="acmebee", amount="10")
        for model in person_models():
            examples._fill(model, made, word="acmebee", amount=Decimal(10))
            if model._meta.label not in UNTOUCHED:
                write_everywhere(made[model])
        creator, profile = made[Creator], made[Profile]
        profile.handle = HANDLE
        profile.save()
        Contact.objects.create(creator=creator, kind="email", value=EMAIL)
        creator.name, creator.notes, creator.city, creator.niches = NAME, WORD, WORD, [WORD]
        creator.save()
        creator.notes = f"{WORD} again"
        creator.save()
        name_on_orders(made)
        name_in_uploads(made)
        TrackingLink.objects.update(target=f"https://example.com/?utm_content={HANDLE}_post1")
        with passed():
            RawPayload.objects.update(profile=profile)
            add_file(made[CreatorReport], "screenshot")
            add_file(made[Document], "file")
    return made


def name_on_orders(made) -> None:
    order, utm = made[Order], {"utm_content": f"{HANDLE}_post1", "utm_medium": "influencer"}
    Order._base_manager.filter(pk=order.pk).update(utm=utm)
    cells = [{"name": "1", "note attributes": f"utm_content: @{HANDLE}_post1\nlanding: /?utm_content={HANDLE}-2"}]
    RawOrder._base_manager.filter(order=order).update(rows=cells)
    StagedOrder._base_manager.update(rows=cells, utm=utm)
    Evidence._base_manager.update(value=f"{HANDLE}_post1")


def name_in_uploads(made) -> None:
    RosterRow._base_manager.filter(pk=made[RosterRow].pk).update(handle=HANDLE, platform="tiktok", notes=WORD)
    job = made[Job]
    job.options = {"samples": [{"handle": HANDLE}], "campaign": 1}
    job.result = {"rows": 1, "bad": [{"value": EMAIL}]}
    add_file(job, "file")
    job.save()


def add_file(row: models.Model, name: str) -> None:
    stored = getattr(row, name).storage.save(f"{name}/{row.pk}", ContentFile(f"handle,email\n{HANDLE},{EMAIL}\n"))
    type(row)._base_manager.filter(pk=row.pk).update(**{name: stored})
    setattr(row, name, stored)


def traces() -> list[str]:
    """Every column of every table that still holds the word."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name, data_type from information_schema.columns where table_schema = 'public'"
            " and data_type in ('text', 'character varying', 'jsonb', 'ARRAY', 'bytea')"
        )
        for table, column, kind in cursor.fetchall():
            value = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
            cursor.execute(f'select count(*) from "{table}" where {value} ilike %s', [f"%{WORD}%"])
            number = cursor.fetchone()[0]
            found += [f"{table}.{column}: {number}"] if number else []
    return found


def test_no_word_of_an_erased_person_is_left(person, tmp_path, django_capture_on_commit_callbacks):
    written = {trace.split(".")[0] for trace in traces()}
    money = sum(line.amount for line in CostLine._base_manager.all())

    with django_capture_on_commit_callbacks(execute=True):
        erase(person[Creator], by=make_user(), today=TODAY, now=NOW)

    assert len(written) > 30
    assert traces() == []
    assert [path for path in tmp_path.rglob("*") if path.is_file() and WORD in path.read_text(errors="ignore")] == []
    creator = Creator.objects.get(pk=person[Creator].pk)
    assert (creator.name, creator.erased_on) == (ERASED, TODAY)
    assert Deal._base_manager.get(pk=person[Deal].pk).creator == creator
    assert sum(line.amount for line in CostLine._base_manager.all()) == money
    assert PersonRecord.objects.get().number == creator.pk


def test_the_word_was_in_every_table_that_may_hold_one(person):
    written = {trace.split(".")[0] for trace in traces()}
    free = {model._meta.db_table for model in person_models() if texts_of(model)} - {"campaigns_code"}
    numbers_only = {"creators_merge", "creators_duplicate", "results_evidence"}

    assert free - written - numbers_only == set(), (
        "tests/desk/test_erase.py: put the word into a text of these tables"
    )


def test_links_go_on_leading_to_the_shop(brand, django_capture_on_commit_callbacks):
    with scopes_disabled():
        campaign = make_campaign(brand)
        deal = make_deal(campaign, make_creator(HANDLE))
        make(campaign, LinkWish(), now=NOW)

        erase(deal.creator, by=make_user(), today=TODAY, now=NOW)

        link, profile = TrackingLink.objects.get(), Profile.objects.get()
    assert profile.handle.startswith("erased:")
    assert f"utm_content={profile.handle.replace(':', '%3A')}_post1" in link.target


def named_order(deal, platform, *, creator=True, content=f"{HANDLE}_post1"):
    """An order whose link named a handle, with what it came to."""
    order = make_order(deal.brand, utm={"utm_content": content, "utm_source": platform})
    RawOrder.objects.create(brand=deal.brand, order=order, rows=[{"note attributes": f"utm_content: {content}"}])
    Evidence.objects.create(
        brand=deal.brand, order=order, kind="utm_content", value=content, reason="x",
        creator=deal.creator if creator else None, deal=deal if creator else None,
    )  # fmt: skip
    return order


def words_on(order):
    """What an order says now, in its three places."""
    order.refresh_from_db()
    raw, evidence = RawOrder.objects.get(order=order), Evidence.objects.get(order=order)
    return [order.utm["utm_content"], raw.rows[0]["note attributes"].removeprefix("utm_content: "), evidence.value]


@scopes_disabled()
def test_orders_of_somebody_with_the_same_handle_elsewhere_stay(brand):
    campaign = make_campaign(brand)
    deal, other = (make_deal(campaign, make_creator(HANDLE, platform=each)) for each in ("tiktok", "instagram"))
    orders = [named_order(deal, "TikTok", creator=False), named_order(deal, "")]
    others = [named_order(other, "instagram"), named_order(other, "instagram", creator=False)]

    erase(deal.creator, by=make_user(), today=TODAY, now=NOW)

    word = Profile.objects.get(pk=deal.profile_id).handle
    assert [words_on(order) for order in orders] == [[f"{word}_post1"] * 3] * 2
    assert [words_on(order) for order in others] == [[f"{HANDLE}_post1"] * 3] * 2


@scopes_disabled()
def test_a_handle_on_two_platforms_becomes_one_word(brand):
    deal = make_deal(make_campaign(brand), make_creator(HANDLE))
    Profile.objects.create(creator=deal.creator, platform="instagram", handle=HANDLE)
    order = named_order(deal, "tiktok")

    erase(deal.creator, by=make_user(), today=TODAY, now=NOW)

    assert words_on(order) == [f"{handle}_post1" for handle in Profile.objects.values_list("handle", flat=True)] + [
        f"{Profile.objects.earliest('pk').handle}_post1"
    ]
    assert traces() == []


@scopes_disabled()
def test_names_and_addresses_of_before_are_forgotten_too(brand):
    deal = make_deal(make_campaign(brand), make_creator(HANDLE))
    Contact.objects.create(creator=deal.creator, kind="email", value=EMAIL)
    named_order(deal, "tiktok", creator=False)
    Job.objects.create(kind="read", result={"bad": [{"value": HANDLE}]}, options={"samples": [EMAIL]})
    Profile.objects.update(handle="new.name")
    Contact.objects.update(value="new@example.com")

    erase(deal.creator, by=make_user(), today=TODAY, now=NOW)

    assert traces() == []


@scopes_disabled()
def test_a_former_handle_that_somebody_else_took_is_theirs(brand):
    deal = make_deal(make_campaign(brand), make_creator("ana"))
    Profile.objects.update(handle="ana.new")
    order = named_order(make_deal(deal.campaign, make_creator("ana")), "tiktok", content="ana_post1")

    erase(deal.creator, by=make_user(), today=TODAY, now=NOW)

    assert words_on(order) == ["ana_post1"] * 3


@scopes_disabled()
def test_a_list_that_asks_for_their_code_names_them_no_more(brand):
    creator = make_creator("ana", name=f'{WORD} "Q" Ö')
    conflict = {
        "field": "code",
        "value": "A",
        "reason": f"This code belongs to {creator.name}. A code belongs to one.",
    }
    job = Job.objects.create(kind="read")
    row = RosterRow.objects.create(job=job, line=1, handle="other", platform="x", conflicts=[conflict])

    erase(creator, by=make_user(), today=TODAY, now=NOW)

    row.refresh_from_db()
    assert row.conflicts[0]["reason"].startswith("This code belongs to Erased creator. ")
    assert traces() == []


@scopes_disabled()
def test_two_pieces_of_one_creator_are_no_hindrance(brand):
    creator = make_creator(HANDLE)
    for title in (WORD, f"{WORD} again"):
        Content.objects.create(brand=brand, creator=creator, title=title)

    erase(creator, by=make_user(), today=TODAY, now=NOW)

    assert Content.objects.filter(title__startswith="erased:").count() == 2
    assert traces() == []


def test_who_was_only_on_the_roster_is_gone_altogether(db):
    creator = make_creator(HANDLE)
    post = Post.objects.create(profile=creator.profiles.get(), platform_id="1", caption=WORD)

    erase(creator, by=make_user(), today=TODAY, now=NOW)

    assert not Creator.objects.exists() and not Profile.objects.exists()
    assert not Post.objects.filter(pk=post.pk).exists()
    assert traces() == []


def test_whom_they_were_merged_from_goes_with_them(db):
    kept, gone = make_creator("plain", platform="x"), make_creator(HANDLE, name=NAME)
    merge(kept, gone, Choice(), by=make_user(), now=NOW)

    erase(kept, by=make_user(), today=TODAY, now=NOW)

    assert not Merge.objects.exists()
    assert traces() == []


@scopes_disabled()
@pytest.mark.parametrize("place", [0, 1])
def test_of_two_who_were_one_for_a_while_only_the_one_who_is_meant_goes(brand, place):
    pair = [
        make_creator("plain", platform="tiktok", name="Plain"),
        make_creator(HANDLE, platform="tiktok", name=NAME),
    ]
    for creator in pair:
        Contact.objects.create(creator=creator, kind="email", value=f"{creator.name.split()[0]}@example.com")
        Relationship.objects.create(brand=brand, creator=creator, angles=creator.name)
    choice = Choice(values={"name": NAME}, handles={"tiktok": "gone"})
    take_back(merge(pair[0], pair[1], choice, by=make_user(), now=NOW), by=make_user(), now=timezone.now())
    before, other = traces(), pair[1 - place]

    erase(pair[place], by=make_user(), today=TODAY, now=NOW)

    other.refresh_from_db()
    assert (other.name, other.contacts.count(), other.profiles.count()) == (("Plain", NAME)[1 - place], 1, 1)
    assert other.relationships.get().angles == other.name
    assert traces() == [] if place else before


def test_others_stay_as_they_are(db):
    creator, other = make_creator(HANDLE), make_creator("other", name="Other")
    Contact.objects.create(creator=other, kind="email", value="other@example.com")

    erase(creator, by=make_user(), today=TODAY, now=NOW)

    assert list(Creator.objects.all()) == [other]
    assert other.contacts.count() == 1


def test_lists_in_which_the_handle_is_only_part_of_a_word_stay(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    texts = ("handle\nbanana\n", f"handle\n{'x' * 1024 * 1024}\nAna,x\n".encode("utf-16"), "handle\n@ANA\n")
    for number, text in enumerate(texts):
        job = Job.objects.create(kind="read", file_name=f"{number}.csv", options={"samples": "banana"})
        job.file.save("list.csv", ContentFile(text))

    erase(make_creator("ana"), by=make_user(), today=TODAY, now=NOW)

    assert [bool(job.file) for job in Job.objects.order_by("pk")] == [True, False, False]
    assert Job.objects.order_by("pk")[0].options == {"samples": "banana"}


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ({"email": EMAIL}, 0),
        ({"platform": "tiktok", "handle": HANDLE}, 0),
        ({"others": [{"platform": "tiktok", "handle": HANDLE, "followers": 5}]}, 0),
        ({"platform": "x", "handle": HANDLE}, 1),
    ],
)
def test_what_they_wrote_when_they_applied_goes_too(brand, told, left):
    creator = make_creator(HANDLE)
    Contact.objects.create(creator=creator, kind="email", value=EMAIL.title())
    with scopes_disabled():
        receive(brand, applied(**told), suspicions=[], now=NOW)

        erase(creator, by=make_user(), today=TODAY, now=NOW)

        assert Application.objects.count() == left


@scopes_disabled()
def test_what_was_somebody_elses_for_a_while_is_not_handed_out(db):
    kept, gone = make_creator("plain", platform="x"), make_creator(HANDLE, name=NAME)
    Contact.objects.create(creator=gone, kind="email", value=EMAIL)
    take_back(merge(kept, gone, Choice(), by=make_user(), now=NOW), by=make_user(), now=timezone.now())

    with zipfile.ZipFile(person_zip(kept, now=NOW)) as book:
        told = "".join(book.read(name).decode() for name in book.namelist() if "merge" not in name)

    assert "plain" in told
    assert EMAIL not in told and HANDLE not in told


def test_everything_is_handed_out(person, owner, brand, tmp_path: Path):
    answer = owner.post(reverse("desk:export_person", args=[person[Creator].pk]))
    book = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    assert NAME in book.read("index.html").decode()
    assert json.loads(book.read("data/creators.creator.json"))[0]["city"] == WORD
    names = set(book.namelist())
    for model in person_models():
        assert f"data/{model._meta.label_lower}.json" in names, model._meta.label
    assert sum(HANDLE.encode() in book.read(name) for name in names if name.startswith("files/")) == 2
    assert PersonRecord.objects.get().act == "exported"
    assert Comment.objects.exists() and STAYING
