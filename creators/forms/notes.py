"""A note or a contact, and the filter of a creator's notes."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from creators.enums import NoteKind
from creators.forms.rights import brand_field, chosen_brand
from creators.queries.notes import CONTACTS
from team.models import Brand, User
from team.queries import people_of

_FORMAT = "%Y-%m-%dT%H:%M"


class NoteFilterForm(forms.Form):
    """The address of the list."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(
        choices=[("", "All"), (CONTACTS, "Contacts only"), *NoteKind.choices], required=False
    )  # fmt: skip

    def told(self) -> dict[str, str]:
        """What the address asks for; what it does not understand is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class NoteForm(forms.Form):
    """What was said, when, and who should know. The time is on the brand's clock."""

    kind = forms.ChoiceField(choices=NoteKind.choices, initial=NoteKind.NOTE)
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}), max_length=10_000,
        help_text="@name mentions somebody of the team.",
    )  # fmt: skip
    told_at = forms.CharField(label="When", widget=forms.TextInput(attrs={"type": "datetime-local"}))
    people = forms.ModelMultipleChoiceField(
        label="Mention", queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    field_order = ("brand", "kind", "text", "told_at", "people")

    def __init__(
        self, *args: Any, brands: list[Brand], brand: Brand | None, now: datetime, note: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        brand_field(self, brands, brand)
        self.order_fields(self.field_order)
        self.fields["people"].queryset = people_of(brands)  # type: ignore[attr-defined]
        if note:
            said = {"kind": note.kind, "text": note.text, "told_at": _local(note.told_at, note.brand)}
            self.initial = {**said, "people": [each.user_id for each in note.mentions.all()]}
        elif brand:
            self.initial = {"told_at": _local(now, brand), **self.initial}

    def clean(self) -> dict[str, Any]:
        """The time on the brand's clock, not after now."""
        told = super().clean() or self.cleaned_data
        if "brand" in told and told.get("told_at"):
            told["brand"] = chosen_brand(self)
            told["told_at"] = self._moment(told["told_at"], told["brand"])
        return told

    @property
    def said(self) -> dict[str, Any]:
        """What a valid form tells of the note itself."""
        return {name: self.cleaned_data[name] for name in ("kind", "text", "told_at", "people")}

    def _moment(self, text: str, brand: Brand) -> datetime | None:
        try:
            moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(brand.time_zone))
        except ValueError:
            self.add_error("told_at", "Write a day and a time, such as 2026-11-02T09:05.")
            return None
        if moment > self.now:
            self.add_error("told_at", "This is still to come.")
        return moment


def _local(moment: datetime, brand: Brand) -> str:
    return moment.astimezone(ZoneInfo(brand.time_zone)).strftime(_FORMAT)
