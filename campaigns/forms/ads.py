"""What people ask of the list of ads, and what they plan."""

from datetime import timedelta
from typing import Any

from django import forms

from campaigns.models import Ad, Campaign
from campaigns.queries.ads import OVER, PLANNED, RUNNING, AdFilter
from config.lib.days import DayField
from creators.enums import Place, RightKind
from team.models import Brand

_ANY = [("", "Any")]
_STATES = [(RUNNING, "Running"), (PLANNED, "Planned"), (OVER, "Over")]


class AdFilterForm(forms.Form):
    """The address of the list. What it does not understand asks nothing."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(choices=[*_ANY, *_STATES], required=False)
    place = forms.ChoiceField(choices=[*_ANY, *Place.choices], required=False)
    right = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=1 << 62)

    def wanted(self) -> AdFilter:
        """The filter that the address asks for."""
        self.is_valid()
        told = self.cleaned_data
        words = {name: (told.get(name) or "").replace("\0", "").strip() for name in ("q", "state", "place")}
        return AdFilter(right=told.get("right"), **words)


class AdForm(forms.Form):
    """An ad and its days."""

    name = forms.CharField(max_length=160)
    reference = forms.CharField(
        label="Number at the platform",
        required=False,
        max_length=120,
        help_text="To find it again in the ad account.",
    )
    campaign: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=Campaign.objects.none(), required=False, empty_label="None"
    )
    first = DayField(label="First day")
    last = DayField(label="Last day")

    def __init__(self, *args: Any, brand: Brand, kind: str = "", ad: Ad | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind
        self.initial = {**self.initial, **(_told(ad) if ad else {})}
        self.fields["campaign"].queryset = Campaign.objects.filter(brand=brand)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and a right to repost (`kind`) allows no ad."""
        told = super().clean() or self.cleaned_data
        if self._kind == RightKind.ORGANIC:
            raise forms.ValidationError(
                "This right is for organic reposts, and an ad is none. Add a right for paid usage or whitelisting."
            )
        if told.get("first") and told.get("last") and told["last"] < told["first"]:
            self.add_error("last", "The last day is before the first.")
        return told

    def planned(self) -> dict[str, Any]:
        """What the actions take; the end is exclusive."""
        told = dict(self.cleaned_data)
        end = told.pop("last") + timedelta(days=1)
        return {**told, "end": end}


def _told(ad: Ad) -> dict[str, Any]:
    last = ad.ran.upper - timedelta(days=1)
    return {
        "name": ad.name, "reference": ad.reference, "campaign": ad.campaign_id, "first": ad.ran.lower, "last": last
    }  # fmt: skip
