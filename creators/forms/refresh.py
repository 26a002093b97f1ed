"""Filters of the list of profiles without numbers."""

from typing import Any

from django import forms

from creators.enums import Failure, Platform

_ANY = [("", "Any")]


class FailuresForm(forms.Form):
    """The filter bar. What it does not understand it leaves out."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    cause = forms.ChoiceField(choices=[*_ANY, *Failure.choices], required=False)
    platform = forms.ChoiceField(choices=[*_ANY, *Platform.choices], required=False)

    def wanted(self) -> dict[str, Any]:
        """What `creators.queries.refresh.failures` is asked for."""
        self.is_valid()
        told = {name: value.replace("\0", "") for name, value in self.cleaned_data.items()}
        return {"find": told.get("q", ""), "cause": told.get("cause", ""), "platform": told.get("platform", "")}
