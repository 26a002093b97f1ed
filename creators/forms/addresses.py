"""A creator's postal address, by hand or from a file."""

from typing import Any

from django import forms

from creators.actions.address_files import MOST_BYTES
from creators.logic.addresses import COLUMNS, LONGEST
from creators.models import Address


class AddressForm(forms.ModelForm):
    """One address."""

    class Meta:
        model = Address
        fields = tuple(LONGEST)
        labels = {"street_2": "Second line", "name": "Name on the parcel"}

    def parts(self) -> dict[str, str]:
        """What was written, by part."""
        return {part: self.cleaned_data[part] for part in LONGEST}


class AddressesFileForm(forms.Form):
    """A file of addresses."""

    file = forms.FileField(
        label="CSV or Excel file",
        help_text=f"Columns: {', '.join(COLUMNS)}.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt,text/csv"}),
    )

    def clean_file(self) -> Any:
        """Small enough to be read while the person waits."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("This file is larger than 5 MB. Split it.")
        return file
