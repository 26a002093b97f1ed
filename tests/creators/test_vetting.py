"""Vetting: the checklist, the verdict that counts, who waits, and the audience figures asked for."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from django_scopes import scope

from config.lib.refusals import refusal_of
from creators.actions import lifecycle
from creators.actions.vetting import (
    Overtaken,
    Score,
    ask_for_figures,
    ask_to_vet,
    give_verdict,
    keep_scores,
    receive_figures,
)
from creators.enums import VettingItem
from creators.logic.vetting import audience_question, mean_of
from creators.models import Vetting, VettingScore
from creators.queries.vetting import look_at, verdicts_on
from tests.factories import NOW, TODAY, make_creator, make_user

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
SCORES = {item: Score(4) for item in list(VettingItem)[:6]}


def judge(creator, brand, verdict="suitable", *, now=NOW, **told):
    """A verdict by the road that people take."""
    with scope(brand=brand):
        newest = look_at(creator, brand=brand).newest
        given = {"scores": {}, "reason": "" if verdict == "suitable" else "Too shrill", "by": None, **told}
        return give_verdict(
            creator, brand=brand, verdict=verdict, seen=newest.pk if newest else None, now=now, **given
        )


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([], "Nothing judged yet"),
        ([None] * 10, "Nothing judged yet"),
        ([5, 5, None], "2 of 10 judged, too few for a mean"),
        ([4, 4, 4, 4, 5], "4.2 of 5 over 5 of 10"),
        ([1] * 10, "1.0 of 5 over 10 of 10"),
    ],
)
def test_a_mean_says_over_how_many_and_too_few_have_none(scores, words):
    assert mean_of(scores).words == words


def test_the_question_for_figures_names_creator_brand_and_fee():
    text = audience_question(name="Ana", brand="Fernhill", fee="£500.00")

    assert text.startswith("Hello Ana,") and "above £500.00" in text and text.endswith("Fernhill\n")


def test_asking_twice_puts_nobody_on_the_list_twice(brand):
    ana, bo = make_creator("ana"), make_creator("bo")

    first = ask_to_vet([ana.pk], brand=brand, by=None, now=NOW)
    second = ask_to_vet([ana.pk, bo.pk], brand=brand, by=None, now=LATER)

    assert (first, second) == (1, 1)
    with scope(brand=brand):
        assert Vetting.objects.get(creator=ana).made_at == NOW


def test_a_checklist_is_kept_as_far_as_it_is_filled_in(brand):
    ana = make_creator("ana")
    with scope(brand=brand):
        told = {VettingItem.LIGHT: Score(2, "dark"), VettingItem.SOUND: Score(), VettingItem.AGE: Score(None, "ask")}
        vetting = keep_scores(ana, brand=brand, scores=told, reason=" dark ", seen=None, by=None, now=NOW)
        keep_scores(ana, brand=brand, scores=told, reason="dark", seen=vetting.pk, by=None, now=LATER)

        look = look_at(ana, brand=brand)
        assert look.waiting and look.waiting.reason == "dark" and look.standing is None
        assert {each.item: (each.score, each.note) for each in look.scores_of(look.waiting).values()} == {
            "light": (2, "dark"),
            "age": (None, "ask"),
        }
        assert Vetting.objects.count() == 1


def test_the_newest_verdict_counts_and_older_ones_are_kept(brand, other_brand):
    ana = make_creator("ana")
    judge(ana, brand, scores=SCORES)
    judge(ana, brand, "no", now=LATER)
    judge(ana, other_brand)

    with scope(brand=brand):
        look = look_at(ana, brand=brand)
        assert [each.vetting.verdict for each in look.verdicts] == ["no", "suitable"]
        assert [each.mean.words for each in look.verdicts] == ["Nothing judged yet", "4.0 of 5 over 6 of 10"]
        assert verdicts_on([ana.pk], brand_id=brand.pk)[ana.pk].verdict == "no"


def test_a_verdict_over_another_one_that_was_not_seen_is_refused(brand):
    ana = make_creator("ana")
    judge(ana, brand)

    with scope(brand=brand), pytest.raises(Overtaken):
        give_verdict(ana, brand=brand, scores={}, verdict="no", reason="x", seen=None, by=None, now=LATER)


def test_figures_are_asked_for_and_received_beside_an_open_or_a_given_verdict(brand):
    ana, bo = make_creator("ana"), make_creator("bo")
    judge(bo, brand)
    with scope(brand=brand):
        ask_for_figures(ana, brand=brand, on=TODAY, by=None, now=NOW)
        ask_for_figures(ana, brand=brand, on=TODAY + timedelta(days=9), by=None, now=NOW)
        receive_figures(bo, brand=brand, on=TODAY, by=None, now=NOW)

        assert Vetting.objects.get(creator=ana).audience_asked_on == TODAY
        assert not look_at(ana, brand=brand).has_figures
        assert Vetting.objects.get(creator=bo).audience_received_on == TODAY
        judge(bo, brand, "perhaps", now=LATER)
        assert look_at(bo, brand=brand).has_figures


def refused(write) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        write()
    return refusal_of(caught.value)


def test_the_database_refuses_what_must_never_be(brand, other_brand):
    ana = make_creator("ana")
    with scope(brand=[brand, other_brand]):
        make = Vetting.objects.create
        first = make(brand=brand, creator=ana)
        make(brand=other_brand, creator=ana)
        done = {"brand": brand, "verdict": "suitable", "decided_at": NOW}
        bo = make_creator("bo")
        given = make(creator=bo, **done)

        for write, words in [
            (lambda: make(brand=brand, creator=ana), "This creator is being vetted for the brand already."),
            (lambda: make(creator=bo, **done), "Another verdict on this creator was given meanwhile."),
            (lambda: make(brand=brand, creator=bo, verdict="no", reason="x"), "Choose suitable, perhaps or no."),
            (lambda: make(brand=brand, creator=bo, decided_at=NOW), "Choose suitable, perhaps or no."),
            (
                lambda: make(creator=ana, **{**done, "verdict": "lovely", "reason": "x"}),
                "Choose suitable, perhaps or no.",
            ),
            (lambda: make(creator=ana, **{**done, "verdict": "no"}), "Say in short why it is perhaps or no."),
            (
                lambda: make(brand=brand, creator=bo, replaced_at=NOW),
                "Only a verdict can be replaced, by a later one.",
            ),
            (
                lambda: make(creator=ana, **done, replaced_at=NOW - timedelta(days=1)),
                "Only a verdict can be replaced, by a later one.",
            ),
            (
                lambda: make(brand=brand, creator=bo, audience_asked_on=LATER, audience_received_on=NOW),
                "Audience figures come on the day they were asked for, or later.",
            ),
            (lambda: Vetting.objects.filter(pk=given.pk).update(verdict="no", reason="x"), VERDICT_STAYS),
            (lambda: Vetting.objects.filter(pk=given.pk).update(reason="x"), VERDICT_STAYS),
            (lambda: Vetting.objects.filter(pk=given.pk).delete(), STAYS),
        ]:
            assert refused(write) == words
        assert first.delete()  # nobody has to judge whom they asked about by mistake


VERDICT_STAYS = "A verdict stays as it was given; vet the creator anew."
STAYS = "This is only ever added to: it can be neither changed nor deleted."


def test_the_database_refuses_scores_that_say_nothing_or_too_much(brand, other_brand):
    with scope(brand=[brand, other_brand]):
        vetting = Vetting.objects.create(brand=brand, creator=make_creator())
        make = VettingScore.objects.create
        here = {"brand": brand, "vetting": vetting}
        make(**here, item="light", score=3)

        for write, words in [
            (lambda: make(**here, item="light", score=3), "This item is judged already."),
            (lambda: make(**here, item="smell", score=3), "Choose an item of the checklist."),
            (lambda: make(**here, item="sound", score=6), "A score is from 1 to 5."),
            (lambda: make(**here, item="sound", score=0), "A score is from 1 to 5."),
            (lambda: make(**here, item="sound"), "Give a score or a note."),
            (
                lambda: make(brand=other_brand, vetting=vetting, item="sound", score=3),
                "A score and its vetting belong to the same brand.",
            ),
        ]:
            assert refused(write) == words


def test_a_creator_is_vetted_on_one_page(manager, brand):
    ana = make_creator("ana", name="Ana")
    address = f"/creators/{ana.pk}/vetting/?brand={brand.pk}"

    empty = manager.get(address).text
    manager.post(address, {"seen": "", "score_light": "4", "note_light": "bright", "verdict": ""})
    with scope(brand=brand):
        seen = Vetting.objects.get().pk
    draft = manager.get(address).text
    given = manager.post(
        address,
        {
            "seen": seen,
            "score_light": "5",
            "note_light": "by a window",
            "verdict": "perhaps",
            "reason": "Ask for sound",
        },
        follow=True,
    ).text

    assert "Not vetted" in empty
    assert "1 of 10 judged, too few for a mean" in draft and 'value="bright"' in draft
    assert "The verdict on Ana is perhaps." in given and "Ask for sound" in given
    assert "5 of 5: by a window" in given
    with scope(brand=brand):
        assert Vetting.objects.get().decided_by == manager.user


def test_a_bad_form_keeps_what_was_typed(manager, brand):
    ana = make_creator("ana")

    answer = manager.post(
        f"/creators/{ana.pk}/vetting/", {"score_story": "3", "note_story": "holds", "verdict": "no", "reason": ""}
    )

    assert answer.status_code == 422
    assert "Say in short why it is perhaps or no." in answer.text
    assert 'value="holds"' in answer.text and 'name="score_story" value="3"' in answer.text
    with scope(brand=brand):
        assert not Vetting.objects.exists()


def test_a_form_that_was_overtaken_says_so_and_loses_nothing(manager, brand):
    ana = make_creator("ana")
    judge(ana, brand)

    answer = manager.post(f"/creators/{ana.pk}/vetting/", {"seen": "", "note_light": "typed", "verdict": "suitable"})

    assert answer.status_code == 422
    assert "Somebody else wrote in this vetting meanwhile." in answer.text and 'value="typed"' in answer.text


def test_audience_figures_are_asked_for_where_the_brand_sets_a_fee(manager, brand):
    ana = make_creator("ana", name="Ana")
    address = f"/creators/{ana.pk}/vetting/"

    before = manager.get(address).text
    brand.audience_fee = 500
    brand.save()
    asked = manager.get(address).text
    manager.post(f"{address}ask/")
    today = timezone.now().date()
    early = manager.post(f"{address}received/", {"on": today - timedelta(days=3)}, follow=True).text
    came = manager.post(f"{address}received/", {"on": today}, follow=True).text

    assert "Audience figures" not in before
    assert "Ask for audience figures" in asked and "Hello Ana," in asked and "£500.00" in asked
    assert "Audience figures come on the day they were asked for, or later." in early
    assert "No audience figures of Ana yet" not in came


def test_the_list_is_searched_and_filtered_by_its_address(manager, brand):
    ana, bo, cy = make_creator("ana"), make_creator("bo"), make_creator("cy")
    lifecycle.move([ana.pk], brand=brand, stage="contacted", why="test", by=None, now=NOW)
    ask_to_vet([ana.pk, bo.pk], brand=brand, by=make_user(), now=NOW)
    judge(cy, brand, by=manager.user)

    def shown(**query):
        page = manager.get("/creators/vetting/", query).text
        return [name for name in ("ana", "bo", "cy") if f">{name}</a>" in page]

    assert shown() == ["ana", "bo"]
    assert shown(verdict="all") == ["ana", "bo", "cy"]
    assert shown(verdict="suitable") == ["cy"]
    assert shown(verdict="all", mine="on") == ["cy"]
    assert shown(stage="contacted") == ["ana"]
    assert shown(stage="none") == ["bo"]
    assert shown(q="b") == ["bo"]
    assert shown(verdict="lunch", stage="moon") == ["ana", "bo"]
    rows = list(csv.DictReader(io.StringIO(streamed(manager.get("/creators/vetting.csv", {"verdict": "all"})))))
    assert [(row["creator"], row["verdict"]) for row in rows] == [
        ("bo", "waiting"), ("ana", "waiting"), ("cy", "suitable"),
    ]  # fmt: skip


def streamed(answer) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(manager, brand, n, django_assert_max_num_queries):
    for _ in range(n):
        judge(make_creator(), brand, scores=SCORES)

    with django_assert_max_num_queries(9):
        manager.get("/creators/vetting/", {"verdict": "all"})


def test_creators_of_the_list_are_put_up_for_vetting(manager, brand):
    ana, _ = make_creator("ana"), make_creator("bo")

    asked = manager.post("/creators/vetting/ask/", {"ids": [ana.pk]}).text
    told = manager.post("/creators/vetting/ask/", {"ids": [ana.pk], "sure": "yes"}, follow=True).text
    everybody = manager.post("/creators/vetting/ask/?q=b", {"all": "yes", "sure": "yes"}, follow=True).text

    assert "Ask to vet 1 creator" in asked
    assert "1 wait for a verdict now" in told and "1 wait for a verdict now" in everybody
    with scope(brand=brand):
        assert Vetting.objects.waiting().count() == 2


def test_a_viewer_sees_the_verdicts_and_no_form(viewer, brand):
    ana = make_creator("ana")
    judge(ana, brand, "perhaps")

    page = viewer.get(f"/creators/{ana.pk}/vetting/").text

    assert "Too shrill" in page and 'name="verdict"' not in page
