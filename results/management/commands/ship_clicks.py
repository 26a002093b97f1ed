"""Move clicks from this machine's disk into PostgreSQL, for as long as it runs. One runs beside each web server."""

import logging
import os
import signal
import threading
import time
from datetime import UTC, datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, connection

from results.actions import salts
from results.actions.shipping import LONGEST_REST, Shipper, rest_after

NICENESS = 10  # a visitor's answer goes before the storing of clicks, which may wait on the disk
TIDY_SECONDS = 60
NO_SERVER = 3

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Move clicks from this machine's disk into PostgreSQL. Ends cleanly on SIGTERM."
    requires_system_checks = []  # the web server has made them

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once` ships what is there and ends."""
        parser.add_argument("--once", action="store_true", help="ship what is there and end")

    def handle(self, *, once: bool, **options: object) -> None:
        """Ship until told to stop."""
        settings.CLICKS_FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
        shipper = Shipper(settings.CLICKS_FOLDER)
        if once:
            self._ship_once(shipper)
            return
        os.nice(NICENESS)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        _ship_until(stop, shipper)

    def _ship_once(self, shipper: Shipper) -> None:
        try:
            stored = shipper.turn()
        except (OperationalError, InterfaceError) as error:
            raise CommandError(f"PostgreSQL does not answer: {error}", returncode=NO_SERVER) from error
        self.stdout.write(f"{stored} clicks stored" + (f", {shipper.bad} lines set aside" if shipper.bad else ""))


def _ship_until(stop: threading.Event, shipper: Shipper) -> None:
    pause, tidied = rest_after(0), float("-inf")
    while not stop.is_set():
        began = time.monotonic()
        try:
            shipper.turn()
            pause = rest_after(time.monotonic() - began)
        except (OperationalError, InterfaceError):
            logger.warning("PostgreSQL is away; clicks wait on this machine's disk")
            connection.close()
            pause = min(pause * 2, LONGEST_REST)
        if time.monotonic() - tidied > TIDY_SECONDS:
            salts.destroy_before(salts.number_of(datetime.now(UTC).date()))
            tidied = time.monotonic()
        stop.wait(pause)
