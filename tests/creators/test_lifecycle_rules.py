"""The table of rules, without a database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from creators.logic.lifecycle import RULES, Due, Facts, Situation, Standing, due, refusal, rule_of
from tests.factories import NOW, TODAY

DAY = timedelta(days=1)
NINETY = 90 * DAY


def ago(days):
    return NOW - days * DAY


def asked(facts, standing=None):
    found = due(facts, standing, now=NOW, inactive_after=NINETY)
    return found and (found.stage, found.rule)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), None),
        (Facts(deal_at=ago(1)), ("prospect", "deal")),
        (Facts(deal_at=ago(3), reply_at=ago(1)), ("contacted", "reply")),
        (Facts(deal_at=ago(3), shipped_at=ago(2), reply_at=ago(1)), ("seeded", "shipment")),
        (Facts(deal_at=ago(3), shipped_at=ago(1), signed_at=ago(2)), ("contracted", "signed")),
        (Facts(deal_at=ago(3), signed_at=ago(2), live_at=ago(1)), ("live", "live")),
        (Facts(deal_at=ago(9), completed_at=ago(1)), ("contracted", "completed")),
        (Facts(deal_at=ago(90)), ("inactive", "quiet")),
        (Facts(deal_at=ago(90), event_at=ago(89)), ("prospect", "deal")),
    ],
)
def test_who_has_no_stage_gets_the_furthest_that_the_facts_say(facts, expected):
    assert asked(facts) == expected


@pytest.mark.parametrize(
    ("standing", "facts", "expected"),
    [
        # Forward by a fact, never back by another.
        (Standing("prospect", ago(5), "deal-1"), Facts(shipped_at=ago(1)), ("seeded", "shipment")),
        (Standing("live", ago(5), "live-1"), Facts(shipped_at=ago(1), live_at=ago(5)), None),
        (Standing("seeded", ago(5), "shipment-1"), Facts(shipped_at=ago(1)), None),
        # Live ends with the last live deal.
        (Standing("live", ago(9), "live-1"), Facts(live_at=None, completed_at=ago(1)), ("contracted", "completed")),
        (Standing("live", ago(9), "live-1"), Facts(live_at=ago(9), completed_at=ago(1)), None),
        # What was taken back no longer holds.
        (Standing("live", ago(9), "live-1"), Facts(signed_at=ago(10)), ("contracted", "withdrawn")),
        (Standing("live", ago(9), "live-1"), Facts(shipped_at=ago(10)), ("seeded", "withdrawn")),
        (Standing("live", ago(9), "live-1"), Facts(deal_at=ago(10)), ("contacted", "withdrawn")),
        (Standing("live", ago(9), "live-1"), Facts(), ("contacted", "withdrawn")),
        (Standing("contracted", ago(9), "signed-1"), Facts(deal_at=ago(10)), ("contacted", "withdrawn")),
        (Standing("contracted", ago(9), "signed-1"), Facts(deal_at=ago(10), signed_at=ago(9)), None),
        (Standing("contracted", ago(9), "completed-1"), Facts(deal_at=ago(10), completed_at=ago(9)), None),
        # Only live and contracted are taken back.
        (Standing("seeded", ago(9), "shipment-1"), Facts(deal_at=ago(10)), None),
        # Quiet for 90 days, from the newer of the last event and the move.
        (
            Standing("contacted", ago(200), "reply-1"),
            Facts(reply_at=ago(200), event_at=ago(90)),
            ("inactive", "quiet"),
        ),
        (Standing("contacted", ago(200), "reply-1"), Facts(reply_at=ago(200), event_at=ago(89)), None),
        (Standing("contacted", ago(89)), Facts(reply_at=ago(200)), None),
        (Standing("contacted", ago(90), floor=ago(90)), Facts(reply_at=ago(200)), ("inactive", "quiet")),
        # Back from inactive only by what came since, and never as a mere prospect.
        (Standing("inactive", ago(5), "quiet-1", ago(5)), Facts(signed_at=ago(100), live_at=ago(99)), None),
        (Standing("inactive", ago(5), "quiet-1", ago(5)), Facts(deal_at=ago(1)), ("contacted", "return")),
        (Standing("inactive", ago(5), "quiet-1", ago(5)), Facts(reply_at=ago(1)), ("contacted", "reply")),
        (Standing("inactive", ago(5), "quiet-1", ago(5)), Facts(event_at=ago(1)), None),
        (Standing("inactive", ago(5), "quiet-1", ago(5)), Facts(completed_at=ago(1)), None),
        (
            Standing("inactive", ago(5), "quiet-1", ago(5)),
            Facts(completed_at=ago(1), reply_at=ago(2)),
            ("contracted", "completed"),  # at once, since the next look would say so
        ),
        (Standing("contacted", ago(1), "return-1", ago(5)), Facts(completed_at=ago(100), deal_at=ago(1)), None),
        # A person's decision stands until a newer fact.
        (Standing("prospect", ago(2), floor=ago(2)), Facts(signed_at=ago(3), live_at=ago(3)), None),
        (Standing("prospect", ago(2), floor=ago(2)), Facts(signed_at=ago(2)), None),
        (Standing("prospect", ago(2), floor=ago(2)), Facts(signed_at=ago(1)), ("contracted", "signed")),
        (Standing("contacted", ago(1), "reply-1", ago(2)), Facts(signed_at=ago(3), reply_at=ago(1)), None),
        (Standing("live", ago(2), floor=ago(2)), Facts(completed_at=ago(3)), None),
        (Standing("live", ago(2), floor=ago(2)), Facts(completed_at=ago(2)), None),
        (Standing("live", ago(2), floor=ago(2)), Facts(completed_at=ago(1)), ("contracted", "completed")),
        (Standing("live", ago(2), floor=ago(2)), Facts(), None),
        (Standing("contracted", ago(2), floor=ago(2)), Facts(), None),
    ],
)
def test_who_has_a_stage_is_moved_by_newer_facts_only(standing, facts, expected):
    assert asked(facts, standing) == expected


@pytest.mark.parametrize("stage", ["prospect", "contacted", "seeded", "contracted", "live", "inactive"])
def test_the_rules_come_to_rest(stage):
    facts = Facts(deal_at=ago(120), signed_at=ago(100), completed_at=ago(3), event_at=ago(3))
    found = due(facts, Standing(stage, ago(150), "deal-1", ago(160)), now=NOW, inactive_after=NINETY)

    if found:
        floor = NOW if found.stage == "inactive" else ago(160)
        standing = Standing(found.stage, NOW, RULES[found.rule].key, floor)
        assert due(facts, standing, now=NOW, inactive_after=NINETY) is None


def test_a_rule_is_known_by_its_name_in_any_version():
    assert rule_of("shipment-7") is RULES["shipment"]
    assert rule_of("") is None
    assert Due("seeded", "shipment").rule in RULES


READY = Situation("contacted", has_deal=True, has_open_deal=True)


@pytest.mark.parametrize(
    ("to", "situation", "words"),
    [
        ("live", READY, ""),
        ("live", replace(READY, has_open_deal=False), "Live needs a deal that is running in this brand."),
        ("contracted", Situation("contacted"), "Contracted needs a deal."),
        ("seeded", Situation("contacted"), "Seeded needs a deal or a shipment."),
        ("seeded", Situation("contacted", is_shipped=True), ""),
        ("seeded", READY, ""),
        ("prospect", replace(READY, stage="contracted", is_signed=True), "A contract with them is signed"),
        ("prospect", replace(READY, stage="contracted"), ""),
        ("prospect", replace(READY, stage="contracted", is_signed=True, has_open_deal=False), ""),
        ("contacted", replace(READY, stage="prospect", no_contact_on=TODAY), "They asked not to be contacted."),
        ("contacted", READY, "They are in contacted already."),
        ("inactive", READY, ""),
    ],
)
def test_an_impossible_move_says_why(to, situation, words):
    assert refusal(to, situation).startswith(words) if words else refusal(to, situation) == ""
