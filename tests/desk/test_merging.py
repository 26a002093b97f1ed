"""The pages on which two creators become one, and two again."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled

from campaigns.models import Deal
from creators.models import Contact, Merge
from desk.actions.merge import Choice, merge
from desk.queries.merging import told_apart
from tests.factories import NOW, make_brand, make_campaign, make_creator, make_deal, make_user


@pytest.fixture
def pair(db):
    """Two creators on different platforms."""
    return make_creator("ana", platform="tiktok", name="Ana"), make_creator("ana.b", platform="youtube", name="Ana B")


def test_through_the_pages(owner, pair):
    kept, gone = pair
    Contact.objects.create(creator=gone, kind="email", value="ana@example.com")
    url = reverse("desk:merge", args=[kept.pk, gone.pk])

    preview = owner.get(url)
    refused = owner.post(url, {})
    done = owner.post(url, {"name": "kept"}, follow=True)
    old = owner.get(reverse("desk:creator", args=[gone.pk]))
    listed = owner.get(reverse("desk:merges"))
    back = owner.post(reverse("desk:undo_merge", args=[Merge.objects.get().pk]), follow=True)

    assert "ana@example.com" in preview.text and "Contact" in preview.text
    assert refused.status_code == 422
    assert "can be taken back for 30 days" in done.text
    assert old["Location"] == reverse("desk:creator", args=[kept.pk])
    assert "Make them two again" in listed.text
    assert "Ana B is back" in back.text


@scopes_disabled()
def test_who_does_not_manage_all_that_hangs_on_them_may_not(owner, pair):
    make_deal(make_campaign(make_brand("Rival")), pair[1])
    url = reverse("desk:merge", args=[pair[0].pk, pair[1].pk])

    answer = owner.post(url, {"name": "kept"})

    assert answer.status_code == 422
    assert "manages every brand" in answer.text
    assert "Rival" not in answer.text
    assert Deal.objects.get().creator == pair[1]


@scopes_disabled()
def test_two_deals_in_the_way_are_linked(owner, pair, brand):
    campaign = make_campaign(brand, name="Spring tea")
    deals = [make_deal(campaign, creator, status="live") for creator in pair]

    page = owner.get(reverse("desk:merge", args=[pair[0].pk, pair[1].pk]))

    assert "Both have a deal in Spring tea" in page.text
    assert [reverse("campaigns:deal", args=[deal.pk]) in page.text for deal in deals] == [True, True]
    assert "Which values stay" not in page.text


def test_any_other_creator_can_be_looked_for(owner, viewer, pair):
    url = reverse("desk:merge_with", args=[pair[0].pk])

    found = owner.get(url, {"q": "ana"})

    assert [creator for creator, _ in found.context["rows"]] == [pair[1]]
    assert reverse("desk:merge", args=[pair[0].pk, pair[1].pk]) in found.text
    assert owner.get(url).context["rows"] == []
    assert "Nobody else fits" in owner.get(url, {"q": "zoe"}).text
    assert url in owner.get(reverse("creators:edit", args=[pair[0].pk])).text


@pytest.mark.parametrize(
    "name", ["desk:creator", "desk:creator_timeline", "creators:rates", "creators:numbers", "creators:edit"]
)
def test_every_page_of_who_was_merged_leads_to_the_same_page_of_who_was_kept(owner, viewer, stranger, pair, name):
    kept, gone = pair
    merge(kept, gone, Choice(), by=make_user(), now=NOW)
    old, new = (f"{reverse(name, args=[creator.pk])}?q=1" for creator in (gone, kept))

    assert owner.get(old)["Location"] == new
    assert owner.post(old).status_code in (404, 405)
    assert "/accounts/login/" in stranger.get(old)["Location"]
    assert viewer.get(old).status_code == (403 if name == "creators:edit" else 302)
    assert owner.get(reverse(name, args=[kept.pk + gone.pk + 99])).status_code == 404


def test_two_of_the_same_name_are_told_apart_by_their_handles(db):
    ana, namesake = make_creator("ana", name="Ana"), make_creator("ana.b", name="Ana")

    assert told_apart(ana, namesake) == ("Ana (ana)", "Ana (ana.b)")


def test_the_list_of_merges_tells_two_of_the_same_name_apart(owner):
    kept = make_creator("maya.tea", platform="tiktok", name="Maya", formats=["reel"], no_contact_on=NOW.date())
    gone = make_creator("maya.films", platform="youtube", name="Maya")
    preview = owner.get(reverse("desk:merge", args=[kept.pk, gone.pk]))
    merge(kept, gone, Choice(), by=make_user("ann@example.com"), now=timezone.now())

    listed = owner.get(reverse("desk:merges"))
    owner.post(reverse("desk:undo_merge", args=[Merge.objects.get().pk]))
    undone = owner.get(reverse("desk:merges"))

    assert "Reel or TikTok" in preview.text and "2 Nov 2026" in preview.text
    for page in (listed, undone):
        assert [told[2:] for told in page.context["rows"]] == [("maya.films", "maya.tea")]
    assert reverse("desk:creator", args=[gone.pk]) in undone.text
