"""What people ask of a creator's timeline."""

from typing import Any

from django import forms

from desk.queries.events import Kind
from desk.queries.timeline import SEARCHED

STEP = 50


class TimelineForm(forms.Form):
    """The address of the timeline. What it does not understand asks nothing."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(choices=[("", "Everything"), *Kind.choices], required=False)
    shown = forms.IntegerField(required=False, min_value=1, max_value=SEARCHED, widget=forms.HiddenInput())

    def told(self) -> dict[str, Any]:
        """The words, the kind, and how many of the newest events."""
        self.is_valid()
        told = self.cleaned_data
        return {"q": told.get("q") or "", "kind": told.get("kind") or "", "shown": told.get("shown") or STEP}
