"""What people ask of the register, and what they write down of a right, its permission and its end."""

from datetime import date, timedelta
from typing import Any

from django import forms

from config.lib.currencies import CURRENCIES
from config.lib.days import DayField
from config.lib.fields import AmountInput
from config.lib.territories import NotATerritory, territories_of, territory_of
from creators.actions.rights import Terms
from creators.enums import PermissionKind, Place, RightKind, RightState
from creators.forms.fields import CreatorField
from creators.logic.rights import Question, named
from creators.models import Content, Creator, Right
from creators.models.rights import SPARK_DAYS
from creators.queries.register import RightFilter
from team.models import Brand

_ANY = [("", "Any")]


def brand_field(form: forms.Form, brands: list[Brand], current: Brand | None) -> None:
    """Offer the brands that the person may act for; where there is one, it is not asked."""
    field = forms.ModelChoiceField(queryset=Brand.objects.filter(pk__in=[brand.pk for brand in brands]))
    field.empty_label, field.initial = None, current
    if len(brands) == 1:
        field.required, field.widget = False, forms.HiddenInput()
    form.fields["brand"] = field
    form.current_brand = current  # type: ignore[attr-defined]


def chosen_brand(form: forms.Form) -> Brand:
    """The brand that a valid form is about: the one chosen, or the only one there is."""
    brand: Brand = form.cleaned_data["brand"] or form.current_brand  # type: ignore[attr-defined]
    return brand


class RightFilterForm(forms.Form):
    """The address of the register. What it does not understand asks nothing."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(choices=[*_ANY, *RightState.choices], required=False)
    kind = forms.ChoiceField(choices=[*_ANY, *RightKind.choices], required=False)
    place = forms.ChoiceField(choices=[*_ANY, *Place.choices], required=False)
    creator = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=1 << 62)

    def __init__(self, *args: Any, brands: list[Brand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = "Creator or content"
        if len(brands) > 1:
            choices = [*_ANY, *[(str(brand.pk), brand.name) for brand in brands]]
            self.fields["brand"] = forms.ChoiceField(choices=choices, required=False)

    def wanted(self) -> RightFilter:
        """The filter that the address asks for."""
        self.is_valid()
        told = self.cleaned_data
        words = {name: told.get(name) or "" for name in ("kind", "place", "state", "brand")}
        return RightFilter(q=(told.get("q") or "").strip().replace("\0", ""), creator=told.get("creator"), **words)


class TermsForm(forms.Form):
    """What was agreed: which piece, from when to when, for how much."""

    title = forms.CharField(
        label="Content", required=False, max_length=160,
        help_text="The title of the piece; one that is only promised yet will do. Empty: all their content.",
    )  # fmt: skip
    url = forms.URLField(label="Address of the piece", required=False, max_length=500, assume_scheme="https")
    first = DayField(label="First day")
    last = DayField(label="Last day", required=False, help_text="Empty: for ever.")
    price = AmountInput(required=False, min_value=0)
    currency = forms.CharField(required=False, max_length=3)
    terms = forms.CharField(required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    note = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_currency(self) -> str:
        """Three capitals that are a currency, or nothing."""
        currency: str = self.cleaned_data["currency"].strip().upper()
        if currency and currency not in CURRENCIES:
            raise forms.ValidationError("Write the currency as three letters, such as EUR.")
        return currency

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and a price has a currency."""
        told = super().clean() or self.cleaned_data
        first, last = told.get("first"), told.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day is before the first.")
        if told.get("price") is not None and not told.get("currency") and "currency" in told:
            self.add_error("currency", "Which currency is the price in?")
        if told.get("url") and not told.get("title"):
            self.add_error("title", "Name the piece that this is the address of.")
        return told

    def agreed(self) -> Terms:
        """What was agreed, its end exclusive."""
        told = self.cleaned_data
        return Terms(
            first=told["first"], end=after(told["last"]), title=told["title"].strip(), url=told["url"],
            price=told["price"], currency=told["currency"], terms=told["terms"], note=told["note"],
        )  # fmt: skip


def after(last: date | None) -> date | None:
    """The end of a period, exclusive, from its last day."""
    return last + timedelta(days=1) if last else None


