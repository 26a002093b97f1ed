"""What people ask of a profile's posts and snapshots, and what they log on its growth chart."""

from datetime import date
from typing import Any

from django import forms

from config.lib.days import DayField
from creators.enums import Basis, CauseKind, ContentKind, Platform, Source, Tier
from creators.models import Profile
from creators.queries.benchmarks import RowFilter

_ANY = [("", "Any")]
_SEARCH = forms.TextInput(attrs={"type": "search"})
_STATES = [("campaign", "Campaign posts"), ("removed", "Removed"), ("edited", "Edited")]


class _Told(forms.Form):
    """A filter that understands what it can of an address and leaves the rest out."""

    def told(self) -> dict[str, str]:
        """What was understood."""
        self.is_valid()
        return {name: value.replace("\0", "") for name, value in self.cleaned_data.items() if isinstance(value, str)}


class PostFilterForm(_Told):
    """Which posts of a profile."""

    q = forms.CharField(label="Search", required=False, widget=_SEARCH)
    kind = forms.ChoiceField(choices=[*_ANY, *ContentKind.choices], required=False)
    state = forms.ChoiceField(choices=[*_ANY, *_STATES], required=False)


class SnapshotFilterForm(_Told):
    """Which snapshots of a profile."""

    source = forms.ChoiceField(choices=[*_ANY, *Source.choices], required=False)
    basis = forms.ChoiceField(choices=[*_ANY, *Basis.choices], required=False)


class BenchmarkFilterForm(_Told):
    """Which published figures."""

    q = forms.CharField(label="Search", required=False, widget=_SEARCH)
    platform = forms.ChoiceField(choices=[*_ANY, *Platform.choices], required=False)
    tier = forms.ChoiceField(choices=[*_ANY, *Tier.choices], required=False)

    def wanted(self) -> RowFilter:
        """The filter that the address asks for."""
        return RowFilter(**self.told())


class CauseForm(forms.Form):
    """What happened to one of a creator's profiles, and when."""

    profile = forms.ModelChoiceField(queryset=Profile.objects.none(), widget=forms.HiddenInput)
    happened_on = DayField(label="Day")
    kind = forms.ChoiceField(label="What happened", choices=CauseKind.choices)
    note = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, creator: int, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].queryset = Profile.objects.filter(creator=creator)  # type: ignore[attr-defined]
        if today:
            self.fields["happened_on"].initial = today

    def clean(self) -> dict[str, Any]:
        """A note alone has words."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == CauseKind.NOTE and not cleaned.get("note", "").strip():
            self.add_error("note", "Write the note.")
        return cleaned
