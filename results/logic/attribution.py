"""Where a credit is decided: the policy `code-first-1`. Pinned: "Credit", "Codes" and "Links" in the contracts.

An order is credited to one deal or to none, in this order: not counted -> nobody; a creator's code; a link's UTMs on
the order; nobody. Everything that pointed at somebody is handed back as a finding that won or lost, with its reason.
`Book` holds what a brand agreed (deals, codes, links); nothing here fetches, saves or asks the time.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from campaigns.logic.codes import folded
from config.lib.money import half_even
from results.enums import CreditRule, EvidenceKind

POLICY = "code-first-1"
CREDITED_MEDIUM = "influencer"
_POST = re.compile(r"(?:_post\d+|-\d+)$")
_HUNDRED = Decimal(100)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DealFact:
    """A deal as far as credit asks. Its first and last day fall back on its campaign's; `made_at` is in the brand's
    time zone."""

    id: int
    creator_id: int
    campaign: str
    handle: str
    platform: str
    starts_on: date | None = None
    ends_on: date | None = None
    is_cancelled: bool = False
    commission_percent: Decimal = Decimal(0)
    made_at: datetime = _LONG_AGO

    def runs_on(self, day: date) -> bool:
        """Whether the deal runs that day. A missing end is open; a cancelled deal never runs."""
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.ends_on is None or day <= self.ends_on) and not self.is_cancelled

    @property
    def recency(self) -> tuple[bool, date, datetime, str, str, str]:
        """Sorts a creator's deals from the oldest to the latest, by facts alone; cancelled ones come first.

        A deal without a first day begins on the day it was made, as its costs do.
        """
        begun = self.starts_on or self.made_at.date()
        return (not self.is_cancelled, begun, self.made_at, self.campaign, self.platform, self.handle)


@dataclass(frozen=True, slots=True)
class CodeFact:
    """Whose a code is, and on which days it holds (last day included; a missing day is open)."""

    creator_id: int
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class OrderClues:
    """What an order carries. `day` is the brand's; `not_counted` says in words why it is in no sum, or is blank."""

    day: date
    not_counted: str
    codes: tuple[str, ...]
    utm: dict[str, str]
    net: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing on an order that points at somebody, or tries to: whom, whether it won, and why.

    `could_win`: it would win were it alone on a counted order.
    """

    kind: EvidenceKind
    value: str
    creator_id: int | None = None
    deal: DealFact | None = None
    could_win: bool = False
    won: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The deal and the rule, or neither; `commission` is the deal's percent of net, half-even to the cent."""

    deal: DealFact | None
    rule: str
    commission: Decimal
    findings: tuple[Finding, ...]


@dataclass
class Book:
    """A brand's deals, its codes (by folded code) and its links (deal id by link id as `utm_id` writes it)."""

    deals: Iterable[DealFact]
    codes: dict[str, CodeFact] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {deal.id: deal for deal in self.deals}
        self.by_creator: defaultdict[int, list[DealFact]] = defaultdict(list)
        by_campaign: defaultdict[str, list[DealFact]] = defaultdict(list)
        for deal in self.by_id.values():
            self.by_creator[deal.creator_id].append(deal)
            by_campaign[deal.campaign.lower()].append(deal)
        self.names = {campaign: Names(deals) for campaign, deals in by_campaign.items()}

    def deal_of(self, creator_id: int, day: date) -> DealFact | None:
        """The creator's deal that runs that day (of several the latest begun), else the latest of all."""
        deals = self.by_creator.get(creator_id, [])
        running = [deal for deal in deals if deal.runs_on(day)]
        return max(running or deals, key=lambda deal: deal.recency, default=None)


def decide(order: OrderClues, book: Book) -> Decision:
    """Credit one order. Of several codes that could win, the first on the order does: the file has one amount."""
    findings = [*_codes(order, book), *_links(order, book)]
    if order.not_counted:
        lost = f"The order is in no sum: {order.not_counted.lower()}."
        return Decision(None, "", Decimal(0), tuple(replace(each, reason=each.reason or lost) for each in findings))
    winner = next((each for each in findings if each.could_win), None)
    if winner is None or winner.deal is None:
        return Decision(None, "", Decimal(0), tuple(findings))
    rule = CreditRule.CODE if winner.kind == EvidenceKind.CODE else CreditRule.LINK
    commission = half_even(order.net * winner.deal.commission_percent / _HUNDRED)
    return Decision(winner.deal, rule, commission, tuple(_told(each, winner) for each in findings))


def _told(finding: Finding, winner: Finding) -> Finding:
    if finding is winner:
        return replace(finding, won=True, reason=_WON[finding.kind == EvidenceKind.CODE])
    if finding.reason:
        return finding
    if finding.creator_id == winner.creator_id:
        return replace(finding, reason="Points at the same creator as the winner.")
    if finding.kind == EvidenceKind.CODE:
        return replace(finding, reason="Another creator's code stands first on the order.")
    return replace(finding, reason="A code decides before a link.")


_WON = {True: "A creator's code on the order decides first.", False: "No creator's code; the link's UTMs decide."}


