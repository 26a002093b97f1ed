"""What is asked before creators come into a campaign: verdicts, exclusivity, who asked for silence, figures."""

import io
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_scopes import scope

from campaigns.actions.deals import Terms, add_deal, add_deals, edit_deal
from campaigns.actions.doubts import AskedForSilence, EngagedElsewhere, NotVetted, Reasons
from campaigns.logic.deals import days_at_stake, is_paid, sources_of
from campaigns.models import Deal
from creators.models import Exclusivity
from tests.conftest import signed_in
from tests.creators.test_vetting import judge
from tests.factories import KNOWN, NOW, TODAY, make_campaign, make_creator, make_deal, make_user

pytestmark = pytest.mark.django_db
PAID, SHARE, GIFT = Terms(fee=Decimal(80)), Terms(commission_percent=Decimal(5)), Terms(product_cost=Decimal(20))
MANY, ONE = "/campaigns/spring/deals/add-many/", "/campaigns/spring/deals/add/"


@pytest.fixture
def campaign(brand):
    return make_campaign(brand, "spring")


@pytest.fixture
def skincare(brand):
    today = timezone.now().date()
    return make_campaign(brand, "spring", category="skincare", ends_on=today + timedelta(days=60))


def promise(creator, brand, *, until=None, **fields):
    first = TODAY - timedelta(days=10)
    during = (first, until or timezone.now().date() + timedelta(days=30))
    return Exclusivity.objects.create(creator=creator, brand=brand, category="skincare", during=during, **fields)


def kept(brand, name="unvetted"):
    with scope(brand=brand):
        return dict(Deal.objects.values_list("profile__handle", name))


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (None, None, (TODAY, None)),
        (date(2026, 10, 1), date(2026, 12, 31), (TODAY, date(2027, 1, 1))),
        (date(2026, 12, 1), None, (date(2026, 12, 1), None)),
        (date(2026, 1, 1), date(2026, 1, 31), (date(2026, 1, 1), date(2026, 2, 1))),
        (None, date(2026, 1, 31), (date(2026, 1, 31), date(2026, 2, 1))),
        (None, TODAY, (TODAY, TODAY + timedelta(days=1))),
        (None, TODAY - timedelta(days=1), (TODAY - timedelta(days=1), TODAY)),
    ],
)
def test_what_lies_behind_is_at_stake_only_for_a_deal_that_is_over(starts, ends, expected):
    assert days_at_stake(starts, ends, today=TODAY) == expected


@pytest.mark.parametrize(
    ("fee", "percent", "expected"), [("0", "0", False), ("0.01", "0", True), ("0", "0.5", True), ("1", "1", True)]
)
def test_a_deal_without_fee_and_commission_is_a_gift(fee, percent, expected):
    assert is_paid(Decimal(fee), Decimal(percent)) is expected


@pytest.mark.parametrize(
    ("to", "sources"),
    [
        ("planned", ["briefed", "cancelled"]),
        ("briefed", ["planned", "accepted"]),
        ("accepted", ["planned", "briefed", "live"]),
        ("live", ["planned", "briefed", "accepted", "completed"]),
        ("completed", ["accepted", "live"]),
        ("cancelled", ["planned", "briefed", "accepted", "live"]),
    ],
)
def test_a_deal_comes_to_each_status_from_some_only(to, sources):
    assert sources_of(to) == sources


@pytest.mark.parametrize("terms", [PAID, SHARE])
def test_nobody_without_a_verdict_is_paid_without_a_reason(brand, campaign, terms):
    ana, bo = make_creator("ana"), make_creator("bo")
    judge(bo, brand)

    with scope(brand=brand):
        with pytest.raises(NotVetted, match="One creator has no verdict yet"):
            add_deals(campaign, {ana.pk: terms, bo.pk: terms}, by=None, now=NOW)
        with pytest.raises(NotVetted):
            add_deal(campaign, ana.profiles.get(), terms, by=None, now=NOW)
        add_deals(campaign, {ana.pk: terms, bo.pk: terms}, by=None, now=NOW, reasons=KNOWN)

    assert kept(brand) == {"ana": "Known for years", "bo": ""}


def test_a_gift_needs_no_verdict_but_the_first_pay_does(brand, campaign):
    ana, bo = make_creator("ana"), make_creator("bo")
    with scope(brand=brand):
        add_deals(campaign, {ana.pk: GIFT, bo.pk: GIFT}, by=None, now=NOW)
        deal = Deal.objects.get(creator=ana)

        with pytest.raises(NotVetted):
            edit_deal(deal, PAID, by=None, now=NOW)
        with pytest.raises(NotVetted):
            add_deals(campaign, {bo.pk: PAID}, by=None, now=NOW)
        edit_deal(deal, PAID, by=None, now=NOW, reasons=KNOWN)
        edit_deal(deal, SHARE, by=None, now=NOW)
        judge(bo, brand, "perhaps")
        add_deals(campaign, {bo.pk: PAID}, by=None, now=NOW)

    assert kept(brand) == {"ana": "Known for years", "bo": ""}