class AddRightForm(TermsForm):
    """A new right: one row is made for each place and each territory."""

    creator = CreatorField()
    kind = forms.ChoiceField(choices=RightKind.choices, initial=RightKind.PAID)
    places = forms.MultipleChoiceField(choices=Place.choices, widget=forms.CheckboxSelectMultiple)
    territories = forms.CharField(
        required=False, max_length=800, help_text="Country codes such as GB, DE. Empty: worldwide."
    )
    field_order = ("creator", "brand", "kind", "places", "territories", "title", "url", "first", "last")

    def __init__(self, *args: Any, brands: list[Brand], brand: Brand | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brand_field(self, brands, brand)
        self.fields["price"].help_text = "For each place and territory."
        self.fields["currency"].initial = brand.currency if brand else ""
        self.order_fields(self.field_order)

    def clean_territories(self) -> list[str]:
        """Codes of countries."""
        try:
            return territories_of(self.cleaned_data["territories"])
        except NotATerritory as error:
            raise forms.ValidationError(str(error)) from error


class EditRightForm(TermsForm):
    """The terms of one row; its creator, kind and place stay."""

    territory = forms.CharField(required=False, max_length=12, help_text="A country code. Empty: worldwide.")
    field_order = ("territory", "title", "url", "first", "last")

    @classmethod
    def of(cls, right: Right, data: Any = None) -> "EditRightForm":
        """The form, filled in with what is agreed now."""
        during = right.during
        last = during.upper - timedelta(days=1) if during.upper else None
        piece = right.content
        initial = {
            "territory": right.territory, "title": piece.title if piece else "", "url": piece.url if piece else "",
            "first": during.lower, "last": last, "price": right.price, "currency": right.currency,
            "terms": right.terms, "note": right.note,
        }  # fmt: skip
        return cls(data, initial=initial)

    def clean_territory(self) -> str:
        """The code of a country."""
        return one_territory(self.cleaned_data["territory"])


def one_territory(text: str) -> str:
    """A country's code or blank, for a form."""
    try:
        return territory_of(text)
    except NotATerritory as error:
        raise forms.ValidationError(str(error)) from error


class RevokeForm(forms.Form):
    """From which day the right is gone, and why."""

    on = DayField(label="First day without the right")
    why = forms.CharField(label="Reason", max_length=200)


class PermissionForm(forms.Form):
    """The platform's own permission."""

    kind = forms.ChoiceField(choices=PermissionKind.choices)
    code = forms.CharField(label="Spark code", required=False, max_length=500)
    starts_on = DayField(label="First day")
    days = forms.ChoiceField(
        label="Days", required=False, choices=[("", "Not a Spark code"), *[(n, f"{n} days") for n in SPARK_DAYS]]
    )
    last = DayField(label="Last day", required=False, help_text="Of a partnership permission. Empty: no expiry.")

    def __init__(self, *args: Any, needs: PermissionKind | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._needs = needs
        if needs:
            self.fields["kind"].initial = needs

    def clean_kind(self) -> str:
        """What the platform asks for, where it asks: another permission would not make an ad run."""
        kind = str(self.cleaned_data["kind"])
        if self._needs and kind != self._needs:
            raise forms.ValidationError(f"This platform asks for a {named(self._needs)}.")
        return kind

    def clean(self) -> dict[str, Any]:
        """A Spark code has its code and days; a partnership permission perhaps a last day."""
        told = super().clean() or self.cleaned_data
        first, last = told.get("starts_on"), told.get("last")
        if told.get("kind") == PermissionKind.SPARK:
            for name, sentence in (("code", "Paste the Spark code."), ("days", "For how many days is the code?")):
                if not told.get(name):
                    self.add_error(name, sentence)
        elif first and last and last < first:
            self.add_error("last", "The last day is before the first.")
        return told

    def permission(self) -> dict[str, Any]:
        """What `add_permission` takes."""
        told = self.cleaned_data
        days = int(told["days"]) if told["days"] else None
        if told["kind"] == PermissionKind.PARTNERSHIP:
            days = (told["last"] - told["starts_on"]).days + 1 if told["last"] else None
        return {
            "kind": told["kind"], "code": told["code"].strip(), "starts_on": told["starts_on"], "days": days
        }  # fmt: skip


class AskForm(forms.Form):
    """May I run this, here, on this day?"""

    creator = CreatorField()
    kind = forms.ChoiceField(label="As", choices=RightKind.choices, initial=RightKind.PAID)
    place = forms.ChoiceField(choices=Place.choices, initial=Place.TIKTOK)
    territory = forms.CharField(required=False, max_length=12, help_text="A country code. Empty: worldwide.")
    title = forms.CharField(label="Content", required=False, max_length=160, help_text="Empty: all of it.")
    day = DayField()

    def __init__(self, *args: Any, brands: list[Brand], brand: Brand | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brand_field(self, brands, brand)

    def clean_territory(self) -> str:
        """The code of a country."""
        return one_territory(self.cleaned_data["territory"])

    def question(self, brand: Brand) -> tuple[Creator, Question]:
        """Who is asked about, and what. A piece that nobody knows is asked about as one that no right names."""
        told = self.cleaned_data
        content = None
        if told["title"]:
            alike = Content.objects.filter(brand=brand, creator=told["creator"], title__iexact=told["title"])
            pieces = sorted(alike, key=lambda piece: (piece.title != told["title"], piece.pk))
            content = pieces[0].pk if pieces else 0
        question = Question(
            kind=told["kind"], place=told["place"], day=told["day"], territory=told["territory"], content=content
        )
        return told["creator"], question


class CalendarForm(forms.Form):
    """Which calendar reads the address."""

    label = forms.CharField(max_length=60, help_text="Such as “Team calendar”, to know it again.")

    def __init__(self, *args: Any, brands: list[Brand], brand: Brand | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brand_field(self, brands, brand)
