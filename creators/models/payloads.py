"""What a provider answered, as it came: kept compressed for a while, only ever added."""

import zlib

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from creators.enums import Failure, Platform, Source
from creators.models.creator import Profile


class RawPayload(models.Model):
    """One answer. `failure` is blank where it was understood; `keys` are those of an unknown shape."""

    source = models.CharField(max_length=12, choices=Source)
    platform = models.CharField(max_length=12, choices=Platform)
    question = models.CharField(max_length=12)
    profile = models.ForeignKey(Profile, models.CASCADE, null=True, blank=True, related_name="payloads")
    asked_at = models.DateTimeField()
    failure = models.CharField(max_length=12, choices=Failure, blank=True)
    keys = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    size = models.PositiveIntegerField()
    packed = models.BinaryField()

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = [
            models.Index(fields=("asked_at",), name="payload_by_age"),
            models.Index(fields=("-asked_at",), condition=Q(failure=Failure.SHAPE), name="payload_unknown"),
        ]
        triggers = [pgtrigger.Protect(name="payload_stays_as_it_came", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.source}: {self.question} of {self.platform}, {self.asked_at:%Y-%m-%d}"

    @property
    def body(self) -> bytes:
        """The answer, unpacked."""
        return zlib.decompress(bytes(self.packed))
