"""What people ask of the list of documents, and what they say of a file that they upload."""

from typing import Any

from django import forms

from campaigns.actions.documents import About
from campaigns.models import Deal
from campaigns.queries.documents import PRESENT, REMOVED, DocumentFilter
from config.lib.uploads import CheckedFileField
from creators.forms.fields import CreatorField
from creators.forms.rights import brand_field, chosen_brand
from creators.models import Right
from team.actions.documents import Upload
from team.enums import DocumentKind
from team.models import Brand

_ANY = [("", "Any")]
_LONGEST_TITLE = 120


class DocumentFilterForm(forms.Form):
    """The address of the list. What it does not understand asks nothing."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(choices=[*_ANY, *DocumentKind.choices], required=False)
    state = forms.ChoiceField(
        choices=[("", "Kept"), (REMOVED, "Removed"), ("all", "Both")], required=False, label="File"
    )
    creator = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=1 << 62)
    right = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=1 << 62)
    deal = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=1 << 62)

    def __init__(self, *args: Any, brands: list[Brand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = "Title, file or creator"
        if len(brands) > 1:
            choices = [*_ANY, *[(str(brand.pk), brand.name) for brand in brands]]
            self.fields["brand"] = forms.ChoiceField(choices=choices, required=False)

    def wanted(self) -> DocumentFilter:
        """The filter that the address asks for."""
        self.is_valid()
        told = self.cleaned_data
        return DocumentFilter(
            q=(told.get("q") or "").strip().replace("\0", ""), kind=told.get("kind") or "",
            brand=told.get("brand") or "", state=told.get("state") or PRESENT,
            creator=told.get("creator"), right=told.get("right"), deal=told.get("deal"),
        )  # fmt: skip


class DocumentForm(forms.Form):
    """A file, its kind and title, and whose it is. Of a deal or a right, brand and creator are settled."""

    file = CheckedFileField()
    kind = forms.ChoiceField(choices=DocumentKind.choices)
    title = forms.CharField(
        required=False, max_length=_LONGEST_TITLE, help_text="Empty: the name of the file, without its ending."
    )
    creator = CreatorField(required=False, label="Creator (if it is about one)")
    again = forms.BooleanField(
        required=False, label="Keep a second copy", help_text="Only where this very file is here already."
    )

    def __init__(
        self, *args: Any, brands: list[Brand], brand: Brand | None, deal: Deal | None = None,
        right: Right | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.deal, self.right = deal, right
        settled = (deal or right).brand if deal or right else None  # type: ignore[union-attr]
        brand_field(self, [settled] if settled else brands, settled or brand)
        if settled:
            del self.fields["creator"]
        if not self.data.get("again"):
            self.fields["again"].widget = forms.HiddenInput()

    def offer_again(self) -> None:
        """Ask whether a file that is here already is to be kept twice."""
        self.fields["again"].widget = forms.CheckboxInput()

    def brand(self) -> Brand:
        """The brand that keeps it."""
        return chosen_brand(self)

    def upload(self) -> Upload:
        """The file with what was said of it."""
        told = self.cleaned_data
        checked = told["file"].checked
        title = told["title"].strip() or checked.name.rpartition(".")[0].strip() or checked.name
        return Upload(kind=told["kind"], title=title, file=told["file"], told=checked)

    def about(self) -> About:
        """What it is about."""
        return About(creator=self.cleaned_data.get("creator"), deal=self.deal, right=self.right)


class RemoveForm(forms.Form):
    """Why a document goes."""

    why = forms.CharField(label="Why", max_length=200)
