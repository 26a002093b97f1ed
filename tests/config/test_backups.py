"""A backup holds an installation, restores into an empty one, and leaves one that is in use alone."""

import json
import stat
import zipfile
from pathlib import Path

import pytest

from config import embedded
from config.backups import BackupRefused, read
from tests.config.running import Installation

MAKE_A_BRAND = """
from tests.factories import make_brand
make_brand("Acme", slug="acme")
"""


@pytest.fixture
def filled(make_installation) -> Installation:
    """An installation with a brand, a file and a click that is not shipped yet."""
    installation = make_installation("one")
    installation.manage("shell", "--no-imports", "-c", MAKE_A_BRAND)
    for path, text in {"media/briefs/look.txt": "a picture", "clicks/gw-1.log": '{"id": 1}\n'}.items():
        (installation.var / path).parent.mkdir(parents=True, exist_ok=True)
        (installation.var / path).write_text(text)
    return installation


def test_a_backup_restores_into_an_empty_installation_without_the_salts_of_visitors(
    filled, make_installation, tmp_path
):
    file = tmp_path / "troupe.zip"
    other = make_installation("two")
    (filled.var / "clicks/salts").mkdir()
    (filled.var / "clicks/salts/20000").write_text("a salt")

    written = filled.manage("backup", str(file))
    mode = stat.S_IMODE(file.stat().st_mode)
    with zipfile.ZipFile(file, "a") as archive:
        names = archive.namelist()
        archive.writestr("clicks/salts/19999", "a salt of an older backup")
    restored = other.manage("restore", str(file))

    assert written.stdout == f"{file}\n"
    assert restored.stdout == f"Restored {file}.\n"
    assert mode == 0o600
    assert other.brands() == ["acme"]
    for name in ("secret_key", "customer_key", "sealing_key", "media/briefs/look.txt", "clicks/gw-1.log"):
        assert (other.var / name).read_text() == (filled.var / name).read_text()
        assert stat.S_IMODE((other.var / name).stat().st_mode) == 0o600
    assert [name for name in names if "salts" in name] == []
    assert not (other.var / "clicks/salts").exists()


def test_an_installation_in_use_is_overwritten_only_by_force(filled, make_installation, tmp_path):
    file = tmp_path / "troupe.zip"
    make_installation("two").manage("backup", str(file))

    refused = filled.manage("restore", str(file), code=1)
    kept = filled.brands()
    filled.manage("restore", "--force", str(file))

    assert "Restore into an empty one, or add --force" in refused.stderr
    assert kept == ["acme"]
    assert filled.brands() == []
    assert not (filled.var / "media").exists()


def a_zip(path: Path, **entries: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in entries.items():
            archive.writestr(name.replace("__", "."), text)
    return path


def with_manifest(path: Path, manifest: dict) -> Path:
    parts = {"manifest__json": json.dumps(manifest), "database__dump": "", "secret_key": "a", "customer_key": "b"}
    return a_zip(path, **parts)


def test_a_backup_of_a_newer_troupe_is_refused(db, tmp_path):
    file = with_manifest(tmp_path / "new.zip", {"format": 1, "migrations": ["team.9999_future"]})

    with pytest.raises(BackupRefused, match="made by a newer Troupe"):
        read(file, force=False)


@pytest.mark.parametrize("text", ["no zip at all", ""])
def test_what_is_no_backup_is_refused(db, tmp_path, text):
    (tmp_path / "file.zip").write_text(text)

    with pytest.raises(BackupRefused, match="no whole backup"):
        read(tmp_path / "file.zip", force=False)


def test_a_zip_of_something_else_is_refused(db, tmp_path):
    file = a_zip(tmp_path / "other.zip", readme__txt="hello")

    with pytest.raises(BackupRefused, match="no backup of Troupe"):
        read(file, force=False)


def test_a_database_that_cannot_be_restored_is_left_as_it_was(filled, tmp_path):
    file = with_manifest(tmp_path / "broken.zip", {"format": 1, "migrations": []})

    said = filled.manage("restore", "--force", str(file), code=1)

    assert "Nothing was restored" in said.stderr
    assert filled.brands() == ["acme"]


def test_restore_waits_for_nobody_but_refuses_beside_a_start(tmp_path):
    lock = embedded.lock_of(tmp_path)
    assert lock.take()
    lock.sign(embedded.Holder(pid=1, command="manage.py start", address="http://localhost:8000/"))

    address = embedded.address_of_start(tmp_path)
    lock.release()

    assert address == "http://localhost:8000/"
    assert embedded.address_of_start(tmp_path) == ""
