"""The public form of a brand and the queue behind it."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_scopes import scope

from config.lib.refusals import refusal_of
from config.lib.tokens import signed
from creators.actions import applications as actions
from creators.actions.applications import Told
from creators.actions.doors import A_BRAND, OFTEN, TOO_OFTEN, Door, knock, take_once
from creators.logic.applications import CONSENT, LATEST, Sending, links_in, moment_of, stamp, suspicions
from creators.models import Application, Contact, Creator, LifecycleSpan, Rate
from tests.factories import NOW, make_brand, make_creator

SENT = {
    "name": "Maya Okafor", "email": "Maya@Example.com", "platform": "tiktok", "handle": "@Maya.Brews",
    "followers": "4200", "country": "United Kingdom", "city": "Leeds", "niches": "Tea, Baking",
    "formats": ["reel"], "ask": "80", "ask_currency": "GBP", "ask_format": "reel", "message": "I love tea.",
    "consent": "on",
}  # fmt: skip


@pytest.fixture
def open_brand(brand):
    """A brand whose form is open."""
    brand.is_open_to_applications, brand.application_intro = True, "We look for <b>tea</b> people."
    brand.save()
    return brand


def key_of(brand, *, ago: float = 60, number: int = 1) -> str:
    """A form that this installation gave out some seconds ago."""
    return signed("application", brand.pk, stamp(timezone.now() - timedelta(seconds=ago)), number)


def send(client, brand, *, ago: float = 60, number: int = 1, **changed):
    """Post the form."""
    data = {**SENT, "form_key": key_of(brand, ago=ago, number=number), **changed}
    return client.post(f"/apply/{brand.slug}/", {name: value for name, value in data.items() if value is not None})


def told(**changed) -> Told:
    return Told(**{"name": "Maya", "email": "maya@example.com", "platform": "tiktok", "handle": "maya", **changed})


def kept(brand) -> list[Application]:
    with scope(brand=brand):
        return list(Application.objects.order_by("pk"))


# The public page


def test_the_form_shows_the_brand_s_name_and_text_and_nothing_else(stranger, open_brand):
    page = stranger.get("/apply/acme/")

    assert page.status_code == 200
    assert "Work with Acme" in page.text
    assert "We look for &lt;b&gt;tea&lt;/b&gt; people." in page.text
    assert "<script" not in page.text
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert "GBP" not in page.text.split("ask_currency")[0]


def test_a_closed_form_answers_like_one_that_never_was(stranger, brand):
    assert stranger.get("/apply/acme/").status_code == 404
    assert stranger.get("/apply/nobody/").status_code == 404
    assert stranger.post("/apply/acme/", SENT).status_code == 404
    assert stranger.get("/apply/acme/thanks/").status_code == 404


def test_an_application_is_kept_with_its_consent(stranger, open_brand):
    response = send(
        stranger, open_brand, platform2="instagram", handle2="https://instagram.com/MayaB/", followers2="900"
    )

    assert (response.status_code, response.url) == (302, "/apply/acme/thanks/")
    assert "Thank you" in stranger.get(response.url).text
    (found,) = kept(open_brand)
    assert (found.state, found.name, found.email) == ("new", "Maya Okafor", "maya@example.com")
    assert (found.platform, found.handle, found.followers) == ("tiktok", "maya.brews", 4200)
    assert found.others == [{"platform": "instagram", "handle": "mayab", "followers": 900}]
    assert (found.niches, found.formats, found.ask, found.ask_currency) == (["tea", "baking"], ["reel"], 80, "GBP")
    assert (found.consent, found.suspicions, found.times) == (CONSENT, [], 1)
    assert timezone.now() - found.consent_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "This field is required"),
        ({"email": "maya"}, "valid email"),
        ({"handle": "https://instagram.com/maya"}, "not the address of a profile on TikTok"),
        ({"handle": "two words"}, "A handle holds no spaces."),
        ({"platform": "myspace"}, "Select a valid choice"),
        ({"platform2": "tiktok", "handle2": "other"}, "Name each platform once."),
        ({"platform2": "x"}, "needs its platform and its handle"),
        ({"ask_currency": ""}, "Say the currency too"),
        ({"ask": "-3"}, "greater than or equal"),
        ({"ask": "NaN"}, "Enter a number"),
        ({"followers": "many"}, "whole number"),
        ({"followers": "9" * 40}, "less than or equal"),
        ({"consent": None}, "only keep your application if you agree"),
        ({"name": "Ma\0ya"}, "Null characters"),
        ({"message": "x\0"}, "Null characters"),
        ({"name": "x" * 121}, "at most 120"),
        ({"message": "x" * 2001}, "at most 2000"),
        ({"niches": "x" * 41}, "At most 20 niches"),
    ],
)
def test_a_form_that_cannot_be_kept_comes_back(stranger, open_brand, changed, words):
    response = send(stranger, open_brand, **changed)

    assert response.status_code == 422
    assert words in response.text
    assert kept(open_brand) == []


def test_a_form_of_any_size_is_answered(stranger, open_brand):
    assert send(stranger, open_brand, message="x" * 50_000).status_code == 413
    assert send(stranger, open_brand, message="x" * 3_000_000).status_code in (400, 413)
    assert kept(open_brand) == []


@pytest.mark.parametrize("key", ["", "nonsense", "1-2-3", "0" * 190, "\0", "é"])
def test_without_a_key_of_ours_the_form_comes_back_with_a_new_one(stranger, open_brand, key):
    response = send(stranger, open_brand, form_key=key)

    assert response.status_code == 422
    assert "Maya Okafor" in response.text
    assert kept(open_brand) == []


def test_a_key_of_another_brand_or_another_purpose_opens_nothing(stranger, open_brand, other_brand):
    theirs, brief = key_of(other_brand), signed("brief", open_brand.pk, stamp(timezone.now()), 1)

    assert send(stranger, open_brand, form_key=theirs).status_code == 422
    assert send(stranger, open_brand, form_key=brief).status_code == 422
    assert kept(open_brand) == []


@pytest.mark.parametrize("ago", [LATEST.total_seconds() + 5, -3600])
def test_a_page_that_stood_open_too_long_is_asked_again(stranger, open_brand, ago):
    response = send(stranger, open_brand, ago=ago)

    assert response.status_code == 422
    assert "open for too long" in response.text
    assert kept(open_brand) == []


def test_a_form_is_taken_once_and_answered_alike(stranger, open_brand):
    first = send(stranger, open_brand)
    again = send(stranger, open_brand, name="Somebody else", email="other@example.com", handle="other")

    assert (first.status_code, first.url) == (again.status_code, again.url)
    assert [each.name for each in kept(open_brand)] == ["Maya Okafor"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"website": "https://spam.example.com"}, "a field that people do not see"),
        ({"ago": 0.5}, "within three seconds"),
        ({"message": "www.a.com http://b.com https://c.com"}, "3 links"),
    ],
)
def test_what_looks_like_a_robot_s_goes_to_the_pile_with_the_same_answer(stranger, open_brand, changed, words):
    response = send(stranger, open_brand, **changed)

    assert (response.status_code, response.url) == (302, "/apply/acme/thanks/")
    (found,) = kept(open_brand)
    assert found.state == "spam"
    assert words in found.suspicions[0]


def test_who_is_known_already_gets_the_same_answer(stranger, open_brand):
    unknown = send(stranger, open_brand)
    known = send(stranger, open_brand, number=2)

    assert unknown.url == known.url
    assert unknown.headers.items() - known.headers.items() == set()


def test_many_from_one_network_are_looked_at_and_then_stopped(stranger, open_brand):
    def one(number):
        return send(stranger, open_brand, number=number, email=f"a{number}@example.com", handle=f"a{number}")

    answers = [one(number).status_code for number in range(1, TOO_OFTEN + 2)]

    assert answers == [302] * TOO_OFTEN + [429]
    assert [each.state for each in kept(open_brand)] == ["new"] * OFTEN + ["spam"] * (TOO_OFTEN - OFTEN)


# The parts behind it


def test_the_door_counts_networks_apart_and_the_brand_as_a_whole(db):
    near = [knock(1, f"203.0.113.{number}", now=NOW) for number in range(OFTEN + 1)]
    elsewhere = knock(1, "198.51.100.7", now=NOW)
    other_brand = knock(2, "203.0.113.1", now=NOW)
    later = knock(1, "203.0.113.1", now=NOW + timedelta(hours=1))

    assert near == [Door.OPEN] * OFTEN + [Door.BUSY]
    assert (elsewhere, other_brand, later) == (Door.OPEN,) * 3


def test_a_brand_s_door_shuts_for_everybody(db):
    found = [knock(3, f"10.{number // 200}.{number % 200}.7", now=NOW) for number in range(A_BRAND + 1)][-2:]

    assert found == [Door.OPEN, Door.SHUT]


def test_a_form_s_number_is_taken_once(db):
    assert (take_once(7), take_once(7), take_once(8)) == (True, False, True)


@pytest.mark.parametrize(
    ("text", "links"),
    [("", 0), ("see http://a.example and www.b.example", 2), ("me@example.com, tea.", 0), ("shop.com/x", 1)],
)
def test_links_are_counted(text, links):
    assert links_in(text) == links


def test_only_what_is_odd_is_suspected():
    asked = datetime(2026, 11, 2, 9, 0, tzinfo=NOW.tzinfo)

    assert suspicions(Sending(asked, asked + timedelta(seconds=3), links=2)) == []
    assert len(suspicions(Sending(asked, asked + timedelta(seconds=2.9), trap="x", links=3, is_often=True))) == 4
    assert moment_of(stamp(asked)) == asked
    assert moment_of(1 << 70).year == 1970


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

        gone = [actions.forget_old(brand, now=NOW + timedelta(days=days)) for days in (30, 31, 180, 181, 999)]

    assert gone == [0, 1, 0, 1, 0]


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


# The queue


def queue(brand, count=2):
    with scope(brand=brand):
        return [
            actions.receive(
                brand, told(name=f"Person {n}", email=f"p{n}@example.com", handle=f"person{n}"), suspicions=[], now=NOW
            )
            for n in range(count)
        ]  # fmt: skip


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


def test_the_switch_and_the_address_stand_in_the_brand_s_settings(owner, open_brand):
    page = owner.get(f"/settings/brands/{open_brand.pk}/")
    code = owner.get(f"/settings/brands/{open_brand.pk}/application.svg")

    assert "/apply/acme/" in page.text
    assert code["Content-Type"] == "image/svg+xml"


def test_today_counts_those_who_wait(owner, brand):
    before = owner.get("/").content.decode()
    with scope(brand=brand):
        actions.receive(brand, told(), suspicions=[], now=NOW)
        actions.receive(brand, told(email="b@example.com", handle="b"), suspicions=["sent too fast"], now=NOW)

    page = owner.get("/").content.decode()

    assert "for an answer" not in before
    assert "1 application waits for an answer" in page
