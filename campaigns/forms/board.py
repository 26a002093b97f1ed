"""What a board shows, and a card's move to another stage."""

from typing import Any

from django import forms

from campaigns.models import Campaign
from campaigns.queries.board import CARDS, MOST, BoardFilter
from creators.enums import Stage
from team.models import Brand


class BoardForm(forms.Form):
    """The filter bar. What it does not understand it leaves out, so that any address shows a board."""

    q = forms.CharField(
        label="Search", required=False, widget=forms.SearchInput(attrs={"placeholder": "Name or handle"})
    )
    campaign = forms.ChoiceField(required=False)
    more = forms.ChoiceField(choices=Stage.choices, required=False, widget=forms.HiddenInput)
    limit = forms.IntegerField(min_value=CARDS, max_value=MOST, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand
        self.campaigns = {campaign.slug: campaign for campaign in Campaign.objects.filter(brand=brand)}
        named = [(slug, str(campaign)) for slug, campaign in self.campaigns.items()]
        self.fields["campaign"].choices = [("", "Every campaign"), *named]  # type: ignore[attr-defined]

    def wanted(self) -> BoardFilter:
        """What is asked for."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        given["q"] = given.get("q", "").replace("\0", "")
        campaign = self.campaigns.get(given.pop("campaign", ""))
        return BoardFilter(brand=self.brand, campaign=campaign, **given)


class CardForm(forms.Form):
    """Where to, and why; a person's move stands until something newer happens."""

    stage = forms.ChoiceField(label="Move to", choices=Stage.choices, error_messages={"required": "Choose a stage."})
    why = forms.CharField(label="Reason", max_length=200, error_messages={"required": "Say why."})

    @property
    def problem(self) -> str:
        """The first thing that is wrong with it."""
        return next((str(error) for errors in self.errors.values() for error in errors), "")
