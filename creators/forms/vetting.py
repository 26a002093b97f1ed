"""What people ask of the list of vettings, and the checklist with its verdict on one page."""

from collections.abc import Iterator
from typing import Any

from django import forms

from config.lib.days import DayField
from creators.actions.vetting import Score
from creators.enums import Stage, VettingItem, VettingVerdict
from creators.models import Vetting, VettingScore
from creators.queries.creators import NO_STAGE
from creators.queries.vetting import ALL, WAITING, VettingFilter
from team.models import Brand, User

_ASKS = {
    VettingItem.CATEGORY: "Do they speak of this category already, and know it?",
    VettingItem.VALUES: "Would the brand say what they say?",
    VettingItem.CLARITY: "Is the point clear within the first seconds?",
    VettingItem.LIGHT: "Is the picture bright and sharp enough to run as an ad?",
    VettingItem.SOUND: "Is every word easy to hear?",
    VettingItem.STORY: "Does a piece hold until its end?",
    VettingItem.COMMENTS: "Do people ask and answer, and not only praise?",
    VettingItem.PLACE: "Do followers live where the brand sells?",
    VettingItem.AGE: "Are they of the age that buys?",
    VettingItem.INTERESTS: "Do they care about what the brand is for?",
}
_SCORES = [*[(str(score), str(score)) for score in range(1, 6)], ("", "not judged")]
_NO_VERDICT = ("", "None yet, keep it open")


class VettingFilterForm(forms.Form):
    """The address of the list. What it does not understand asks nothing."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    verdict = forms.ChoiceField(
        choices=[(WAITING, "Waiting for one"), *VettingVerdict.choices, (ALL, "Any or none")], required=False
    )
    stage = forms.ChoiceField(
        choices=[("", "Any"), *Stage.choices, (NO_STAGE, "No stage yet")], required=False
    )  # fmt: skip
    mine = forms.BooleanField(label="Mine", required=False)

    def __init__(self, *args: Any, brands: list[Brand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brands = {str(brand.pk): brand for brand in brands}
        if len(brands) > 1:
            choices = [("", "Any"), *[(key, brand.name) for key, brand in self.brands.items()]]
            self.fields["brand"] = forms.ChoiceField(choices=choices, required=False)
            self.order_fields(("q", "verdict", "stage", "brand", "mine"))

    def wanted(self, *, by: User) -> VettingFilter:
        """The filter that the address asks for; `by` is whom "mine" means."""
        self.is_valid()
        told = self.cleaned_data
        return VettingFilter(
            q=(told.get("q") or "").replace("\0", ""), verdict=told.get("verdict") or WAITING,
            stage=told.get("stage") or "", brand=self.brands.get(told.get("brand") or ""),
            mine=by if told.get("mine") else None,
        )  # fmt: skip


class VettingForm(forms.Form):
    """Ten items from 1 to 5 with notes, a reason in short, and the verdict or none yet.

    `seen` is the newest vetting when the form was opened: see `creators.actions.vetting`.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=1 << 62)
    verdict = forms.ChoiceField(
        choices=[*VettingVerdict.choices, _NO_VERDICT], required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="In short", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed for perhaps and no.",
    )  # fmt: skip

    def __init__(self, *args: Any, vetting: Vetting | None, scores: dict[str, VettingScore], **kwargs: Any) -> None:
        """`vetting` is the newest one, `scores` those that were kept of the open one."""
        is_open = vetting is not None and vetting.decided_at is None
        initial: dict[str, Any] = {"seen": vetting.pk if vetting else None, "verdict": ""}
        initial["reason"] = vetting.reason if vetting and is_open else ""
        for item, told in scores.items():
            initial |= {f"score_{item}": str(told.score or ""), f"note_{item}": told.note}
        super().__init__(*args, **{**kwargs, "initial": initial})
        for item in VettingItem:
            self.fields[f"score_{item}"] = forms.ChoiceField(
                label=str(item.label), choices=_SCORES, required=False, widget=forms.RadioSelect,
                help_text=_ASKS[item],
            )  # fmt: skip
            self.fields[f"note_{item}"] = forms.CharField(
                label=f"Note: {item.label}", max_length=200, required=False,
                widget=forms.TextInput(attrs={"placeholder": "Note"}),
            )  # fmt: skip

    def lines(self) -> Iterator[tuple[Any, Any]]:
        """Each item of the checklist as the fields of its score and its note."""
        for item in VettingItem:
            yield self[f"score_{item}"], self[f"note_{item}"]

    def clean(self) -> dict[str, Any]:
        """Perhaps and no say why."""
        told = super().clean() or self.cleaned_data
        if told.get("verdict") in (VettingVerdict.PERHAPS, VettingVerdict.NO) and not told.get("reason"):
            self.add_error("reason", "Say in short why it is perhaps or no.")
        return told

    def scores(self) -> dict[VettingItem, Score]:
        """What was said of each item."""
        told = self.cleaned_data
        return {
            item: Score(int(told[f"score_{item}"]) if told[f"score_{item}"] else None, told[f"note_{item}"])
            for item in VettingItem
        }


class FiguresForm(forms.Form):
    """On which day the creator was asked for audience figures, or sent them."""

    on = DayField(label="Day")
