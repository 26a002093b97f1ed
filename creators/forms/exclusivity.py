"""What people ask of the promises of creators, write down, and waive."""

from typing import Any

from django import forms

from config.lib.days import DayField
from creators.forms.fields import CategoryField, CreatorField
from creators.forms.rights import brand_field
from creators.queries.exclusivity import HOLDS, OVER, WAIVED, ExclusivityFilter
from team.models import Brand

_STATES = [("", "Any"), (HOLDS, "Holds"), (WAIVED, "Waived"), (OVER, "Over")]


class ExclusivityFilterForm(forms.Form):
    """The address of the list."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(choices=_STATES, required=False)

    def wanted(self) -> ExclusivityFilter:
        """The filter that the address asks for."""
        self.is_valid()
        told = {name: (value or "").replace("\0", "").strip() for name, value in self.cleaned_data.items()}
        return ExclusivityFilter(**told)


class ExclusivityForm(forms.Form):
    """A creator works for this brand only, in a category, for a while."""

    creator = CreatorField()
    category = CategoryField(max_length=60, help_text="Such as skincare. All brands share these words.")
    first = DayField(label="First day")
    last = DayField(label="Last day", required=False, help_text="Empty: until further notice.")
    note = forms.CharField(required=False, max_length=200)
    field_order = ("creator", "brand", "category", "first", "last", "note")

    def __init__(self, *args: Any, brands: list[Brand], brand: Brand | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brand_field(self, brands, brand)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        told = super().clean() or self.cleaned_data
        if told.get("first") and told.get("last") and told["last"] < told["first"]:
            self.add_error("last", "The last day is before the first.")
        return told


class WaiveForm(forms.Form):
    """Why other brands may work with the creator after all."""

    why = forms.CharField(label="Reason", max_length=200)
