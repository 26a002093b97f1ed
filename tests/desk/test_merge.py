"""Two creators become one, and two again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django_scopes import scopes_disabled

from campaigns.models import CostLine, Deal
from creators.actions.addresses import forget_address
from creators.actions.lifecycle import move
from creators.models import (
    Address,
    Contact,
    Creator,
    Duplicate,
    Exclusivity,
    LifecycleSpan,
    Merge,
    Note,
    Post,
    Profile,
    ProfileSnapshot,
    Relationship,
    Right,
    Vetting,
)
from desk.actions.merge import UNDONE_WITHIN, CannotMerge, Choice, forget_journals, merge, take_back
from desk.actions.merge_steps import ALSO_DONE, PROFILE_STEPS, STEPS
from desk.logic.person_keys import KEYS, Merging
from tests.factories import (
    NOW,
    TODAY,
    make_campaign,
    make_code,
    make_cost,
    make_creator,
    make_deal,
    make_user,
)

HISTORY = "Event"


@pytest.fixture
def pair(db):
    """Two creators on different platforms."""
    return make_creator("ana", platform="tiktok", name="Ana"), make_creator("ana.b", platform="youtube", name="Ana B")


def every_row() -> dict[str, list[str]]:
    """All that our tables hold but history and the record of the merge."""
    rows = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            label = model._meta.label
            if (
                label.split(".")[0] in ("creators", "campaigns")
                and not label.endswith(HISTORY)
                and model is not Merge
            ):
                cursor.execute(f'select t::text from "{model._meta.db_table}" t order by 1')
                rows[label] = [row for (row,) in cursor.fetchall()]
    return rows


def merged(kept, gone, *, by=None, **choice) -> Merge:
    return merge(kept, gone, Choice(**choice), by=by or make_user(), now=NOW)


@scopes_disabled()
def test_the_newer_verdict_counts_and_one_vetting_stays_open(pair, brand):
    kept, gone = pair
    given = {"brand": brand, "verdict": "suitable"}
    older = Vetting.objects.create(creator=kept, decided_at=NOW - timedelta(days=9), **given)
    newer = Vetting.objects.create(creator=gone, decided_at=NOW, **given)
    stays = Vetting.objects.create(creator=kept, brand=brand)
    draft = Vetting.objects.create(creator=gone, brand=brand)
    draft.scores.create(brand=brand, item="light", score=3)
    before = every_row()

    merge_made = merged(kept, gone)
    after = dict(kept.vettings.values_list("pk", "replaced_at"))
    take_back(merge_made, by=make_user(), now=NOW)

    assert after == {older.pk: NOW, newer.pk: None, stays.pk: None}
    assert every_row() == before


def test_every_step_of_its_own_is_there():
    by_step = {key for key, both in KEYS.items() if both.merging == Merging.BY_STEP}

    assert by_step == {*STEPS, *PROFILE_STEPS, *ALSO_DONE}


@scopes_disabled()
def test_all_goes_over_and_all_comes_back(pair, brand):
    kept, gone = pair
    campaign = make_campaign(brand)
    deal = make_deal(campaign, gone)
    make_cost(deal)
    code = make_code(deal)
    Contact.objects.create(creator=kept, kind="email", value="ana@example.com")
    Contact.objects.create(creator=gone, kind="email", value="ana@example.com")
    Contact.objects.create(creator=gone, kind="phone", value="1")
    Relationship.objects.create(brand=brand, creator=kept, tags=["kind"])
    Relationship.objects.create(brand=brand, creator=gone, tags=["quick"], owner=make_user())
    Note.objects.create(brand=brand, creator=kept, text="Mine", is_pinned=True)
    Note.objects.create(brand=brand, creator=gone, text="Theirs", is_pinned=True)
    Duplicate.objects.create(first=kept, second=gone, score=0.9)
    move([kept.pk], brand=brand, stage="prospect", why="New", by=None, now=NOW - timedelta(days=9))
    move([gone.pk], brand=brand, stage="live", why="Posted", by=None, now=NOW - timedelta(days=5))
    Right.objects.create(brand=brand, creator=gone, kind="paid", place="tiktok", during=DateRange(TODAY, None))
    before = every_row()

    record = merged(kept, gone, values={"name": "Ana B"})

    kept.refresh_from_db()
    deal.refresh_from_db()
    code.refresh_from_db()
    assert kept.name == "Ana B" and kept.sort_name == "ana b"
    assert (deal.creator, code.creator) == (kept, kept)
    assert not Creator.objects.filter(pk=gone.pk).exists()
    assert sorted(kept.contacts.values_list("kind", flat=True)) == ["email", "phone"]
    assert kept.relationships.get().tags == ["kind", "quick"]
    assert kept.relationships.get().owner is not None
    assert [note.text for note in kept.brand_notes.filter(is_pinned=True)] == ["Mine"]
    assert kept.spans.get(during__upper_inf=True).stage == "live"
    assert kept.rights.count() == 1

    left = take_back(record, by=make_user(), now=NOW)

    assert left == []
    assert every_row() == before


@scopes_disabled()
def test_a_renamed_account_is_joined_and_parted_again(brand):
    kept, gone = make_creator("ana"), make_creator("ana.new")
    now, before_then = kept.profiles.get(), gone.profiles.get()
    deal = make_deal(make_campaign(brand), gone)
    for profile in (now, before_then):
        ProfileSnapshot.objects.create(profile=profile, seen_at=NOW, source="sociavault", followers=5)
        Post.objects.create(profile=profile, platform_id="1", caption=profile.handle)
    Post.objects.create(profile=before_then, platform_id="2")
    content = apps.get_model("creators.Content").objects.create(
        brand=brand, creator=gone, title="Reel", post=before_then.post_set.get(platform_id="1")
    )
    before = every_row()

    record = merged(kept, gone, handles={"tiktok": "gone"})

    profile = kept.profiles.get()
    deal.refresh_from_db()
    content.refresh_from_db()
    assert profile.handle == "ana.new"
    assert (deal.creator_id, deal.profile) == (kept.pk, profile)
    assert sorted(profile.post_set.values_list("platform_id", flat=True)) == ["1", "2"]
    assert content.post and content.post.caption == "ana"
    assert profile.snapshots.count() == 1

    assert take_back(record, by=make_user(), now=NOW) == []
    assert every_row() == before


def test_two_accounts_on_a_platform_are_asked_about(db):
    kept, gone = make_creator("ana"), make_creator("other")

    with pytest.raises(CannotMerge, match="handle on TikTok"):
        merged(kept, gone)


@scopes_disabled()
def test_two_deals_of_one_campaign_that_are_under_way_are_refused_by_name(pair, brand):
    campaign = make_campaign(brand, name="Spring tea")
    for creator in pair:
        make_deal(campaign, creator, status="live")

    with pytest.raises(CannotMerge, match="Both have a deal in Spring tea"):
        merged(*pair)

    assert Creator.objects.count() == 2


@pytest.mark.parametrize(
    ("mine", "theirs", "stays"), [("planned",) * 2 + (0,), ("planned", "live", 1), ("live", "planned", 0)]
)
@scopes_disabled()
def test_of_two_deals_of_one_campaign_a_planned_one_gives_way(pair, brand, mine, theirs, stays):
    kept, gone = pair
    campaign = make_campaign(brand)
    deals = [make_deal(campaign, kept, status=mine), make_deal(campaign, gone, status=theirs)]
    for deal in deals:
        make_cost(deal, from_terms=deal.status == "planned")
    before = every_row()

    record = merged(kept, gone)
    left = list(Deal.objects.values_list("pk", "creator"))
    costs = list(CostLine.objects.values_list("deal", flat=True))

    assert left == [(deals[stays].pk, kept.pk)]
    assert costs == [deals[stays].pk]
    assert take_back(record, by=make_user(), now=NOW) == []
    assert every_row() == before


@scopes_disabled()
def test_a_planned_deal_with_a_cost_of_its_own_gives_no_way(pair, brand):
    campaign = make_campaign(brand)
    for creator in pair:
        make_cost(make_deal(campaign, creator))

    with pytest.raises(CannotMerge, match="under way"):
        merged(*pair)


@scopes_disabled()
@pytest.mark.parametrize(("mine", "theirs"), [("", ""), ("DE", "DE"), ("", "DE"), ("DE", "")])
def test_two_rights_for_the_same_days_are_refused(pair, brand, mine, theirs):
    for creator, territory in zip(pair, (mine, theirs), strict=True):
        give_right(brand, creator, territory=territory)

    with pytest.raises(CannotMerge, match="Both have given Acme paid"):
        merged(*pair)


@scopes_disabled()
@pytest.mark.parametrize(
    "other",
    [
        {"territory": "FR"},
        {"kind": "organic"},
        {"place": "instagram"},
        {"during": DateRange(TODAY - timedelta(days=9), TODAY)},
    ],
)
def test_two_rights_that_do_not_meet_go_to_one_creator(pair, brand, other):
    kept, gone = pair
    give_right(brand, kept, territory="DE")
    give_right(brand, gone, **{"territory": "DE", **other})

    merged(kept, gone)

    assert kept.rights.count() == 2


def give_right(brand, creator, **fields):
    """Paid usage on TikTok from today on, unless said otherwise."""
    told = {"kind": "paid", "place": "tiktok", "during": DateRange(TODAY, None), **fields}
    Right.objects.create(brand=brand, creator=creator, **told)


@scopes_disabled()
def test_promises_to_two_brands_are_refused(pair, brand, other_brand):
    for creator, whose in zip(pair, (brand, other_brand), strict=True):
        Exclusivity.objects.create(brand=whose, creator=creator, category="tea", during=DateRange(TODAY, None))

    with pytest.raises(CannotMerge, match="different brands in “tea”"):
        merged(*pair)


@scopes_disabled()
def test_a_stage_that_is_over_goes_where_nothing_was(pair, brand):
    kept, gone = pair
    year = [datetime(2026, month, 1, tzinfo=UTC) for month in range(1, 5)]
    LifecycleSpan.objects.create(
        creator=gone, brand=brand, stage="seeded", during=DateTimeTZRange(year[0], year[1]), why="x"
    )
    LifecycleSpan.objects.create(
        creator=kept, brand=brand, stage="contacted", during=DateTimeTZRange(year[2], None), why="x"
    )

    merged(kept, gone)

    stages = kept.spans.order_by("during").values_list("stage", flat=True)
    assert list(stages) == ["seeded", "contacted"]


@scopes_disabled()
def test_what_came_since_stays_and_is_told(pair, brand):
    kept, gone = pair
    phone = Contact.objects.create(creator=gone, kind="phone", value="1")
    record = merged(kept, gone, values={"name": "Ana B"})
    Creator.objects.filter(pk=kept.pk).update(name="Anabel")
    phone.delete()

    left = take_back(record, by=make_user(), now=NOW)

    assert left == ["Creator: name was changed since", "Contact: 1 moved on or gone since"]
    assert Creator.objects.get(pk=gone.pk).name == "Ana B"


def test_it_comes_back_for_30_days(pair):
    record = merged(*pair)

    with pytest.raises(CannotMerge, match="30 days"):
        take_back(record, by=make_user(), now=NOW + UNDONE_WITHIN)

    assert forget_journals(now=NOW + UNDONE_WITHIN - timedelta(seconds=1)) == 0
    assert forget_journals(now=NOW + UNDONE_WITHIN) == 1


def test_an_address_that_was_put_aside_goes_with_the_one_that_is_erased(pair):
    for creator in pair:
        Address.objects.create(creator=creator, name="Ana", street="9 Mill Lane", city="Leeds", country="GB")
    record = merged(*pair)
    assert "9 Mill Lane" in str(record.journal)

    forget_address(record.kept)

    record.refresh_from_db()
    assert "9 Mill Lane" not in str(record.journal)
    assert take_back(record, by=make_user(), now=NOW) == []
    assert not Address.objects.exists()


def test_a_handle_that_somebody_took_keeps_the_creator_from_coming_back(db):
    kept, gone = make_creator("ana"), make_creator("ana.old")
    record = merged(kept, gone, handles={"tiktok": "kept"})
    make_creator("ana.old")

    with pytest.raises(CannotMerge, match="Another creator already has this profile"):
        take_back(record, by=make_user(), now=NOW)

    assert Profile.objects.filter(handle="ana.old").count() == 1


def test_the_later_of_two_merges_is_taken_back_first(pair):
    kept, gone = pair
    third = make_creator("ana.c", platform="x")
    first = merged(kept, gone)
    second = merged(third, kept)

    with pytest.raises(CannotMerge, match="merged on into"):
        take_back(first, by=make_user(), now=NOW)

    assert take_back(second, by=make_user(), now=NOW) == []
    first.refresh_from_db()
    assert take_back(first, by=make_user(), now=NOW) == []
    assert Creator.objects.count() == 3


def test_who_merged_the_wrong_way_round_takes_it_back_and_merges_the_other_way(pair):
    first, second = pair
    take_back(merged(first, second), by=make_user(), now=NOW)

    record = merged(second, first)

    assert list(Creator.objects.all()) == [second]
    assert Merge.objects.get() == record
    assert take_back(record, by=make_user(), now=NOW) == []
    assert Merge.objects.count() == Creator.objects.count() == 2


def test_a_dismissed_pair_stays_dismissed_for_the_kept_one(pair):
    other = make_creator("twin", platform="x")
    Duplicate.objects.create(first=pair[1], second=other, score=0.9, state="dismissed", why="Sisters")

    merged(*pair)

    assert Duplicate.objects.get().state == "dismissed"
    assert Duplicate.objects.get().first == pair[0]