def test_against_the_verdict_no_the_common_reason_is_not_enough(brand, campaign):
    ana = make_creator("ana")
    judge(ana, brand, "no")

    with scope(brand=brand):
        with pytest.raises(NotVetted, match="The verdict on ana is no: Too shrill"):
            add_deals(campaign, {ana.pk: GIFT}, by=None, now=NOW, reasons=KNOWN)
        add_deals(campaign, {ana.pk: PAID}, by=None, now=NOW, reasons=Reasons(refused="She moved"))

    assert kept(brand) == {"ana": "She moved"}


def test_the_verdict_of_another_brand_says_nothing(brand, other_brand, campaign):
    ana = make_creator("ana")
    judge(ana, other_brand)

    with scope(brand=brand), pytest.raises(NotVetted):
        add_deals(campaign, {ana.pk: PAID}, by=None, now=NOW)


def test_who_asked_for_silence_gets_no_deal_whatever_the_reason(brand, campaign):
    ana = make_creator("ana", no_contact_on=TODAY)

    with scope(brand=brand), pytest.raises(AskedForSilence, match="ana asked not to be contacted"):
        add_deals(campaign, {ana.pk: GIFT}, by=None, now=NOW, reasons=Reasons("a", "b", "c", "d"))


def test_a_promise_to_another_brand_needs_a_reason_while_it_lasts(brand, other_brand, skincare):
    ana, bo, cy, dee = (make_creator(handle) for handle in ("ana", "bo", "cy", "dee"))
    promise(ana, other_brand)
    promise(bo, other_brand, waived_on=TODAY, waived_why="Agreed")
    promise(cy, brand)
    promise(dee, other_brand, until=TODAY)
    everybody = dict.fromkeys((ana.pk, bo.pk, cy.pk, dee.pk), GIFT)

    with scope(brand=brand):
        with pytest.raises(EngagedElsewhere, match="ana is engaged elsewhere until"):
            add_deals(skincare, everybody, by=None, now=timezone.now())
        add_deals(skincare, everybody, by=None, now=timezone.now(), reasons=Reasons(engaged="They know"))

    assert kept(brand, "engaged") == {"ana": "They know", "bo": "", "cy": "", "dee": ""}


def test_without_a_category_nobody_is_asked_about_promises(brand, other_brand, campaign):
    ana = make_creator("ana")
    promise(ana, other_brand)

    with scope(brand=brand):
        assert add_deals(campaign, {ana.pk: GIFT}, by=None, now=NOW).added == 1


def test_many_are_asked_about_once_and_those_with_doubts_stay_out(manager, brand, other_brand, skincare):
    ana, bo, cy, _ = (make_creator(handle) for handle in ("ana", "bo", "cy", "dee"))
    promise(ana, other_brand)
    judge(bo, brand, "no")
    judge(cy, brand)
    cy.no_contact_on = TODAY
    cy.save()
    pasted = {"handles": "ana bo cy dee"}

    asked = manager.post(MANY, pasted).text
    unpaid = manager.post(MANY, {**pasted, "add": "1", "fee": "50"})
    done = manager.post(MANY, {**pasted, "add": "1", "fee": "50", "unvetted": "Met at the fair"}, follow=True).text
    later = manager.post(MANY, {**pasted, "add": "1", "refused": "Again", "engaged": "Asked them"}, follow=True).text

    assert "ana is engaged elsewhere until" in asked and other_brand.name not in asked
    assert "bo (Too shrill)" in asked and "1 asked not to be contacted and stays out" in asked
    assert unpaid.status_code == 422 and "One creator has no verdict yet" in unpaid.text
    assert "1 creators are in spring. 3 stayed out, as there are doubts about them." in done
    assert "2 creators are in spring. 1 stayed out" in later
    assert kept(brand) == {"ana": "", "bo": "Again", "dee": "Met at the fair"}
    assert kept(brand, "engaged") == {"ana": "Asked them", "bo": "", "dee": ""}


def test_nobody_left_is_said_instead_of_done(manager, brand, campaign):
    judge(make_creator("ana"), brand, "no")

    answer = manager.post(MANY, {"handles": "ana", "add": "1"})

    assert answer.status_code == 422 and "Nobody is left to add" in answer.text


