"""Fetch the files that `vendor.toml` names, with `npm pack`, into `static/vendor/`: `python -m config.vendor`.

Run it with `--write` after changing a version: it then also writes the new hashes into `vendor.toml`. Without, a file
whose hash differs from the one on record stops the run. The result is committed; nothing fetches at build or start.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "vendor.toml"
FOLDER = ROOT / "static" / "vendor"
# Names a map that we do not ship, and the manifest storage refuses to collect a script whose map is missing.
SOURCE_MAP = re.compile(rb"\n?//[#@] sourceMappingURL=\S+\s*|/\*[#@] sourceMappingURL=.*?\*/")


def main(*, write: bool) -> None:
    """Fetch every package; with `write`, record the hashes."""
    text = RECORD.read_text()
    for package in tomllib.loads(text)["package"]:
        for file, content in fetched(package):
            digest = hashlib.sha256(content).hexdigest()
            if not write and digest != file.get("sha256"):
                sys.exit(f"{file['from']} of {package['npm']} {package['version']} is not the file on record.")
            place = FOLDER / package["folder"] / file["name"]
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(content)
            text = with_hash(text, package, file, digest)
    if write:
        RECORD.write_text(text)


def fetched(package: dict) -> list[tuple[dict, bytes]]:
    """The wanted files of one package at its exact version, without source map comments."""
    with tempfile.TemporaryDirectory() as folder:
        name = f"{package['npm']}@{package['version']}"
        subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            members = [(file, archive.extractfile(f"package/{file['from']}")) for file in package["file"]]
            return [(file, SOURCE_MAP.sub(b"", member.read())) for file, member in members if member]


def with_hash(text: str, package: dict, file: dict, digest: str) -> str:
    """The record with `digest` behind the file's entry, in place of an older one."""
    start = text.index(f'folder = "{package["folder"]}"')
    entry = re.compile(rf'(from = "{re.escape(file["from"])}"\nname = "[^"]+"\n)(sha256 = "\w+"\n)?')
    return text[:start] + entry.sub(rf'\g<1>sha256 = "{digest}"\n', text[start:], count=1)


if __name__ == "__main__":
    main(write="--write" in sys.argv)
