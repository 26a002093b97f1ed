"""The public form of a brand: what it shows, takes in, suspects and refuses."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from config.lib.tokens import signed
from creators.actions.doors import OFTEN, TOO_OFTEN
from creators.logic.applications import CONSENT, LATEST, Sending, links_in, moment_of, stamp, suspicions
from tests.creators.applying import SENT, kept, key_of, send
from tests.factories import NOW


@pytest.fixture
def open_brand(brand):
    """A brand whose form is open."""
    brand.is_open_to_applications, brand.application_intro = True, "We look for <b>tea</b> people."
    brand.save()
    return brand


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
        ({"name": ""}, "Fill this in."),
        ({"email": "maya"}, "valid email"),
        ({"email": f"maya@{('İ' * 20 + '.') * 7}com"}, "at most 200 characters"),
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


@pytest.mark.parametrize(
    ("later", "is_stale"),
    [(timedelta(0), False), (LATEST, False), (LATEST + timedelta(seconds=1), True), (timedelta(seconds=-1), True)],
)
def test_a_page_may_stand_open_for_a_day(later, is_stale):
    assert Sending(NOW, NOW + later).is_stale is is_stale


def test_the_switch_and_the_address_stand_in_the_brand_s_settings(owner, open_brand):
    page = owner.get(f"/settings/brands/{open_brand.pk}/")
    code = owner.get(f"/settings/brands/{open_brand.pk}/application.svg")

    assert "/apply/acme/" in page.text
    assert code["Content-Type"] == "image/svg+xml"
