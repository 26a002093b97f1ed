"""People who applied: folded, decided about, forgotten in time, and looked through."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from config.lib.refusals import refusal_of
from creators.actions import applications as actions
from creators.logic.applications import CONSENT
from creators.models import Application, Contact, Creator, LifecycleSpan, Rate
from tests.creators.applying import kept, queue, told
from tests.factories import NOW, make_brand, make_creator


def test_the_same_person_again_is_folded_and_never_overwrites(brand):
    with scope(brand=brand):
        first = actions.receive(brand, told(), suspicions=[], now=NOW)
        actions.receive(brand, told(name="Thief", handle="thief"), suspicions=[], now=NOW + timedelta(days=1))
        actions.receive(brand, told(email="else@example.com"), suspicions=["odd"], now=NOW + timedelta(days=2))

        (found,) = Application.objects.all()

    assert (found.pk, found.name, found.handle, found.state, found.times) == (first.pk, "Maya", "maya", "new", 3)
    assert found.later == [
        {"at": "2026-11-03T09:00:00+00:00", "name": "Thief", "handle": "thief"},
        {"at": "2026-11-04T09:00:00+00:00", "email": "else@example.com"},
    ]
    assert found.last_at == NOW + timedelta(days=2)


def test_a_person_takes_their_application_off_the_pile_by_sending_it_well(brand):
    with scope(brand=brand):
        actions.receive(brand, told(), suspicions=["It was fast."], now=NOW)
        again = actions.receive(brand, told(), suspicions=[], now=NOW)

    assert (again.state, again.suspicions) == ("new", [])


def test_after_a_decision_another_application_is_another_one(brand):
    with scope(brand=brand):
        first = actions.receive(brand, told(), suspicions=[], now=NOW)
        actions.decline([first.pk], why="Too far away", by=None, now=NOW)
        actions.receive(brand, told(), suspicions=[], now=NOW)

        assert [each.state for each in Application.objects.order_by("pk")] == ["declined", "new"]


def test_accepting_makes_a_creator_with_all_that_was_told(brand):
    with scope(brand=brand):
        other = {"platform": "instagram", "handle": "mayab", "followers": None}
        details = told(
            followers=4200, others=[other], city="Leeds", country="United Kingdom", niches=["tea"], formats=["reel"],
            ask=Decimal(80), ask_format="reel", ask_currency="GBP",
        )  # fmt: skip
        one = actions.receive(brand, details, suspicions=[], now=NOW)

        (accepted,) = actions.accept([one.pk], by=None, now=NOW)

        creator = Creator.objects.get()
        span, rate = LifecycleSpan.objects.get(), Rate.objects.get()
        again = actions.accept([one.pk], by=None, now=NOW)
    assert (accepted.state, accepted.creator, again) == ("accepted", creator, [])
    assert (creator.name, creator.sort_name, creator.city, creator.niches) == ("Maya", "maya", "Leeds", ["tea"])
    profiles = creator.profiles.values_list("platform", "handle", "followers", "is_main")
    assert set(profiles) == {("tiktok", "maya", 4200, True), ("instagram", "mayab", None, False)}
    assert Contact.objects.get().value == "maya@example.com"
    assert (span.stage, span.why) == ("prospect", "Applied")
    assert (rate.kind, rate.amount, rate.currency, rate.format) == ("ask", 80, "GBP", "reel")


def test_accepting_finds_a_creator_who_is_there_and_keeps_what_is_known(brand):
    creator = make_creator("maya", name="Maya O.", followers=9000, country="Ireland", niches=["books"])
    other = make_creator("mayab", platform="instagram")
    with scope(brand=brand):
        others = [{"platform": "instagram", "handle": "mayab", "followers": 1}]
        details = told(niches=["tea"], country="United Kingdom", city="Leeds", followers=1, others=others)
        one = actions.receive(brand, details, suspicions=[], now=NOW)

        actions.accept([one.pk], by=None, now=NOW)

    creator.refresh_from_db()
    assert set(Creator.objects.all()) == {creator, other}
    assert (creator.name, creator.country, creator.city, creator.niches) == (
        "Maya O.",
        "Ireland",
        "",
        ["books", "tea"],
    )
    assert [(each.handle, each.followers) for each in creator.profiles.all()] == [("maya", 9000)]
    assert other.profiles.count() == 1


def test_what_nobody_may_keep_is_deleted_in_time(brand):
    with scope(brand=brand):
        for number in range(4):
            actions.receive(brand, told(email=f"{number}@example.com", handle=f"h{number}"), suspicions=[], now=NOW)
        declined, spam, accepted, _ = Application.objects.order_by("pk").values_list("pk", flat=True)
        actions.decline([declined], why="No", by=None, now=NOW)
        actions.mark_spam([spam])
        actions.accept([accepted], by=None, now=NOW)

        gone = [
            actions.forget_old(brand, now=NOW + timedelta(days=days)) for days in (30, 31, 180, 181, 365, 366, 999)
        ]

    assert gone == [0, 1, 0, 1, 0, 1, 0]
    assert [each.pk for each in kept(brand)] == [accepted]


def test_an_accepted_application_without_its_creator_is_not_kept_for_ever(brand):
    (one,) = queue(brand, 1)
    with scope(brand=brand):
        actions.accept([one.pk], by=None, now=NOW)
        Application.objects.update(creator=None)

        gone = [actions.forget_old(brand, now=NOW + timedelta(days=days)) for days in (180, 181)]

    assert gone == [0, 1]


BROKEN = [
    ({"state": "odd"}, "Choose new, accepted, declined or spam."),
    ({"state": "declined", "decided_at": NOW}, "Say why it is declined."),
    ({"state": "accepted"}, "was so at a moment"),
    ({"decided_at": NOW}, "was so at a moment"),
    ({"platform": "myspace"}, "Choose one of the known platforms."),
    ({"handle": "@maya"}, "Write the handle in lower case"),
    ({"handle": "MAYA"}, "Write the handle in lower case"),
    ({"email": "Maya@example.com"}, "needs a name and an e-mail address"),
    ({"name": ""}, "needs a name and an e-mail address"),
    ({"consent": ""}, "who did not agree"),
    ({"ask": 5}, "says its currency"),
    ({"ask": 0, "ask_currency": "GBP", "ask_format": "reel"}, "says its currency"),
    ({"formats": ["dance"]}, "Choose among the known formats."),
    ({"times": 0}, "at least once"),
    ({"last_at": NOW - timedelta(days=1)}, "at least once"),
]


def write(brand, **changed) -> Application:
    fields = {**vars(told()), "brand": brand, "consent": CONSENT, "consent_at": NOW, "made_at": NOW, "last_at": NOW}
    return Application.objects.create(**{**fields, **changed})


@pytest.mark.parametrize(("changed", "words"), BROKEN)
def test_the_database_refuses_what_must_never_be(brand, changed, words):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write(brand, **changed)

    assert words in refusal_of(refused.value, Application)


@pytest.mark.parametrize("changed", [{"handle": "other"}, {"email": "other@example.com", "state": "spam"}])
def test_one_waits_under_an_address_and_a_handle(brand, changed):
    write(brand)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write(brand, **changed)

    assert "waits already" in refusal_of(refused.value, Application)
    write(make_brand(), **changed)


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 2), ("?q=@PERSON1", 1), ("?q=p0@ex", 1), ("?platform=x", 0), ("?state=spam", 0), ("?state=all&niche=tea", 0),
     ("?q=%00&state=odd", 2)],
)  # fmt: skip
def test_the_queue_is_searched_and_filtered(viewer, brand, query, found):
    queue(brand)

    page = viewer.get(f"/creators/applications/{query}")
    table = b"".join(viewer.get(f"/creators/applications.csv{query}").streaming_content).decode()

    assert page.context["page"].paginator.count == found
    assert table.count("\n") == found + 1
    assert 'value="accept"' not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_takes_the_same_queries(viewer, brand, count, django_assert_max_num_queries):
    queue(brand, count)

    with django_assert_max_num_queries(9):
        viewer.get("/creators/applications/")


def test_one_person_is_accepted_from_their_page(manager, brand):
    (one,) = queue(brand, 1)

    page = manager.get(f"/creators/applications/{one.pk}/")
    response = manager.post("/creators/applications/decide/", {"ids": one.pk, "act": "accept"})

    assert "Person 0" in page.text
    creator = Creator.objects.get()
    assert (response.status_code, response.url) == (302, f"/creators/{creator.pk}/")
    assert "Accepted on" in manager.get(f"/creators/applications/{one.pk}/").text


def test_many_are_declined_after_a_reason(manager, brand):
    one, two = queue(brand)
    ids = {"ids": [one.pk, two.pk], "act": "decline"}

    asked = manager.post("/creators/applications/decide/", ids)
    empty = manager.post("/creators/applications/decide/", {**ids, "why": " "})
    done = manager.post("/creators/applications/decide/", {**ids, "why": "Not tea people"})

    assert (asked.status_code, empty.status_code, done.status_code) == (200, 422, 302)
    assert [(each.state, each.why) for each in kept(brand)] == [("declined", "Not tea people")] * 2


def test_all_matching_means_the_filter(manager, brand):
    queue(brand, 3)

    manager.post("/creators/applications/decide/?q=person1", {"all": "yes", "act": "spam"})

    assert [each.state for each in kept(brand)] == ["new", "spam", "new"]
    manager.post("/creators/applications/decide/?state=spam", {"all": "yes", "act": "genuine"})
    assert {each.state for each in kept(brand)} == {"new"}


def test_today_counts_those_who_wait(owner, brand):
    before = owner.get("/").content.decode()
    with scope(brand=brand):
        actions.receive(brand, told(), suspicions=[], now=NOW)
        actions.receive(brand, told(email="b@example.com", handle="b"), suspicions=["sent too fast"], now=NOW)

    page = owner.get("/").content.decode()

    assert "for an answer" not in before
    assert "1 application waits for an answer" in page
