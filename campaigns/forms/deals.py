"""Forms of deals: one deal's terms, a pasted list, a filter, and the address of the deals page."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from django import forms

from campaigns.actions.deals import Terms
from campaigns.actions.doubts import Reasons
from campaigns.enums import DealStatus
from campaigns.logic.deals import is_paid
from campaigns.models import Campaign, Code, CostLine, Deal
from campaigns.queries.candidates import CreatorFilter, Pick, pick_by_filter, pick_by_handles
from campaigns.queries.deals import DealFilter
from config.lib.days import DayField
from config.lib.fields import AmountInput
from creators.enums import Platform, RateFormat
from creators.models import Creator

_ANY = [("", "Any")]
_YES_NO = [*_ANY, ("yes", "Yes"), ("no", "No")]


class Need(Enum):
    """When a reason must be given."""

    ALWAYS = "always"
    IF_PAID = "if paid"


SORTS = [("handle", "Handle"), ("fee", "Fee"), ("cost", "Cost"), ("followers", "Followers")]


class DealFilterForm(forms.Form):
    """The filter bar of a campaign's deals; its values stand in the address."""

    q = forms.CharField(
        label="Search", required=False, widget=forms.SearchInput(attrs={"placeholder": "Handle or code"})
    )
    status = forms.ChoiceField(choices=[*_ANY, *DealStatus.choices], required=False)
    platform = forms.ChoiceField(choices=[*_ANY, *Platform.choices], required=False)
    link = forms.ChoiceField(label="Has a link", choices=_YES_NO, required=False)
    code = forms.ChoiceField(label="Has a code", choices=_YES_NO, required=False)
    sort = forms.ChoiceField(label="Sort by", choices=SORTS, required=False)

    def wanted(self) -> DealFilter:
        """What is asked for; a value that makes no sense counts as not given."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return DealFilter(find=given.pop("q", ""), **given)


class TermsForm(forms.Form):
    """What is agreed with each of the creators that are added together."""

    is_seeding = forms.BooleanField(
        label="A gift: no fee and no obligation to post",
        required=False,
        help_text="A commission may still be agreed.",
    )
    fee = AmountInput(min_value=0, required=False)
    product_cost = AmountInput(label="Product at cost", min_value=0, required=False)
    shipping_cost = AmountInput(label="Shipping", min_value=0, required=False)
    commission_percent = forms.DecimalField(
        label="Commission in percent", max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A gift has no fee."""
        data = super().clean() or self.cleaned_data
        if data.get("is_seeding") and data.get("fee"):
            self.add_error("fee", "A gift has no fee. Leave it blank, or take the tick away.")
        return data

    def terms(self, profile_id: int | None = None) -> Terms:
        """The amounts; empty ones are 0."""
        data = self.cleaned_data
        return Terms(
            fee=data["fee"] or Terms.fee,
            product_cost=data["product_cost"] or Terms.product_cost,
            shipping_cost=data["shipping_cost"] or Terms.shipping_cost,
            commission_percent=data["commission_percent"] or Terms.commission_percent,
            profile_id=profile_id,
            is_seeding=data.get("is_seeding"),
        )


_REASONS = {
    "overruled": "Reason to add them all the same",
    "engaged": "Reason to add them in spite of that promise",
    "refused": "Reason to add them against that verdict",
    "unvetted": "Reason to pay without a verdict",
}


def reason_field(name: str, *, required: bool = False) -> forms.CharField:
    """Why creators are taken in spite of a doubt; `name` is that of the reason in `campaigns.actions.doubts`."""
    return forms.CharField(
        label=_REASONS[name], max_length=300, required=required, help_text="It stands in the deal."
    )


class ReasonsForm(forms.Form):
    """Reasons to take creators about whom there are doubts. Blank leaves them out."""

    overruled = reason_field("overruled")
    engaged = reason_field("engaged")
    refused = reason_field("refused")
    unvetted = reason_field("unvetted")

    def reasons(self) -> Reasons:
        """What was told."""
        return reasons_in(self)


def reasons_in(form: forms.Form) -> Reasons:
    """The reasons among the fields of a form; a field that is not there gives none."""
    return Reasons(**{name: form.cleaned_data.get(name, "") for name in _REASONS})


