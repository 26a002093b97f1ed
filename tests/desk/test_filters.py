"""Every filter and every column of the list of creators, on somebody of whom a brand knows everything."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from django_scopes import scope

from creators.actions import lifecycle
from creators.models import Assessment, LifecycleSpan, Note, Pulse, Rate, Relationship, Right, Vetting
from creators.queries.creators import CreatorFilter
from desk.forms.creators import FilterForm, Known
from desk.logic.columns import COLUMNS
from desk.queries.creators import found
from results.models import Outcome
from team.models import Membership
from tests.conftest import signed_in
from tests.factories import NOW, make_campaign, make_creator, make_deal, make_user

pytestmark = pytest.mark.django_db

# Of each filter what finds Ana, of whom everything is known, and then what finds Bo, of whom nothing is.
FINDS_ANA = [
    "q=ana", "stage=live", "overlay=whitelisted", "platform=tiktok", "tier=nano", "followers_from=4000",
    "followers_to=6000", "engagement=above", "rate_from=3.5", "rate_to=4.5", "level=watch", "vetting=perhaps",
    "posted_after=2026-10-20", "posted_before=2026-10-30", "owner=me", "tag=VIP", "niche=vegan", "country=spain",
    "region=catalonia", "city=barcelona", "language=SPANISH", "contact=some", "contact_after=2026-10-20",
    "contact_before=2026-10-30", "rights=running", "rights=whitelisting", "rights=ending", "ask_from=90", "ask_to=110",
    "deals=some", "deals=running", "campaign=spring", "cac=known", "cac=over", "cac_from=40", "cac_to=60",
    "customers_from=3", "format=reel", "no_contact=yes",
]  # fmt: skip
FINDS_BO = [
    "stage=none", "vetting=none", "vetting=waiting", "owner=none", "contact=never", "rights=none", "deals=none",
    "cac=unknown", "no_contact=no",
]  # fmt: skip
FINDS_NOBODY = [
    "stage=seeded", "overlay=top_performer", "level=clear", "engagement=low", "rate_to=3.5", "vetting=no",
    "posted_before=2026-10-20", "tag=gifted", "region=valencia", "contact_after=2026-10-30", "ask_from=110",
    "cac=under", "cac_to=40", "customers_from=4", "format=story",
]  # fmt: skip
UNKNOWN = ["campaign=winter", "vetting=maybe", "owner=0"]
"""What the form refuses asks for nothing."""


@pytest.fixture
def roster(viewer, brand):
    """Ana and Bo."""
    ana = make_creator(
        "ana", country="Spain", region="Catalonia", city="Barcelona", language="Spanish", niches=["vegan"],
        formats=["reel"], no_contact_on=NOW.date(),
    )  # fmt: skip
    bo = make_creator("bo", platform="x", followers=None)
    with scope(brand=brand):
        know(ana, brand, viewer.user)
        Vetting.objects.create(brand=brand, creator=bo)
    return ana, bo


def know(creator, brand, owner):
    """Everything that a list can show of a creator."""
    profile, today = creator.profiles.get(), timezone.now().date()
    told = {"brand": brand, "creator": creator}
    before = NOW - timedelta(days=9)
    lifecycle.move([creator.pk], brand=brand, stage="live", why="Posted", by=None, now=NOW)
    LifecycleSpan.objects.create(**told, track="whitelisted", during=(NOW, None), why="Agreed")
    Relationship.objects.create(**told, owner=owner, tags=["vip"])
    Note.objects.create(**told, kind="email", text="Wrote", told_at=before)
    Vetting.objects.create(**told, verdict="perhaps", reason="Dim light", decided_at=before, made_at=before)
    during = (today - timedelta(days=9), today + timedelta(days=9))
    Right.objects.create(**told, kind="whitelisting", place="tiktok", during=during)
    for amount, day in ((900, 1), (100, 2)):
        quoted_on = NOW.date() + timedelta(days=day)
        Rate.objects.create(
            brand=brand,
            profile=profile,
            format="reel",
            kind="ask",
            amount=amount,
            currency="GBP",
            quoted_on=quoted_on,
        )
    make_deal(make_campaign(brand, "spring"), creator, status="live")
    Outcome.objects.create(
        **told, deals=1, cost=150, orders=7, new_customers=3, low=30, mid=50, high=90, method="poisson-jeffreys-1",
        target=40, made_at=NOW,
    )  # fmt: skip
    Pulse.objects.create(creator=creator, rate=4, n=12, verdict="above", posted_at=before, made_at=NOW)
    Assessment.objects.create(profile=profile, level="watch", version="signals-1", made_at=NOW, checked_at=NOW)


def found_by(client, query):
    return [row.creator.name for row in client.get(f"/creators/?{query}").context["rows"]]


def test_every_filter_finds_whom_it_means(viewer, roster):
    told = {each.partition("=")[0] for each in FINDS_ANA}
    filters = set(FilterForm(known=Known()).fields) - {"sort"}
    nobody: list[str] = []
    groups = ((FINDS_ANA, ["ana"]), (FINDS_BO, ["bo"]), (FINDS_NOBODY, nobody))
    wanted = {query: names for queries, names in groups for query in queries}

    found = {query: found_by(viewer, query) for query in wanted}

    assert found == wanted
    assert told == filters
    assert found_by(viewer, "&".join(FINDS_ANA[:20])) == ["ana"]
    assert [found_by(viewer, query) for query in UNKNOWN] == [["ana", "bo"]] * len(UNKNOWN)


def test_it_finds_the_same_creators_one_after_the_other(viewer, brand, roster):
    known = Known(((str(viewer.user.pk), "Vic"),), (("spring", "Spring"),))
    queries = (*FINDS_ANA, *FINDS_BO, *FINDS_NOBODY, "&".join(FINDS_ANA[:20]))

    with scope(brand=brand):
        asked = [
            FilterForm(QueryDict(query), known=known).wanted(
                brand=brand, me=viewer.user.pk, today=timezone.now().date()
            )
            for query in queries
        ]
        gathered = [list(found(wanted)) for wanted in asked]
        one_by_one = [list(found(replace(wanted, is_broad=True))) for wanted in asked]
        deals = CreatorFilter({"deals": "some"}, brand=brand)
        at_once, looked_for = found(deals), found(replace(deals, is_broad=True))

    assert one_by_one == gathered
    assert len(gathered[0]) == 1
    assert "OFFSET" in str(looked_for.query) and "OFFSET" not in str(at_once.query)


@pytest.mark.parametrize("sort", ["cac", "rate"])
def test_an_order_by_a_figure_holds_only_who_has_it(viewer, roster, sort):
    assert found_by(viewer, f"sort={sort}") == ["ana"]


@pytest.mark.parametrize("sort", ["name", "followers", "rate", "newest"])
def test_who_was_erased_is_neither_shown_nor_counted(viewer, sort):
    for handle, erased_on in (("ana", None), ("gone", NOW.date())):
        Pulse.objects.create(creator=make_creator(handle, erased_on=erased_on), rate=4, n=12, made_at=NOW)

    page = viewer.get(f"/creators/?sort={sort}").context

    assert ([row.creator.name for row in page["rows"]], page["page"].count) == (["ana"], 1)


def test_what_another_brand_knows_finds_nobody(neighbour, roster, other_brand):
    make_campaign(other_brand, "autumn")
    shared = {"q", "platform", "tier", "followers_from", "followers_to", "engagement", "rate_from", "rate_to", "level",
              "posted_after", "posted_before", "niche", "country", "region", "city", "language", "format",
              "no_contact"}  # fmt: skip
    own = [query for query in FINDS_ANA if query.partition("=")[0] not in shared and query != "campaign=spring"]

    assert {query: found_by(neighbour, query) for query in own} == {query: [] for query in own}


def test_every_column_is_shown_in_twelve_queries(viewer, roster, django_assert_max_num_queries):
    ana, _ = roster

    with django_assert_max_num_queries(12):
        page = viewer.get(f"/creators/?columns={','.join(COLUMNS)}").content.decode()

    shown = [
        "Watch", "Perhaps", "Live", "viewer@example.com", "vip", "Catalonia", "24 Oct 2026", "Whitelisting", "£100.00",
        "Reel", "£150.00", f'<a href="/creators/{ana.pk}/money/">3</a>', "£50", "2 Nov 2026",
    ]  # fmt: skip
    assert [words for words in shown if words not in page] == []


def test_every_column_is_exported(viewer, roster):
    head, ana, bo = b"".join(viewer.get(f"/creators/export.csv?columns={','.join(COLUMNS)}")).decode().splitlines()

    told = dict(zip(head.split(","), ana.split(","), strict=True))
    assert (told["vetting"], told["vetted on"], told["region"], told["last ask"]) == (
        "perhaps", "2026-10-24", "Catalonia", "100.0",
    )  # fmt: skip
    assert "waiting" in bo


def test_a_filter_is_said_in_words(viewer, brand):
    make_campaign(brand, "spring", name="Spring wave")

    page = viewer.get(f"/creators/?campaign=spring&vetting=waiting&owner={viewer.user.pk}").content.decode()

    assert "In the campaign: Spring wave" in page
    assert "Vetting: Waits for a verdict" in page
    assert f"Owner: {viewer.user}" in page


def test_no_query_more_where_a_person_has_a_role_everywhere(brand, roster, django_assert_max_num_queries):
    person = make_user()
    Membership.objects.create(user=person, brand=None, role="owner")
    client = signed_in(person)

    with django_assert_max_num_queries(12):
        client.get("/creators/")
