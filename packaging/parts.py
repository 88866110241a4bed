"""Lists what the program is made of, and stops at a part that must not be in it.

Writes ``build/parts.json``, a CycloneDX 1.6 list of every package of ``requirements.lock`` with
its hashes and its licence. Works without a network. Stops when

- a package has no fixed version or no hash;
- a licence of ``THIRD_PARTY.md`` is not one the program may be shipped with;
- an advisory of the folder or zip file given with ``--advisories`` names one of the versions. The
  advisories are those of OSV (ossf.github.io/osv-schema) for PyPI, one JSON file each, brought
  here by whoever has a network. A withdrawn one does not count.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

HOUSE = Path(__file__).resolve().parents[1]
ALLOWED = {
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Zlib",
}
"""Names of the SPDX list. LGPL parts stay separate files that anyone may replace."""

PIN = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[0-9][\w.+!]*)( ; [^#]+?)?"
    r"(\s+--hash=sha256:[0-9a-f]{64})+"
)


def pinned(lock: str) -> tuple[dict[str, str], list[str]]:
    """Return version by package of a lock file's text, and the lines that fix none."""
    lines = [
        line.strip()
        for line in lock.replace("\\\n", " ").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    found = [(line, PIN.fullmatch(line)) for line in lines]
    versions = {match["name"]: match["version"] for _, match in found if match}
    return versions, [f"{line[:60]}: not pinned with a hash" for line, match in found if not match]


def licences(page: str) -> dict[str, str]:
    """Return the licence of each package as the page of others' works tells it."""
    return dict(re.findall(r"^\| ([a-z0-9-]+) \| (\S.*?) \|", page, re.MULTILINE))


def unlicensed(packages: Iterable[str], told: Mapping[str, str]) -> list[str]:
    """Return the packages whose licence is unknown or not allowed.

    Of ``A OR B`` one allowed is enough; of ``A AND B`` and ``A, B`` all must be.
    """

    def is_allowed(licence: str) -> bool:
        return all(
            any(choice.strip(" ()") in ALLOWED for choice in part.split(" OR "))
            for part in re.split(r" AND |, ", licence)
        )

    return [
        f"{name}: licence {told.get(name, 'unknown')}"
        for name in packages
        if not is_allowed(told.get(name, "unknown"))
    ]


def vulnerable(versions: Mapping[str, str], advisories: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the packages that an advisory names at their version."""
    found = []
    for advisory in advisories:
        if advisory.get("withdrawn"):
            continue
        for part in advisory.get("affected", ()):
            package = part.get("package", {})
            name = canonicalize_name(package.get("name", ""))
            if package.get("ecosystem") == "PyPI" and name in versions:
                version = versions[name]
                if _touches(part, version):
                    found.append(
                        f"{name} {version}: {advisory['id']} {advisory.get('summary', '')}"
                    )
    return found


def _touches(part: Mapping[str, Any], version: str) -> bool:
    """Say whether a version is listed, or lies within a range (OSV schema, ``affected``)."""
    if Version(version) in {at for text in part.get("versions", ()) for at in _versions(text)}:
        return True
    return any(
        _within(span.get("events", ()), Version(version))
        for span in part.get("ranges", ())
        if span.get("type") == "ECOSYSTEM"
    )


def _within(events: Iterable[Mapping[str, str]], version: Version) -> bool:
    """Say whether a version is touched once all events up to it have come, in their order."""
    told = (
        (kind, at) for event in events for kind, text in event.items() for at in _versions(text)
    )
    inside = False
    for kind, at in sorted(told, key=lambda one: one[1]):  # no order is promised
        if kind == "introduced" and version >= at:
            inside = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            inside = False
    return inside


def _versions(text: str) -> list[Version]:
    """Return the version that *text* names; none where it is no Python package's."""
    try:
        return [Version(text)]
    except InvalidVersion:
        return []


def read_advisories(place: Path) -> Iterator[dict[str, Any]]:
    """Yield every advisory of a folder of JSON files or of a zip file of them."""
    if place.is_dir():
        for path in sorted(place.rglob("*.json")):
            yield json.loads(path.read_text(encoding="utf-8"))
        return
    with zipfile.ZipFile(place) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def write_list(output: Path, told: Mapping[str, str]) -> None:
    """Write the list of parts with their licences."""
    output.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [
            *(sys.executable, "-m", "cyclonedx_py", "requirements", "requirements.lock"),
            *("--spec-version", "1.6", "--output-reproducible", "-o", str(output)),
        ],
        cwd=HOUSE,
        check=True,
    )
    listed = json.loads(output.read_text(encoding="utf-8"))
    for part in listed["components"]:
        del part["description"]
        part["licenses"] = [{"expression": told[part["name"]].replace(", ", " AND ")}]
    output.write_text(json.dumps(listed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> int:
    """Check every part and write the list; return 1 when a part must not be shipped."""
    parser = argparse.ArgumentParser(prog="run.py parts", description="Liệt kê thành phần")
    parser.add_argument("--advisories", type=Path, metavar="THƯ_MỤC_HOẶC_ZIP")
    parser.add_argument("--output", type=Path, default=HOUSE / "build" / "parts.json")
    asked = parser.parse_args()
    versions, wrong = pinned((HOUSE / "requirements.lock").read_text(encoding="utf-8"))
    told = licences((HOUSE / "THIRD_PARTY.md").read_text(encoding="utf-8"))
    wrong += unlicensed(versions, told)
    if asked.advisories:
        wrong += vulnerable(versions, read_advisories(asked.advisories))
    if wrong:
        sys.stdout.write("\n".join(wrong) + "\n")
        return 1
    write_list(asked.output, told)
    asked_too = "" if asked.advisories else "; chưa đối chiếu cảnh báo (--advisories)"
    sys.stdout.write(f"{len(versions)} thành phần: {asked.output}{asked_too}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
