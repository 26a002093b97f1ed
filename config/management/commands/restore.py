"""Put a backup in place of an installation."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from config import backups, embedded


class Command(BaseCommand):
    """See the module."""

    help = "Restore a backup into an empty installation, or over this one with --force."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="overwrite an installation that is in use")

    def handle(self, *args: object, file: Path, force: bool, **options: object) -> None:
        """Restore it, unless Troupe runs here: it would go on with the keys and tables it knows."""
        if address := embedded.address_of_start(embedded.own_var(settings.TROUPE_VAR)):
            raise CommandError(f"Troupe is running at {address}. Stop it first.")
        try:
            backups.read(file, force=force)
            for name in backups.other_secrets(file):
                self.stderr.write(f"{name} is set to another one than in the backup. Set it to that, or unset it.")
        except backups.BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Restored {file}.")
