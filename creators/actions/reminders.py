"""Reminders of rights that end, made by beat at 30, 14 and 3 days: on Today, and by mail where there is a server."""

from datetime import date, datetime, timedelta

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q

from config.lib.days import day_at
from config.lib.words import last_day
from creators.models import Right, RightReminder
from creators.models.calendars import REMINDED_AT
from team.enums import Role
from team.models import Brand, Membership


def make_reminders(brand: Brand, *, today: date, now: datetime) -> int:
    """Write what is due for rights of the brand that are in force. Doing it again makes nothing new.

    A right first seen 10 days before its end is reminded of once, not also at 30. How many were made.
    """
    ending = Right.objects.filter(brand=brand, held__contains=today).annotate(ends=F("held__endswith"))
    made = 0
    for days, nearer in zip(REMINDED_AT, (*REMINDED_AT[1:], 0), strict=True):
        due = ending.filter(ends__lte=today + timedelta(days=days), ends__gt=today + timedelta(days=nearer))
        rows = [
            RightReminder(brand=brand, right=right, days=days, right_ends_on=right.ends, made_at=now) for right in due
        ]
        made += _written(rows)
    return made


def _written(rows: list[RightReminder]) -> int:
    keys = Q(pk__in=[])
    for row in rows:
        keys |= Q(right=row.right, days=row.days, right_ends_on=row.right_ends_on)
    there = set(RightReminder.objects.filter(keys).values_list("right", "days", "right_ends_on"))
    new = [row for row in rows if (row.right_id, row.days, row.right_ends_on) not in there]
    RightReminder.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def mail_reminders(brand: Brand, *, address: str, now: datetime) -> int:
    """Send what nobody was told by mail, in one letter each, to the brand's managers and owners. How many letters.

    `address` is where the register is. An end that is past, or was moved since, is not told. If the server refuses,
    nothing counts as told.
    """
    waiting = RightReminder.objects.select_for_update(of=("self",)).filter(
        brand=brand, mailed_at=None, done_at=None, right_ends_on__gt=day_at(now, brand.time_zone),
        right__held__endswith=F("right_ends_on"),
    )  # fmt: skip
    told = list(waiting.select_related("right__creator").order_by("right_ends_on", "pk"))
    if not told:
        return 0
    RightReminder.objects.filter(pk__in=[each.pk for each in told]).update(mailed_at=now)
    lines = [_line(each) for each in told]
    subject = f"{len(lines)} right{'' if len(lines) == 1 else 's'} of {brand} will end soon"
    body = "\n".join([*lines, "", address])
    letters = [EmailMessage(subject, body, to=[person]) for person in _told(brand)]
    return get_connection().send_messages(letters) or 0


def _line(reminder: RightReminder) -> str:
    right = reminder.right
    return f"{last_day(reminder.right_ends_on)}: {right}"


def _told(brand: Brand) -> list[str]:
    people = Membership.objects.filter(
        Q(brand=brand) | Q(brand=None), role__in=[Role.OWNER, Role.MANAGER], user__is_active=True
    )
    return sorted(set(people.values_list("user__email", flat=True)))


def done(reminder: RightReminder, *, now: datetime) -> None:
    """Somebody has seen to it: the reminders of this end leave Today."""
    same = RightReminder.objects.filter(right=reminder.right, right_ends_on=reminder.right_ends_on, done_at=None)
    same.update(done_at=now)
