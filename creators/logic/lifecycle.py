"""The lifecycle as the trade says it: which fact puts a creator into which stage, when, and what undoes it.

A rule only sets what the facts say; a person may overrule it, and then stands until a newer fact. What is read from
the tables is put together in `campaigns.queries.lifecycle`; spans are written by `creators.actions.lifecycle`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from creators.enums import Stage, Track

VERSION = 1


@dataclass(frozen=True)
class Rule:
    """One line of the table in docs/lifecycle.md. `sets` is a stage or an overlay; `why` stands in the history."""

    name: str
    reads: str
    sets: str
    when: str
    why: str

    @property
    def key(self) -> str:
        """The name with its version, as spans keep it."""
        return f"{self.name}-{VERSION}"


_AT_ONCE = "At once, and hourly"
_HOURLY = "Hourly"
_WEEKLY = "Weekly"

RULES = {
    rule.name: rule
    for rule in (
        Rule("deal", "A deal that was not cancelled", Stage.PROSPECT, _AT_ONCE, "In a campaign"),
        Rule("reply", "A contact that was noted, or a brief accepted", Stage.CONTACTED, _AT_ONCE, "In touch"),
        Rule("shipment", "A shipment that was sent", Stage.SEEDED, _AT_ONCE, "A shipment was sent"),
        Rule("signed", "The day a contract was signed", Stage.CONTRACTED, _AT_ONCE, "The contract is signed"),
        Rule("live", "A live deal, or a post under an open one", Stage.LIVE, _AT_ONCE, "A post is live"),
        Rule("completed", "The last live deal completed", Stage.CONTRACTED, _AT_ONCE, "The live deal is complete"),
        Rule("withdrawn", "What set the stage was taken back", "the stage before", _AT_ONCE, "Taken back"),
        Rule("quiet", "No post, reply, deal or order for 90 days", Stage.INACTIVE, _HOURLY, "Nothing happened"),
        Rule("return", "A new deal, while inactive", Stage.CONTACTED, _AT_ONCE, "Back with a new deal"),
        Rule(
            "whitelisting", "A whitelisting right in force", Track.WHITELISTED, "Hourly, and when a right changes",
            "A whitelisting right is in force",
        ),
        Rule(
            "top_quartile", "Credited customers, orders or clicks, against cost", Track.TOP_PERFORMER, _WEEKLY,
            "In the top quartile of the brand's creators",
        ),
        Rule(
            "top_posts", "Engagement on 15 posts, clear signals, no order yet", Track.TOP_PERFORMER, _WEEKLY,
            "Engagement is over 1.5 times the benchmark",
        ),
    )
}  # fmt: skip

# How far each stage is. Inactive lies before all others, so that any of them leaves it.
RANK: dict[str, int] = {
    stage: rank
    for rank, stage in enumerate(
        (Stage.INACTIVE, Stage.PROSPECT, Stage.CONTACTED, Stage.SEEDED, Stage.CONTRACTED, Stage.LIVE)
    )
}


def rule_of(key: str) -> Rule | None:
    """The rule that a span's `rule` names, in whatever version; None where a person decided."""
    return RULES.get(key.rpartition("-")[0])


@dataclass(frozen=True)
class Facts:
    """The newest moment of each kind of fact about a creator and a brand; None: there is none.

    `deal_at` is of any deal that was not cancelled, `signed_at` of its contract, `live_at` of a post while its deal
    is open, `completed_at` of a deal. `event_at` is the newest of everything that happened, orders among it.
    """

    deal_at: datetime | None = None
    reply_at: datetime | None = None
    shipped_at: datetime | None = None
    signed_at: datetime | None = None
    completed_at: datetime | None = None
    live_at: datetime | None = None
    event_at: datetime | None = None

    @property
    def last(self) -> datetime | None:
        """When anything happened last."""
        return max(filter(None, (getattr(self, field.name) for field in fields(self))), default=None)


@dataclass(frozen=True)
class Standing:
    """The stage that a creator is in since when, by which rule (blank: a person).

    `floor` is the last decision of a person, or the last time that they became inactive: older facts are settled.
    """

    stage: str
    since: datetime
    rule: str = ""
    floor: datetime | None = None


@dataclass(frozen=True)
class Ground:
    """Why a creator has an overlay: the rule's name and its words."""

    rule: str
    why: str


