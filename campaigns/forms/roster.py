"""A roster file, which of its columns is which, and into which campaign."""

from typing import Any

from django import forms

from campaigns.logic.roster_columns import COLUMNS, REQUIRED
from campaigns.models import Campaign
from config.lib.uploads import TableFileField

_LABELS = {
    "handle": "Handle", "platform": "Platform", "name": "Name", "email": "E-mail", "followers": "Followers",
    "language": "Language", "country": "Country", "region": "Region", "city": "City", "niches": "Niches",
    "code": "Discount code", "fee": "Fee", "product_cost": "Product at cost", "shipping_cost": "Shipping",
    "commission_percent": "Commission, %", "currency": "Currency", "notes": "Notes",
}  # fmt: skip


class RosterFileForm(forms.Form):
    """The upload. Its content decides what it is, not its name."""

    file = TableFileField(most_mb=100, label="Roster", help_text="CSV or Excel (.xlsx), with one line per creator.")


class ColumnsForm(forms.Form):
    """One field per roster column, that says which column of the file it is."""

    campaign: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=Campaign.objects.none(), required=False, empty_label="None: only the roster",
        help_text="With a campaign, its codes, fees and costs go in too, and each creator gets a deal.",
    )  # fmt: skip

    def __init__(self, *args: Any, header: list[str], mapping: dict[str, str], campaigns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        choices = [("", "Left out"), *[(name, name) for name in header]]
        for column in COLUMNS:
            self.fields[column] = forms.ChoiceField(
                label=_LABELS[column], choices=choices, required=column in REQUIRED, initial=mapping.get(column, ""),
                error_messages={"required": f"Choose the column of the file that holds the {column}."},
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse one column of the file for two of the roster."""
        cleaned = super().clean() or self.cleaned_data
        used: dict[str, str] = {}
        for column in COLUMNS:
            name = cleaned.get(column)
            if name and name in used:
                self.add_error(column, f"“{name}” is already taken for {_LABELS[used[name]]}.")
            elif name:
                used[name] = column
        return cleaned

    def mapping(self) -> dict[str, str]:
        """The file's column for each roster column."""
        return {column: self.cleaned_data[column] for column in COLUMNS if self.cleaned_data.get(column)}
