"""What a brand gives: one product, and the filter of the list."""

from typing import Any

from django import forms

from campaigns.models import Product
from campaigns.queries.deals import money_of
from team.models import Brand

_STATES = [("", "On offer"), ("archived", "Archived")]


class ProductFilterForm(forms.Form):
    """The filter bar of the products."""

    q = forms.CharField(
        label="Search", required=False, widget=forms.SearchInput(attrs={"placeholder": "Name or SKU"})
    )
    state = forms.ChoiceField(label="Show", choices=_STATES, required=False)

    def wanted(self) -> dict[str, Any]:
        """What is asked for; a value that makes no sense counts as not given."""
        self.is_valid()
        told = self.cleaned_data
        q = (told.get("q") or "").replace("\0", "").strip()
        return {"q": q, "archived": told.get("state") == "archived"}


class ProductForm(forms.ModelForm):
    """One product of a brand, in the brand's money."""

    class Meta:
        model = Product
        fields = ("name", "sku", "unit_cost", "list_price")
        labels = {"sku": "SKU", "unit_cost": "Cost of one piece", "list_price": "List price"}
        help_texts = {
            "sku": "The shop’s own number, if it has one.",
            "unit_cost": "What one piece costs you. It is fixed on each parcel when that is sent.",
        }

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.brand = brand
        self.instance.currency = self.instance.currency or money_of(brand)

    def _get_validation_exclusions(self) -> set[str]:
        """The brand is no field, yet the SKU is one product's within it."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"brand"}
