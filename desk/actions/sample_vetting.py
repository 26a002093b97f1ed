"""The sample's vettings: some judged, some waiting, one refused, and the fee above which figures are asked for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from creators.actions.vetting import Score, ask_for_figures, ask_to_vet, give_verdict, receive_figures
from creators.enums import VettingItem, VettingVerdict
from creators.models import Creator
from team.models import Brand, User

_FEE = Decimal(150)
_JUDGED, _WAITING = 14, 5
_NOTES = {VettingItem.LIGHT: "Daylight, sharp", VettingItem.COMMENTS: "Asks back", VettingItem.SOUND: "Some echo"}
_REASONS = {
    VettingVerdict.SUITABLE: "Knows tea, answers every comment",
    VettingVerdict.PERHAPS: "Good pictures, but the audience is mostly abroad",
    VettingVerdict.NO: "Advertises another tea every week",
}


def load_vettings(brand: Brand, creators: Sequence[Creator], *, by: User | None, now: datetime) -> None:
    """Judge the first of these creators and let the next ones wait."""
    brand.audience_fee = _FEE
    brand.save(update_fields=["audience_fee"])
    for number, creator in enumerate(creators[:_JUDGED]):
        _judge(brand, creator, number, by=by, now=now - timedelta(days=30 - number))
    waiting = [creator.pk for creator in creators[_JUDGED : _JUDGED + _WAITING]]
    ask_to_vet(waiting, brand=brand, by=by, now=now - timedelta(days=2))


def _judge(brand: Brand, creator: Creator, number: int, *, by: User | None, now: datetime) -> None:
    verdict = _verdict(number)
    best = {VettingVerdict.SUITABLE: 5, VettingVerdict.PERHAPS: 4, VettingVerdict.NO: 3}[verdict]
    items = list(VettingItem)[: 6 + number % 5]
    scores = {item: Score(best - (number + place) % 3, _NOTES.get(item, "")) for place, item in enumerate(items)}
    give_verdict(
        creator, brand=brand, scores=scores, verdict=verdict, reason=_REASONS[verdict], seen=None, by=by, now=now
    )
    if number % 4 == 0:
        ask_for_figures(creator, brand=brand, on=now.date(), by=by, now=now)
    if number % 8 == 0:
        receive_figures(creator, brand=brand, on=now.date() + timedelta(days=3), by=by, now=now)


def _verdict(number: int) -> VettingVerdict:
    if number == 6:
        return VettingVerdict.NO
    return VettingVerdict.PERHAPS if number % 5 == 4 else VettingVerdict.SUITABLE
