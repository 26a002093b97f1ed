"""Run Troupe: servers, web, worker, beat and click shipper, in one foreground process tree."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator

from django.conf import settings
from django.core.management import BaseCommand
from django.db import OperationalError
from django.utils import timezone

from config import embedded, upkeep
from config.servers import addresses, parts, ports
from config.servers.children import Child, look_after, told_by
from config.servers.locks import Holder
from config.servers.processes import RUN_ID
from config.servers.refusal import full_disk_in_words
from team.actions.setup import new_setup_token

PATIENCE_SECONDS = 120
# For commands that still use the servers when we are told to stop.
USERS_PATIENCE_SECONDS = 10
ROUND_SECONDS = 0.2


class Stopped(BaseException):
    """Somebody asked us to stop."""


class Command(BaseCommand):
    """See the module."""

    help = "Run Troupe: PostgreSQL and Valkey unless their addresses are given, web, worker, beat and click shipper."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the sample program and print a login for it")

    def handle(self, *args: object, demo: bool, **options: object) -> None:
        """Run until a signal comes; the order is the one in docs/running.md."""
        with _stoppable():
            var = embedded.own_var(settings.TROUPE_VAR)
            holder = Holder(pid=os.getpid(), command="manage.py start", address=f"{settings.SITE_URL}/")
            with embedded.owned(var, holder) as users:
                _claim_port()
                _check_given_addresses()
                with embedded.running(var, users, patience=USERS_PATIENCE_SECONDS) as servers:
                    self._run(servers, demo=demo)

    def _run(self, servers: list[Child], *, demo: bool) -> None:
        _prepare()
        plan = _plan()
        login = _load_sample(plan) if demo else ""
        with _parts(plan) as children:
            web = children[0]
            _wait_for(web, [*servers, *children])
            self._announce(login)
            while True:
                look_after([*servers, *children])
                time.sleep(ROUND_SECONDS)

    def _announce(self, login: str) -> None:
        """Say where Troupe is and how to get in: the only lines on standard output."""
        self.stdout.write(f"Troupe is at {settings.SITE_URL}/")
        if token := new_setup_token(now=timezone.now()):
            self.stdout.write(f"Set up: {settings.SITE_URL}/setup/{token}/")
        if login:
            self.stdout.write(login)
        self.stdout.flush()


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGINT, SIGTERM and a closed terminal end the block in order, whatever a shell handed down."""

    def stop(number: int, frame: object) -> None:
        for name in stopping:
            signal.signal(name, signal.SIG_IGN)
        print("Stopping.", file=sys.stderr)
        raise Stopped

    stopping = [signal.SIGINT, signal.SIGTERM]
    # nohup asks for a process that outlives its terminal.
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        stopping.append(signal.SIGHUP)
    for name in stopping:
        signal.signal(name, stop)
    with contextlib.suppress(Stopped):
        yield


def _claim_port() -> None:
    host, port = settings.HOST, settings.PORT
    if ports.is_free(host, port):
        return
    # What a killed start left behind may still have it.
    embedded.end_left_overs(settings.TROUPE_VAR)
    if not ports.is_free(host, port):
        raise ports.taken(port)


def _check_given_addresses() -> None:
    if silent := addresses.silent():
        raise embedded.CannotStart(" ".join(silent))


def _prepare() -> None:
    try:
        upkeep.migrate()
    except OperationalError as error:
        raise embedded.CannotStart(f"PostgreSQL does not let the tables be brought up to date: {error}") from error
    with full_disk_in_words(settings.TROUPE_VAR):
        upkeep.collect_static()


def _plan() -> parts.Plan:
    env = {
        RUN_ID: embedded.run_id(settings.TROUPE_VAR),
        "TROUPE_VAR": str(settings.TROUPE_VAR),
        addresses.DATABASE: settings.DATABASE_URL,
        addresses.REDIS: settings.REDIS_URL,
    }
    return parts.Plan(folder=settings.BASE_DIR, var=settings.TROUPE_VAR, env=env)


@contextlib.contextmanager
def _parts(plan: parts.Plan) -> Iterator[list[Child]]:
    """Start the parts, and stop them after the block: first nobody asks, then nobody works, then the last clicks."""
    web = Child(parts.web(plan, host=settings.HOST, port=settings.PORT, workers=settings.WEB_WORKERS))
    work = [Child(parts.worker(plan)), Child(parts.beat(plan))]
    children = [web, *work, Child(parts.shipper(plan))]
    try:
        for child in children:
            child.start()
        yield children
    finally:
        for child in children:
            child.stop()


def _wait_for(web: Child, children: list[Child]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not _web_answers():
        if time.monotonic() > end:
            raise embedded.CannotStart(f"The web server did not answer in time. {told_by(web.part)}", code=1)
        look_after(children)
        time.sleep(ROUND_SECONDS)


def _web_answers() -> bool:
    """Whether a page comes back: any answer but a server's error, since ALLOWED_HOSTS may not know this address."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.HOST, settings.HOST)  # noqa: S104 - the other way round
    connection = http.client.HTTPConnection(host, settings.PORT, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _load_sample(plan: parts.Plan) -> str:
    """Load the sample program; its command prints the line with the demo login."""
    print("Loading the sample program.", file=sys.stderr)
    command = [sys.executable, "manage.py", "load_sample"]
    env = {**os.environ, **plan.env}
    done = subprocess.run(command, cwd=plan.folder, env=env, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise embedded.CannotStart("The sample program could not be loaded; see above.", code=1)
    return done.stdout.strip()
