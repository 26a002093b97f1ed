"""What people ask of the list of seen ads, and what they write down of one."""

from datetime import date
from typing import Any

from django import forms

from config.lib.days import DayField
from config.lib.uploads import TableFileField
from creators.enums import Place, RightKind
from creators.forms.fields import CreatorField
from creators.forms.rights import brand_field, one_territory
from creators.models import Content
from creators.queries.sightings import COVERED, OUTSIDE, SETTLED, SightingFilter
from team.models import Brand

_ANY = [("", "Any")]
_STATES = [(OUTSIDE, "Outside its rights"), (COVERED, "Allowed that day"), (SETTLED, "Dealt with")]


class SightingFilterForm(forms.Form):
    """The address of the list."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(choices=[*_ANY, *_STATES], required=False)
    place = forms.ChoiceField(choices=[*_ANY, *Place.choices], required=False)

    def wanted(self) -> SightingFilter:
        """The filter that the address asks for."""
        self.is_valid()
        told = {name: (value or "").replace("\0", "").strip() for name, value in self.cleaned_data.items()}
        return SightingFilter(**told)


class SightingForm(forms.Form):
    """An ad seen running."""

    creator = CreatorField()
    seen_on = DayField(label="Day")
    kind = forms.ChoiceField(label="As", choices=RightKind.choices, initial=RightKind.PAID)
    place = forms.ChoiceField(choices=Place.choices, initial=Place.TIKTOK)
    territory = forms.CharField(required=False, max_length=12, help_text="A country code. Empty: not known.")
    title = forms.CharField(label="Content", required=False, max_length=160, help_text="Empty: not known.")
    ad = forms.CharField(label="Ad", required=False, max_length=200, help_text="Its name or number at the platform.")
    field_order = ("creator", "brand", "seen_on", "kind", "place", "territory", "title", "ad")

    def __init__(self, *args: Any, brands: list[Brand], brand: Brand | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brand_field(self, brands, brand)
        self.order_fields(self.field_order)
        self.today, self.brand = today, brand
        self.fields["seen_on"].initial = today

    def clean_territory(self) -> str:
        """The code of a country."""
        return one_territory(self.cleaned_data["territory"])

    def clean_seen_on(self) -> date:
        """Nobody has seen tomorrow's ads."""
        day: date = self.cleaned_data["seen_on"]
        if day > self.today:
            raise forms.ValidationError("This day is still to come.")
        return day

    def clean(self) -> dict[str, Any]:
        """A piece is one that the creator has with the brand."""
        told = super().clean() or self.cleaned_data
        creator, brand, title = told.get("creator"), told.get("brand") or self.brand, told.get("title")
        if creator and brand and title:
            piece = Content.objects.filter(creator=creator, brand=brand, title__iexact=title).first()
            if piece is None:
                self.add_error("title", "The creator has no piece of this title. Leave it empty if not known.")
            else:
                told["title"] = piece.title
        return told


class SightingFileForm(forms.Form):
    """A file of sightings."""

    file = TableFileField(
        most_mb=10, help_text="Columns day, handle and place; also kind, territory, content and ad."
    )

    skip_bad = forms.BooleanField(
        label="Take in the others where some lines have a problem", required=False, help_text="Else none goes in."
    )

    def __init__(self, *args: Any, brands: list[Brand], brand: Brand | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brand_field(self, brands, brand)


class SettleForm(forms.Form):
    """What was done about an ad outside its rights."""

    why = forms.CharField(label="What was done", max_length=200, help_text="Such as “taken down” or “right renewed”.")
