"""What every shop's reader hands on: plain records that know no model."""

from dataclasses import asdict, dataclass, field

from results.logic.orders import OrderFacts


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something cannot be taken in, for a person: where it stands, what stands there, what is wrong with it."""

    line: int
    field: str
    value: str
    reason: str

    @property
    def shown(self) -> dict[str, object]:
        """As an import's JSON lists it."""
        return asdict(self)


class BadFile(Exception):
    """The file as a whole cannot be read as orders; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


@dataclass(slots=True)
class Run:
    """Rows of one order that stand together in a file. An order whose rows stand apart has several runs.

    `facts` are those of the run's first row; only the order's first run matters for them, and for `problems`, while
    `row_problems` (rows that cannot be read at all) spoil the order wherever they stand. `rows` are redacted.
    """

    line: int
    name: str
    shop_id: str
    facts: OrderFacts | None = None
    problems: list[Problem] = field(default_factory=list)
    row_problems: list[Problem] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What tells orders of one shop apart: `Id`, else `Name`. Without either, the run stands alone."""
        return self.shop_id or self.name or f"line {self.line}"
