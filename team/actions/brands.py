"""Making brands, by hand, at set-up, and by commands that are told to create one."""

from itertools import count
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from config.lib.currencies import CURRENCIES
from team.models import Brand

LONGEST_SLUG = 64


class BrandRefused(Exception):
    """The brand cannot be made so; the text tells the person what to change."""


@transaction.atomic
def make_brand(*, name: str, slug: str = "", currency: str = "", time_zone: str = "UTC") -> Brand:
    """A new brand. Without `slug` its short name follows from the name, with a number where that is taken.

    Raises `BrandRefused` for an unknown currency or time zone, and for a slug that is taken or not plain.
    """
    name, currency = name.strip(), currency.strip().upper()
    if not name:
        raise BrandRefused("A brand needs a name.")
    if currency and currency not in CURRENCIES:
        raise BrandRefused(f"{currency} is not a currency code. Use three letters such as EUR, GBP or USD.")
    if time_zone not in available_timezones():
        raise BrandRefused(f"{time_zone} is not a time zone. Use a name such as Europe/Berlin or UTC.")
    slug = slug or _free_slug(name)
    try:
        with transaction.atomic():
            return Brand.objects.create(name=name, slug=slug, currency=currency, time_zone=time_zone)
    except IntegrityError as error:
        raise BrandRefused(_why(slug, error)) from error


def _free_slug(name: str) -> str:
    plain = slugify(name).strip("-_")[: LONGEST_SLUG - 4] or "brand"
    taken = set(Brand.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    tries = (plain if number == 1 else f"{plain}-{number}" for number in count(1))
    return next(slug for slug in tries if slug not in taken)


def _why(slug: str, error: IntegrityError) -> str:
    if "brand_slug_is_plain" in str(error):
        return (
            f"The short name {slug} may hold only small letters, digits, _ and -, and begins with a letter or digit."
        )
    return f"The short name {slug} is taken by another brand. Choose another one."
