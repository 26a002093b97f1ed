"""People who applied to the sample's brand: two who wait, one who was told no, and one who looks like a robot."""

from datetime import datetime, timedelta
from decimal import Decimal

from creators.actions.applications import Told, decline, receive
from creators.enums import Platform, RateFormat
from team.models import Brand, User

_WAITING = (
    Told(
        name="Wren Ashdown", email="wren@applicants.example.com", platform=Platform.INSTAGRAM, handle="wren.steeps",
        followers=8_400, country="United Kingdom", city="York", niches=["tea", "ceramics"],
        formats=[RateFormat.REEL, RateFormat.STORY], ask=Decimal(90), ask_format=RateFormat.REEL, ask_currency="GBP",
        message="I throw my own teapots and film what goes into them. I would love to work with your oolong.",
    ),
    Told(
        name="Tomas Vrba", email="tomas@applicants.example.com", platform=Platform.TIKTOK, handle="tomas.brews.slow",
        followers=23_100, country="Czechia", city="Brno", niches=["slow mornings", "books"],
        formats=[RateFormat.REEL], message="Short films of quiet mornings, most of them with tea.",
    ),
)  # fmt: skip
_DECLINED = Told(
    name="Dario Conti", email="dario@applicants.example.com", platform=Platform.INSTAGRAM, handle="dario.on.espresso",
    followers=61_000, country="Italy", city="Torino", niches=["coffee"], message="Coffee first. Tea for a fee.",
)  # fmt: skip
_SPAM = Told(
    name="Growth Desk", email="growth@applicants.example.com", platform=Platform.INSTAGRAM, handle="growth.desk.now",
    message="Your page could have ten thousand more followers by Friday.", links=4,
)  # fmt: skip


def load_applications(brand: Brand, *, by: User | None, now: datetime) -> None:
    """Open the sample's form and put four applications into its queue."""
    brand.is_open_to_applications = True
    brand.application_intro = "We look for people who take their time over tea, whatever the number of followers."
    brand.save(update_fields=["is_open_to_applications", "application_intro"])
    for number, told in enumerate(_WAITING, start=1):
        receive(brand, told, suspicions=[], now=now - timedelta(hours=20 * number))
    receive(brand, _SPAM, suspicions=["the message has 4 links"], now=now - timedelta(hours=9))
    refused = receive(brand, _DECLINED, suspicions=[], now=now - timedelta(days=6))
    decline([refused.pk], why="Speaks of coffee alone.", by=by, now=now - timedelta(days=5))
