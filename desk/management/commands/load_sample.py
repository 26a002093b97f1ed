"""`manage.py load_sample`: the sample program and a login to look at it with."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from desk.actions.sample import load_sample
from team.enums import Role
from team.models import Brand, Membership, User

EMAIL = "demo@example.com"


class Command(BaseCommand):
    """Load the sample program where it is not there yet, and make a new password for its login."""

    help = "Load the sample program and print a login for it."

    def handle(self, **options: Any) -> None:
        """Print `Demo login: EMAIL PASSWORD`, and nothing else, on standard output."""
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            user = _demo_user(password)
            brand = load_sample(by=user, now=timezone.now())
            _let_in(user, brand)
        self.stdout.write(f"Demo login: {EMAIL} {password}")


def _demo_user(password: str) -> User:
    user = User.objects.filter(email=EMAIL).first() or User.objects.create_user(EMAIL, name="Demo")
    user.set_password(password)
    user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=user, email=EMAIL, defaults={"verified": True, "primary": True})
    return user


def _let_in(user: User, brand: Brand) -> None:
    Membership.objects.get_or_create(user=user, brand=brand, defaults={"role": Role.OWNER})
