"""Creators that may be one person: the rule, the search over the roster, and the page."""

import pytest
from django.urls import reverse

from creators.actions.duplicates import dismiss, find_all, find_for
from creators.logic.duplicates import Person, Verdict, email_key, handle_key, judge
from creators.models import Contact, Creator, Duplicate
from tests.factories import NOW, make_creator, make_user


def person(
    name: str = "ana silva", *, email: str = "", handle: str = "", platform: str = "tiktok", **facts
) -> Person:
    emails = frozenset({email} - {""})
    return Person(name=name, emails=emails, handles=frozenset({(platform, handle)} if handle else ()), **facts)


@pytest.mark.parametrize(
    ("one", "other", "score", "words"),
    [
        (person("x", email="a.na+ig@gmail.com"), person("y", email="Ana@gmail.com"), 0.9, ["Same e-mail address"]),
        (person("x", handle="anacooks"), person("y", handle="anacooks", platform="youtube"), 0.75,
         ["Same handle on another platform"]),
        (person("x", handle="ana.cooks_1"), person("y", handle="anacooks"), 0.5,
         ["Same handle but for dots, underscores and digits"]),
        (person(), person("silva ana"), 0.3, ["Same name, and nothing else agrees: a weak hint"]),
        (person(country="PT"), person("anna silva", country="pt"), 0.36, ["Nearly the same name", "Same country"]),
        (person(country="PT"), person(country="BR"), 0.18,
         ["Same name, and nothing else agrees: a weak hint", "But their countries differ"]),
        (person("x", contacts=frozenset({"+351 1"})), person("y", contacts=frozenset({"+351 1", "web"})), 0.8,
         ["Same phone number or web page"]),
        (person("x", handle="an.na"), person("y", handle="anna1"), 0.5,
         ["Same handle but for dots, underscores and digits"]),
        (person(city="Porto"), person(city=" porto"), 0.51, ["Same name", "Same city"]),
        (person(language="pt"), person(language="PT"), 0.335,
         ["Same name, and nothing else agrees: a weak hint", "Same language"]),
        (person("x", email="a@b.com", country="PT"), person("y", email="a@b.com", country="PT"), 0.92,
         ["Same e-mail address", "Same country"]),
        (person(email="a@b.com"), person(email="a@b.com"), 0.93, ["Same e-mail address", "Same name"]),
        (person(city="Porto"), person("anna silva", city="Porto"), 0.44, ["Same city", "Nearly the same name"]),
        (person(country="PT"), person(), 0.3, ["Same name, and nothing else agrees: a weak hint"]),
        (person("", country="PT"), person("", country="PT"), 0, []),
        (person("x", contacts=frozenset({""})), person("y", contacts=frozenset({""})), 0, []),
        (person("x", email="nobody"), person("y", email="no address"), 0, []),
        (person("x", handle="ana"), person("y", handle="ana"), 0, []),
        (person("x", handle="ana"), person("y", handle="ana1"), 0, []),
        (person("x", country="PT", city="Porto"), person("y", country="PT", city="Porto"), 0, []),
    ],
)  # fmt: skip
def test_what_speaks_for_one_person(one, other, score, words):
    verdict = judge(one, other)

    assert verdict.score == pytest.approx(score, abs=0.001)
    assert [reason.words for reason in verdict.reasons] == words
    assert judge(other, one) == verdict


def test_a_name_alone_is_told_and_a_name_from_elsewhere_is_not():
    assert judge(person(), person()).is_worth_telling
    assert not judge(person(country="PT"), person(country="BR")).is_worth_telling
    assert not Verdict(0).is_worth_telling


def test_keys_fold_what_people_write_differently():
    assert email_key(" Ana.B+tag@Googlemail.com ") == "anab@googlemail.com"
    assert email_key("a.b@example.com") == "a.b@example.com"
    assert email_key("+tag@example.com") == "+tag@example.com"
    assert {email_key(text) for text in ("no address", "@example.com", "ana@", "")} == {""}
    assert handle_key("the_ana.42") == "theana"
    assert handle_key("a_1") == ""


def found() -> list[tuple[str, str]]:
    return [(pair.first.name, pair.second.name) for pair in Duplicate.objects.all()]


def with_email(handle: str, email: str, **fields) -> Creator:
    creator = make_creator(handle, **fields)
    Contact.objects.create(creator=creator, kind="email", value=email)
    return creator


def test_the_night_finds_pairs_by_mail_handle_and_name(db):
    with_email("one", "ana.b@gmail.com", name="A")
    with_email("two", "anab+x@gmail.com", name="B")
    make_creator("kitchen.kim", name="C")
    make_creator("kitchenkim", platform="youtube", name="D")
    make_creator("five", name="Jon Smyth", country="GB")
    make_creator("six", name="Jonn Smyth", country="GB")
    make_creator("seven", name="Somebody else")

    find_all(now=NOW)
    find_all(now=NOW)

    assert set(found()) == {("A", "B"), ("C", "D"), ("Jon Smyth", "Jonn Smyth")}


def test_what_many_share_tells_nothing(db):
    for number in range(9):
        with_email(f"signed{number}xyz{'abcdefghi'[number]}", "agency@example.com")

    assert find_all(now=NOW) == 0


def test_an_import_looks_at_its_own_creators_only(db):
    with_email("one", "a@example.com")
    with_email("two", "a@example.com")
    new = with_email("three", "c@example.com", name="Tomasina Kowalska", country="PL")
    make_creator("four", name="Tomasina Kowalsky", country="PL")

    find_for([new.pk], now=NOW)

    assert found() == [("Tomasina Kowalska", "Tomasina Kowalsky")]


def test_two_people_are_never_suggested_again(db):
    one, two = with_email("one", "a@example.com"), with_email("two", "a@example.com")
    find_all(now=NOW)

    dismiss(Duplicate.objects.get(), why="A couple with one mailbox", by=make_user(), now=NOW)
    find_all(now=NOW)
    find_for([one.pk, two.pk], now=NOW)

    assert not Duplicate.objects.open().exists()


def test_a_pair_that_nothing_speaks_for_any_more_goes(db):
    with_email("one", "a@example.com")
    other = with_email("two", "a@example.com")
    find_all(now=NOW)

    other.contacts.update(value="b@example.com")
    find_all(now=NOW)

    assert not Duplicate.objects.exists()


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_list_costs_the_same_however_long(owner, django_assert_num_queries, pairs):
    for number in range(pairs):
        with_email(f"a{number}", f"p{number}@example.com")
        with_email(f"b{number}", f"p{number}@example.com")
    find_all(now=NOW)
    owner.get(reverse("creators:duplicates"))

    with django_assert_num_queries(6):
        page = owner.get(reverse("creators:duplicates"))

    assert page.text.count("Same e-mail address") == pairs


def test_saying_that_they_are_two_needs_a_reason(owner):
    with_email("one", "a@example.com")
    with_email("two", "a@example.com")
    find_all(now=NOW)
    url = reverse("creators:duplicate_dismiss", args=[Duplicate.objects.get().pk])

    refused = owner.post(url, {"why": ""})
    done = owner.post(url, {"why": "Sisters"})
    page = owner.get(reverse("creators:duplicates"), {"state": "dismissed", "q": "one"})

    assert refused.status_code == 422
    assert done.status_code == 302
    assert "Sisters" in page.text
