"""The filter bar of the signals, a review, and a cause."""

from typing import Any

from django import forms

from config.lib.days import DayField
from creators.enums import CauseKind, Level, Platform, Ruling, Tier
from creators.models import Assessment
from creators.queries.assessments import ALL, OPEN, SignalFilter

_ANY = [("", "Any")]
_LEVELS = [("", "Watch and flagged"), *Level.choices, (ALL, "All")]
_REVIEWS = [*_ANY, (OPEN, "Not reviewed"), *Ruling.choices]
_KINDS = [("", "Choose"), *(each for each in CauseKind.choices if each[0] != CauseKind.NOTE)]
_CODES = [*_ANY, *((f"S{number}", f"S{number}") for number in range(1, 16))]


class SignalFilterForm(forms.Form):
    """What it does not understand it leaves out, so that any address shows a list."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    level = forms.ChoiceField(choices=_LEVELS, required=False)
    code = forms.ChoiceField(label="Signal", choices=_CODES, required=False)
    platform = forms.ChoiceField(choices=[*_ANY, *Platform.choices], required=False)
    tier = forms.ChoiceField(choices=[*_ANY, *Tier.choices], required=False)
    review = forms.ChoiceField(choices=_REVIEWS, required=False)

    def wanted(self) -> SignalFilter:
        """The filter that the address asks for."""
        self.is_valid()
        return SignalFilter(**{name: value.replace("\0", "") for name, value in self.cleaned_data.items() if value})


class ReviewForm(forms.Form):
    """What a person makes of one signal or of all of them, and why."""

    code = forms.ChoiceField(label="Which signal", required=False)
    ruling = forms.ChoiceField(label="Your word", choices=Ruling.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        max_length=300, help_text="It stands beside the signals for everybody who works with this creator."
    )

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {signal["code"]: signal["name"] for signal in assessment.signals}
        codes = [(code, f"{code} {names.get(code, '')}".strip()) for code in assessment.flagged + assessment.watched]
        self.fields["code"].choices = [("", "All of them"), *codes]  # type: ignore[attr-defined]


class CauseForm(forms.Form):
    """What happened on a day, so that a jump is no surprise."""

    happened_on = DayField(label="Day")
    kind = forms.ChoiceField(label="What happened", choices=_KINDS)
    note = forms.CharField(max_length=200, required=False)