def _codes(order: OrderClues, book: Book) -> Iterator[Finding]:
    """One finding a code. A reason means that the code cannot win."""
    for code in order.codes:
        for part in _parts(code, book):
            yield _code(part, order.day, book)


def _parts(code: str, book: Book) -> list[str]:
    # Which mark a shop puts between codes is not established: a space separates where that makes codes known.
    words = code.split()
    known = [word for word in words if folded(word) in book.codes]
    return known if known and folded(code) not in book.codes else [code]


def _code(code: str, day: date, book: Book) -> Finding:
    owner = book.codes.get(folded(code))
    if owner is None:
        return Finding(EvidenceKind.CODE, code, reason="This code belongs to no creator.")
    deal = book.deal_of(owner.creator_id, day)
    reason = ""
    if deal is None:
        reason = "The code's creator has no deal with this brand."
    elif (owner.starts_on and day < owner.starts_on) or (owner.ends_on and day > owner.ends_on):
        reason = "The code was not valid that day."
    return Finding(EvidenceKind.CODE, code, owner.creator_id, deal, could_win=not reason, reason=reason)


def _links(order: OrderClues, book: Book) -> Iterator[Finding]:
    """What the order's UTMs and click id say: at most one finding that can win."""
    utm = {key: value.strip().lower().removeprefix("@") for key, value in order.utm.items() if value.strip()}
    yield from _utms(utm, book)
    if click := utm.get("tclid"):
        yield Finding(EvidenceKind.CLICK_ID, click, reason=f"{POLICY} does not ask for clicks; kept for later ones.")


def _utms(utm: dict[str, str], book: Book) -> Iterator[Finding]:
    deal = book.by_id.get(book.links.get(utm.get("utm_id", ""), 0))
    if deal:
        yield _link(EvidenceKind.UTM_ID, utm["utm_id"], deal, utm)
        return
    if "utm_id" in utm:
        yield Finding(EvidenceKind.UTM_ID, utm["utm_id"], reason="No link of this brand has this id.")
    if content := utm.get("utm_content"):
        names = book.names.get(utm.get("utm_campaign", ""))
        deal = names.deal_named(content, platform=utm.get("utm_source", "")) if names else None
        if deal:
            yield _link(EvidenceKind.UTM_CONTENT, content, deal, utm)
        else:
            nobody = "Names no creator, or several, of the campaign." if names else "No campaign of this brand."
            yield Finding(EvidenceKind.UTM_CONTENT, content, reason=nobody)
    elif set(utm) - {"utm_id", "tclid"}:
        told = [utm.get(f"utm_{part}", "") for part in ("source", "medium", "campaign")]
        yield Finding(EvidenceKind.UTM, " / ".join(filter(None, told)) or "other", reason="Names no creator.")


def _link(kind: EvidenceKind, value: str, deal: DealFact, utm: dict[str, str]) -> Finding:
    reason = _unfit(utm, deal.campaign)
    return Finding(kind, value, deal.creator_id, deal, could_win=not reason, reason=reason)


def _unfit(utm: dict[str, str], campaign: str) -> str:
    """Why UTMs that name a deal earn no credit, or blank."""
    if utm.get("utm_campaign") != campaign.lower():
        return f"utm_campaign is not “{campaign}”."
    if utm.get("utm_medium") != CREDITED_MEDIUM:
        return f"utm_medium is not “{CREDITED_MEDIUM}”."
    return ""


class Names:
    """Who `utm_content` names among a campaign's deals."""

    def __init__(self, deals: Iterable[DealFact]) -> None:
        self._by_handle: defaultdict[str, list[DealFact]] = defaultdict(list)
        self._by_slug: defaultdict[str, list[DealFact]] = defaultdict(list)
        self._by_bare_slug: defaultdict[str, list[DealFact]] = defaultdict(list)
        for deal in deals:
            self._by_handle[deal.handle.lower()].append(deal)
            self._by_slug[slug(deal.handle)].append(deal)
            self._by_bare_slug[slug(deal.handle).strip("-")].append(deal)

    def deal_named(self, content: str, *, platform: str = "") -> DealFact | None:
        """The deal whose handle stands before the last `_post{n}` or `-{n}`, else whose slug does, if only one's.

        Where two platforms share a handle, `platform` decides; where that does not help, nobody is named.
        """
        wanted = _POST.sub("", content)
        for text in (wanted, content):
            if same := self._by_handle.get(text):
                return _only(same) or _only([deal for deal in same if deal.platform == platform])
        short = slug(wanted)
        if not short.strip("-"):
            return None
        return _only(self._by_slug.get(short) or self._by_bare_slug.get(short.strip("-"), []))


def slug(handle: str) -> str:
    """A handle as other tools write it: lower case, no `@`, runs of anything but a-z and 0-9 as `-`, cut at 64."""
    plain = unicodedata.normalize("NFKC", handle).strip().lower().removeprefix("@")
    return re.sub(r"[^a-z0-9]+", "-", plain)[:64]


def _only(deals: list[DealFact]) -> DealFact | None:
    return deals[0] if len(deals) == 1 else None
