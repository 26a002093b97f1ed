"""Fields of several forms: a creator, named by handle or name since a list of a hundred thousand is no choice; and
words that are kept in small letters, whose length counts as it will be kept (one capital may be two small letters).
"""

from typing import Any

from django import forms
from django.db.models import QuerySet

from creators.enums import Platform
from creators.logic.gazetteer import country_name
from creators.logic.names import folded
from creators.models import Creator, Profile
from creators.queries.creators import creators_found_by

_SUGGESTED = 3


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
            near = _written(Creator.objects.filter(pk__in=creators_found_by(text), erased_on=None))
            raise forms.ValidationError(
                f"No creator has this handle or name.{f' Did you mean {near}?' if near else ''}"
            )
        if len(found) > 1:
            several = Creator.objects.filter(pk__in=[each.pk for each in found])
            raise forms.ValidationError(f"Several creators fit. Write {_written(several)}.")
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        """A creator is shown by the main handle."""
        if not isinstance(value, Creator):
            return value
        main = value.profiles.order_by("-is_main").first()
        return _typed(main) if main else value.name


class CategoryField(forms.CharField):
    """A category, as campaigns and exclusivities name it alike: small letters, single spaces."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).lower().split())


class CountryField(forms.CharField):
    """A country under its one name."""

    def to_python(self, value: Any) -> str:
        return country_name(str(super().to_python(value)))


class SmallEmailField(forms.EmailField):
    """An e-mail address in small letters, by which the same person is known again."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).lower()


def _typed(profile: Profile) -> str:
    """A profile as somebody types it into `CreatorField`."""
    return f"{profile.platform}:{profile.handle}"


def _written(creators: QuerySet[Creator]) -> str:
    """The first of the creators as this field takes them: `tiktok:anna (Anna Berg) or youtube:anna (Anna Ek)`."""
    main = Profile.objects.filter(creator__in=creators.values("pk"), is_main=True).select_related("creator")
    shown = main.order_by("creator__sort_name", "pk")[:_SUGGESTED]
    return " or ".join(f"{_typed(each)} ({each.creator.name})" for each in shown)


def _found(text: str) -> list[Creator]:
    platform, _, rest = text.lower().partition(":")
    if rest and platform in Platform.values:
        profiles = Profile.objects.filter(platform=platform, handle=rest.strip().lstrip("@"))
    else:
        profiles = Profile.objects.filter(handle=text.lower().lstrip("@"))
    by_handle = list(Creator.objects.filter(pk__in=profiles.values("creator"))[:2])
    return by_handle or list(Creator.objects.filter(sort_name=folded(text))[:2])
