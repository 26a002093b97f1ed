"""The table of rules, in the order in which screens show them."""

from collections.abc import Callable

from creators.logic.fraud.audience import s13, s14
from creators.logic.fraud.comments import s5, s6, s7
from creators.logic.fraud.expected import s15
from creators.logic.fraud.facts import Facts
from creators.logic.fraud.growth import s1, s2, s3, s4
from creators.logic.fraud.likes import s9, s10, s11, s12
from creators.logic.fraud.pods import s8
from creators.logic.fraud.signal import Signal

Rule = Callable[[Facts], Signal]

RULES: tuple[Rule, ...] = (s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)
