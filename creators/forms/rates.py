"""What was asked, offered or paid; packages; and which fair rate is wanted."""

from datetime import date
from typing import Any

from django import forms

from config.lib.currencies import CURRENCIES
from config.lib.days import DayField
from creators.enums import Platform, RateFormat, RateKind
from creators.logic.fees import formats_on
from creators.logic.usage import Usage
from creators.models import Creator, Package, Rate
from team.models import Brand

_ANY = [("", "Any")]
_MOST_PIECES = 50
_USAGE = [("", "None"), ("30", "30 days"), ("60", "60 days"), ("90", "90 days"), ("ever", "Perpetual")]


class RateFilterForm(forms.Form):
    """The filter bar of the history. What it does not understand it leaves out."""

    q = forms.CharField(label="Search notes", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(choices=[*_ANY, *RateKind.choices], required=False)
    format = forms.ChoiceField(choices=[*_ANY, *RateFormat.choices], required=False)
    platform = forms.ChoiceField(choices=[*_ANY, *Platform.choices], required=False)

    def told(self) -> dict[str, str]:
        """What was understood."""
        self.is_valid()
        return {name: value.replace("\0", "") for name, value in self.cleaned_data.items() if value}


class _Told(forms.ModelForm):
    """An amount that a brand was told on a day."""

    brand = forms.ModelChoiceField(queryset=Brand.objects.none(), empty_label=None)
    currency = forms.CharField(max_length=3, min_length=3, widget=forms.TextInput(attrs={"placeholder": "EUR"}))
    quoted_on = DayField(label="Day")

    def __init__(self, *args: Any, brands: list[Brand], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["brand"].queryset = Brand.objects.filter(pk__in=[brand.pk for brand in brands])  # type: ignore[attr-defined]

    def clean_currency(self) -> str:
        """One of the currencies there are."""
        code = str(self.cleaned_data["currency"]).upper()
        if code not in CURRENCIES:
            raise forms.ValidationError("This is no currency. Write three letters, such as EUR.")
        return code

    def clean_quoted_on(self) -> date:
        """No day that has not come."""
        day: date = self.cleaned_data["quoted_on"]
        if day > self.today:
            raise forms.ValidationError("This day has not come yet.")
        return day


class RateForm(_Told):
    """One amount for one piece."""

    class Meta:
        model = Rate
        fields = ("brand", "kind", "profile", "format", "amount", "currency", "quoted_on", "note")

    def __init__(self, *args: Any, creator: Creator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].queryset = creator.profiles.all()  # type: ignore[attr-defined]
        self.fields["profile"].empty_label = None  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The platform of the profile has such a format."""
        cleaned = super().clean() or self.cleaned_data
        profile, format_ = cleaned.get("profile"), cleaned.get("format")
        if profile and format_ and format_ not in formats_on(profile.platform):
            there = ", ".join(str(each.label) for each in formats_on(profile.platform))
            self.add_error("format", f"{profile.get_platform_display()} has no such format. Choose one of: {there}.")
        return cleaned


class PackageForm(_Told):
    """A bundle: how many of each format, and the price of all of it."""

    class Meta:
        model = Package
        fields = ("brand", "name", "amount", "currency", "quoted_on", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in _PIECES:
            self.fields[each.value] = forms.IntegerField(
                label=each.label, min_value=0, max_value=_MOST_PIECES, required=False
            )
        self.order_fields(["brand", "name", *(each.value for each in _PIECES)])

    def clean(self) -> dict[str, Any]:
        """At least one piece."""
        cleaned = super().clean() or self.cleaned_data
        self.instance.formats = [each.value for each in _PIECES for _ in range(cleaned.get(each.value) or 0)]
        if not self.instance.formats and not any(each.value in self.errors for each in _PIECES):
            self.add_error(None, "Say what is in the package: at least one piece.")
        return cleaned


_PIECES = tuple(each for each in RateFormat if each != RateFormat.MIXED)


class UsageForm(forms.Form):
    """Which use of the piece is wanted beside the post itself."""

    usage = forms.ChoiceField(label="Paid usage", choices=_USAGE, required=False)
    everywhere = forms.BooleanField(label="All platforms", required=False)
    whitelisting = forms.BooleanField(label="With whitelisting", required=False)

    def wanted(self) -> Usage | None:
        """What is asked for; None without paid usage."""
        self.is_valid()
        told = self.cleaned_data
        if not told.get("usage"):
            return None
        days = None if told["usage"] == "ever" else int(told["usage"])
        return Usage(days, everywhere=bool(told.get("everywhere")), whitelisting=bool(told.get("whitelisting")))
