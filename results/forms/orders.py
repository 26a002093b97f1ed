"""What people ask of the order list, upload, and enter as a rate."""

from typing import Any

from django import forms

from campaigns.models import Campaign
from config.lib.currencies import CURRENCIES
from config.lib.days import DayField
from creators.models import Creator
from results.enums import CreditRule, NotCounted
from results.models import ExchangeRate
from results.queries.orders import OrderFilter
from team.models import Brand

_ANY = [("", "All")]


class OrderFilterForm(forms.Form):
    """The address of the order list. What it does not understand asks nothing."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    credited = forms.ChoiceField(required=False, choices=[*_ANY, ("yes", "Credited"), ("no", "Not credited")])
    rule = forms.ChoiceField(label="By", required=False, choices=[*_ANY, *CreditRule.choices])
    campaign = forms.ChoiceField(required=False)
    customer = forms.ChoiceField(
        required=False,
        choices=[*_ANY, ("new", "New"), ("returning", "Returning"), ("unknown", "Unknown, no e-mail")],
    )
    counted = forms.ChoiceField(
        label="In the sums",
        required=False,
        choices=[*_ANY, ("yes", "Counted"), ("no", "Not counted"), *NotCounted.choices],
    )
    first = DayField(label="First day", required=False)
    last = DayField(label="Last day", required=False)
    creator = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = "Number or code"
        campaigns = Campaign.objects.filter(brand=brand).values_list("slug", "name")
        self.fields["campaign"].choices = [*_ANY, *campaigns]  # type: ignore[attr-defined]

    def asked(self) -> OrderFilter:
        """The filter that the address asks for."""
        self.is_valid()
        told: dict[str, Any] = self.cleaned_data
        words = {name: told.get(name) or "" for name in ("credited", "rule", "campaign", "customer", "counted")}
        return OrderFilter(
            find=told.get("q", "").strip(),
            creator=told.get("creator"),
            first=told.get("first"),
            last=told.get("last"),
            **words,
        )

    def creator_name(self) -> str:
        """Whose orders the list is narrowed to, for the line that takes the filter away."""
        creator = Creator.objects.filter(pk=self.cleaned_data.get("creator") or 0).first()
        return creator.name if creator else ""


class UploadForm(forms.Form):
    """A shop's order export; the currency is asked only of a brand that has none."""

    file = forms.FileField(
        label="Order export",
        help_text="CSV or XLSX as Shopify exports it: Orders, Export, all orders, CSV for Excel.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt,text/csv"}),
    )
    currency = forms.CharField(
        max_length=3,
        required=False,
        help_text="What this brand counts in, such as GBP. Empty: the only currency in the file.",
    )

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if brand.currency:
            del self.fields["currency"]

    def clean_currency(self) -> str:
        """Three capitals that are a currency, or nothing."""
        return _currency(self.cleaned_data["currency"])


class RateForm(forms.ModelForm):
    """One unit of a foreign currency in the brand's, from a day on."""

    class Meta:
        model = ExchangeRate
        fields = ("currency", "starts_on", "rate")
        field_classes = {"starts_on": DayField}
        help_texts = {"starts_on": "The rate holds until the next one of its currency."}

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instance.brand = self.brand = brand
        self.fields[
            "rate"
        ].help_text = f"How many {brand.currency or 'units of the brand’s currency'} one unit is worth."

    def clean_currency(self) -> str:
        """A currency other than the brand's own."""
        currency = _currency(self.cleaned_data["currency"])
        if currency == self.brand.currency:
            raise forms.ValidationError("The brand counts in this currency; it needs no rate.")
        return currency


def _currency(text: str) -> str:
    currency = text.strip().upper()
    if currency and currency not in CURRENCIES:
        raise forms.ValidationError("Write the currency as three letters, such as EUR.")
    return currency
