"""`manage.py login_link EMAIL`: the way back in where no mail can be sent."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from team.actions.login_links import new_login_link
from team.models import User

WRONG_USE = 2


class Command(BaseCommand):
    help = "Print a link that signs a person in, for one use within 15 minutes."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {email}.", returncode=WRONG_USE)
        if not user.is_active:
            raise CommandError(f"{email} was switched off and may not sign in.", returncode=WRONG_USE)
        token = new_login_link(user, now=timezone.now())
        self.stdout.write(settings.SITE_URL + reverse("team:login_link", args=[token]))
