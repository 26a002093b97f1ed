"""The filter bar of the clicks page; its values stand in the address."""

from django import forms

from config.lib.days import DayField
from results.enums import ClickClass
from results.queries.clicks import ClickFilter


class ClickFilterForm(forms.Form):
    """Which clicks to list. A value that makes no sense counts as not given."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=100,
        widget=forms.SearchInput(attrs={"placeholder": "Creator, campaign or short link"}),
    )
    kind = forms.ChoiceField(label="Who", choices=[("", "Everybody"), *ClickClass.choices], required=False)
    first = DayField(label="First day", required=False)
    last = DayField(label="Last day", required=False)

    def wanted(self) -> ClickFilter:
        """What is asked for."""
        self.is_valid()
        data = self.cleaned_data
        return ClickFilter(
            kind=data.get("kind", ""), text=data.get("q", ""), first_on=data.get("first"), last_on=data.get("last")
        )
