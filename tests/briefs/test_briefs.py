import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django_scopes import scope

from briefs.actions.briefs import AlreadyAccepted, accept, brief_of, make_versions, revoke_link, see
from briefs.models import Acceptance, Asset, BriefVersion, Viewing
from briefs.queries.briefs import events_of
from creators.models import Contact, Creator
from tests.factories import NOW, make_campaign, make_code, make_creator, make_deal, make_link
from tests.files import a_png


@pytest.fixture
def campaign(brand):
    return make_campaign(brand, "spring", name="Spring")


@pytest.fixture
def deal(campaign):
    deal = make_deal(campaign, make_creator("ana.b", name="Ana"), fee=120, commission_percent=5)
    make_link(deal, "abc2345")
    make_code(deal, "ANA10")
    return deal


@pytest.fixture
def version(brand, campaign, deal):
    with scope(brand=brand):
        make_versions(brief_of(campaign), [deal], now=NOW)
        return BriefVersion.objects.get()


def test_one_press_makes_a_brief_for_every_deal_with_link_and_code(owner, campaign, deal):
    make_deal(campaign, make_creator("bob"))

    page = owner.get(reverse("briefs:campaign", args=["spring"]))
    response = owner.post(reverse("briefs:make", args=["spring"]), follow=True)

    assert "bob has no link and code" in page.text
    assert "Made 1 brief." in response.text
    with scope(brand=campaign.brand):
        assert [version.deal_id for version in BriefVersion.objects.all()] == [deal.pk]
        deal.refresh_from_db()
        assert deal.status == "briefed"


def test_each_number_of_the_list_is_the_number_of_rows_behind_it(owner, campaign, deal, version):
    make_deal(campaign, make_creator("gone"), status="cancelled")
    with scope(brand=campaign.brand):
        see(version, now=NOW)
        accept(version, typed_name="Ana", now=NOW)
        BriefVersion.objects.create(deal=deal, brand=campaign.brand, number=2, content=version.content, made_at=NOW)

    row = owner.get(reverse("briefs:list")).context["page"].object_list[0]

    shown = {"deals": row.deal_count, "made": row.made, "opened": row.seen, "accepted": row.accepted}
    behind = {state: len(_rows(owner, "" if state == "deals" else state)) for state in shown}
    assert {state: number or 0 for state, number in shown.items()} == behind
    assert behind == {"deals": 1, "made": 1, "opened": 0, "accepted": 0}


def _rows(owner, state):
    return owner.get(reverse("briefs:campaign", args=["spring"]), {"state": state}).context["page"].object_list


def test_who_asked_not_to_be_contacted_gets_no_brief_and_no_message(owner, campaign, deal, version):
    Contact.objects.create(creator=deal.creator, kind="email", value="ana@example.com")
    messages = reverse("briefs:messages", args=["spring"])
    assert "mailto:" in owner.get(messages).text
    Creator.objects.update(no_contact_on=NOW.date())

    page = owner.get(reverse("briefs:campaign", args=["spring"])).text
    owner.post(reverse("briefs:make", args=["spring"]))

    assert "1 creator asked not to be contacted and gets no brief" in page
    assert "Asked not to be contacted on 2 Nov 2026" in owner.get(messages).text
    assert "mailto:" not in owner.get(messages).text
    with scope(brand=campaign.brand):
        assert BriefVersion.objects.get() == version


def test_a_second_press_changes_nothing_and_an_edit_makes_a_new_version(brand, campaign, deal, version):
    with scope(brand=brand):
        again = make_versions(brief_of(campaign), [deal], now=NOW)
        brief = brief_of(campaign)
        brief.goal = "Something else"
        brief.save()
        edited = make_versions(brief, [deal], now=NOW)

        assert (again.made, again.unchanged) == (0, 1)
        assert edited.made == 1
        assert [v.number for v in BriefVersion.objects.filter(deal=deal)] == [2, 1]


def test_the_creator_reads_their_own_link_and_code_without_a_login(stranger, brand, deal, version):
    response = stranger.get(deal.brief_path)

    assert response.status_code == 200
    assert "/r/abc2345" in response.text
    assert "ANA10" in response.text
    assert "Fee: 120 GBP" in response.text
    assert response["Referrer-Policy"] == "strict-origin"
    with scope(brand=brand):
        assert Viewing.objects.get().version == version


def test_the_team_looking_at_a_brief_does_not_count_as_seen(owner, brand, deal, version):
    owner.get(deal.brief_path)

    with scope(brand=brand):
        assert not Viewing.objects.exists()


def test_the_creator_accepts_with_a_typed_name_and_the_timeline_says_so(stranger, brand, deal, version):
    response = stranger.post(deal.brief_path, {"typed_name": "Ana Bell", "number": "1"}, follow=True)

    assert "Accepted by Ana Bell" in response.text
    with scope(brand=brand):
        deal.refresh_from_db()
        assert deal.status == "accepted"
        texts = {event.text for event in events_of(deal.creator_id)}
        assert texts == {
            "Got brief 1 of Spring",
            "Opened brief 1 of Spring",
            "Accepted brief 1 of Spring as “Ana Bell”",
        }


def test_a_name_must_be_typed(stranger, brand, deal, version):
    response = stranger.post(deal.brief_path, {"typed_name": " ", "number": "1"})

    assert response.status_code == 422
    with scope(brand=brand):
        assert not Acceptance.objects.exists()


