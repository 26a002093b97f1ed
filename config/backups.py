"""One file that holds an installation: database, media, the secrets, and clicks that are still in files.

The salts that visitors are hashed under are not in it: they are destroyed after two days, and must not outlive that
in a backup. It holds secrets and all that the team knows about people, so only its owner may read it.
Restoring is one transaction for the database; files follow once that has committed.
"""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config import upkeep
from config.servers.postgres import program
from results.actions import salts
from team.models import Brand

FORMAT = 1
MANIFEST, DUMP, MEDIA, CLICKS = "manifest.json", "database.dump", "media/", "clicks/"
SECRETS = {"secret_key": "SECRET_KEY", "customer_key": "CUSTOMER_KEY", "sealing_key": "SEALING_KEY"}
YOUNGER = {"sealing_key"}  # not in older backups, which hold nothing that was sealed either
# `public` holds everything of ours; what a later version made there must not stay beside older tables.
EMPTIED = "drop schema if exists public cascade; create schema public"


class BackupRefused(Exception):
    """The backup cannot be written or restored; the text says why and what to do."""


def write(target: Path, *, now: datetime) -> None:
    """Write the backup, readable by its owner alone, and put it in place only when it is whole.

    Clicks come first: one that is shipped meanwhile is then in both, and its id keeps it from counting twice.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with _private(draft) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            archive.writestr(MANIFEST, json.dumps(_manifest(now), indent=2))
            for name, setting in SECRETS.items():
                archive.writestr(name, getattr(settings, setting))
            _add_folder(archive, CLICKS, settings.CLICKS_FOLDER)
            with archive.open(DUMP, "w", force_zip64=True) as dump:
                _dump_into(dump)
            _add_folder(archive, MEDIA, Path(settings.MEDIA_ROOT))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def read(source: Path, *, force: bool) -> None:
    """Put the backup in place of what is here. Raises BackupRefused, with nothing changed, where that cannot be done.

    `force` allows to overwrite an installation that somebody uses.
    """
    with _opened(source) as archive:
        _check(archive)
        if not (force or is_empty()):
            raise BackupRefused(
                "There are people or brands in this installation already. Restore into an empty one, or add --force"
                " to overwrite everything in it."
            )
        _restore_database(archive)
        upkeep.migrate()
        _restore_files(archive)
    cache.clear()


def other_secrets(source: Path) -> list[str]:
    """Which secrets of the backup the environment overrides with others."""
    with _opened(source) as archive:
        return [
            setting
            for name, setting in SECRETS.items()
            if name in archive.namelist()
            if os.environ.get(setting) and os.environ[setting] != archive.read(name).decode()
        ]


def is_empty() -> bool:
    """Whether nobody has worked here yet."""
    return upkeep.is_fresh() or not (get_user_model().objects.exists() or Brand.objects.exists())


def _manifest(now: datetime) -> dict[str, object]:
    applied = sorted(f"{app}.{name}" for app, name in MigrationLoader(connection).applied_migrations)
    return {"format": FORMAT, "made_at": now.isoformat(), "migrations": applied}


def _add_folder(archive: zipfile.ZipFile, prefix: str, folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        # What is shipped or removed while we walk is in the database, or nowhere any more.
        with contextlib.suppress(FileNotFoundError):
            if path.is_file() and not path.is_relative_to(salts.folder()):
                archive.write(path, f"{prefix}{path.relative_to(folder).as_posix()}")


def _dump_into(dump: IO[bytes]) -> None:
    command = [program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--dbname", _libpq_address()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=_environment()) as running:
        assert running.stdout is not None  # noqa: S101 - for mypy
        shutil.copyfileobj(running.stdout, dump)
    if running.returncode:
        raise BackupRefused("pg_dump did not finish; see above. No backup was written.")


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            if archive.testzip() is not None:
                raise zipfile.BadZipFile
            yield archive
    except FileNotFoundError as error:
        raise BackupRefused(f"{source} does not exist.") from error
    except zipfile.BadZipFile as error:
        raise BackupRefused(f"{source} is no whole backup of Troupe. Take an older one.") from error


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse a file that is none of ours, or from a version that this one does not know."""
    names = set(archive.namelist())
    if not {MANIFEST, DUMP, *SECRETS} - YOUNGER <= names or any(".." in Path(name).parts for name in names):
        raise BackupRefused(f"{archive.filename} is no backup of Troupe.")
    manifest = json.loads(archive.read(MANIFEST))
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if manifest["format"] > FORMAT or set(manifest["migrations"]) - known:
        raise BackupRefused("The backup was made by a newer Troupe. Update this one first, then restore.")


def _restore_database(archive: zipfile.ZipFile) -> None:
    """Empty the schema and fill it from the dump, in one transaction.

    The script is written out whole first: psql would take one that breaks off for one that ends, and commit.
    """
    connection.close()
    with tempfile.TemporaryDirectory(dir=settings.TROUPE_VAR) as folder:
        dump, script = archive.extract(DUMP, folder), Path(folder) / "script.sql"
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", dump)
        options = ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
        _run("psql", *options, "--dbname", _libpq_address(), "--command", EMPTIED, "--file", str(script))


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run(
        [program(name), *arguments], env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupRefused(f"Nothing was restored: {done.stderr.strip()[-2000:]}")


def _restore_files(archive: zipfile.ZipFile) -> None:
    for name in set(SECRETS) & set(archive.namelist()):
        _put(archive, name, settings.TROUPE_VAR / name)
    for prefix, folder in ((MEDIA, Path(settings.MEDIA_ROOT)), (CLICKS, settings.CLICKS_FOLDER)):
        shutil.rmtree(folder, ignore_errors=True)
        for name in archive.namelist():
            target = folder / name.removeprefix(prefix)
            if name.startswith(prefix) and not target.is_relative_to(salts.folder()):
                _put(archive, name, target)


def _put(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    with archive.open(name) as source, _private(target) as file:
        shutil.copyfileobj(source, file)


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _libpq_address() -> str:
    """How pg_dump and psql reach the database, without the password: others can read a command line."""
    parameters = connection.get_connection_params()
    wanted = {"dbname": "dbname", "host": "host", "port": "port", "user": "user", "sslmode": "sslmode"}
    parts = {name: parameters[key] for name, key in wanted.items() if parameters.get(key)}
    return " ".join(f"{name}='{_quoted(str(value))}'" for name, value in parts.items())


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _environment() -> dict[str, str]:
    password = connection.get_connection_params().get("password")
    return {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
