#!/usr/bin/env python
"""Troupe's command line. With no servers configured or running, it starts the embedded pair for its own duration.

Results go to standard output, everything else to standard error. Exit code 3: no server, and a sentence says which.
"""

import contextlib
import os
import signal
import sys
import warnings
from collections.abc import Iterator

# Compiled files would land beside the code, and as root in somebody else's checkout; doing without costs no
# more than 0.1 s a command.
sys.dont_write_bytecode = True
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.core.management import execute_from_command_line

from config import embedded, upkeep
from config.servers import addresses
from config.servers.processes import RUN_ID
from config.servers.refusal import NO_SERVER


def main() -> None:
    """Run the command, with the servers it needs."""
    # A stopped command must still stop what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if sys.argv[1:2] == ["makemigrations"]:
        # It looks into the database only if one answers, which is fine.
        warnings.filterwarnings("ignore", message="Got an error checking a consistent migration history")
    try:
        with _servers():
            execute_from_command_line(sys.argv)
    except embedded.CannotStart as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(refusal.code)


def _servers() -> contextlib.AbstractContextManager[object]:
    # A part of a running `start` waits for its servers by itself.
    if not embedded.needed(sys.argv) or RUN_ID in os.environ:
        return contextlib.nullcontext()
    if silent := addresses.silent():
        raise embedded.CannotStart(" ".join(silent), code=NO_SERVER)
    if addresses.given(addresses.DATABASE) and addresses.given(addresses.REDIS):
        return contextlib.nullcontext()
    return _embedded_servers()


@contextlib.contextmanager
def _embedded_servers() -> Iterator[None]:
    with embedded.servers(command=" ".join(["manage.py", *sys.argv[1:2]])):
        if sys.argv[1] not in {"migrate", "showmigrations", "sqlmigrate"}:
            django.setup()
            if upkeep.is_fresh():
                upkeep.migrate()
        yield


if __name__ == "__main__":
    main()
