"""The filter bar of the alerts."""

from django import forms

from creators.enums import AlertKind
from creators.queries.alerts import ALL, DONE, OPEN, AlertFilter

_STATES = [(OPEN, "Open"), (DONE, "Done"), (ALL, "All")]


class AlertFilterForm(forms.Form):
    """What it does not understand it leaves out, so that any address shows a list."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(choices=[("", "Any"), *AlertKind.choices], required=False)
    state = forms.ChoiceField(choices=_STATES, required=False)

    def wanted(self) -> AlertFilter:
        """The filter that the address asks for."""
        self.is_valid()
        return AlertFilter(**{name: value.replace("\0", "") for name, value in self.cleaned_data.items() if value})
