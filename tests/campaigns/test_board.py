"""The board: columns by stage, a card's move with a reason, and what is answered when it cannot be."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from campaigns.models import Shipment
from campaigns.queries.board import BoardFilter, board_of
from creators.actions import lifecycle
from creators.actions.overlays import hold
from creators.enums import Track
from creators.logic.lifecycle import Ground
from creators.models import LifecycleSpan
from creators.queries.lifecycle import history_of, present_stages
from tests.factories import NOW, make_campaign, make_creator, make_deal

pytestmark = pytest.mark.django_db
BEFORE = NOW - timedelta(days=900)


def put(creator, brand, stage, now=BEFORE):
    lifecycle.move([creator.pk], brand=brand, stage=stage, why="Found at a fair", by=None, now=now)
    return creator


def board(brand, **wanted):
    with scope(brand=brand):
        columns = board_of(BoardFilter(brand=brand, **wanted), now=NOW)
        return {
            column.stage.value: [card.creator.name for card in column.cards] for column in columns if column.total
        }


def move(client, creator, brand, stage, why="She wrote", **more):
    return client.post(f"/creators/board/{creator.pk}/", {"brand": brand.slug, "stage": stage, "why": why}, **more)


def test_creators_stand_in_the_column_of_their_stage(brand, other_brand):
    anna, bo, cleo = (make_creator(name) for name in ("anna", "bo", "cleo"))
    for creator, stage in ((anna, "live"), (bo, "prospect"), (cleo, "live")):
        put(creator, brand, stage)
    put(anna, other_brand, "seeded")
    campaign = make_campaign(brand)
    make_deal(campaign, anna)

    assert board(brand) == {"prospect": ["bo"], "live": ["cleo", "anna"]}
    assert board(brand, campaign=campaign) == {"live": ["anna"]}
    assert board(brand, q="cle") == {"live": ["cleo"]}


def test_a_column_shows_twenty_and_more_where_asked(brand):
    for _ in range(22):
        put(make_creator(), brand, "live")

    with scope(brand=brand):
        (live,) = (each for each in board_of(BoardFilter(brand=brand), now=NOW) if each.stage == "live")
        more = board_of(BoardFilter(brand=brand, more="live", limit=60), now=NOW)

    assert (live.total, len(live.cards), live.rest, live.more) == (22, 20, 2, 60)
    assert sum(len(each.cards) for each in more) == 22


@pytest.mark.parametrize("people", [1, 3])
def test_a_board_takes_as_many_statements_for_one_as_for_many(brand, people, django_assert_num_queries):
    for _ in range(people):
        make_deal(make_campaign(brand), put(make_creator(), brand, "live"))
    with django_assert_num_queries(5):
        board(brand)


def test_a_card_says_which_rule_or_who_since_when_and_its_overlays(viewer, brand):
    anna = make_creator("<b>anna")
    lifecycle.advance([anna.pk], brand=brand, stage="seeded", rule="shipment", now=NOW)
    with scope(brand=brand):
        hold(brand, Track.TOP_PERFORMER, {anna.pk: Ground("top_posts", "Loved & seen")}, now=NOW)

    page = viewer.get("/creators/board/").content.decode()

    assert "Rule “A shipment that was sent”: A shipment was sent" in page
    assert "Top performer: Rule “Engagement on 15 posts, clear signals, no order yet”, Loved &amp; seen" in page
    assert "&lt;b&gt;anna" in page and "<b>anna" not in page
    assert "Move to" not in page  # a viewer moves nobody


def test_a_card_is_moved_with_a_reason(manager, brand):
    anna = put(make_creator("anna"), brand, "prospect")

    answer = move(manager, anna, brand, "contacted", follow=True)

    with scope(brand=brand):
        last = history_of(anna)[0]
    assert "anna is contacted now." in answer.content.decode()
    assert (last.stage, last.rule, last.why) == ("contacted", "", "She wrote")


def test_htmx_gets_the_board_alone(manager, brand):
    anna = put(make_creator("anna"), brand, "prospect")

    answer = move(manager, anna, brand, "contacted", headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert answer.content.decode().strip().startswith('<div id="board">')
    assert "anna is contacted now." in answer["HX-Trigger"]


@pytest.mark.parametrize(
    ("stage", "why", "words"),
    [
        ("live", "x", "Live needs a deal that is running in this brand."),
        ("contracted", "x", "Contracted needs a deal."),
        ("contacted", "x", "They asked not to be contacted."),
        ("inactive", " ", "Say why."),
        ("famous", "x", "Select a valid choice"),
        ("prospect", "x", "They are in prospect already."),
    ],
)
def test_an_impossible_move_is_answered_on_the_card(manager, brand, stage, why, words):
    anna = put(make_creator("anna", no_contact_on=NOW.date()), brand, "prospect")

    whole = move(manager, anna, brand, stage, why)
    card = move(manager, anna, brand, stage, why, headers={"HX-Request": "true"})

    assert (whole.status_code, card.status_code) == (422, 422)
    assert words in whole.content.decode()
    assert words in card.content.decode()
    assert card["HX-Retarget"] == f"#card-{anna.pk}"
    with scope(brand=brand):
        assert present_stages([anna.pk], brand=brand) == {anna.pk: "prospect"}


def test_a_parcel_that_was_sent_allows_seeded(manager, brand):
    anna, bo = (put(make_creator(name), brand, "prospect") for name in ("anna", "bo"))
    Shipment.objects.create(brand=brand, creator=anna, state="sent", sent_on=NOW.date())

    assert move(manager, anna, brand, "seeded").status_code == 302
    assert move(manager, bo, brand, "seeded").status_code == 422


def test_who_has_no_stage_or_is_of_a_neighbour_is_not_moved(manager, brand, other_brand):
    anna = make_creator("anna")
    put(anna, other_brand, "prospect")

    assert "has no stage with" in move(manager, anna, brand, "inactive", follow=True).content.decode()
    assert move(manager, anna, other_brand, "inactive").status_code == 404
    assert LifecycleSpan.objects.with_scopes_disabled().get().stage == "prospect"


def test_an_empty_board_says_what_to_do(manager, brand):
    assert "Nobody has a stage yet" in manager.get("/creators/board/").content.decode()


def test_who_was_what_on_a_day(viewer, brand, other_brand):
    anna, bo = make_creator("anna"), make_creator("bo")
    put(anna, brand, "prospect", NOW)
    put(anna, brand, "live", NOW + timedelta(days=2))
    put(bo, other_brand, "live", NOW)
    with scope(brand=brand):
        hold(brand, Track.TOP_PERFORMER, {anna.pk: Ground("top_posts", "Loved")}, now=NOW)
        hold(brand, Track.TOP_PERFORMER, {}, now=NOW + timedelta(days=1))

    def lines(**asked):
        text = b"".join(viewer.get("/creators/lifecycle.csv", asked)).decode("utf-8-sig")
        return [line.split(",")[:2] for line in text.splitlines()[1:]]

    assert lines(day="2026-11-02") == [["anna", "prospect"], ["anna", "top_performer"]]
    assert lines(day="2026-11-04", held="live") == [["anna", "live"]]
    assert lines(day="2026-11-01") == []
    assert lines(day="2026-11-04", held="top_performer") == []
    page = viewer.get("/creators/lifecycle/", {"day": "2026-11-02", "q": "ann"}).content.decode()
    assert "2 lines on 2 Nov 2026" in page
    assert timezone.now().strftime("%Y-%m-%d") in viewer.get("/creators/lifecycle/", {"day": "x"}).content.decode()


def test_the_number_of_a_column_leads_to_who_is_counted(manager, brand):
    anna = put(make_creator("anna"), brand, "live")
    put(make_creator("bo"), brand, "live")
    make_deal(make_campaign(brand, "spring"), anna)

    page = manager.get("/creators/board/?campaign=spring&more=live&limit=60").text

    assert 'href="/creators/?campaign=spring&amp;stage=live"' in page
    assert manager.get("/creators/?campaign=spring&stage=live").context["page"].count == 1
