"""The filters of the list of creators, over everything that it can show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from config.lib.days import DayField
from config.lib.ids import id_of
from creators.enums import OVERLAYS, Level, Platform, RateFormat, Stage, Tier, Verdict, VettingVerdict
from creators.queries.creators import NO_STAGE, CreatorFilter
from creators.queries.narrowing import NO_VERDICT, WAITING
from desk.logic.columns import COLUMNS, DEFAULT
from desk.logic.list_state import DEFAULT_SORT, ListState, columns_in
from team.models import Brand

_ANY = [("", "Any")]
SORTS = [
    ("name", "Name"), ("followers", "Followers"), ("newest", "Newest"), ("rate", "Engagement, where known"),
    ("cac", "Cost of a new customer, where known"),
]  # fmt: skip
_MOST_FOLLOWERS = 10**10
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Known:
    """What the brand gives to choose from: its people by id and its campaigns by slug, with their names."""

    people: Choices = ()
    campaigns: Choices = ()


def _choice(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[*_ANY, *choices], required=False)


def _text(label: str, longest: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False)


def _number(label: str, most: int = _MOST_FOLLOWERS) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False)


def _amount(label: str) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=12, decimal_places=2, required=False)


@dataclass(frozen=True)
class Chip:
    """An active filter in words, and the address without it."""

    name: str
    words: str
    query: str


class FilterForm(forms.Form):
    """The filters. What the form does not understand it leaves out, so that any address shows a list."""

    q = forms.CharField(
        label="Search", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    stage = _choice("Stage", [*Stage.choices, (NO_STAGE, "No stage yet")])
    overlay = _choice("Whitelisted or top", [(track.value, track.label) for track in OVERLAYS])
    platform = _choice("Platform", Platform.choices)
    tier = _choice("Tier", Tier.choices)
    followers_from = _number("Followers from")
    followers_to = _number("Followers to")
    engagement = _choice("Engagement", Verdict.choices)
    rate_from = _amount("Engagement rate from, %")
    rate_to = _amount("Engagement rate to, %")
    level = _choice("Signals", Level.choices)
    vetting = _choice(
        "Vetting", [*VettingVerdict.choices, (WAITING, "Waits for a verdict"), (NO_VERDICT, "No verdict yet")]
    )
    posted_after = DayField(label="Last post from", required=False)
    posted_before = DayField(label="Last post before", required=False)
    owner = _choice("Owner", [("me", "Me"), ("none", "Nobody")])
    tag = _text("Tag", 40)
    niche = _text("Niche", 40)
    country = _text("Country", 60)
    region = _text("Region", 60)
    city = _text("City", 80)
    language = _text("Language", 40)
    contact = _choice("Contact", [("some", "Had contact"), ("never", "Never had contact")])
    contact_after = DayField(label="Last contact from", required=False)
    contact_before = DayField(label="Last contact before", required=False)
    rights = _choice(
        "Rights",
        [
            ("running", "Some right runs"), ("whitelisting", "Whitelisting runs"), ("ending", "Ends within 30 days"),
            ("none", "No right runs"),
        ],
    )  # fmt: skip
    ask_from = _amount("Last ask from")
    ask_to = _amount("Last ask to")
    deals = _choice("Deals", [("some", "Has a deal"), ("running", "A deal runs"), ("none", "Never had a deal")])
    campaign = _choice("In the campaign", [])
    cac = _choice(
        "Cost of a new customer",
        [("known", "Known"), ("under", "Under its target"), ("over", "Over its target"), ("unknown", "Not known")],
    )
    cac_from = _amount("Cost of a new customer from")
    cac_to = _amount("Cost of a new customer to")
    customers_from = _number("New customers from", 10**9)
    format = _choice("Preferred format", RateFormat.choices)
    no_contact = _choice("May be contacted", [("no", "Yes"), ("yes", "No")])
    sort = forms.ChoiceField(label="Order", choices=SORTS, required=False)

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("owner", known.people), ("campaign", known.campaigns)):
            field: Any = self.fields[name]
            field.choices = [*field.choices, *choices]

    @classmethod
    def of(cls, state: ListState, known: Known) -> "FilterForm":
        """The form that shows a list's filters."""
        form = cls({**state.filters, "sort": state.sort}, known=known)
        form.is_valid()
        return form

    def understood(self) -> dict[str, str]:
        """What the address asks for, as it stands there, less what the form refuses. NUL characters are dropped."""
        told = {
            name: str(self.data.get(name, "")).replace("\0", "").strip() for name in self.fields if name != "sort"
        }
        self.is_valid()
        return {name: text for name, text in told.items() if text and name in self.cleaned_data}

    def wanted(self, *, brand: Brand | None, me: int | None, today: date) -> CreatorFilter:
        """The filter behind the address."""
        self.is_valid()
        values = {name: self.cleaned_data[name] for name in self.understood()}
        values = {name: v.replace("\0", "").strip() if isinstance(v, str) else v for name, v in values.items()}
        sort = self.cleaned_data.get("sort") or DEFAULT_SORT
        return CreatorFilter(values, sort=sort, brand=brand, me=me, today=today)

    def chips(self, state: ListState) -> Iterator[Chip]:
        """The active filters, each with the way to take it away."""
        for name, text in state.filters.items():
            words = f"{self.fields[name].label}: {self._said(name, text)}"
            yield Chip(name, words, state.without(name).query(default_columns=DEFAULT))

    def _said(self, name: str, text: str) -> str:
        choices = getattr(self.fields[name], "choices", None)
        return str(dict(choices).get(text, text)) if choices else text

    def more(self) -> list[forms.BoundField]:
        """The fields behind "Add a filter"."""
        return [self[name] for name in self.fields if name not in ("q", "sort", "stage")]


def state_of(form: FilterForm) -> ListState:
    """What the address that the form was given says, nonsense left out."""
    filters, view = form.understood(), form.data.get("view", "")
    return ListState(
        filters=filters,
        columns=columns_in(form.data.get("columns", ""), list(COLUMNS), DEFAULT),
        sort=form.cleaned_data.get("sort") or DEFAULT_SORT,
        view=id_of(view),
    )


class SavedViewForm(forms.Form):
    """The name of a view, and whether others of the brand see it. Only who manages the brand may share."""

    name = forms.CharField(max_length=60)
    is_shared = forms.BooleanField(label="Share it with everybody in the brand", required=False)
    is_first = forms.BooleanField(label="Start with it", required=False)
    position = forms.IntegerField(
        min_value=0, max_value=999, required=False, help_text="Smaller numbers stand further left."
    )

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]

    def clean_name(self) -> str:
        """Spaces at the ends and doubled ones are slips."""
        name = " ".join(self.cleaned_data["name"].split())
        if not name:
            raise forms.ValidationError("Name the view.")
        return name