class DaysForm(forms.Form):
    """When a deal runs."""

    starts_on = DayField(label="First day", required=False, help_text="Costs count from this day.")
    ends_on = DayField(label="Last day", required=False)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = super().clean() or {}
        if data.get("is_seeding"):
            data["format"] = ""  # a gift buys nothing
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "The last day is before the first.")
        return data

    def days(self) -> dict[str, date | None]:
        """The days as far as they can be read."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in ("starts_on", "ends_on")}


class DealForm(TermsForm, DaysForm):
    """One deal: where they post, what was agreed, when, notes. `asks` names the reasons that are asked for.

    Each is needed always, or only where the creator is paid.
    """

    profile: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None, label="Posts on", empty_label=None)
    format = forms.ChoiceField(label="Fee is for", choices=[("", "Not said"), *RateFormat.choices], required=False)
    notes = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("profile",)

    def __init__(
        self,
        *args: Any,
        creator: Creator,
        deal: Deal | None = None,
        asks: Mapping[str, Need] | None = None,
        **kwargs: Any,
    ):
        kwargs["initial"] = {name: getattr(deal, name) for name in _EDITED} if deal else {}
        super().__init__(*args, **kwargs)
        self.asks = asks or {}
        for name, need in self.asks.items():
            self.fields[name] = reason_field(name, required=need == Need.ALWAYS)
        self.fields["profile"].queryset = creator.profiles.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Paying somebody without a verdict that fits needs a reason."""
        data = super().clean() or {}
        if is_paid(data.get("fee") or Terms.fee, data.get("commission_percent") or Terms.commission_percent):
            for name, need in self.asks.items():
                if need == Need.IF_PAID and not data.get(name):
                    self.add_error(name, "A fee or a commission needs a reason here.")
        return data

    def rest(self) -> dict[str, Any]:
        """What is no term: format, dates and notes."""
        return {name: self.cleaned_data[name] for name in ("format", "starts_on", "ends_on", "notes")}


_EDITED = (
    "profile", "is_seeding", "format", "fee", "product_cost", "shipping_cost", "commission_percent", "starts_on",
    "ends_on", "notes",
)  # fmt: skip


class PickForm(forms.Form):
    """Many creators at once: a pasted list, or a filter over all creators."""

    handles = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "@ana\n@bo.b\nhttps://www.tiktok.com/@cy"}),
        help_text="One a line, or with commas between. Handles or profile addresses.",
    )
    find = forms.CharField(label="Name or handle holds", required=False)
    platform = forms.ChoiceField(choices=[*_ANY, *Platform.choices], required=False)
    country = forms.CharField(required=False, max_length=60)
    niche = forms.CharField(required=False, max_length=40)
    least = forms.IntegerField(label="Followers from", min_value=0, required=False)
    most = forms.IntegerField(label="Followers to", min_value=0, required=False)

    def clean(self) -> dict[str, Any]:
        """Nothing given would be everybody, which nobody means."""
        data = super().clean() or {}
        if not self.errors and not any(value not in ("", None) for value in data.values()):
            raise forms.ValidationError("Paste a list of handles, or say which creators to take.")
        return data

    def wanted(self) -> CreatorFilter:
        """The filter half."""
        data = self.cleaned_data
        return CreatorFilter(**{name: data[name] for name in CreatorFilter.__dataclass_fields__})

    def pick(self, campaign: Campaign) -> Pick:
        """Whom a valid form means for a campaign: the list that was pasted, else the filter."""
        handles = self.cleaned_data["handles"]
        if handles.strip():
            return pick_by_handles(campaign, handles, platform=self.cleaned_data["platform"])
        return pick_by_filter(campaign, self.wanted())


class CostForm(forms.ModelForm):
    """One cost by hand."""

    class Meta:
        model = CostLine
        fields = ("kind", "amount", "note")

    amount = AmountInput(error_messages={"min_value": "A cost is above zero."})

    def clean_amount(self) -> Any:
        """Above zero: money back is the reversing of a line."""
        if self.cleaned_data["amount"] <= 0:
            raise forms.ValidationError("A cost is above zero; take one back by reversing its line.")
        return self.cleaned_data["amount"]


class CodeForm(forms.ModelForm):
    """A code given by hand."""

    class Meta:
        model = Code
        fields = ("code",)
