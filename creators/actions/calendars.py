"""Secret addresses of calendars: made, read, switched off."""

from datetime import date, datetime, timedelta

from config.lib.calendars import DayEvent, calendar_text
from config.lib.tokens import unsigned
from config.lib.words import last_day
from creators.models import PlatformPermission, Right, RightsCalendar
from team.enums import Role
from team.models import Brand, User
from team.queries import brands_of

_SHOWN_FOR = timedelta(days=90)  # how long an end that has passed stays in the calendar


def make_calendar(brand: Brand, *, label: str, by: User, now: datetime) -> RightsCalendar:
    """A new secret address."""
    return RightsCalendar.objects.create(brand=brand, label=label, made_by=by, made_at=now)


def switch_off(calendar: RightsCalendar, *, now: datetime) -> None:
    """The address leads nowhere from now on."""
    RightsCalendar.objects.filter(pk=calendar.pk, off_at=None).update(off_at=now)


def calendar_of(token: str) -> RightsCalendar | None:
    """The calendar that a secret address names, switched off or not; None for a made-up one.

    Whoever made it must still see the brand: an address does not outlive the person's place in the team.
    """
    numbers = unsigned("rights-calendar", token)
    if not numbers or len(numbers) != 1:
        return None
    # The token is the proof; which brand's scope to open stands in the row.
    every = RightsCalendar.objects.with_scopes_disabled()  # type: ignore[attr-defined]
    found: RightsCalendar | None = every.filter(pk=numbers[0]).select_related("brand", "made_by").first()
    if found is None or not found.made_by.is_active:
        return None
    return found if found.brand in brands_of(found.made_by, least=Role.VIEWER) else None


def feed(brand: Brand, *, address: str, today: date, now: datetime) -> str:
    """The last days of the brand's rights and of the platform's permissions, from three months ago on."""
    since = today - _SHOWN_FOR
    rights = Right.objects.filter(brand=brand, held__endswith__gt=since).select_related("creator", "content")
    codes = PlatformPermission.objects.filter(brand=brand, during__endswith__gt=since, right__held__isempty=False)
    events = [_right_event(right, address) for right in rights.order_by("held", "pk")]
    events += [_code_event(code, address) for code in codes.select_related("right__creator").order_by("during", "pk")]
    return calendar_text(events, name=f"Rights of {brand}", now=now)


def _right_event(right: Right, address: str) -> DayEvent:
    what = f"{right.content or 'All content'}, {right.territory or 'worldwide'}"
    return DayEvent(
        uid=f"right-{right.pk}@troupe",
        day=right.held.upper - timedelta(days=1),
        summary=f"Right ends: {right}",
        description=f"{what}. Last day {last_day(right.held.upper)}.",
        url=f"{address}{right.pk}/",
    )


def _code_event(code: PlatformPermission, address: str) -> DayEvent:
    return DayEvent(
        uid=f"permission-{code.pk}@troupe",
        day=code.during.upper - timedelta(days=1),
        summary=f"{code.get_kind_display()} ends: {code.right}",
        url=f"{address}{code.right_id}/",
    )
