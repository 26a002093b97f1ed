"""The public form of a brand, and what people ask of the queue behind it."""

from typing import Any

from django import forms

from config.lib.currencies import CURRENCIES
from creators.actions.applications import Told
from creators.enums import ApplicationState, Platform, RateFormat
from creators.forms.creators import NichesField
from creators.forms.fields import CountryField, SmallEmailField
from creators.logic.applications import links_in
from creators.logic.handles import NotAHandle, clean_handle
from creators.queries.applications import ApplicationFilter
from team.models import Brand

_ANY = [("", "Any")]
_CHOOSE = [("", "Choose")]
_FORMATS = [(each.value, each.label) for each in RateFormat if each != RateFormat.MIXED]
_CURRENCIES = [*_CHOOSE, *((code, code) for code in sorted(CURRENCIES))]
OTHERS = ("2", "3")
"""The ends of the names of the fields of further profiles."""
TRAP = "website"
"""The field that people do not see."""


def _text(label: str, longest: int, complete: str = "", *, required: bool = False, **attrs: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": complete or "off", **attrs})
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget)


class ApplicationForm(forms.Form):
    """Who somebody is, where they post, and what they would like."""

    name = _text("Your name", 120, "name", required=True)
    email = SmallEmailField(label="E-mail", max_length=200, widget=forms.EmailInput({"autocomplete": "email"}))
    platform = forms.ChoiceField(label="Where you post most", choices=[*_CHOOSE, *Platform.choices])
    handle = _text("Your handle there", 300, required=True, autocapitalize="none", spellcheck="false")
    followers = forms.IntegerField(min_value=0, max_value=2_000_000_000, required=False)
    country = CountryField(
        label="Country", max_length=60, required=False, widget=forms.TextInput({"autocomplete": "country-name"})
    )
    city = _text("City", 80, "address-level2")
    niches = NichesField(required=False, max_length=400, help_text="Your topics, separated by commas.")
    formats = forms.MultipleChoiceField(
        label="What you like to make", choices=_FORMATS, required=False, widget=forms.CheckboxSelectMultiple
    )
    ask = forms.DecimalField(label="Your rate", min_value=1, max_digits=9, decimal_places=2, required=False)
    ask_currency = forms.ChoiceField(label="Currency", choices=_CURRENCIES, required=False)
    ask_format = forms.ChoiceField(label="For one", choices=[*_CHOOSE, *_FORMATS], required=False)
    message = forms.CharField(
        label="Anything else", max_length=2000, required=False, widget=forms.Textarea({"rows": 5, "maxlength": 2000})
    )
    consent = forms.BooleanField(error_messages={"required": "We can only keep your application if you agree."})
    website = _text("Leave this empty", 2000, tabindex="-1")
    form_key = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, consent: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = consent
        for end in OTHERS:
            self.fields[f"platform{end}"] = forms.ChoiceField(
                label="Platform", choices=[*_CHOOSE, *Platform.choices], required=False
            )
            self.fields[f"handle{end}"] = _text("Handle", 300, autocapitalize="none", spellcheck="false")
            self.fields[f"followers{end}"] = forms.IntegerField(
                label="Followers", min_value=0, max_value=2_000_000_000, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Handles become plain ones; a rate says its currency and what it is for; a platform is named once."""
        told = super().clean() or self.cleaned_data
        for end in ("", *OTHERS):
            self._clean_handle(told, end)
        named = [told.get(f"platform{end}") for end in ("", *OTHERS) if told.get(f"platform{end}")]
        if len(set(named)) < len(named):
            self.add_error(None, "Name each platform once.")
        if told.get("ask") and not (told.get("ask_currency") and told.get("ask_format")):
            self.add_error("ask", "Say the currency too, and what the rate is for.")
        return told

    def _clean_handle(self, told: dict[str, Any], end: str) -> None:
        platform, handle = told.get(f"platform{end}"), told.get(f"handle{end}")
        if platform and handle:
            try:
                told[f"handle{end}"] = clean_handle(handle, platform).handle
            except NotAHandle as refusal:
                self.add_error(f"handle{end}", str(refusal))
        elif end and (platform or handle):
            self.add_error(f"handle{end}", "A further profile needs its platform and its handle.")

    def told(self) -> Told:
        """What a valid form says."""
        said = self.cleaned_data
        others = [self._profile(end) for end in OTHERS if said.get(f"handle{end}")]
        rate = {name: said[name] for name in ("ask", "ask_currency", "ask_format")} if said["ask"] else {}
        plain = ("name", "email", "country", "city", "niches", "formats", "message")
        return Told(
            **{name: said[name] for name in plain}, **self._profile(""), others=others, **rate,
            links=links_in(" ".join((said["message"], said["name"], said["city"]))),
        )  # fmt: skip

    def _profile(self, end: str) -> dict[str, Any]:
        return {name: self.cleaned_data[f"{name}{end}"] for name in ("platform", "handle", "followers")}

    def further(self) -> list[list[forms.BoundField]]:
        """The fields of further profiles, one list a profile."""
        return [[self[f"{name}{end}"] for name in ("platform", "handle", "followers")] for end in OTHERS]


class ApplicationFilterForm(forms.Form):
    """The address of the queue. What it does not understand asks nothing."""

    q = forms.CharField(
        label="Search",
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Name, handle or e-mail"}),
    )
    state = forms.ChoiceField(choices=[*ApplicationState.choices, ("all", "All")], required=False)
    platform = forms.ChoiceField(choices=[*_ANY, *Platform.choices], required=False)
    niche = forms.CharField(required=False, max_length=40)

    def __init__(self, *args: Any, brands: list[Brand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(brands) > 1:
            choices = [*_ANY, *[(str(brand.pk), brand.name) for brand in brands]]
            self.fields["brand"] = forms.ChoiceField(choices=choices, required=False)

    def wanted(self) -> ApplicationFilter:
        """The filter that the address asks for; new ones where it asks for no state."""
        self.is_valid()
        told = {name: value.replace("\0", "").strip() for name, value in self.cleaned_data.items() if value}
        return ApplicationFilter(**told)


class DeclineForm(forms.Form):
    """Why somebody is declined. The team reads it, the applicant does not."""

    why = forms.CharField(
        label="Reason", max_length=200, help_text="For your team. The applicant is not written to by Troupe."
    )
