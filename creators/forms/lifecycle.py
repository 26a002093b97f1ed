"""Which day, and what held then."""

from datetime import date

from django import forms

from config.lib.days import DayField
from creators.enums import Stage, Track
from creators.queries.spans import DayFilter
from team.models import Brand


class DayForm(forms.Form):
    """The filter bar. A day that makes no sense is today."""

    day = DayField(required=False)
    held = forms.ChoiceField(
        label="Stage or overlay",
        required=False,
        choices=[
            ("", "Any"),
            *((track.value, track.label) for track in Track if track != Track.STAGE),
            *Stage.choices,
        ],
    )
    q = forms.CharField(
        label="Search", required=False, widget=forms.SearchInput(attrs={"placeholder": "Name or handle"})
    )

    def wanted(self, brand: Brand, *, today: date) -> DayFilter:
        """What is asked for."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        given["q"] = given.get("q", "").replace("\0", "")
        return DayFilter(brand=brand, **{"day": today, **given})