@dataclass(frozen=True)
class Due:
    """The stage that a rule puts a creator into."""

    stage: str
    rule: str


def due(facts: Facts, standing: Standing | None, *, now: datetime, inactive_after: timedelta) -> Due | None:
    """What the rules make of the facts, or None where the creator stays where they are."""
    if standing is None:
        return _quiet(facts.last, now, inactive_after) or next(_said(facts, None), None)
    if standing.stage == Stage.INACTIVE:
        return _back(facts, standing)
    last = max(filter(None, (facts.last, standing.since)))
    return _quiet(last, now, inactive_after) or _further(facts, standing) or _over(facts, standing)


def _said(facts: Facts, floor: datetime | None) -> Iterator[Due]:
    """What facts newer than `floor` say, the furthest stage first."""
    told = (
        ("live", facts.live_at), ("signed", facts.signed_at), ("completed", facts.completed_at),
        ("shipment", facts.shipped_at), ("reply", facts.reply_at), ("deal", facts.deal_at),
    )  # fmt: skip
    for name, at in told:
        if at is not None and (floor is None or at > floor):
            yield Due(Stage(RULES[name].sets), name)


def _quiet(last: datetime | None, now: datetime, inactive_after: timedelta) -> Due | None:
    is_quiet = last is not None and now - last >= inactive_after
    return Due(Stage.INACTIVE, "quiet") if is_quiet else None


def _back(facts: Facts, standing: Standing) -> Due | None:
    """A completed deal alone brings nobody back: somebody was only tidying up."""
    said = list(_said(facts, standing.since))
    if all(each.rule == "completed" for each in said):
        return None
    return Due(Stage.CONTACTED, "return") if said[0].rule == "deal" else said[0]


def _further(facts: Facts, standing: Standing) -> Due | None:
    found = next(_said(facts, standing.floor), None)
    return found if found and RANK[found.stage] > RANK[standing.stage] else None


def _over(facts: Facts, standing: Standing) -> Due | None:
    """Live ends with the last live deal; what a rule set ends where its fact was taken back."""
    floor, is_ruled = standing.floor, standing.rule != ""
    if standing.stage == Stage.LIVE and facts.live_at is None:
        completed = facts.completed_at
        if completed and (floor is None or completed > floor):
            return Due(Stage.CONTRACTED, "completed")
        return _withdrawn(facts, standing) if is_ruled else None
    is_signed = facts.signed_at or facts.completed_at
    if standing.stage == Stage.CONTRACTED and is_ruled and not is_signed:
        return _withdrawn(facts, standing)
    return None


def _withdrawn(facts: Facts, standing: Standing) -> Due:
    found = next(_said(facts, standing.floor), None)
    stage = found.stage if found and RANK[found.stage] > RANK[Stage.CONTACTED] else Stage.CONTACTED
    return Due(stage, "withdrawn")


@dataclass(frozen=True)
class Situation:
    """What the records say of a creator where a person wants to move them by hand."""

    stage: str
    has_deal: bool = False
    has_open_deal: bool = False
    is_signed: bool = False
    is_shipped: bool = False
    no_contact_on: date | None = None


def refusal(to: str, situation: Situation) -> str:
    """Why a person may not move a creator to a stage; blank where they may."""
    for wanted, holds, words in _REFUSALS:
        if to == wanted and holds(situation):
            return words
    return f"They are in {Stage(to).label.lower()} already." if to == situation.stage else ""


_REFUSALS = (
    (
        Stage.CONTACTED,
        lambda each: each.no_contact_on is not None,
        "They asked not to be contacted. Clear that on their page first.",
    ),
    (
        Stage.PROSPECT,
        lambda each: each.is_signed and each.has_open_deal,
        "A contract with them is signed and its deal is open. Complete or cancel the deal first.",
    ),
    (
        Stage.SEEDED,
        lambda each: not (each.has_deal or each.is_shipped),
        "Seeded needs a deal or a shipment. Put them into a campaign first.",
    ),
    (
        Stage.CONTRACTED,
        lambda each: not each.has_deal,
        "Contracted needs a deal. Put them into a campaign first.",
    ),
    (
        Stage.LIVE,
        lambda each: not each.has_open_deal,
        "Live needs a deal that is running in this brand.",
    ),
)
