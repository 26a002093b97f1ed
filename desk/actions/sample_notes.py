"""What the sample's brand keeps of its creators: owners, tags, angles, ways to work, notes and contacts."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from creators.actions.notes import add_note, pin_note
from creators.actions.relationships import add_tags, keep, set_owner
from creators.enums import NoteKind, RateFormat
from creators.models import Creator, Note
from team.models import Brand, User

_SAID = (
    (NoteKind.EMAIL, "Sent the tasting box and asked for two reels before Sunday."),
    (NoteKind.CALL, "Happy with the rate. Wants the code to be easy to say out loud."),
    (NoteKind.MESSAGE, "Asked when the next wave begins."),
    (NoteKind.NOTE, "Comments under the last post ask where to buy. Worth a second wave."),
)
_ANGLES = ("The first sip in the morning, no music.", "Taster box unboxing with an honest ranking.")
_TAGS: tuple[list[str], ...] = (["warm"], ["warm", "ambassador"], ["try again"], [])


def load_notes(brand: Brand, *, by: User | None, now: datetime) -> None:
    """Give two thirds of the sample's creators something that a colleague wrote; one note mentions `by`."""
    creators = list(Creator.objects.filter(is_sample=True).order_by("pk"))
    set_owner([each.pk for each in creators[::2]], brand=brand, owner=by)
    for number, tags in enumerate(_TAGS):
        add_tags([each.pk for each in creators[number :: len(_TAGS)]], brand=brand, tags=tags)
    for number, creator in enumerate(creators[:20]):
        _write(creator, number, brand=brand, by=by, now=now)
    if creators:
        _work(creators, today=now.date())
        _start(creators[0], brand=brand, by=by, now=now)


def _write(creator: Creator, number: int, *, brand: Brand, by: User | None, now: datetime) -> None:
    for step in range(1 + number % 3):
        kind, text = _SAID[(number + step) % len(_SAID)]
        told_at = now - timedelta(days=3 + 2 * number + 9 * step, hours=number % 5)
        add_note(creator, brand=brand, kind=kind, text=text, told_at=told_at, by=by, now=told_at)


def _work(creators: Sequence[Creator], *, today: date) -> None:
    pairs = ([RateFormat.REEL, RateFormat.STORY], [RateFormat.REEL], [RateFormat.VIDEO], [RateFormat.POST])
    for number, creator in enumerate(creators):
        creator.formats = [each.value for each in pairs[number % len(pairs)]]
        if number % 9 == 4:
            creator.availability, creator.back_on = "travelling", today + timedelta(days=20)
        creator.save(update_fields=["formats", "availability", "back_on"])


def _start(creator: Creator, *, brand: Brand, by: User | None, now: datetime) -> Note:
    """The creator whom people look at first has everything."""
    keep(creator.pk, brand=brand, owner=by, tags=["warm", "ambassador"], angles="\n".join(_ANGLES))
    add_note(
        creator, brand=brand, kind=NoteKind.NOTE, text="Could she host the spring tasting? Please have a look.",
        told_at=now - timedelta(hours=3), by=None, now=now, people=[by] if by else [],
    )  # fmt: skip
    pinned = add_note(
        creator, brand=brand, kind=NoteKind.NOTE, text="Answers mails on Mondays only. Never send samples with nuts.",
        told_at=now - timedelta(days=40), by=by, now=now,
    )  # fmt: skip
    pin_note(pinned)
    return pinned
