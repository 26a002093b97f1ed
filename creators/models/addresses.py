"""Where parcels for a creator go: private, seen by managers only, and gone when it is no longer needed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from creators.enums import AddressSource
from creators.models.creator import Creator


class PostalAddress(models.Model):
    """What stands on a parcel. Kept without history, so that erasing a row erases the address."""

    name = models.CharField("name on the parcel", max_length=120)
    street = models.CharField(max_length=160)
    street_2 = models.CharField("second line", max_length=160, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=80)
    region = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=60)
    phone = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True

    @property
    def lines(self) -> list[str]:
        """The address as it stands on a label, without the phone."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        return [line for line in (self.name, self.street, self.street_2, town, self.region, self.country) if line]


class Address(PostalAddress):
    """The one postal address of a creator, with who gave it, how and when."""

    creator = models.OneToOneField(Creator, models.CASCADE, related_name="address")
    source = models.CharField(max_length=6, choices=AddressSource, default=AddressSource.HAND)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=("given_at",), name="address_by_age")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(street="") & ~Q(city="") & ~Q(country=""),
                name="address_says_who_and_where",
                violation_error_message="An address needs a name, a street, a city and a country.",
            ),
            models.CheckConstraint(
                condition=Q(source__in=AddressSource.values),
                name="address_source_is_known",
                violation_error_message="An address comes by hand or from a file.",
            ),
        ]

    def __str__(self) -> str:
        return f"Address of {self.creator}"