def test_the_form_of_one_asks_for_each_reason_that_it_needs(manager, brand, other_brand, skincare):
    ana = make_creator("ana", name="Ana")
    promise(ana, other_brand)
    form = {"creator": ana.pk, "profile": ana.profiles.get().pk, "fee": "80"}

    shown = manager.get(ONE, {"creator": ana.pk}).text
    refused = manager.post(ONE, form)
    afterwards = manager.post(ONE, {**form, "starts_on": timezone.now().date() + timedelta(days=45)})
    taken = manager.post(ONE, {**form, "engaged": "Agreed with them", "unvetted": "Met her"})

    assert "Ana is engaged elsewhere until" in shown and "No verdict yet." in shown
    assert refused.status_code == 422
    assert "A fee or a commission needs a reason here." in refused.text and "Fill this in." in refused.text
    assert "engaged elsewhere" not in afterwards.text  # the promise is over by then
    assert taken.status_code == 302
    with scope(brand=brand):
        deal = Deal.objects.get()
    page = manager.get(f"/deals/{deal.pk}/").text
    assert "Agreed with them" in page and "Met her" in page


def test_a_gift_that_becomes_paid_is_asked_about_in_the_form(manager, brand, campaign):
    deal = make_deal(campaign, make_creator("ana"))
    form = {"profile": deal.profile_id, "fee": "80"}

    refused = manager.post(f"/deals/{deal.pk}/edit/", form)
    saved = manager.post(f"/deals/{deal.pk}/edit/", {**form, "unvetted": "Met her"})
    more = manager.post(f"/deals/{deal.pk}/edit/", {**form, "fee": "90"})

    assert (refused.status_code, saved.status_code, more.status_code) == (422, 302, 302)
    assert kept(brand) == {"ana": "Met her"}


def test_the_other_brand_is_named_to_those_who_may_see_it(client, brand, other_brand, skincare):
    both = make_user(brand=brand)
    both.memberships.create(brand=other_brand, role="viewer")
    promise(make_creator("ana"), other_brand)

    asked = signed_in(both).post(MANY, {"handles": "ana"}).text

    assert f"ana is engaged for {other_brand} in skincare until" in asked


def test_a_fee_above_the_brands_limit_warns_where_no_figures_came(manager, brand, campaign):
    brand.audience_fee = 100
    brand.save()
    ana, bo, cy = (make_creator(handle) for handle in ("ana", "bo", "cy"))
    for creator in (ana, bo, cy):
        judge(creator, brand)
    manager.post(f"/creators/{bo.pk}/vetting/received/", {"on": timezone.now().date()})

    warned = manager.post(MANY, {"handles": "ana bo", "add": "1", "fee": "120"}, follow=True).text
    quiet = manager.post(MANY, {"handles": "cy", "add": "1", "fee": "100"}, follow=True).text

    assert "The creator sent no audience figures yet, though the fee is above £100.00." in warned
    assert "audience figures" not in quiet


def imported(brand, tmp_path, text, **options):
    file = tmp_path / "roster.csv"
    file.write_text(text)
    out = io.StringIO()
    call_command(
        "import_creators", str(file), brand=brand.slug, campaign="spring", format="json", stdout=out, **options
    )
    return json.loads(out.getvalue())


def test_an_import_says_by_itself_where_paid_creators_come_from(brand, campaign, tmp_path):
    make_creator("bo", platform="tiktok")
    text = "handle,platform,fee\nana,tiktok,50\nbo,tiktok,\n"

    told = imported(brand, tmp_path, text)
    again = imported(brand, tmp_path, text.replace("bo,tiktok,", "bo,tiktok,30"))

    assert (told["new"], told["updated"], told["bad"], again["updated"]) == (1, 1, [], 1)
    assert kept(brand) == {"ana": "Imported from the roster", "bo": "Imported from the roster"}


def test_an_import_leaves_out_whom_somebody_must_decide_about(brand, other_brand, skincare, tmp_path):
    ana, bo = make_creator("ana"), make_creator("bo")
    make_creator("cy", no_contact_on=TODAY)
    promise(ana, other_brand)
    judge(bo, brand, "no")
    rows = "".join(f"{handle},tiktok,50\n" for handle in ("ana", "bo", "cy", "dee"))

    told = imported(brand, tmp_path, f"handle,platform,fee\n{rows}", skip_bad=True)

    reasons = [each["reason"].split(" until ")[0] for each in told["bad"]]
    assert reasons == [
        "This creator is engaged elsewhere",
        "The verdict on this creator is no: Too shrill. To take them all the same, add them by hand with a reason.",
        "This creator asked not to be contacted, so there is no new deal.",
    ]
    assert kept(brand) == {"dee": "Imported from the roster"}


def test_an_import_does_not_begin_to_pay_against_the_verdict(brand, campaign, tmp_path):
    ana = make_creator("ana")
    make_deal(campaign, ana)
    judge(ana, brand, "no")

    told = imported(brand, tmp_path, "handle,platform,fee\nana,tiktok,50\n", skip_bad=True)

    assert [each["reason"][:31] for each in told["bad"]] == ["The verdict on this creator is "]
