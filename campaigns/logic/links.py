"""What one press for links and codes would do, decided before anything is written."""

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from campaigns.logic.codes import folded, generated_code

SEEN = "was seen on orders as nobody's code"


@dataclass(frozen=True)
class LinkFacts:
    """A link that is there."""

    link_id: int
    post: int
    slug: str
    destination: str
    target: str
    off: bool = False


@dataclass(frozen=True)
class DealFacts:
    """A deal with what it has: its links of one medium by post, and its creator's code in the brand, or blank."""

    deal_id: int
    creator_id: int
    handle: str
    platform: str
    brief_path: str
    links: tuple[LinkFacts, ...] = ()
    code: str = ""
    code_warning: str = ""


@dataclass(frozen=True)
class PlannedLink:
    """One post of a deal: its link (`new` and None in a plan, `new` and there once made), its code, and notes."""

    deal: DealFacts
    post: int
    link: LinkFacts | None
    code: str
    code_is_new: bool
    new: bool = True
    notes: tuple[str, ...] = ()


def planned_links(
    deals: Collection[DealFacts],
    *,
    percent: Decimal,
    owners: Mapping[str, str],
    seen: Collection[str],
    another_post: bool = False,
) -> list[PlannedLink]:
    """The plan, by handle and post: nothing new for a deal that has its link and code.

    `owners` says whose each folded code of the brand is (by name or handle), `seen` holds folded codes of orders.
    With `another_post` every deal that has a link gets its next post.
    """
    taken = dict(owners)
    plan: list[PlannedLink] = []
    for deal in sorted(deals, key=lambda deal: (deal.handle, deal.platform, deal.deal_id)):
        code, notes = (deal.code, (deal.code_warning,) * bool(deal.code_warning))
        if not deal.code:
            code, notes = _new_code(deal, percent=percent, owners=taken, seen=seen)
            taken[folded(code)] = deal.handle
        row = PlannedLink(deal=deal, post=1, link=None, code=code, code_is_new=not deal.code, notes=notes)
        plan.extend(_posts(row, another_post=another_post))
    return plan


def _new_code(
    deal: DealFacts, *, percent: Decimal, owners: Mapping[str, str], seen: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    wish = generated_code(deal.handle, percent, ())
    code = generated_code(deal.handle, percent, _Both(owners, seen))
    if code == wish:
        return code, ()
    reason = f"belongs to {owners[wish]}" if wish in owners else SEEN
    return code, (f"{wish} {reason}, so {code}.",)


def _posts(row: PlannedLink, *, another_post: bool) -> Iterator[PlannedLink]:
    for link in row.deal.links:
        off = ("Switched off.",) if link.off else ()
        yield replace(row, post=link.post, link=link, new=False, notes=row.notes + off)
    if not row.deal.links or another_post:
        yield replace(row, post=max((link.post for link in row.deal.links), default=0) + 1)


class _Both(Container[str]):
    """Two containers as one, without joining them for every deal."""

    def __init__(self, *parts: Collection[str]) -> None:
        self._parts = parts

    def __contains__(self, code: object) -> bool:
        return any(code in part for part in self._parts)