def test_nobody_accepts_a_version_that_they_have_not_read(stranger, brand, campaign, deal, version):
    with scope(brand=brand):
        brief = brief_of(campaign)
        brief.pay = "Nothing"
        brief.save()
        make_versions(brief, [deal], now=NOW)

    stranger.post(deal.brief_path, {"typed_name": "Ana Bell", "number": "1"})

    with scope(brand=brand):
        assert not Acceptance.objects.exists()


def test_the_first_typed_name_stays(brand, version):
    with scope(brand=brand):
        accept(version, typed_name="Ana", now=NOW)

        with pytest.raises(AlreadyAccepted):
            accept(version, typed_name="Mallory", now=NOW)

        assert Acceptance.objects.get().typed_name == "Ana"


@pytest.mark.parametrize("token", ["1-1", "1-1.forged", "", "1-1:abc"])
def test_a_forged_link_opens_nothing(stranger, deal, version, token):
    assert stranger.get(f"/b/{token}/").status_code == 404


def test_a_revoked_link_opens_nothing_and_the_new_one_does(stranger, brand, deal, version):
    before = deal.brief_path
    with scope(brand=brand):
        revoke_link(deal)
    deal.refresh_from_db()

    assert stranger.get(before).status_code == 404
    assert stranger.get(deal.brief_path).status_code == 200


def test_a_deal_without_a_brief_says_so_kindly(stranger, deal):
    response = stranger.get(deal.brief_path)

    assert "not ready yet" in response.text


def test_unknown_placeholders_and_too_few_messages_are_refused(owner, brand, campaign):
    form = {"goal": "Hi {nobody}", "message_0": "one", "kind_0": "benefit"}

    response = owner.post(reverse("briefs:edit", args=["spring"]), form)

    assert response.status_code == 422
    assert "We have no placeholder {nobody}" in response.text
    assert "Write at least 3 messages" in response.text


def test_a_brief_is_edited(owner, brand, campaign):
    form = {
        "goal": "Sell",
        **{f"message_{n}": f"Point {n}" for n in range(4)},
        **{f"kind_{n}": "use" for n in range(4)},
    }

    response = owner.post(reverse("briefs:edit", args=["spring"]), form)

    assert response.status_code == 302
    with scope(brand=brand):
        brief = brief_of(campaign)
        assert (brief.goal, len(brief.messages)) == ("Sell", 4)


def test_brand_text_cannot_become_markup_on_the_creators_page(stranger, brand, campaign, deal):
    with scope(brand=brand):
        brief = brief_of(campaign)
        brief.goal = "<script>alert(1)</script> [x](javascript:alert(1))"
        brief.save()
        make_versions(brief, [deal], now=NOW)

    response = stranger.get(deal.brief_path)

    assert "<script>alert" not in response.text
    assert 'href="javascript' not in response.text


def test_messages_hold_each_creators_own_links(owner, brand, deal, version):
    Contact.objects.create(creator=deal.creator, kind="email", value="ana@example.com")

    response = owner.get(reverse("briefs:messages", args=["spring"]))
    file = owner.get(reverse("briefs:messages_csv", args=["spring"])).getvalue().decode()
    Creator.objects.update(no_contact_on=NOW.date())
    silent = owner.get(reverse("briefs:messages_csv", args=["spring"])).getvalue().decode()

    for each in (response.text, file):
        assert deal.brief_path in each
        assert "/r/abc2345" in each
    assert "ana@example.com" in file
    assert deal.brief_path not in silent


def test_a_file_is_handed_out_only_through_a_brief_that_names_it(
    stranger, owner, brand, campaign, deal, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    logo = SimpleUploadedFile("logo.png", a_png())
    fake = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>")

    refused = owner.post(reverse("briefs:add_asset", args=["spring"]), {"title": "Fake", "file": fake})
    added = owner.post(reverse("briefs:add_asset", args=["spring"]), {"title": "Logo", "file": logo})
    owner.post(reverse("briefs:make", args=["spring"]))

    assert (refused.status_code, added.status_code) == (422, 302)
    with scope(brand=brand):
        asset = Asset.objects.get()
    response = stranger.get(f"{deal.brief_path}assets/{asset.pk}/")
    assert response["Content-Disposition"].startswith("attachment")
    assert stranger.get(f"{deal.brief_path}assets/{asset.pk + 1}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_briefs_takes_the_same_number_of_queries(owner, campaign, rows, django_assert_max_num_queries):
    for number in range(rows):
        deal = make_deal(campaign, make_creator(f"creator{number}"))
        make_link(deal)
        make_code(deal)
    owner.post(reverse("briefs:make", args=["spring"]))

    with django_assert_max_num_queries(12):
        owner.get(reverse("briefs:campaign", args=["spring"]))
    with django_assert_max_num_queries(12):
        owner.get(reverse("briefs:list"))


def test_versions_and_acceptances_never_change(brand, version):
    with scope(brand=brand):
        see(version, now=NOW)
        accept(version, typed_name="Ana", now=NOW)

        for refused in (
            lambda: BriefVersion.objects.update(number=7),
            lambda: BriefVersion.objects.all().delete(),
            lambda: Acceptance.objects.update(typed_name="Mallory"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                refused()


def test_material_is_a_file_or_a_link_never_both(brand, campaign):
    with scope(brand=brand):
        brief = brief_of(campaign)

        for fields in ({}, {"url": "https://example.com", "file": "a.pdf"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Asset.objects.create(brand=brand, brief=brief, title="x", **fields)
