"""What people ask of the roster as a whole. What these forms do not understand they leave out."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from campaigns.models import Campaign
from creators.enums import Stage
from creators.forms.fields import CreatorField
from creators.logic.coverage import Rule
from creators.queries.discovery import PeopleFilter

_RULE = Rule()
FAR = 2_000
TOP = "top"


def _words(form: forms.Form, name: str) -> str:
    return (form.cleaned_data.get(name) or "").replace("\0", "").strip()


def _search(label: str, placeholder: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=80,
        widget=forms.TextInput({"type": "search", "placeholder": placeholder}),
    )


class GridForm(forms.Form):
    """Which niches, in which country's regions, and what counts as a gap."""

    q = _search("Niche")
    country = forms.CharField(required=False, max_length=60, help_text="Empty: by country.")
    elsewhere = forms.IntegerField(label="Gap: niche elsewhere from", required=False, min_value=1, max_value=100_000)
    people = forms.IntegerField(label="Gap: creators there from", required=False, min_value=1, max_value=100_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()
        self.fields["elsewhere"].widget.attrs["placeholder"] = str(_RULE.elsewhere)
        self.fields["people"].widget.attrs["placeholder"] = str(_RULE.people)

    @property
    def niche(self) -> str:
        """Letters that a niche holds."""
        return _words(self, "q").lower()

    @property
    def place(self) -> str:
        """The country whose regions are asked for, or blank for countries."""
        return _words(self, "country")

    @property
    def rule(self) -> Rule:
        """What is a gap."""
        told = self.cleaned_data
        return Rule(told.get("elsewhere") or _RULE.elsewhere, told.get("people") or _RULE.people)


class MixForm(forms.Form):
    """Of whom the mix is asked: a campaign, a stage with the current brand, or everybody."""

    campaign = forms.ChoiceField(required=False)
    stage = forms.ChoiceField(required=False, choices=[("", "Any"), *Stage.choices])

    def __init__(self, *args: Any, campaigns: QuerySet[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "All creators"), *((each.slug, each.name) for each in campaigns)]
        self.fields["campaign"].choices = choices  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def slug(self) -> str:
        """The campaign, or blank."""
        return _words(self, "campaign")

    @property
    def wanted_stage(self) -> str:
        """The stage, or blank."""
        return _words(self, "stage")


class PeopleForm(forms.Form):
    """Behind a count: the same words as in the address of the count."""

    q = _search("Name")
    niche = forms.CharField(required=False, max_length=40)
    country = forms.CharField(required=False, max_length=60)
    region = forms.CharField(required=False, max_length=60)
    city = forms.CharField(required=False, max_length=80)
    tier = forms.ChoiceField(
        label="Size",
        required=False,
        choices=[
            ("", "Any"), ("pre-nano", "Pre-nano"), ("nano", "Nano"), ("micro", "Micro"), ("mid", "Mid and above"),
            ("unknown", "Not known"),
        ],
    )  # fmt: skip
    stage = forms.ChoiceField(required=False, choices=[("", "Any"), *Stage.choices])

    def wanted(self) -> PeopleFilter:
        """The filter that the address asks for."""
        self.is_valid()
        return PeopleFilter(**{name: _words(self, name) for name in self.fields})


NEAR_KM = 50
"""How far a search around a city goes where nothing is said."""


class NearForm(forms.Form):
    """Around which city, how far."""

    city = forms.CharField(max_length=80)
    country = forms.CharField(max_length=60)
    region = forms.CharField(max_length=60, required=False, help_text="Only where a name is not enough.")
    km = forms.IntegerField(label="Within km", min_value=1, max_value=FAR, initial=NEAR_KM)


class LikeForm(forms.Form):
    """Like whom: one creator, the credibly good of a campaign, or the brand's top performers."""

    like = CreatorField(label="Like this creator", required=False)
    campaign = forms.ChoiceField(label="Or like the credibly good of", required=False)
    fresh = forms.BooleanField(label="Only who is new to the brand", required=False)

    def __init__(self, *args: Any, campaigns: QuerySet[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.slug, each.name) for each in campaigns]
        self.fields["campaign"].choices = [("", "Choose"), *named, (TOP, "All campaigns: top performers")]  # type: ignore[attr-defined]
