"""What people fill in to come in, and to settle their brands, their team and themselves."""

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from config.lib.currencies import CURRENCIES
from config.lib.days import DayField
from team.enums import JobState, Role
from team.models import Brand, User
from team.models.job import JobQuerySet
from team.queries import has_amounts

_CURRENCY_CHOICES = [("", "Choose…"), *((code, code) for code in sorted(CURRENCIES))]
_ZONE_CHOICES = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]


class SignInForm(LoginForm):
    """Address and password, in the words of the other pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label, self.fields["remember"].label = "E-mail", "Stay signed in"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class NewPersonForm(forms.Form):
    """A name and a password of one's own."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        strip=False,
        help_text="At least ten characters. A few words in a row are easy to keep in mind.",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str = "", **kwargs):
        self.invited = email
        super().__init__(*args, **kwargs)

    def clean(self) -> dict:
        """The password must not be common, short, or like the name or address."""
        data = super().clean() or {}
        if password := data.get("password"):
            person = User(name=data.get("name", ""), email=data.get("email", self.invited))
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class SetupForm(NewPersonForm):
    """The first owner and their first brand."""

    email = forms.EmailField(label="E-mail", widget=forms.EmailInput({"autocomplete": "email"}))
    brand_name = forms.CharField(label="Your first brand", max_length=120)
    currency = forms.ChoiceField(choices=_CURRENCY_CHOICES, help_text="What this brand counts its money in.")
    time_zone = forms.ChoiceField(choices=_ZONE_CHOICES, initial="UTC", help_text="Where its days begin and end.")

    field_order = ("name", "email", "password", "brand_name", "currency", "time_zone")


class BrandForm(forms.ModelForm):
    """A brand's own settings."""

    currency = forms.ChoiceField(choices=_CURRENCY_CHOICES, help_text="What this brand counts its money in.")
    time_zone = forms.ChoiceField(choices=_ZONE_CHOICES, initial="UTC", help_text="Where its days begin and end.")
    shop_address = forms.URLField(
        required=False, assume_scheme="https", help_text="Such as https://shop.example.com/."
    )

    class Meta:
        model = Brand
        fields = (
            "name", "currency", "time_zone", "shop_address", "history_complete_on", "inactive_after_days",
            "audience_fee",
            "is_open_to_applications", "application_intro", "application_thanks",
        )  # fmt: skip
        widgets = {
            "application_intro": forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
            "application_thanks": forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
        }
        labels = {"is_open_to_applications": "Creators can apply through a public form"}
        field_classes = {"history_complete_on": DayField}
        help_texts = {
            "history_complete_on": "From this day on every order of the shop is here. New customers are counted "
            "against the orders that we know, so the day stands beside them.",
            "inactive_after_days": "A creator without post, reply, deal or order for so long becomes inactive.",
            "audience_fee": "In the brand's currency. Above it, vetting asks for the creator's own audience figures: "
            "age, gender, country. Empty: never.",
            "is_open_to_applications": "Off: the address of the form answers as if it did not exist.",
            "application_intro": "What you look for. Shown as plain text to anybody who has the address.",
            "application_thanks": "Shown to everybody who has sent the form.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["inactive_after_days"].required = False

    def clean_inactive_after_days(self) -> int:
        """Days; empty: as many as usual."""
        return self.cleaned_data["inactive_after_days"] or Brand._meta.get_field("inactive_after_days").default

    def clean_currency(self) -> str:
        """Amounts are kept in the brand's currency, so it stays once there are any."""
        before, wanted = self.initial.get("currency", ""), self.cleaned_data["currency"]
        if before and wanted != before and has_amounts(self.instance):
            raise forms.ValidationError(
                f"{self.instance} already has deals, costs or orders in {before}, so its currency stays. "
                "Add another brand for another currency."
            )
        return wanted


class InviteForm(forms.Form):
    """Whom to let in, where, and to do what."""

    EVERY_BRAND = "all"

    email = forms.EmailField(label="E-mail", widget=forms.EmailInput({"autocomplete": "off"}))
    role = forms.ChoiceField(
        choices=Role.choices,
        initial=Role.MANAGER,
        help_text="Viewers read, managers also change, owners also decide about people and brands.",
    )
    brand = forms.ChoiceField()

    def __init__(self, *args, brands: list[Brand], everything: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.brands = {str(brand.pk): brand for brand in brands}
        every = [(self.EVERY_BRAND, "Every brand")] if everything else []
        self.fields["brand"].choices = [*((key, brand.name) for key, brand in self.brands.items()), *every]  # type: ignore[attr-defined]

    def chosen_brand(self) -> Brand | None:
        """None for every brand."""
        return self.brands.get(self.cleaned_data["brand"])


class RoleForm(forms.Form):
    """Another role for a person."""

    role = forms.ChoiceField(choices=Role.choices)


class YouForm(forms.ModelForm):
    """What a person decides about themselves."""

    class Meta:
        model = User
        fields = ("name", "theme")
        labels = {"theme": "Colours"}


class JobFilterForm(forms.Form):
    """Which jobs to list; anything it does not understand filters nothing."""

    find = forms.CharField(
        label="Search", required=False, max_length=80, widget=forms.TextInput({"placeholder": "Job, file or person"})
    )
    state = forms.ChoiceField(choices=[("", "All"), *JobState.choices], required=False)

    def narrowed(self, found: JobQuerySet) -> JobQuerySet:
        """The jobs that were asked for."""
        self.is_valid()
        if words := self.cleaned_data.get("find"):
            found = found.search(words)
        if state := self.cleaned_data.get("state"):
            found = found.filter(state=state)
        return found
