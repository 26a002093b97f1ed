"""The form of a campaign."""

from typing import Any

from django import forms
from django.utils.text import slugify

from campaigns.logic.utm import BadDestination, checked
from campaigns.models import Campaign, TrackingLink
from config.lib.days import DayField
from creators.forms.fields import CategoryField
from team.models import Brand


class CampaignForm(forms.ModelForm):
    """Name, dates, page, discount and targets. The short name is offered from the name and kept as given."""

    slug = forms.CharField(
        label="Short name",
        max_length=64,
        required=False,
        help_text="Stands in every link as utm_campaign. Small letters, digits, - and _; empty: made from the name.",
    )
    destination = forms.CharField(
        label="Landing page",
        max_length=500,
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text="Where links lead to. Its own parameters stay; ours are added.",
    )

    class Meta:
        model = Campaign
        fields = (
            "brand", "name", "slug", "starts_on", "ends_on", "category", "destination",
            "discount_percent", "budget", "target_cac", "kpi",
        )  # fmt: skip
        field_classes = {
            "destination": forms.CharField, "starts_on": DayField, "ends_on": DayField, "category": CategoryField,
        }  # fmt: skip
        labels = {"starts_on": "First day", "discount_percent": "Discount in percent"}
        help_texts = {
            "category": "Such as skincare: who promised it to another brand in that time is pointed out. All brands "
            "share these words; empty: not asked.",
            "discount_percent": "Stands at the end of generated codes: ANA10.",
            "budget": "In the brand’s currency.",
            "target_cac": "What a new customer may cost, in the brand’s currency.",
            "kpi": "Top performers are named by it.",
        }

    def __init__(self, *args: Any, brands: list[Brand], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._old_slug = self.instance.slug
        self.fields["kpi"].required = False
        if self.instance.pk or len(brands) == 1:
            del self.fields["brand"]
            if not self.instance.pk:
                self.instance.brand = brands[0]
        else:
            self.fields["brand"] = forms.ModelChoiceField(Brand.objects.filter(pk__in=[each.pk for each in brands]))

    def clean_slug(self) -> str:
        """As given, or made from the name with a number where that is taken."""
        slug = self.cleaned_data["slug"].strip()
        if not slug:
            return _free_slug(slugify(self.cleaned_data.get("name", ""))[:60].strip("-_") or "campaign")
        links = TrackingLink.objects.filter(deal__campaign=self.instance) if self.instance.pk else None
        if slug != self._old_slug and links is not None and links.exists():
            raise forms.ValidationError(
                f"The links of this campaign already carry “{self._old_slug}”, so its short name stays."
            )
        if slug != self._old_slug and Campaign.objects.with_scopes_disabled().filter(slug=slug).exists():
            raise forms.ValidationError("Another campaign already has this short name.")
        return slug

    def clean_kpi(self) -> str:
        """What the campaign is judged by; as usual where nothing is said."""
        return self.cleaned_data["kpi"] or Campaign._meta.get_field("kpi").default

    def clean_destination(self) -> str:
        """A web address as it goes over the wire, or nothing."""
        page = self.cleaned_data["destination"].strip()
        if not page:
            return ""
        try:
            return checked(page if "://" in page else f"https://{page}")
        except BadDestination as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


def _free_slug(base: str) -> str:
    # Slugs are unique over all brands, also those that the person may not see.
    taken = set(Campaign.objects.with_scopes_disabled().filter(slug__startswith=base).values_list("slug", flat=True))
    choices = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in choices if slug not in taken)
