"""A creator's postal address, by hand or from a file."""

from django import forms

from config.lib.uploads import TableFileField
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

    file = TableFileField(help_text=f"Columns: {', '.join(COLUMNS)}.")
