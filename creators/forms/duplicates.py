"""The filter bar of the duplicates, and the reason why two are not the same."""

from django import forms

from creators.enums import DuplicateState
from creators.queries.duplicates import DuplicateFilter

_ANY = "any"
_STATES = [*DuplicateState.choices, (_ANY, "Any")]
_LEAST = [("", "Any"), ("0.5", "Likely"), ("0.8", "Very likely")]


class DuplicateFilterForm(forms.Form):
    """What it does not understand it leaves out, so that any address shows a list."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    least = forms.ChoiceField(label="How likely", choices=_LEAST, required=False)
    state = forms.ChoiceField(choices=_STATES, required=False)

    def wanted(self) -> DuplicateFilter:
        """The filter that the address asks for; without a wish the pairs to be looked at."""
        self.is_valid()
        told = self.cleaned_data
        state = told.get("state") or DuplicateState.OPEN
        return DuplicateFilter(
            words=told.get("q", "").replace("\0", "").strip(),
            state="" if state == _ANY else state,
            least=float(told.get("least") or 0),
        )


class DismissForm(forms.Form):
    """How somebody knows that these are two people."""

    why = forms.CharField(label="How do you know", max_length=200)
