"""What an installation needs before its pages work: tables of today's shape, and its static files in one folder."""

import contextlib
import hashlib
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

# Of two web machines that start at once, one migrates and the other waits. Any number that nobody else uses.
MIGRATING = 7_203_114


def is_fresh() -> bool:
    """Whether no migration has ever run in this database."""
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('django_migrations') is null")
        return bool(cursor.fetchone()[0])


def migrate() -> None:
    """Bring the tables up to date, one process at a time."""
    with _alone():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            print("Preparing the database.", file=sys.stderr)
            call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [MIGRATING])
    try:
        yield
    finally:
        # The lock ends with the connection, also where the block left that unusable.
        connection.close()


def collect_static() -> None:
    """Copy and compress the static files into STATIC_ROOT, unless they are there already."""
    mark, wanted = settings.TROUPE_VAR / "static.fingerprint", _static_fingerprint()
    if mark.exists() and mark.read_text() == wanted and settings.STATIC_ROOT.exists():
        return
    print("Collecting static files.", file=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    mark.write_text(wanted)


def _static_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
