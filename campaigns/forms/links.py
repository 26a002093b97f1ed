"""What to ask before links and codes are made."""

from typing import Any

from django import forms

from campaigns.actions.links import LinkWish
from campaigns.enums import Medium
from campaigns.logic.utm import DEFAULT_DESTINATION, BadDestination, checked
from campaigns.models import Campaign
from config.lib.ids import ids_of


class LinkWishForm(forms.Form):
    """The press: which kind of post, where it leads, which percent. Empty means as the campaign says."""

    medium = forms.ChoiceField(label="For", choices=Medium.choices, required=False, initial=Medium.INFLUENCER)
    destination = forms.CharField(label="Leading to", max_length=500, required=False)
    percent = forms.DecimalField(
        label="Percent in new codes", max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False
    )
    another_post = forms.BooleanField(label="Another post for deals that have a link", required=False)
    deals = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any):
        super().__init__(*args, **kwargs)
        page = campaign.destination or campaign.brand.shop_address or DEFAULT_DESTINATION
        self.fields["destination"].widget.attrs["placeholder"] = page
        self.fields["percent"].widget.attrs["placeholder"] = f"{campaign.discount_percent.normalize():f}"

    def wish(self) -> LinkWish:
        """What `plan` and `make` take."""
        data = self.cleaned_data
        return LinkWish(
            destination=data["destination"],
            percent=data["percent"],
            medium=data["medium"] or Medium.INFLUENCER,
            another_post=data["another_post"],
            deal_ids=ids_of(data["deals"].split("-")) or None,
        )


class DestinationForm(forms.Form):
    """Another page for all links."""

    destination = forms.CharField(label="New landing page", max_length=500)

    def clean_destination(self) -> Any:
        """A web address."""
        try:
            return checked(self.cleaned_data["destination"])
        except BadDestination as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
