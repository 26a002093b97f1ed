"""The register and its pages: from form to database and back."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope

from campaigns.models import Ad
from creators.models import (
    Content,
    Exclusivity,
    LifecycleSpan,
    PlatformPermission,
    Rate,
    Right,
    RightsCalendar,
    Sighting,
)
from creators.queries.register import RightFilter, register
from creators.queries.sightings import Blamed
from tests.factories import make_creator

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.now().date()


def held(creator, brand, first, last, **fields):
    """A right for paid usage on TikTok, worldwide, from its first to its last day."""
    return Right.objects.create(
        **{
            "creator": creator,
            "brand": brand,
            "kind": "paid",
            "place": "tiktok",
            "during": (first, last + DAY),
            **fields,
        }
    )


def asked(today, **fields):
    return {
        "creator": "anna", "kind": "paid", "places": ["tiktok"], "first": today, "last": today + 89 * DAY, **fields
    }  # fmt: skip


def test_a_manager_adds_rights_for_places_and_territories(manager, brand, today):
    make_creator("anna")

    response = manager.post(
        "/creators/rights/add/",
        asked(
            today, places=["tiktok", "instagram"], territories="gb, de", title="Unboxing", price="50", currency="gbp"
        ),
    )

    assert response.status_code == 302
    with scope(brand=brand):
        rows = Right.objects.values_list("place", "territory", "price", "currency", "content__title")
        assert sorted(row[:2] for row in rows) == [
            ("instagram", "DE"), ("instagram", "GB"), ("tiktok", "DE"), ("tiktok", "GB"),
        ]  # fmt: skip
        assert {row[3:] for row in rows} == {("GBP", "Unboxing")}
        assert Content.objects.get().status == "promised"
        assert {during.upper for during in Right.objects.values_list("during", flat=True)} == {today + 90 * DAY}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"creator": "nobody"}, "No creator has this handle or name."),
        ({"creator": "ann"}, "No creator has this handle or name. Did you mean tiktok:anna (anna) or tiktok:anne"),
        ({"creator": "anne"}, "Several creators fit. Write tiktok:anne (anne) or instagram:anne (anne)."),
        ({"territories": "UK"}, "Write GB for the United Kingdom."),
        ({"territories": "Narnia"}, "is no country code"),
        ({"last": "2020-01-01"}, "The last day is before the first."),
        ({"places": []}, "Choose one."),
        ({"price": "5", "currency": ""}, "Which currency is the price in?"),
        ({"first": ""}, "Fill this in."),
    ],
)
def test_a_right_that_makes_no_sense_is_asked_again(manager, brand, today, wrong, words):
    for handle, platform in [("anna", "tiktok"), ("anne", "tiktok"), ("anne", "instagram")]:
        make_creator(handle, platform=platform)

    response = manager.post("/creators/rights/add/", asked(today, **wrong))

    assert response.status_code == 422
    assert words in response.text
    with scope(brand=brand):
        assert not Right.objects.exists()


def test_an_overlap_is_refused_in_words_and_nothing_is_written(manager, brand, today):
    held(make_creator("anna"), brand, today, today + 9 * DAY)

    response = manager.post("/creators/rights/add/", asked(today, places=["instagram", "tiktok"], title="New piece"))

    assert response.status_code == 422
    assert "This right is already held in part of that time." in response.text
    with scope(brand=brand):
        assert (Right.objects.count(), Content.objects.count()) == (1, 0)


def test_a_page_of_the_register_may_begin_and_end_anywhere(brand, today):
    days = {
        "running on": (-9, -2),
        "endless": (-9, None),
        "soon": (-1, 2),
        "to come": (1, 2),
        "just over": (-9, -1),
        "long over": (-9, -5),
    }
    rights = {"never began": held(make_creator(), brand, today, today)}
    for name, (first, last) in days.items():
        end = None if last is None else today + (last + 1) * DAY
        rights[name] = held(make_creator(), brand, today, today, during=(today + first * DAY, end))
    Right.objects.with_scopes_disabled().filter(pk=rights["never began"].pk).update(
        during=(today, today + DAY), revoked_on=today - 9 * DAY, revoked_why="x"
    )
    ads = {rights["running on"].pk: Blamed(today, is_overrun=True)}
    names = {right.pk: name for name, right in rights.items()}
    order = ["running on", "soon", "endless", "to come", "just over", "long over", "never began"]

    with scope(brand=brand):
        found = register(RightFilter(), ads, today=today)
        slices = {(n, m): [names[pk] for pk in found[n:m]] for n in range(8) for m in range(n, 9)}

        assert (found.count(), [names[pk] for pk in found]) == (7, order)
    assert slices == {(n, m): order[n:m] for n, m in slices}


def test_the_register_puts_what_needs_somebody_first(viewer, brand, today):
    names = ("over", "soon", "later", "planned", "gone")
    over, soon, later, planned, gone = (make_creator(name) for name in names)
    held(gone, brand, today - 60 * DAY, today - 30 * DAY)
    held(planned, brand, today + 5 * DAY, today + 20 * DAY)
    held(later, brand, today - DAY, today + 40 * DAY)
    held(soon, brand, today - DAY, today + 2 * DAY)
    held(over, brand, today - 60 * DAY, today - 40 * DAY)
    Sighting.objects.create(brand=brand, creator=over, place="tiktok", seen_on=today - 3 * DAY)

    page = viewer.get("/creators/rights/")

    assert [row.right.creator.name for row in page.context["rows"]] == ["over", "soon", "later", "planned", "gone"]
    assert page.context["tallies"] == {"overrun": 1, "ends_3": 1, "ends_14": 1, "ends_30": 1, "running": 2}
    assert "37 days after the right’s last day" in page.text
    states = {"overrun": ["over"], "ends_3": ["soon"], "running": ["soon", "later"], "planned": ["planned"],
              "ended": ["over", "gone"], "revoked": []}  # fmt: skip
    for state, found in states.items():
        rows = viewer.get("/creators/rights/", {"state": state}).context["rows"]
        assert [row.right.creator.name for row in rows] == found


def test_every_state_finds_the_rights_that_wear_it(viewer, brand, today):
    told = {"soon": today + DAY, "today": today, "never": today - 9 * DAY, "over": today + DAY, "ended": None}
    for name, on in told.items():
        last = today - DAY if name in ("over", "ended") else today + 9 * DAY
        right = held(make_creator(name), brand, today - 9 * DAY, last)
        if on:
            Right.objects.with_scopes_disabled().filter(pk=right.pk).update(revoked_on=on, revoked_why="x")

    for state, names in {"ends_3": {"soon"}, "ended": {"over", "ended"}, "revoked": {"today", "never"}}.items():
        rows = viewer.get("/creators/rights/", {"state": state}).context["rows"]
        assert {(row.right.creator.name, row.state) for row in rows} == {(name, state) for name in names}


def test_a_line_of_the_register_holds_no_html_of_people_and_names_the_brand_where_there_are_two(
    viewer, brand, other_brand, today
):
    anna = make_creator("anna", name="<b>Anna</b>")
    piece = Content.objects.create(creator=anna, brand=brand, title="<i>Piece</i>")
    held(anna, brand, today, today, content=piece, price=1234, currency="GBP")
    alone = viewer.get("/creators/rights/").text
    viewer.user.memberships.create(brand=other_brand, role="viewer")

    both = viewer.get("/creators/rights/").text

    assert "<b>" not in both and "<i>" not in both
    assert "&lt;b&gt;Anna" in both and '<td data-label="Content">&lt;i&gt;Piece' in both and "£1,234.00" in both
    assert '</a> <span class="muted">Acme</span></th>' in both
    assert '<span class="muted">Acme</span></th>' not in alone


def test_an_ad_that_two_rights_allowed_was_seen_under_both(viewer, brand, today):
    anna = make_creator("anna")
    for territory in ("DE", "FR"):
        held(anna, brand, today - 9 * DAY, today + 9 * DAY, territory=territory)
    Sighting.objects.create(brand=brand, creator=anna, place="tiktok", seen_on=today - DAY)
    Sighting.objects.create(brand=brand, creator=anna, place="tiktok", seen_on=today, territory="FR")

    rows = viewer.get("/creators/rights/").context["rows"]

    seen = {row.right.territory: row.clocks.seen_on for row in rows}
    assert seen == {"DE": today - DAY, "FR": today}


def test_the_register_is_searched_and_filtered_by_address(viewer, brand, today):
    anna, bo = make_creator("anna"), make_creator("bo")
    held(anna, brand, today, today, content=Content.objects.create(creator=anna, brand=brand, title="Unboxing"))
    held(bo, brand, today, today, kind="organic", place="email")

    def found(**query):
        return [row.right.creator.name for row in viewer.get("/creators/rights/", query).context["rows"]]

    assert found(q="unbox") == ["anna"]
    assert found(q="@bo") == ["bo"]
    assert found(kind="organic") == ["bo"]
    assert found(place="tiktok") == ["anna"]
    assert found(creator=bo.pk) == ["bo"]
    assert found(kind="nonsense", creator="x" * 40) == ["anna", "bo"]
    assert "No right fits" in viewer.get("/creators/rights/", {"q": "nobody"}).text


def test_the_register_asks_the_same_at_one_and_at_three_rows(viewer, brand, today):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            viewer.get("/creators/rights/")
        return len(caught)

    def one(name):
        right = held(make_creator(name), brand, today, today + 9 * DAY, kind="whitelisting")
        PlatformPermission.objects.create(brand=brand, right=right, kind="spark", code="#x", days=7, starts_on=today)

    one("anna")
    first = queries()
    one("bo")
    one("cy")

    assert queries() == first <= 12


def test_the_register_is_handed_out_as_csv(viewer, brand, today):
    held(make_creator("anna", name="=Anna"), brand, today, today + DAY)

    text = b"".join(viewer.get("/creators/rights.csv").streaming_content).decode()

    assert text.splitlines()[0].startswith("creator,brand,kind,place,territory,content,first day,last day,state")
    assert f"'=Anna,Acme,paid,tiktok,worldwide,,{today},{today + DAY},Ends within 3 days" in text


def test_a_page_of_a_right_shows_three_clocks_and_a_renewal(viewer, brand, today):
    right = held(
        make_creator("anna"), brand, today, today + 89 * DAY, kind="whitelisting", price=90, currency="GBP"
    )  # fmt: skip
    PlatformPermission.objects.create(brand=brand, right=right, kind="spark", code="#abc", days=60, starts_on=today)

    Rate.objects.create(
        brand=brand, profile=right.creator.profiles.get(), format="reel", kind="paid", amount=200, currency="GBP",
        quoted_on=today,
    )  # fmt: skip

    page = viewer.get(f"/creators/rights/{right.pk}/", {"days": "30"})

    assert "90 days bought, Spark code dies on day 60" in page.text
    assert page.context["renewal"].price == 80
    assert "what was last paid" in page.text
    assert "for 30 more days" in page.text
    assert "Revoke" not in page.text
    assert viewer.get(f"/creators/rights/{right.pk}/", {"days": "99999999999999"}).context["renewal"].days == 90


def test_a_renewal_goes_by_the_fair_rate_where_nothing_was_paid_yet(viewer, brand, today):
    right = held(make_creator("anna"), brand, today, today + 89 * DAY)

    part = viewer.get(f"/creators/rights/{right.pk}/", {"days": "30"}, headers={"HX-Request": "true"})

    assert "the middle of the fair rate" in part.text
    assert "<html" not in part.text


def test_a_right_is_edited_and_revoked_and_the_overlay_follows(manager, brand, today):
    right = held(make_creator("anna"), brand, today - DAY, today + 9 * DAY, kind="whitelisting")
    terms = {"first": today - DAY, "last": today + 19 * DAY, "territory": "de"}

    assert manager.post(f"/creators/rights/{right.pk}/edit/", terms).status_code == 302
    with scope(brand=brand):
        assert LifecycleSpan.objects.open().filter(track="whitelisted").count() == 1
    revoked = manager.post(f"/creators/rights/{right.pk}/revoke/", {"on": today, "why": "Angry comments"})

    right.refresh_from_db()
    assert revoked.status_code == 302
    assert (right.territory, right.held.upper) == ("DE", today)
    with scope(brand=brand):
        assert not LifecycleSpan.objects.open().filter(track="whitelisted").exists()


def test_a_right_is_not_cut_short_under_an_ad(manager, brand, today):
    right = held(make_creator("anna"), brand, today, today + 9 * DAY)
    right.refresh_from_db()
    Ad.objects.create(
        brand=brand, right=right, right_during=right.held, name="Spring", ran=(today, today + 9 * DAY)
    )  # fmt: skip

    for address, data in (
        ("revoke", {"on": today + DAY, "why": "Enough"}),
        ("edit", {"first": today, "last": today + DAY}),
    ):
        response = manager.post(f"/creators/rights/{right.pk}/{address}/", data)
        assert response.status_code == 422
        assert "a right cannot be cut short under an ad" in response.text


def test_a_permission_is_recorded_and_removed(manager, brand, today):
    anna = make_creator("anna")
    right = held(anna, brand, today, today + 9 * DAY, kind="whitelisting")
    other = held(anna, brand, today, today + 9 * DAY, kind="whitelisting", place="instagram")
    address = f"/creators/rights/{right.pk}/permission/"

    bad = manager.post(address, {"kind": "spark", "starts_on": today})
    good = manager.post(address, {"kind": "spark", "starts_on": today, "code": "#abc", "days": 30})
    partner = manager.post(
        f"/creators/rights/{other.pk}/permission/",
        {"kind": "partnership", "starts_on": today, "last": today + 4 * DAY},
    )

    assert (bad.status_code, good.status_code, partner.status_code) == (422, 302, 302)
    assert "Paste the Spark code." in bad.text
    with scope(brand=brand):
        assert list(PlatformPermission.objects.values_list("kind", "days").order_by("days")) == [
            ("partnership", 5), ("spark", 30),
        ]  # fmt: skip
        permission = PlatformPermission.objects.earliest("pk")
    manager.post(f"/creators/permissions/{permission.pk}/remove/")
    with scope(brand=brand):
        assert PlatformPermission.objects.count() == 1


def test_a_permission_of_another_kind_than_the_platform_asks_for_makes_no_ad_run(manager, brand, today):
    anna = make_creator("anna")
    right = held(anna, brand, today, today + 9 * DAY, kind="whitelisting")

    recorded = manager.post(f"/creators/rights/{right.pk}/permission/", {"kind": "partnership", "starts_on": today})
    PlatformPermission.objects.create(brand=brand, right=right, kind="partnership", starts_on=today)
    question = {"creator": "anna", "kind": "whitelisting", "place": "tiktok", "day": today}
    asked = manager.get("/creators/rights/ask/", question)

    assert recorded.status_code == 422
    assert "This platform asks for a Spark code." in recorded.text
    assert "but no Spark code is recorded" in asked.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Yes, anna"),
        ({"title": "Unboxing"}, "Yes, anna"),
        ({"place": "email"}, "No right covers this: Paid usage on E-mail, worldwide."),
        ({"territory": "UK"}, "Write GB for the United Kingdom."),
        ({"creator": "nobody"}, "No creator has this handle or name."),
    ],
)
def test_may_i_run_this_has_one_answer(viewer, brand, today, fields, words):
    held(make_creator("anna"), brand, today, today + 9 * DAY)
    question = {"creator": "anna", "kind": "paid", "place": "tiktok", "day": today, **fields}

    assert words in viewer.get("/creators/rights/ask/", question).text


def test_a_piece_that_nobody_knows_is_covered_by_a_right_to_all_only(viewer, brand, today):
    anna = make_creator("anna")
    piece = Content.objects.create(creator=anna, brand=brand, title="Unboxing")
    held(anna, brand, today, today, content=piece)
    question = {"creator": "anna", "kind": "paid", "place": "tiktok", "day": today}

    unknown = viewer.get("/creators/rights/ask/", {**question, "title": "Other"}).text
    assert "No, anna" in unknown and "title=Unboxing" in unknown
    assert "No, anna" in viewer.get("/creators/rights/ask/", question).text
    assert "Yes, anna" in viewer.get("/creators/rights/ask/", {**question, "title": "unboxing"}).text


def test_an_ad_seen_outside_its_right_stays_on_top_until_dealt_with(manager, brand, today):
    right = held(make_creator("anna"), brand, today - 30 * DAY, today - 10 * DAY)
    manager.post(
        "/creators/sightings/add/",
        {"creator": "anna", "seen_on": today, "kind": "paid", "place": "tiktok", "ad": "A1"},
    )

    before = manager.get("/creators/rights/")
    with scope(brand=brand):
        seen = Sighting.objects.get()
    settled = manager.post(
        f"/creators/sightings/{seen.pk}/settle/", {"why": "Taken down", "next": f"/creators/rights/{right.pk}/"}
    )
    after = manager.get("/creators/rights/")

    assert (before.context["tallies"]["overrun"], before.context["outside"]) == (1, 1)
    assert settled.url == f"/creators/rights/{right.pk}/"
    assert (after.context["tallies"]["overrun"], after.context["outside"]) == (0, 0)
    assert "Taken down" in manager.get("/creators/sightings/").text


def test_an_ad_seen_after_two_ended_rights_is_held_against_the_latest_alone(manager, brand, today):
    anna = make_creator("anna")
    older = held(anna, brand, today - 90 * DAY, today - 60 * DAY)
    latest = held(anna, brand, today - 50 * DAY, today - 10 * DAY)
    Sighting.objects.create(brand=brand, creator=anna, place="tiktok", seen_on=today)

    page = manager.get("/creators/rights/")

    assert page.context["tallies"]["overrun"] == 1
    assert [row.right.pk for row in page.context["rows"] if row.state == "overrun"] == [latest.pk]
    assert manager.get(f"/creators/rights/{latest.pk}/").context["state"] == "overrun"
    before = manager.get(f"/creators/rights/{older.pk}/")
    assert before.context["state"] == "ended"
    assert before.context["clocks"].warnings == ()


def test_an_ad_that_a_later_right_allows_is_not_held_against_the_one_before(manager, brand, today):
    anna = make_creator("anna")
    older = held(anna, brand, today - 90 * DAY, today - 60 * DAY)
    held(anna, brand, today - 50 * DAY, today + 10 * DAY)
    Sighting.objects.create(brand=brand, creator=anna, place="tiktok", seen_on=today)

    assert manager.get("/creators/rights/").context["tallies"]["overrun"] == 0
    assert manager.get(f"/creators/rights/{older.pk}/").context["clocks"].warnings == ()


def test_settling_leads_nowhere_else(manager, brand, today):
    seen = Sighting.objects.create(brand=brand, creator=make_creator(), place="tiktok", seen_on=today)

    response = manager.post(f"/creators/sightings/{seen.pk}/settle/", {"why": "x", "next": "https://evil.example/"})

    assert response.url == "/creators/sightings/"


@pytest.mark.parametrize(
    ("seen", "is_outside"),
    [
        ({}, False),
        ({"territory": "FR"}, True),
        ({"territory": "DE"}, False),
        ({"kind": "whitelisting"}, True),
        ({"place": "instagram"}, True),
    ],
)
def test_what_is_not_known_of_an_ad_is_not_held_against_it(brand, today, seen, is_outside):
    anna = make_creator("anna")
    piece = Content.objects.create(creator=anna, brand=brand, title="Unboxing")
    held(anna, brand, today, today, territory="DE", content=piece)
    fields = {"brand": brand, "creator": anna, "kind": "paid", "place": "tiktok", "seen_on": today}

    Sighting.objects.create(**{**fields, **seen})

    with scope(brand=brand):
        assert Sighting.objects.uncovered().exists() is is_outside


def test_an_ad_is_told_apart_again_whenever_a_right_or_the_ad_changes(brand, today):
    anna, bo = make_creator("anna"), make_creator("bo")
    seen = Sighting.objects.create(brand=brand, creator=anna, place="tiktok", territory="DE", seen_on=today)
    rights, ads = (each.objects.with_scopes_disabled() for each in (Right, Sighting))
    changes = [
        ("added", lambda: held(anna, brand, today, today), False),
        ("elsewhere", lambda: rights.update(territory="FR"), True),
        ("worldwide", lambda: rights.update(territory=""), False),
        ("revoked", lambda: rights.update(revoked_on=today, revoked_why="x"), True),
        ("not revoked", lambda: rights.update(revoked_on=None, revoked_why=""), False),
        ("moved", lambda: rights.update(creator=bo), True),
        ("ad moved", lambda: ads.update(creator=bo), False),
        ("seen later", lambda: ads.update(seen_on=today + DAY), True),
        ("seen then", lambda: ads.update(seen_on=today), False),
        ("taken away", lambda: rights.filter(creator=bo).delete(), True),
    ]

    told = [(name, change() and ads.get(pk=seen.pk).is_outside) for name, change, _ in changes]

    assert told == [(name, is_outside) for name, _, is_outside in changes]


def test_another_brands_right_does_not_cover_an_ad(brand, other_brand, today):
    anna = make_creator("anna")
    held(anna, other_brand, today, today)
    Sighting.objects.create(brand=brand, creator=anna, place="tiktok", seen_on=today)

    with scope(brand=[brand, other_brand]):
        assert Sighting.objects.uncovered().count() == 1


def upload(client, text, **ticked):
    file = SimpleUploadedFile("seen.csv", text.encode())
    return client.post("/creators/sightings/upload/", {"file": file, **ticked})


def test_sightings_come_from_a_file_once(manager, brand, today):
    anna = make_creator("anna")
    Content.objects.create(creator=anna, brand=brand, title="Unboxing")
    text = (
        f"day,handle,place,content,ad,territory\n{today},@Anna,TikTok,Unboxing,'=A1,de\n"
        f"{today}T00:00:00,https://www.tiktok.com/@anna?lang=de,tiktok,,A2,\n"
    )

    assert upload(manager, text).status_code == 302
    assert upload(manager, text).status_code == 302

    with scope(brand=brand):
        rows = list(Sighting.objects.values_list("ad", "territory", "source", "content__title").order_by("ad"))
    assert rows == [("=A1", "DE", "csv", "Unboxing"), ("A2", "", "csv", None)]


def test_bad_lines_are_told_and_nothing_is_written(manager, brand, today):
    make_creator("anna")
    tomorrow = today + 2 * DAY

    page = upload(
        manager,
        "day;handle;place;kind;territory;content;ad\n"
        f"{today};anna;tiktok;paid;;;\n{today};nobody;tiktok;;;;\nsoon;anna;tiktok;;;;\n{tomorrow};anna;tiktok;;;;\n"
        f"{today};anna;moon;;;;\n{today};anna;tiktok;magic;;;\n{today};anna;tiktok;;UK;;\n{today};anna;tiktok;;;Lost;\n"
        f"{today}-03;anna;tiktok;;;;\n{today};anna;tiktok;;;;{'x' * 201}\n",
    )

    assert page.status_code == 422
    assert [(problem.line, problem.field) for problem in page.context["outcome"].problems] == [
        (3, "handle"), (4, "day"), (5, "day"), (6, "place"), (7, "kind"), (8, "territory"), (9, "content"),
        (10, "day"), (11, "ad"),
    ]  # fmt: skip
    with scope(brand=brand):
        assert not Sighting.objects.exists()


def test_the_other_lines_go_in_where_so_ticked(manager, brand, today):
    make_creator("anna")

    page = upload(manager, f"day,handle,place\n{today},anna,tiktok\n{today},nobody,tiktok\n", skip_bad="on")

    assert page.status_code == 200
    assert "1 line cannot be read and was left out." in page.text
    assert "1 new sighting of 2." in page.text
    with scope(brand=brand):
        assert Sighting.objects.count() == 1


@pytest.mark.parametrize("text", ["", "name\nanna\n", "%PDF-1.4"])
def test_a_file_that_is_no_such_list_is_refused(manager, brand, text):
    page = upload(manager, text)

    assert page.status_code == 422


def test_exclusivity_says_elsewhere_to_those_who_may_not_see_the_other_brand(manager, brand, other_brand, today):
    anna = make_creator("anna")
    last = date(2099, 12, 31)
    Exclusivity.objects.create(brand=other_brand, creator=anna, category="skincare", during=(today, last + DAY))
    promise = {"creator": "anna", "category": " SkinCare ", "first": today, "last": today + 9 * DAY}

    page = manager.post("/creators/exclusivity/add/", promise)

    assert page.status_code == 422
    assert "anna is engaged elsewhere until 31 Dec 2099." in page.text
    assert "Rival" not in page.text


def test_exclusivity_names_a_brand_that_the_person_sees(manager, brand, other_brand, today):
    manager.user.memberships.create(brand=other_brand, role="viewer")
    anna = make_creator("anna")
    Exclusivity.objects.create(brand=other_brand, creator=anna, category="skincare", during=(today, None))
    promise = {"creator": "anna", "category": "skincare", "first": today, "brand": brand.pk}

    page = manager.post("/creators/exclusivity/add/", promise)

    assert "anna is engaged for Rival in skincare until further notice." in page.text


@pytest.mark.parametrize("key", ["²", "9" * 5_000])
@pytest.mark.parametrize("address", ["rights/add/?creator=", "exclusivity/add/?creator=", "rights/?brand="])
def test_an_address_with_a_number_that_is_none_shows_the_page_all_the_same(manager, brand, address, key):
    assert manager.get(f"/creators/{address}{key}").status_code == 200


def test_a_category_that_grows_in_small_letters_comes_back(manager, brand, today):
    make_creator("anna")

    page = manager.post("/creators/exclusivity/add/", {"creator": "anna", "category": "İ" * 60, "first": today})

    assert page.status_code == 422
    assert "at most 60 characters" in page.text


def test_exclusivity_is_added_listed_and_waived_with_a_reason(manager, brand, other_brand, today):
    anna = make_creator("anna")
    manager.post("/creators/exclusivity/add/", {"creator": "anna", "category": "SkinCare", "first": today})
    with scope(brand=brand):
        promise = Exclusivity.objects.get()

    without = manager.post(f"/creators/exclusivity/{promise.pk}/waive/", {"why": ""})
    waived = manager.post(f"/creators/exclusivity/{promise.pk}/waive/", {"why": "They may"})
    Exclusivity.objects.create(brand=other_brand, creator=anna, category="skincare", during=(today, None))

    assert (without.status_code, waived.status_code) == (422, 302)
    page = manager.get("/creators/exclusivity/", {"state": "waived"})
    assert "They may" in page.text
    assert "No promise fits" in manager.get("/creators/exclusivity/", {"state": "holds"}).text
    lines = b"".join(manager.get("/creators/exclusivity.csv").streaming_content).decode().splitlines()
    assert lines[1] == f"anna,Acme,skincare,{today},,{today},They may,"


def test_a_calendar_reads_a_secret_address_until_it_is_switched_off(manager, stranger, brand, today):
    right = held(make_creator("anna"), brand, today, today + 9 * DAY, kind="whitelisting")
    PlatformPermission.objects.create(brand=brand, right=right, kind="spark", code="#x", days=7, starts_on=today)
    manager.post("/creators/calendars/", {"label": "Team"})
    with scope(brand=brand):
        calendar = RightsCalendar.objects.get()
    address = f"/calendar/{calendar.token}.ics"

    feed = stranger.get(address)
    manager.post(f"/creators/calendars/{calendar.pk}/off/")

    assert feed["Content-Type"] == "text/calendar; charset=utf-8"
    assert feed.text.count("BEGIN:VEVENT") == 2
    assert f"DTSTART;VALUE=DATE:{today + 9 * DAY:%Y%m%d}\r\n" in feed.text
    assert f"UID:right-{right.pk}@troupe\r\n" in feed.text
    assert "#x" not in feed.text
    assert stranger.get(address).status_code == 410
    assert stranger.get(f"/calendar/{calendar.token[:-1]}x.ics").status_code == 404


def test_a_calendar_does_not_outlive_its_makers_place_in_the_brand(manager, stranger, brand):
    manager.post("/creators/calendars/", {"label": "Mine"})
    with scope(brand=brand):
        address = f"/calendar/{RightsCalendar.objects.get().token}.ics"

    manager.user.memberships.all().delete()

    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/creators/rights/{pk}/", "/creators/sightings/", "/creators/exclusivity/", "/creators/calendars/",
        "/creators/rights/?creator={creator}", "/creators/rights/?q=anna",
        "/creators/rights/ask/?creator=anna&kind=paid&place=tiktok&day=2026-11-02",
    ],
)  # fmt: skip
def test_no_page_asks_more_than_twelve_queries(manager, brand, today, django_assert_max_num_queries, address):
    right = held(make_creator("anna"), brand, today, today + 9 * DAY, kind="whitelisting")
    PlatformPermission.objects.create(brand=brand, right=right, kind="spark", code="#x", days=7, starts_on=today)
    for day in range(3):
        Sighting.objects.create(brand=brand, creator=right.creator, place="tiktok", seen_on=today - day * DAY)
        Exclusivity.objects.create(brand=brand, creator=right.creator, category=f"c{day}", during=(today, None))

    with django_assert_max_num_queries(12):
        page = manager.get(address.format(pk=right.pk, creator=right.creator_id))

    assert page.status_code == 200
