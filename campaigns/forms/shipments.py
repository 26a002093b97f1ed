"""What people ask of the shipments, what goes into one, and how it left."""

from datetime import date
from typing import Any

from django import forms

from campaigns.actions.shipments import Parcel
from campaigns.enums import ShipmentState
from campaigns.logic.tracking import COLUMNS
from campaigns.models import Campaign, Product, Shipment
from campaigns.queries.shipments import HAS_LEFT, ShipmentFilter
from config.lib.days import DayField
from config.lib.fields import AmountInput
from config.lib.uploads import TableFileField
from team.models import Brand

_ANY = [("", "Any")]
LINES = 5  # products in one parcel; a parcel with more is rare
_LARGEST_ID = (1 << 63) - 1


class ShipmentFilterForm(forms.Form):
    """The filter bar of the list; its values stand in the address. What makes no sense counts as not given."""

    q = forms.CharField(
        label="Search", required=False, widget=forms.SearchInput(attrs={"placeholder": "Creator, number or tracking"})
    )
    state = forms.ChoiceField(
        choices=[*_ANY, *ShipmentState.choices, (HAS_LEFT, "Sent, whatever became of it")], required=False
    )
    campaign = forms.ChoiceField(required=False)
    product = forms.ChoiceField(required=False)
    creator = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=_LARGEST_ID)
    deal = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=_LARGEST_ID)
    ids = forms.RegexField(r"^\d{1,18}(,\d{1,18}){0,199}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaigns = Campaign.objects.filter(brand=brand).order_by("name").values_list("slug", "name")
        listed = Product.objects.filter(brand=brand).order_by("name").values_list("pk", "name")
        self.fields["campaign"].choices = [*_ANY, *campaigns]  # type: ignore[attr-defined]
        self.fields["product"].choices = [*_ANY, *listed]  # type: ignore[attr-defined]

    def wanted(self) -> ShipmentFilter:
        """The filter that the address asks for."""
        self.is_valid()
        told = self.cleaned_data
        words = {name: (told.get(name) or "").replace("\0", "").strip() for name in ("q", "state", "campaign")}
        product = told.get("product")
        ids = [int(pk) for pk in (told.get("ids") or "").split(",") if pk]
        return ShipmentFilter(
            product=int(product) if product else None,
            creator=told.get("creator"),
            deal=told.get("deal"),
            ids=ids,
            **words,
        )


class PiecesForm(forms.Form):
    """Up to five products with quantities."""

    def __init__(self, *args: Any, brand: Brand, shipment: Shipment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = list(shipment.items.select_related("product")) if shipment else []
        there = [item.product_id for item in items]
        offered = Product.objects.filter(brand=brand)
        choices = list(offered.filter(is_archived=False) | offered.filter(pk__in=there))
        for number in range(max(LINES, len(items))):
            self.fields[f"product_{number}"] = forms.ChoiceField(
                label=f"Product {number + 1}", required=number == 0,
                choices=[("", "None" if number else "Choose"), *((each.pk, _label(each)) for each in choices)],
                initial=there[number] if number < len(items) else None,
            )  # fmt: skip
            self.fields[f"quantity_{number}"] = forms.IntegerField(
                label="Pieces", min_value=1, max_value=1_000, required=False,
                initial=items[number].quantity if number < len(items) else 1,
            )  # fmt: skip

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Product and quantity side by side."""
        numbers = range(sum(name.startswith("product_") for name in self.fields))
        return [(self[f"product_{number}"], self[f"quantity_{number}"]) for number in numbers]

    def pieces(self) -> dict[int, int]:
        """Pieces by product; the same product twice is added up."""
        found: dict[int, int] = {}
        for number in range(len(self.lines)):
            product = self.cleaned_data.get(f"product_{number}")
            if product:
                quantity = self.cleaned_data.get(f"quantity_{number}") or 1
                found[int(product)] = found.get(int(product), 0) + quantity
        return found


def _label(product: Product) -> str:
    return f"{product.name} ({product.sku})" if product.sku else product.name


class ParcelForm(PiecesForm):
    """What is sent to each of many."""

    shipping_cost = AmountInput(
        label="Shipping cost of each", min_value=0, required=False,
        help_text="An estimate; the real cost is told when it is sent.",
    )  # fmt: skip
    note = forms.CharField(required=False, max_length=300, help_text="For whoever packs it.")
    again = forms.BooleanField(label="Send it also to those who have it already", required=False)

    def parcel(self) -> Parcel:
        """What the action takes."""
        data = self.cleaned_data
        return Parcel(self.pieces(), data["shipping_cost"] or Parcel.shipping_cost, data["note"])


class WayForm(forms.ModelForm):
    """How a parcel goes."""

    class Meta:
        model = Shipment
        fields = ("carrier", "tracking", "shipping_cost", "note")
        labels = {"shipping_cost": "Shipping cost"}

    def told(self) -> dict[str, Any]:
        """What was written."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class SendForm(forms.Form):
    """One parcel that left."""

    sent_on = DayField(label="Sent on")
    carrier = forms.CharField(required=False, max_length=60)
    tracking = forms.CharField(label="Tracking number", required=False, max_length=80)
    shipping_cost = AmountInput(label="Shipping cost", min_value=0, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_sent_on(self) -> date:
        """No day that has not come."""
        return _no_later(self.cleaned_data["sent_on"], self.today)


class DayForm(forms.Form):
    """The day on which something happened to one or many parcels."""

    on = DayField(label="Day")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today

    def clean_on(self) -> date:
        """No day that has not come."""
        return _no_later(self.cleaned_data["on"], self.today)


def _no_later(day: date, today: date) -> date:
    if day > today:
        raise forms.ValidationError("This day has not come yet.")
    return day


class TrackingFileForm(forms.Form):
    """A file of tracking numbers."""

    file = TableFileField(help_text=f"Columns: {', '.join(COLUMNS)}.")
