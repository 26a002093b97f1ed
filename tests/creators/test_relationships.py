"""What a brand keeps of its creators: owner and tags for many at once."""

import pytest
from django_scopes import scope

from creators.actions.relationships import add_tags, keep, remove_tags, set_owner
from creators.logic.tags import BadTags, cleaned_tags
from creators.models import Relationship
from tests.factories import make_creator, make_user


@pytest.mark.parametrize(
    ("words", "tags"),
    [(["  Warm   Lead ", "warm lead"], ["warm lead"]), ([""], []), (["b", "a", "B"], ["b", "a"])],
)
def test_tags_are_folded_and_kept_once(words, tags):
    assert cleaned_tags(words) == tags


@pytest.mark.parametrize("words", [["x" * 41], [str(number) for number in range(21)]])
def test_tags_too_long_or_too_many_are_refused(words):
    with pytest.raises(BadTags):
        cleaned_tags(words)


def test_an_owner_for_many_counts_those_who_changed(brand):
    one, two = make_creator(), make_creator()
    owner = make_user(brand=brand)

    with scope(brand=brand):
        first = set_owner([one.pk], brand=brand, owner=owner)
        second = set_owner([one.pk, two.pk], brand=brand, owner=owner)
        nobody = set_owner([one.pk, two.pk], brand=brand, owner=None)

    assert (first, second, nobody) == (1, 1, 2)


def test_tags_are_added_once_and_removed_in_one_brand_only(brand, other_brand):
    one, two = make_creator(), make_creator()

    with scope(brand=[brand, other_brand]):
        add_tags([one.pk], brand=other_brand, tags=["warm"])
        add_tags([one.pk], brand=brand, tags=["warm"])
        added = add_tags([one.pk, two.pk], brand=brand, tags=["Warm", "Spring"])
        again = add_tags([one.pk, two.pk], brand=brand, tags=["warm", "spring"])
        removed = remove_tags([one.pk, two.pk], brand=brand, tags=["warm"])
        kept = set(Relationship.objects.values_list("brand", "creator", "tags__0"))

    assert (added, again, removed) == (2, 0, 2)
    assert kept == {(brand.pk, one.pk, "spring"), (brand.pk, two.pk, "spring"), (other_brand.pk, one.pk, "warm")}


def test_nobody_gets_over_twenty_tags(brand):
    creator = make_creator()

    with scope(brand=brand):
        add_tags([creator.pk], brand=brand, tags=[str(number) for number in range(20)])
        with pytest.raises(BadTags):
            add_tags([creator.pk], brand=brand, tags=["one more"])

        assert len(Relationship.objects.get().tags) == 20


def test_what_is_kept_of_one_creator_is_set_as_a_whole(brand):
    creator, owner = make_creator(), make_user(brand=brand)

    with scope(brand=brand):
        keep(creator.pk, brand=brand, owner=owner, tags=["Warm"], angles=" Unboxing ")
        held = Relationship.objects.get()

    assert (held.owner, held.tags, held.angles) == (owner, ["warm"], "Unboxing")


def test_owner_tags_and_angles_are_edited_on_a_small_form(manager, brand):
    creator = make_creator()
    data = {"brand": brand.pk, "owner": manager.user.pk, "tags": "Warm, spring", "angles": "Unboxing"}

    answer = manager.post(f"/creators/{creator.pk}/relationship/", data)
    page = manager.get(f"/creators/{creator.pk}/").content.decode()
    fragment = manager.get(f"/creators/{creator.pk}/relationship/", headers={"HX-Request": "true"}).content.decode()

    assert answer.status_code == 302
    assert "Unboxing" in page
    assert "spring" in page
    assert fragment.lstrip().startswith("<form")


def test_an_owner_must_see_the_brand(manager, brand, other_brand):
    creator, outsider = make_creator(), make_user(brand=other_brand)

    answer = manager.post(f"/creators/{creator.pk}/relationship/", {"brand": brand.pk, "owner": outsider.pk})

    assert answer.status_code == 422


def test_a_wish_not_to_be_contacted_stands_over_the_page_and_has_a_reason(manager):
    creator = make_creator()
    url = f"/creators/{creator.pk}/no-contact/"

    refused = manager.post(url, {"no_contact_on": "2026-11-01"})
    manager.post(url, {"no_contact_on": "2026-11-01", "no_contact_why": "Moved on"})
    page = manager.get(f"/creators/{creator.pk}/").content.decode()
    manager.post(url, {"no_contact_on": "", "no_contact_why": "Moved on"})
    creator.refresh_from_db()

    assert refused.status_code == 422
    assert "Do not contact." in page
    assert (creator.no_contact_on, creator.no_contact_why) == (None, "")


def test_ways_to_work_are_kept(manager):
    creator = make_creator()
    data = {"formats": ["reel", "story"], "availability": "Weekends", "back_on": "2026-12-01"}

    manager.post(f"/creators/{creator.pk}/availability/", data)
    page = manager.get(f"/creators/{creator.pk}/").content.decode()

    assert "Reel or TikTok, Story frame" in page
    assert "back on 1 Dec 2026; Weekends" in page
