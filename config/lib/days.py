"""Days that can be meant: outside them a slip of the keyboard overflows calendars and time zones."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2100, 12, 31)
_WRITTEN = re.compile(r"(\d{4}-\d\d-\d\d)([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?", re.ASCII)
OUTSIDE = "Write a day from 1990 to 2100."


def is_meant(day: date) -> bool:
    """Whether a person or a shop can mean this day."""
    return FIRST_DAY <= day <= LAST_DAY


def day_of(text: str) -> date:
    """The day of `2026-11-02` or, as workbooks have it, `2026-11-02T00:00:00`. Raises `ValueError` for all else."""
    written = _WRITTEN.fullmatch(text.strip())
    if not written:
        raise ValueError(text)
    return date.fromisoformat(written[1])


def day_at(now: datetime, time_zone: str) -> date:
    """Which day it is in a time zone, such as a brand's."""
    return now.astimezone(ZoneInfo(time_zone)).date()


class DayField(forms.DateField):
    """A day that can be meant, picked from a calendar."""

    def __init__(self, **kwargs: Any):
        picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        meant = [MinValueValidator(FIRST_DAY, OUTSIDE), MaxValueValidator(LAST_DAY, OUTSIDE)]
        super().__init__(widget=picker, validators=meant, **kwargs)
