"""The day of a signature: what it sets, what is refused, and how it is taken back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from campaigns.actions.contracts import ContractRefused, sign, take_back
from campaigns.models import Deal
from creators.models import Note
from creators.queries.lifecycle import history_of, present_stages
from tests.factories import NOW, TODAY, make_campaign, make_deal, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(brand):
    return make_deal(make_campaign(brand, "spring", name="Spring"), created_at=NOW - timedelta(days=3))


def signed(deal, **changes):
    with scope(brand=deal.brand):
        sign(deal, **{"on": TODAY, "today": TODAY, "by": None, "now": NOW, **changes})
        deal.refresh_from_db()


def stage_of(deal):
    with scope(brand=deal.brand):
        return present_stages([deal.creator_id], brand=deal.brand).get(deal.creator_id)


def test_who_signs_is_contracted(deal):
    by = make_user()

    signed(deal, by=by)
    signed(deal)

    with scope(brand=deal.brand):
        (span,) = history_of(deal.creator)
    assert deal.signed_on == TODAY
    assert (span.stage, span.rule, span.made_by) == ("contracted", "signed-1", by)
    assert span.why == "Contract for Spring signed on 2 Nov 2026"


@pytest.mark.parametrize(
    ("status", "on", "words"),
    [
        ("cancelled", TODAY, "was cancelled"),
        ("planned", TODAY + timedelta(days=1), "has not come yet"),
    ],
)
def test_what_cannot_be_signed(deal, status, on, words):
    Deal.objects.with_scopes_disabled().update(status=status)

    with pytest.raises(ContractRefused, match=words):
        signed(deal, on=on)

    assert stage_of(deal) is None


def test_another_day_is_refused_once_it_is_signed(deal):
    signed(deal)

    with pytest.raises(ContractRefused, match="Take that back first"):
        signed(deal, on=date(2026, 10, 1))


def test_a_signature_is_taken_back_with_a_reason(deal):
    signed(deal)

    with scope(brand=deal.brand):
        take_back(deal, why="She withdrew", by=None, now=NOW + timedelta(hours=1))
        deal.refresh_from_db()
        note = Note.objects.get()
        last = history_of(deal.creator)[0]

    assert deal.signed_on is None
    assert note.text == "Spring: the signature of 2 Nov 2026 was taken back. She withdrew"
    assert (last.stage, last.rule, last.why) == ("contacted", "withdrawn-1", note.text)


@pytest.mark.parametrize(
    ("fields", "why", "words"),
    [
        ({"signed_on": None}, "x", "No contract is signed"),
        ({}, " ", "Say why"),
        ({"status": "live"}, "x", "went live"),
    ],
)
def test_what_cannot_be_taken_back(deal, fields, why, words):
    signed(deal)
    Deal.objects.with_scopes_disabled().update(**fields)

    with scope(brand=deal.brand), pytest.raises(ContractRefused, match=words):
        take_back(deal, why=why, by=None, now=NOW)


def test_the_deal_page_notes_a_signature_and_takes_it_back(manager, deal):
    page = manager.get(f"/deals/{deal.pk}/")
    today = timezone.now().date()
    answer = manager.post(f"/deals/{deal.pk}/contract/", {"signed_on": today.isoformat()}, follow=True)
    again = manager.post(f"/deals/{deal.pk}/contract/take-back/", {"why": "Wrong person"}, follow=True)

    assert "Contract signed" in page.content.decode()
    assert "It was not signed after all" in answer.content.decode()
    assert "The signature is taken back." in again.content.decode()


@pytest.mark.parametrize(
    ("address", "given", "words"),
    [
        ("", {"signed_on": ""}, "Fill this in."),
        ("", {"signed_on": "2099-01-01"}, "has not come yet"),
        ("take-back/", {"why": "x"}, "No contract is signed."),
    ],
)
def test_a_refusal_comes_back_with_its_reason(manager, deal, address, given, words):
    answer = manager.post(f"/deals/{deal.pk}/contract/{address}", given)

    assert answer.status_code == 422
    assert words in answer.content.decode()
