"""What a brand keeps of a creator, how the creator likes to work, and the wish not to be contacted."""

from typing import Any

from django import forms

from config.lib.days import DayField
from creators.enums import RateFormat
from creators.logic.tags import BadTags, cleaned_tags
from creators.models import Creator, Relationship
from team.models import Brand, User
from team.queries import people_of


class TagsField(forms.CharField):
    """Tags separated by commas, kept in lower case."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        try:
            return cleaned_tags(super().clean(value).split(","))
        except BadTags as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class RelationshipForm(forms.Form):
    """Owner, tags and angles of one creator within one brand."""

    brand = forms.IntegerField(widget=forms.HiddenInput())
    owner = forms.ModelChoiceField(queryset=User.objects.none(), required=False, empty_label="Nobody")
    tags = TagsField(required=False, help_text="Separated by commas.")
    angles = forms.CharField(
        label="Angles that worked", required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, brand: Brand, held: Relationship | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of([brand])  # type: ignore[attr-defined]
        self.initial = {"brand": brand.pk}
        if held:
            self.initial |= {"owner": held.owner_id, "tags": held.tags, "angles": held.angles}

    @property
    def told(self) -> dict[str, Any]:
        """What a valid form says of the creator."""
        return {name: self.cleaned_data[name] for name in ("owner", "tags", "angles")}


class AvailabilityForm(forms.ModelForm):
    """Which formats the creator prefers, and when they can work."""

    formats = forms.TypedMultipleChoiceField(
        label="Preferred formats", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[each for each in RateFormat.choices if each[0] != RateFormat.MIXED],
    )  # fmt: skip
    back_on = DayField(label="Available again on", required=False, help_text="Empty: available.")

    class Meta:
        model = Creator
        fields = ("formats", "availability", "back_on")
        help_texts = {"availability": "In words, such as weekends only."}


class NoContactForm(forms.ModelForm):
    """That a creator asked to be left alone, since when and why; without a day they may be contacted."""

    no_contact_on = DayField(label="Asked on", required=False, help_text="Empty: they may be contacted again.")

    class Meta:
        model = Creator
        fields = ("no_contact_on", "no_contact_why")
        labels = {"no_contact_why": "Reason"}

    def clean(self) -> dict[str, Any]:
        """A wish has a reason; without the wish there is none."""
        told = super().clean() or self.cleaned_data
        if told.get("no_contact_on") and not told.get("no_contact_why"):
            self.add_error("no_contact_why", "Say why, so that colleagues understand.")
        if "no_contact_on" in told and not told["no_contact_on"]:
            told["no_contact_why"] = ""
        return told
