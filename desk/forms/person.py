"""The last question before a person is erased."""

from typing import Any

from django import forms

from creators.models import Creator


class EraseForm(forms.Form):
    """The creator's name, typed, so that nobody erases the wrong one in passing."""

    name = forms.CharField(label="Type the creator’s name", max_length=120)

    def __init__(self, data: Any, *, creator: Creator):
        super().__init__(data)
        self.creator = creator

    def clean_name(self) -> str:
        """The same name, but for case and spaces around it."""
        name: str = self.cleaned_data["name"]
        if name.strip().casefold() != self.creator.name.strip().casefold():
            raise forms.ValidationError(f"This is not the name. Type {self.creator.name}.")
        return name
