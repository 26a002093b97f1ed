"""The files of other people are what we fetched, and are here with their licences."""

import hashlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "static" / "vendor"
PACKAGES = tomllib.loads((ROOT / "vendor.toml").read_text())["package"]
FILES = [
    (FOLDER / package["folder"] / file["name"], file["sha256"]) for package in PACKAGES for file in package["file"]
]


@pytest.mark.parametrize(("file", "digest"), FILES, ids=lambda value: getattr(value, "name", None))
def test_a_vendored_file_is_the_one_on_record(file, digest):
    assert hashlib.sha256(file.read_bytes()).hexdigest() == digest


def test_nothing_is_vendored_without_a_record():
    assert {file for file in FOLDER.rglob("*") if file.is_file()} == {file for file, _ in FILES}


def test_every_package_has_its_licence_and_no_source_map():
    for package in PACKAGES:
        assert (FOLDER / package["folder"] / "LICENSE").exists()
    assert not [file for file, _ in FILES if b"sourceMappingURL" in file.read_bytes()]
