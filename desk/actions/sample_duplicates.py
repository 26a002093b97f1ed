"""Somebody of the sample who is on the roster twice: she applied again from her channel, and was accepted."""

from datetime import datetime, timedelta

from creators.actions.applications import Told, accept, receive
from creators.actions.duplicates import find_for
from creators.enums import Platform
from creators.models import Contact
from team.models import Brand, User

_AGAIN = Told(
    name="Maya Okafor", email="maya@creators.example.com", platform=Platform.YOUTUBE, handle="maya.brews.films",
    followers=3_900, niches=["tea"], message="I have begun to make long films, too.",
)  # fmt: skip


def load_duplicates(brand: Brand, *, by: User | None, now: datetime) -> None:
    """Take in the second application and look for whom she may be."""
    known = Contact.objects.filter(value=_AGAIN.email).values_list("creator", flat=True)
    application = receive(brand, _AGAIN, suspicions=[], now=now - timedelta(days=3))
    accept([application.pk], by=by, now=now - timedelta(days=2))
    find_for(list(known), now=now)
