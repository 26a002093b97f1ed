"""People who apply, for the tests of the public form and of the queue behind it."""

from datetime import timedelta

from django.utils import timezone
from django_scopes import scope

from config.lib.tokens import signed
from creators.actions import applications as actions
from creators.actions.applications import Told
from creators.logic.applications import stamp
from creators.models import Application
from tests.factories import NOW

SENT = {
    "name": "Maya Okafor", "email": "Maya@Example.com", "platform": "tiktok", "handle": "@Maya.Brews",
    "followers": "4200", "country": "United Kingdom", "city": "Leeds", "niches": "Tea, Baking",
    "formats": ["reel"], "ask": "80", "ask_currency": "GBP", "ask_format": "reel", "message": "I love tea.",
    "consent": "on",
}  # fmt: skip


def key_of(brand, *, ago: float = 60, number: int = 1) -> str:
    """A form that this installation gave out some seconds ago."""
    return signed("application", brand.pk, stamp(timezone.now() - timedelta(seconds=ago)), number)


def send(client, brand, *, ago: float = 60, number: int = 1, **changed):
    """Post the form."""
    data = {**SENT, "form_key": key_of(brand, ago=ago, number=number), **changed}
    return client.post(f"/apply/{brand.slug}/", {name: value for name, value in data.items() if value is not None})


def told(**changed) -> Told:
    return Told(**{"name": "Maya", "email": "maya@example.com", "platform": "tiktok", "handle": "maya", **changed})


def kept(brand) -> list[Application]:
    with scope(brand=brand):
        return list(Application.objects.order_by("pk"))


def queue(brand, count=2):
    with scope(brand=brand):
        return [
            actions.receive(
                brand, told(name=f"Person {n}", email=f"p{n}@example.com", handle=f"person{n}"), suspicions=[], now=NOW
            )
            for n in range(count)
        ]  # fmt: skip
