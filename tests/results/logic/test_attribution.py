"""`code-first-1`, case by case. Days are the brand's."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from results.logic.attribution import Book, CodeFact, DealFact, Decision, OrderClues, decide, slug

DAY = date(2026, 3, 10)
ANA = DealFact(1, 11, "spring", "ana.b", "tiktok", commission_percent=Decimal(10))
BEN = DealFact(2, 12, "spring", "ben_c", "instagram")
CODES = {"ANA10": CodeFact(11), "BEN10": CodeFact(12)}
LINKED = {"utm_source": "tiktok", "utm_medium": "influencer", "utm_campaign": "spring"}


def decided(
    *codes: str, utm: dict[str, str] | None = None, deals: tuple[DealFact, ...] = (ANA, BEN), links: dict[str, int] | None = None,
    net: str = "50", not_counted: str = "", owners: dict[str, CodeFact] = CODES,
) -> Decision:  # fmt: skip
    """The decision on an order with these codes and UTMs."""
    clues = OrderClues(DAY, not_counted, codes, utm or {}, Decimal(net))
    return decide(clues, Book(deals, owners, links or {}))


def told(decision: Decision) -> tuple[int | None, str]:
    """Whom and by which rule."""
    return (decision.deal.id if decision.deal else None, decision.rule)


@pytest.mark.parametrize("code", ["ANA10", "ana10", " Ana10 "])
def test_a_code_credits_its_creator_without_regard_to_case(code: str) -> None:
    assert told(decided(code)) == (1, "code")


def test_a_code_decides_before_a_link_and_the_conflict_is_kept() -> None:
    decision = decided("ANA10", utm={**LINKED, "utm_content": "ben_c_post1"})

    assert told(decision) == (1, "code")
    assert [(found.creator_id, found.won, found.could_win, found.reason) for found in decision.findings] == [
        (11, True, True, "A creator's code on the order decides first."),
        (12, False, True, "A code decides before a link."),
    ]


def test_the_first_of_two_creators_codes_wins() -> None:
    assert told(decided("WELCOME", "BEN10", "ANA10")) == (2, "code")


def test_a_space_separates_codes_only_where_that_makes_them_known() -> None:
    assert told(decided("BEN10 ANA10")) == (2, "code")
    assert told(decided("BIG SALE")) == (None, "")
    assert [found.value for found in decided("BIG SALE").findings] == ["BIG SALE"]
    assert told(decided("BEN 10", owners={"BEN 10": CodeFact(12), "BEN": CodeFact(11)})) == (2, "code")


def test_nobodys_code_is_kept_and_says_so() -> None:
    decision = decided("WELCOME10")

    assert told(decision) == (None, "")
    assert decision.commission == 0
    assert decision.findings[0].reason == "This code belongs to no creator."


def test_whoever_lost_is_told_why() -> None:
    decision = decided("WELCOME", "BEN10", "ANA10", utm={**LINKED, "utm_content": "ben_c_post1"})

    assert [(found.value, found.reason) for found in decision.findings] == [
        ("WELCOME", "This code belongs to no creator."),
        ("BEN10", "A creator's code on the order decides first."),
        ("ANA10", "Another creator's code stands first on the order."),
        ("ben_c_post1", "Points at the same creator as the winner."),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "credited"),
    [
        (None, None, True),
        (date(2026, 3, 10), None, True),
        (date(2026, 3, 11), None, False),
        (date(2026, 3, 9), date(2026, 3, 10), True),
        (None, date(2026, 3, 9), False),
        (date(2026, 3, 1), date(2026, 3, 9), False),
    ],
)
def test_a_code_credits_from_its_first_day_to_its_last(
    starts: date | None, ends: date | None, credited: bool
) -> None:
    decision = decided("ANA10", owners={"ANA10": CodeFact(11, starts, ends)})

    assert told(decision) == ((1, "code") if credited else (None, ""))
    assert (decision.findings[0].reason == "The code was not valid that day.") is not credited


def test_a_code_outside_its_days_falls_through_to_the_link() -> None:
    owners = {"ANA10": CodeFact(11, date(2026, 3, 11)), "BEN10": CodeFact(12, None, date(2026, 3, 10))}

    assert told(decided("ANA10", utm={**LINKED, "utm_content": "ben_c"}, owners=owners)) == (2, "link")
    assert told(decided("BEN10", owners=owners)) == (2, "code")


def test_a_code_credits_the_deal_that_runs_that_day_else_the_latest() -> None:
    old = DealFact(3, 11, "autumn", "ana.b", "tiktok", date(2025, 9, 1), date(2025, 9, 30))
    running = DealFact(4, 11, "march", "ana.b", "tiktok", date(2026, 3, 1), date(2026, 3, 10))
    later = DealFact(5, 11, "summer", "ana.b", "tiktok", date(2026, 6, 1))
    off = DealFact(6, 11, "never", "ana.b", "tiktok", date(2026, 3, 5), is_cancelled=True)

    assert told(decided("ANA10", deals=(old, running, later, off))) == (4, "code")
    first_day = DealFact(7, 11, "today", "ana.b", "tiktok", DAY)
    assert told(decided("ANA10", deals=(first_day, later))) == (7, "code")
    assert told(decided("ANA10", deals=(old, later, off))) == (5, "code")
    assert told(decided("ANA10", deals=(off,))) == (6, "code")
    assert told(decided("ANA10", deals=(BEN,))) == (None, "")


def test_deals_without_days_are_as_recent_as_they_were_made() -> None:
    def made(number: int, campaign: str, day: int, only_on: date | None = None) -> DealFact:
        moment = datetime(2026, 3, day, tzinfo=UTC)
        return DealFact(number, 11, campaign, "ana.b", "tiktok", only_on, only_on, made_at=moment)

    undated = (made(3, "zebra", 1), made(4, "autumn", 9))
    begun_between = made(5, "march", 20, only_on=date(2026, 3, 5))

    for deals in ((*undated, begun_between), (begun_between, *reversed(undated))):
        assert told(decided("ANA10", deals=deals)) == (4, "code")
    assert told(decided("ANA10", deals=(undated[0], begun_between))) == (3, "code")


@pytest.mark.parametrize(("undated_since", "credited"), [(4, 6), (7, 3)])
def test_of_two_that_run_the_one_begun_later_is_credited(undated_since: int, credited: int) -> None:
    undated = DealFact(3, 11, "zebra", "ana.b", "tiktok", made_at=datetime(2026, 3, undated_since, tzinfo=UTC))
    dated = DealFact(
        6, 11, "march", "ana.b", "tiktok", date(2026, 3, 5), made_at=datetime(2026, 3, 9, tzinfo=UTC)
    )  # fmt: skip

    assert told(decided("ANA10", deals=(undated, dated))) == (credited, "code")
    assert told(decided("ANA10", deals=(dated, undated))) == (credited, "code")


@pytest.mark.parametrize(
    "content",
    ["ana.b_post1", "ANA.B_POST12", "@ana.b_post1", "ana.b-3", "ana.b", "ana-b-1", "ana_b_post1", "ana-b"],
)
def test_utm_content_names_a_handle_of_the_campaign(content: str) -> None:
    assert told(decided(utm={**LINKED, "utm_content": content})) == (1, "link")


@pytest.mark.parametrize(
    "utm",
    [
        {**LINKED, "utm_content": "nobody_post1"},
        {**LINKED, "utm_content": "ana.b_post1", "utm_medium": "paid_social"},
        {**LINKED, "utm_content": "ana.b_post1", "utm_campaign": "other"},
        {**LINKED, "utm_content": "🌸_post1"},
        {"utm_source": "google", "utm_medium": "cpc"},
        {"tclid": "0190"},
        {"utm_id": "77"},
    ],
)
def test_other_utms_are_kept_and_credit_nobody(utm: dict[str, str]) -> None:
    decision = decided(utm=utm)

    assert told(decision) == (None, "")
    assert decision.findings
    assert all(found.reason and not found.could_win for found in decision.findings)


def test_a_slug_that_two_handles_share_names_nobody() -> None:
    twins = (ANA, DealFact(3, 13, "spring", "ana_b", "tiktok"))

    assert told(decided(utm={**LINKED, "utm_content": "ana-b-1"}, deals=twins)) == (None, "")
    assert told(decided(utm={**LINKED, "utm_content": "ana_b_post1"}, deals=twins)) == (3, "link")


def test_a_slug_with_its_marks_decides_before_one_without() -> None:
    before, after = DealFact(3, 13, "spring", "_x", "tiktok"), DealFact(4, 14, "spring", "x_", "tiktok")

    assert told(decided(utm={**LINKED, "utm_content": "-x_post1"}, deals=(before, after))) == (3, "link")
    assert told(decided(utm={**LINKED, "utm_content": "x_post1"}, deals=(before, after))) == (None, "")
    assert told(decided(utm={**LINKED, "utm_content": "x_post1"}, deals=(before,))) == (3, "link")


def test_a_handle_on_two_platforms_is_told_apart_by_utm_source() -> None:
    twins = (ANA, DealFact(3, 13, "spring", "ana.b", "instagram"))

    assert told(decided(utm={**LINKED, "utm_content": "ana.b_post1"}, deals=twins)) == (1, "link")
    assert told(decided(utm={**LINKED, "utm_source": "x", "utm_content": "ana.b_post1"}, deals=twins)) == (None, "")


def test_a_known_utm_id_decides_before_utm_content() -> None:
    utm = {**LINKED, "utm_id": "7", "utm_content": "ana.b_post1"}

    assert told(decided(utm=utm, links={"7": 2})) == (2, "link")
    assert told(decided(utm=utm, links={"8": 2})) == (1, "link")
    assert told(decided(utm={**utm, "utm_medium": "cpc"}, links={"7": 2})) == (None, "")


def test_medium_and_campaign_are_read_without_regard_to_case_and_blanks() -> None:
    utm = {"utm_medium": "Influencer", "utm_campaign": " SPRING ", "utm_content": " @Ana.B_post1", "utm_id": " "}

    decision = decided(utm=utm)

    assert told(decision) == (1, "link")
    assert [found.kind for found in decision.findings] == ["utm_content"]


def test_an_order_in_no_sum_is_credited_to_nobody_and_keeps_its_evidence() -> None:
    decision = decided("ANA10", "WELCOME", not_counted="Voided")

    assert told(decision) == (None, "")
    assert decision.commission == 0
    assert [found.reason for found in decision.findings] == [
        "The order is in no sum: voided.",
        "This code belongs to no creator.",
    ]


@pytest.mark.parametrize(
    ("net", "commission"), [("50", "5.00"), ("0.25", "0.02"), ("0.35", "0.04"), ("0.05", "0.00")]
)
def test_commission_is_rounded_half_even_to_the_cent(net: str, commission: str) -> None:
    assert decided("ANA10", net=net).commission == Decimal(commission)


@pytest.mark.parametrize(
    ("handle", "short"), [("@Ana.B", "ana-b"), ("__x__y", "-x-y"), ("🌸", "-"), ("a" * 70, "a" * 64)]
)
def test_slugs(handle: str, short: str) -> None:
    assert slug(handle) == short
