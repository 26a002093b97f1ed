"""What is asked before something is done to many creators at once."""

from collections.abc import Sequence
from typing import Any

from django import forms

from campaigns.models import Campaign
from creators.logic.tags import BadTags, cleaned_tags
from team.models import Brand, User


class SureForm(forms.Form):
    """Nothing more to say."""


class TagsForm(forms.Form):
    """Which tags to give and which to take."""

    add = forms.CharField(label="Tags to add", required=False, max_length=400, help_text="Separated by commas.")
    remove = forms.CharField(label="Tags to remove", required=False, max_length=400)

    def clean_add(self) -> list[str]:
        """The tags as they are kept."""
        return self._tags("add")

    def clean_remove(self) -> list[str]:
        """The tags as they are kept."""
        return self._tags("remove")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data["add"] and not data["remove"]:
            raise forms.ValidationError("Say which tags to add or to remove.")
        return data

    def _tags(self, name: str) -> list[str]:
        try:
            return list(cleaned_tags(self.cleaned_data[name].split(",")))
        except BadTags as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class OwnerForm(forms.Form):
    """Who looks after them."""

    owner = forms.ModelChoiceField(User.objects.none(), required=False, empty_label="Nobody")

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.filter(pk__in=[person.pk for person in people]).order_by("name", "email")


class CampaignForm(forms.Form):
    """Into which campaign."""

    campaign = forms.ModelChoiceField(Campaign.objects.with_scopes_disabled().none(), empty_label="Choose")

    def __init__(self, *args: Any, brand: Brand | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaign: Any = self.fields["campaign"]
        campaign.queryset = Campaign.objects.filter(brand=brand)
