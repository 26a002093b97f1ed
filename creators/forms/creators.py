"""Filters of the list, a creator with profiles and contacts, and a move through the stages."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.forms import BaseInlineFormSet, inlineformset_factory

from creators.enums import ContactKind, Platform, Stage, TopRuling
from creators.forms.fields import CountryField
from creators.logic.handles import NotAHandle, clean_handle
from creators.models import Contact, Creator, Profile
from team.models import Brand


class NichesField(forms.CharField):
    """Niches separated by commas, kept in lower case."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        words = [" ".join(word.split()).lower() for word in super().clean(value).split(",")]
        niches = list(dict.fromkeys(word for word in words if word))
        if any(len(niche) > 40 for niche in niches) or len(niches) > 20:
            raise forms.ValidationError("At most 20 niches of 40 characters each.")
        return niches


class CreatorForm(forms.ModelForm):
    """What is known of the person."""

    niches = NichesField(required=False, help_text="Separated by commas.")

    class Meta:
        model = Creator
        fields = ("name", "country", "region", "city", "language", "niches", "notes")
        field_classes = {"country": CountryField}
        widgets = {"notes": forms.Textarea(attrs={"rows": 4})}


class ProfileForm(forms.ModelForm):
    """One account. The handle may be pasted with `@` or as the profile's address."""

    handle = forms.CharField(max_length=500, label="Handle or address")
    is_main = forms.BooleanField(label="Main profile", required=False)

    class Meta:
        model = Profile
        fields = ("platform", "handle", "followers", "is_main")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["platform"].choices = [("", "Choose"), *Platform.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        handle, platform = cleaned.get("handle"), cleaned.get("platform")
        if handle and platform:
            try:
                cleaned["handle"] = clean_handle(handle, platform).handle
            except NotAHandle as refusal:
                self.add_error("handle", str(refusal))
        return cleaned


class ContactForm(forms.ModelForm):
    """One way to reach the person."""

    class Meta:
        model = Contact
        fields = ("kind", "value")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Choose"), *ContactKind.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An e-mail address must be one."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == ContactKind.EMAIL and cleaned.get("value"):
            cleaned["value"] = cleaned["value"].lower()
            try:
                validate_email(cleaned["value"])
            except forms.ValidationError as refusal:
                self.add_error("value", refusal)
        return cleaned


class RemovableFormSet(BaseInlineFormSet):
    """Lines that can be removed, but for the empty one at the end."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Remove"
            if not form.instance.pk:
                del form.fields["DELETE"]


class ProfileFormSet(RemovableFormSet):
    """The profiles of one creator: at least one, and exactly one of them the main one."""

    def clean(self) -> None:
        super().clean()
        kept = self.kept()
        if not kept and not any(self.errors):
            raise forms.ValidationError("A creator needs at least one profile.")
        if sum(bool(form.cleaned_data.get("is_main")) for form in kept) > 1:
            raise forms.ValidationError("Only one profile can be the main one.")

    def kept(self) -> list[forms.ModelForm]:
        """The forms that hold a profile and are not to be removed."""
        filled = [form for form in self.forms if getattr(form, "cleaned_data", None)]
        return [form for form in filled if not form.cleaned_data.get("DELETE")]


ProfilesForm = inlineformset_factory(
    Creator, Profile, form=ProfileForm, formset=ProfileFormSet, extra=1, max_num=len(Platform), can_delete=True
)
ContactsForm = inlineformset_factory(
    Creator, Contact, form=ContactForm, formset=RemovableFormSet, extra=1, max_num=20, can_delete=True
)


class MoveForm(forms.Form):
    """Into which stage of which brand, or what of the overlay "top performer", and why."""

    brand = forms.ModelChoiceField(queryset=Brand.objects.none(), empty_label=None)
    stage = forms.ChoiceField(
        choices=[("", "Choose"), ("Stage", Stage.choices), ("Top performer", TopRuling.choices)]
    )
    why = forms.CharField(label="Reason", max_length=200, help_text="It stands in the creator’s history.")

    def __init__(self, *args: Any, brands: list[Brand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["brand"]
        field.queryset = Brand.objects.filter(pk__in=[brand.pk for brand in brands])  # type: ignore[attr-defined]
