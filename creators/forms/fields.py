"""A form field that names a creator by handle or name, since a list of a hundred thousand is no choice."""

from typing import Any

from django import forms

from creators.enums import Platform
from creators.logic.names import folded
from creators.models import Creator, Profile


class CreatorField(forms.CharField):
    """`anna`, `@anna`, `tiktok:anna` or the creator's whole name. Cleans to the creator."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=140, help_text="Handle or whole name.", **kwargs)

    def clean(self, value: Any) -> Any:
        """The one creator who is meant; None where nobody has to be."""
        text = super().clean(value).strip().replace("\0", "")
        if not text:
            return None
        found = _found(text)
        if not found:
            raise forms.ValidationError("No creator has this handle or name.")
        if len(found) > 1:
            raise forms.ValidationError("Several creators fit. Write the platform too, such as tiktok:anna.")
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        """A creator is shown by the main handle."""
        if not isinstance(value, Creator):
            return value
        main = value.profiles.order_by("-is_main").first()
        return f"{main.platform}:{main.handle}" if main else value.name


def _found(text: str) -> list[Creator]:
    platform, _, rest = text.lower().partition(":")
    if rest and platform in Platform.values:
        profiles = Profile.objects.filter(platform=platform, handle=rest.strip().lstrip("@"))
    else:
        profiles = Profile.objects.filter(handle=text.lower().lstrip("@"))
    by_handle = list(Creator.objects.filter(pk__in=profiles.values("creator"))[:2])
    return by_handle or list(Creator.objects.filter(sort_name=folded(text))[:2])
