"""Write one file that holds the whole installation."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from config import backups


class Command(BaseCommand):
    """See the module."""

    help = "Write a backup: database, media, secrets, clicks not yet shipped. It holds secrets; keep it safe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, file: Path, **options: object) -> None:
        """Write it, and print where it is."""
        try:
            backups.write(file.absolute(), now=timezone.now())
        except backups.BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(str(file))
        self.stderr.write("It holds the installation's secrets. Keep it where only you can read it.")
