"""One field of one creator, edited in its cell of the list."""

from collections.abc import Sequence
from typing import Any

from django import forms

from creators.enums import Stage
from creators.forms.creators import NichesField
from creators.logic.tags import BadTags, cleaned_tags
from team.models import User


class StageCell(forms.Form):
    """Another stage, and why."""

    stage = forms.ChoiceField(choices=Stage.choices)
    why = forms.CharField(
        label="Reason", max_length=200, widget=forms.TextInput({"placeholder": "Reason"}),
        error_messages={"required": "Say why: it stands in the creator’s history."},
    )  # fmt: skip


class OwnerCell(forms.Form):
    """Who looks after the creator."""

    owner = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.choices = [("", "Nobody"), *((person.pk, str(person)) for person in people)]


class TagsCell(forms.Form):
    """All tags that the brand gives the creator."""

    tags = forms.CharField(required=False, max_length=900)

    def clean_tags(self) -> list[str]:
        """The tags as they are kept."""
        try:
            return list(cleaned_tags(self.cleaned_data["tags"].split(",")))
        except BadTags as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class NichesCell(forms.Form):
    """All niches of the creator."""

    niches = NichesField(required=False)
