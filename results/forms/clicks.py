"""The filter bar of the clicks page; its values stand in the address."""

from django import forms

from results.enums import ClickClass
from results.queries.clicks import ClickFilter

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ClickFilterForm(forms.Form):
    """Which clicks to list. A value that makes no sense counts as not given."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=100,
        widget=forms.SearchInput(attrs={"placeholder": "Creator, campaign or short link"}),
    )
    kind = forms.ChoiceField(label="Who", choices=[("", "Everybody"), *ClickClass.choices], required=False)
    first = forms.DateField(label="First day", required=False, widget=_DAY)
    last = forms.DateField(label="Last day", required=False, widget=_DAY)

    def wanted(self) -> ClickFilter:
        """What is asked for."""
        self.is_valid()
        data = self.cleaned_data
        return ClickFilter(
            kind=data.get("kind", ""), text=data.get("q", ""), first_on=data.get("first"), last_on=data.get("last")
        )
