"""Numbers that a creator told: by hand for one post with a screenshot, or as a file."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Case, Value, When

from config.lib.ids import ids_of
from config.lib.uploads import CheckedFileField, TableFileField
from creators.enums import ContentKind
from creators.logic.reported import COLUMNS, NUMBERS
from creators.models import CreatorReport, Post, Profile
from team.models import Brand

_LISTED = 60  # posts to choose from; older ones come by file


class ReportForm(forms.ModelForm):
    """The numbers of one post, or of a story that is added with them."""

    brand = forms.ModelChoiceField(queryset=Brand.objects.none(), empty_label=None)
    post = forms.ModelChoiceField(
        queryset=Post.objects.none(), required=False, empty_label="A story that is not listed"
    )
    posted_at = forms.DateTimeField(
        label="Story went live",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Only for a story that is not listed, on the brand’s clock.",
    )
    screenshot = CheckedFileField(required=False)
    url = forms.URLField(label="Address of the story", required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = CreatorReport
        fields = ("brand", "post", *NUMBERS, "screenshot", "note")

    field_order = ("brand", "post", "posted_at", "url", *NUMBERS, "screenshot", "note")

    def __init__(self, *args: Any, profile: Profile, brands: list[Brand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profile = profile
        self.fields["brand"].queryset = Brand.objects.filter(pk__in=[brand.pk for brand in brands])  # type: ignore[attr-defined]
        self.fields["post"].queryset = _choices(profile, self.initial.get("post"))  # type: ignore[attr-defined]
        self.fields["post"].label_from_instance = _label  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A post that is listed, or a story with the moment it went live."""
        cleaned = super().clean() or self.cleaned_data
        moment, brand = cleaned.get("posted_at"), cleaned.get("brand")
        if not cleaned.get("post") and not moment and "posted_at" not in self.errors:
            self.add_error("posted_at", "Choose a post, or say when the story went live.")
        if moment and brand:
            cleaned["posted_at"] = moment.replace(tzinfo=ZoneInfo(brand.time_zone))
        return cleaned

    def refuse_future(self, now: datetime) -> bool:
        """Whether the story has gone live; else the form says so."""
        moment = self.cleaned_data.get("posted_at")
        if moment and not self.cleaned_data.get("post") and not 1990 <= moment.year <= now.year:
            self.add_error("posted_at", "Write a moment from 1990 on that has come.")
        elif moment and not self.cleaned_data.get("post") and moment > now:
            self.add_error("posted_at", "This moment has not come yet.")
        return not self.errors

    def story(self) -> dict[str, Any] | None:
        """The story to add, where no post was chosen."""
        if self.cleaned_data.get("post"):
            return None
        return {
            "profile": self.profile, "posted_at": self.cleaned_data["posted_at"], "url": self.cleaned_data["url"],
        }  # fmt: skip

    def _get_validation_exclusions(self) -> set[str]:
        """A story that is added with its report has no id yet."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"post"}


def _choices(profile: Profile, asked: Any) -> Any:
    """The newest posts and the one that the address asks for, stories first."""
    newest = list(Post.objects.filter(profile=profile).order_by("-posted_at").values_list("pk", flat=True)[:_LISTED])
    stories_first = Case(When(kind=ContentKind.STORY, then=Value(0)), default=Value(1))
    wanted = ids_of([str(asked or "")])
    return Post.objects.filter(profile=profile, pk__in=newest + wanted).order_by(stories_first, "-posted_at")


def _label(post: Post) -> str:
    day = f"{post.posted_at:%d %b %Y}" if post.posted_at else "no date"
    return f"{post.get_kind_display()}, {day}: {str(post)[:50]}"


class ReportsFileForm(forms.Form):
    """A file of creator-reported numbers, for one brand."""

    brand = forms.ModelChoiceField(queryset=Brand.objects.none(), empty_label=None)
    file = TableFileField(help_text=f"Columns: {', '.join(COLUMNS)}.")

    def __init__(self, *args: Any, brands: list[Brand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brand"].queryset = Brand.objects.filter(pk__in=[brand.pk for brand in brands])  # type: ignore[attr-defined]
