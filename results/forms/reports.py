"""What a report's address asks: a period, a policy, a target. Also the filters of the lists behind its numbers."""

from datetime import datetime
from typing import Any

from django import forms

from campaigns.models import Campaign
from config.lib.days import DayField
from results.queries.policies import CODE_FIRST, FIRST_CLICK, LINEAR, LINK_FIRST
from results.queries.reports import ReportQuery

_POLICIES = [
    (CODE_FIRST, "Code first"), (LINK_FIRST, "Link first"), (FIRST_CLICK, "First click"), (LINEAR, "Equal shares"),
]  # fmt: skip
# `from` is a word of Python, so the fields have other names than the address.
_IN_ADDRESS = {"first": "from", "last": "to"}


class ReportForm(forms.Form):
    """Read from the address. An empty field is its default; the target's is that of the campaign."""

    first = DayField(label="From", required=False)
    last = DayField(label="Last day", required=False)
    policy = forms.ChoiceField(label="Credit", choices=_POLICIES, required=False)
    target = forms.DecimalField(label="Target", required=False, min_value=0, max_digits=13, decimal_places=2)

    def add_prefix(self, field_name: str) -> str:
        """The name of a field in the address."""
        return _IN_ADDRESS.get(field_name, field_name)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day is before the first.")
        return values

    def query(self, campaign: Campaign, *, now: datetime) -> ReportQuery:
        """The question, once the form is valid."""
        values = self.cleaned_data
        return ReportQuery(
            brand=campaign.brand,
            campaign=campaign,
            now=now,
            policy=values["policy"] or CODE_FIRST,
            first=values["first"],
            last=values["last"],
            target=values["target"] or campaign.target_cac or None,
        )


class CreditedForm(ReportForm):
    """Which of the credited orders to list. The target is kept, so that the way back leads to the same report."""

    deal = forms.IntegerField(required=False)
    rule = forms.ChoiceField(
        label="Rule", choices=[("", "Any rule"), ("code", "Code"), ("link", "Link")], required=False
    )
    only = forms.ChoiceField(
        label="Only",
        choices=[
            ("", "All orders"),
            ("new", "New customers"),
            ("unknown", "Without an e-mail"),
            ("conflict", "With evidence for others"),
        ],
        required=False,
    )
    q = forms.CharField(label="Order", required=False, max_length=64)
