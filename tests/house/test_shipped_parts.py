"""What the program is made of is known, fixed, licensed, and checked against known faults."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import zipfile
from importlib.metadata import distributions
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).resolve().parents[2]
LOCK = (HOUSE / "requirements.lock").read_text(encoding="utf-8")
PAGE = (HOUSE / "THIRD_PARTY.md").read_text(encoding="utf-8")


def load_tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HOUSE / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


parts, shipped = load_tool("parts"), load_tool("shipped")


def advisory(*events: dict[str, str], **more: Any) -> dict[str, Any]:
    affected = {
        "package": {"ecosystem": "PyPI", "name": "Requests"},
        "ranges": [{"type": "ECOSYSTEM", "events": list(events)}],
    }
    return {"id": "OSV-1", "summary": "leaks", "affected": [affected], **more}


LISTED = {"package": {"ecosystem": "PyPI", "name": "Requests"}, "versions": ["any", "2.34.2.0"]}
"""An advisory that lists versions, and writes ours in another way."""


def test_the_parts_of_the_program_may_be_shipped(tmp_path: Path) -> None:
    output = tmp_path / "parts.json"

    done = subprocess.run(
        [sys.executable, "packaging/parts.py", "--output", output],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    listed = json.loads(output.read_text(encoding="utf-8"))
    assert listed["specVersion"] == "1.6"
    assert {part["name"] for part in listed["components"]} == set(parts.pinned(LOCK)[0])
    assert all(part["licenses"] and part["externalReferences"] for part in listed["components"])


@pytest.mark.parametrize(
    "line", ["requests>=2", "requests==2.34.2", "requests @ https://example.vn/requests.whl"]
)
def test_a_part_that_is_not_pinned_with_a_hash_stops_the_build(line: str) -> None:
    assert parts.pinned(LOCK)[1] == []
    assert parts.pinned(f"{LOCK}\n{line}\n")[1] == [f"{line}: not pinned with a hash"]


@pytest.mark.parametrize(
    ("licence", "stops"),
    [
        ("GPL-3.0-only", True),
        ("MIT AND GPL-2.0-only", True),
        ("AGPL-3.0-or-later OR GPL-3.0-only", True),
        ("Proprietary", True),
        ("unknown", True),
        ("LGPL-3.0-only OR GPL-2.0-only", False),
        ("(MIT OR Apache-2.0) AND BSD-3-Clause", False),
    ],
)
def test_a_part_under_a_licence_that_does_not_fit_stops_the_build(
    licence: str, stops: bool
) -> None:
    assert parts.unlicensed(parts.pinned(LOCK)[0], parts.licences(PAGE)) == []
    assert bool(parts.unlicensed(["made-up"], {"made-up": licence})) is stops


def test_what_a_package_says_of_its_own_licence_is_what_the_page_says() -> None:
    from importlib.metadata import PackageNotFoundError, metadata

    wrong = {}
    for name, told in parts.licences(PAGE).items():
        try:
            about = metadata(name)
        except PackageNotFoundError:
            continue
        (own,) = about.get_all("License-Expression") or [told]
        if own.upper() != told.upper():
            wrong[name] = (own, told)

    assert wrong == {}


@pytest.mark.parametrize(
    ("told", "stops"),
    [
        (advisory({"introduced": "0"}), True),
        (advisory({"introduced": "0"}, {"fixed": "2.31.0"}), False),
        (advisory({"introduced": "0"}, {"fixed": "2.31.0"}, {"introduced": "2.33"}), True),
        (advisory({"introduced": "2.0"}, {"last_affected": "2.34.2"}), True),
        (advisory({"introduced": "2.0"}, {"last_affected": "2.34.1"}), False),
        (advisory({"introduced": "2.35"}), False),
        (advisory({"fixed": "2.31.0"}, {"introduced": "0"}), False),
        (advisory({"fixed": "2.35"}, {"introduced": "2.33", "limit": "*"}), True),
        ({**advisory(), "affected": [LISTED]}, True),
        (advisory({"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z"), False),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_part_with_a_known_fault_stops_the_build(
    told: dict[str, Any], stops: bool, packed: bool, tmp_path: Path
) -> None:
    place = tmp_path / ("all.zip" if packed else "osv")
    if packed:
        with zipfile.ZipFile(place, "w") as archive:
            archive.writestr("OSV-1.json", json.dumps(told))
    else:
        place.mkdir()
        (place / "OSV-1.json").write_text(json.dumps(told), encoding="utf-8")

    found = parts.vulnerable({"requests": "2.34.2"}, parts.read_advisories(place))

    assert found == (["requests 2.34.2: OSV-1 leaks"] if stops else [])


def test_the_tools_of_a_developer_stay_out_of_the_bundle() -> None:
    names = shipped.locked(LOCK)

    others = set(shipped.others(names))

    assert names == set(parts.pinned(LOCK)[0])
    assert {"pytest", "mypy", "PyInstaller", "hypothesis"} <= others
    assert others & {"sqlalchemy", "PySide6", "smartcard", "serial", "backports", "jaraco"} == set()


def test_the_terms_of_every_part_are_in_the_bundle() -> None:
    names = shipped.locked(LOCK)

    texts = shipped.texts(names)

    here = {canonicalize_name(one.name) for one in distributions()}
    told = {folder.removeprefix("licences/") for _, folder in texts}
    assert all(Path(file).is_file() for file, _ in texts)
    assert (names & here) - told == {"pyserial", "pyside6-essentials", "shiboken6"}, (
        "these bring no text: Qt's lies in packaging/licences, THIRD_PARTY.md names the third's"
    )
    assert {"python", "LGPL-3.0.txt"} <= told | {Path(file).name for file, _ in texts}
