"""A desk takes only what the province signed, whole, newer than before, and in its turn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter.errors import (
    BadSettings,
    Refused,
    UpdateNotOurs,
    UpdateNotYet,
    UpdateRefused,
    UpdateSerialUnread,
    UpdateTooOld,
)
from program import taken, updates

HOUSE = Path(__file__).resolve().parents[2]
PROVINCE, SPARE, STRANGER = (Ed25519PrivateKey.generate() for _ in range(3))
KEYS = [key.public_key().public_bytes_raw().hex() for key in (PROVINCE, SPARE)]
SITE = """[office]
agency_code = "H55.242"
name = "Xã Thử Nghiệm"

[desk]
id = "H55.242-Q01"

[portal]
url = "https://cu.example.vn/motcua/v1"

[printers.receipts]
kind = "tray"
"""


class Desk:
    """A folder of programs, and packages for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.programs = folder / "program"
        self.site = folder / "site.toml"
        self.site.write_text(SITE, encoding="utf-8")

    def package(
        self, files: dict[str, str], *, key: Ed25519PrivateKey = PROVINCE, **told: object
    ) -> Path:
        serial = told.get("serial", 1)
        tree = self.folder / f"tree-{serial}"
        for name, text in files.items():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_text(text, encoding="utf-8")
            (tree / name).chmod(0o755)
        package = self.folder / f"{serial}.zip"
        package.unlink(missing_ok=True)
        fields = {"kind": "program", "version": "0.2.0", "platform": updates.HERE, "share": 100}
        updates.make(tree, package, key, {**fields, "serial": serial, **told})
        return package

    def take(self, package: Path, *, now: bool = False, running: str = "0.1.0") -> updates.Manifest:
        return updates.take(
            package, self.programs, self.site, "H55.242-Q01", KEYS, now=now, running=running
        )

    @property
    def serial(self) -> int:
        return updates.taken_serial(self.folder, self.programs)

    @property
    def starts(self) -> str:
        """What the next start runs."""
        current = (self.programs / "current").read_text(encoding="ascii")
        return (self.programs / current / "quay").read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def rewritten(package: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Change what is in a package as somebody without the key would."""
    with zipfile.ZipFile(package) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(package, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return package


def test_a_signed_package_is_what_starts_next(desk: Desk) -> None:
    taken = desk.take(desk.package({"quay": "mới", "lib/one.py": "1"}))

    assert (taken.version, desk.starts, desk.serial) == ("0.2.0", "mới", 1)
    assert os.access(desk.programs / taken.name / "quay", os.X_OK)


def test_the_key_in_reserve_signs_as_well(desk: Desk) -> None:
    desk.take(desk.package({"quay": "mới"}, key=SPARE))

    assert desk.starts == "mới"


HOSTILE: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a file is another": lambda parts: parts.update(quay=b"virus"),
    "a file is longer": lambda parts: parts.update(quay=parts["quay"] + b" "),
    "a file is missing": lambda parts: parts.pop("quay"),
    "the manifest says a higher serial": lambda parts: parts.update(
        {"manifest.json": parts["manifest.json"].replace(b'"serial": 1', b'"serial": 9')}
    ),
    "a file is too many": lambda parts: parts.update({"lib/more.py": b"virus"}),
    "the signature is missing": lambda parts: parts.pop("manifest.sig"),
    "the signature is empty": lambda parts: parts.update({"manifest.sig": b""}),
    "the manifest is missing": lambda parts: parts.pop("manifest.json"),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_a_package_that_was_changed_is_refused_and_nothing_of_it_stays(
    desk: Desk, change: Callable[[dict[str, bytes]], object]
) -> None:
    package = rewritten(desk.package({"quay": "mới"}), change)

    with pytest.raises(UpdateRefused):
        desk.take(package)

    assert not list(desk.programs.glob("*"))


def test_a_package_of_a_stranger_is_refused(desk: Desk) -> None:
    with pytest.raises(UpdateRefused):
        desk.take(desk.package({"quay": "virus"}, key=STRANGER))


def test_files_of_two_signed_packages_cannot_be_mixed(desk: Desk) -> None:
    old = desk.package({"quay": "một"}, serial=1)  # as long as the other
    with zipfile.ZipFile(old) as archive:
        weak = archive.read("quay")

    mixed = rewritten(
        desk.package({"quay": "mới"}, serial=2), lambda parts: parts.update(quay=weak)
    )

    with pytest.raises(UpdateRefused):
        desk.take(mixed)


@pytest.mark.parametrize("length", [0, 10, 300])
def test_half_a_package_is_refused(desk: Desk, length: int) -> None:
    package = desk.package({"quay": "mới"})
    package.write_bytes(package.read_bytes()[:length])

    with pytest.raises(UpdateRefused):
        desk.take(package)


def test_no_package_leads_back(desk: Desk) -> None:
    old, new = desk.package({"quay": "cũ"}, serial=1), desk.package({"quay": "mới"}, serial=2)
    desk.take(new)

    with pytest.raises(UpdateTooOld):
        desk.take(old, now=True)
    with pytest.raises(UpdateTooOld):
        desk.take(new)
    assert desk.starts == "mới"


def test_the_province_takes_a_program_back_under_a_new_serial(desk: Desk) -> None:
    desk.take(desk.package({"quay": "cũ"}, serial=1, version="0.1.0"))
    desk.take(desk.package({"quay": "mới"}, serial=2, version="0.2.0"))

    back = desk.package({"quay": "cũ"}, serial=3, version="0.1.0", back=True)
    desk.take(back, running="0.2.0")

    assert desk.starts == "cũ"


def test_a_fresh_desk_takes_no_program_older_than_its_own(desk: Desk) -> None:
    package = desk.package({"quay": "cũ"}, serial=1, version="0.9.10")

    with pytest.raises(UpdateTooOld):
        desk.take(package, now=True, running="0.10.0")

    assert not list(desk.programs.glob("*"))


def test_a_program_takes_nothing_signed_before_its_own_release(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "LEAST_SERIAL", 7)

    with pytest.raises(UpdateTooOld):
        desk.take(desk.package({"quay": "cũ"}, serial=7, version="0.1.0", back=True))
    desk.take(desk.package({"quay": "mới"}, serial=8))

    assert desk.starts == "mới"


def test_another_folder_for_programs_makes_no_old_package_new(desk: Desk) -> None:
    desk.take(desk.package({"quay": "mới"}, serial=5))
    desk.programs = desk.folder / "elsewhere"

    with pytest.raises(UpdateTooOld):
        desk.take(desk.package({"quay": "cũ"}, serial=4))


def test_the_serial_of_a_desk_that_kept_it_beside_its_programs_still_counts(desk: Desk) -> None:
    desk.programs.mkdir()
    (desk.programs / "serial").write_text("6", encoding="ascii")

    with pytest.raises(UpdateTooOld):
        desk.take(desk.package({"quay": "cũ"}, serial=6))


@pytest.mark.parametrize("version", ["", "mới", "0.2.0-1", "1..2", "0.2\n", "../1"])
def test_a_version_that_cannot_be_compared_is_refused(desk: Desk, version: str) -> None:
    with pytest.raises(UpdateRefused):
        desk.take(desk.package({"quay": "mới"}, version=version))


@pytest.mark.parametrize("spoilt", ["", "sáu", "-1", "6" * 40, "6" * 9999])
def test_nothing_is_taken_while_nobody_can_tell_what_was_taken_before(
    desk: Desk, spoilt: str
) -> None:
    (desk.folder / updates.SERIAL).write_text(spoilt, encoding="utf-8")

    with pytest.raises(UpdateSerialUnread):
        desk.take(desk.package({"quay": "mới"}))


@pytest.mark.parametrize("serial", [-1, 10**10 + 1])
def test_a_serial_that_a_desk_could_not_tell_the_province_is_refused(
    desk: Desk, serial: int
) -> None:
    with pytest.raises(UpdateRefused):
        desk.take(desk.package({"quay": "mới"}, serial=serial))


def test_a_package_for_another_computer_is_refused(desk: Desk) -> None:
    with pytest.raises(UpdateNotOurs):
        desk.take(desk.package({"quay": "mới"}, platform="windows-amd64x"))


def test_each_desk_waits_for_its_turn_unless_it_is_told_not_to(desk: Desk) -> None:
    serial = next(n for n in range(1, 999) if updates.turn_of("H55.242-Q01", n) > 50)
    package = desk.package({"quay": "mới"}, serial=serial, share=50)

    with pytest.raises(UpdateNotYet):
        desk.take(package)
    desk.take(package, now=True)

    assert desk.starts == "mới"


def test_the_program_before_stays_and_older_ones_go(desk: Desk) -> None:
    (desk.programs / "9-other things").mkdir(parents=True)
    for serial in (1, 2, 3):
        desk.take(desk.package({"quay": "mới"}, serial=serial))

    folders = {path.name for path in desk.programs.iterdir() if path.is_dir()}
    assert folders == {"9-other things", "2-0.2.0", "3-0.2.0"}


def test_programs_lie_where_they_are_started_unless_the_settings_name_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, named = tmp_path / "started", tmp_path / "named"
    monkeypatch.setattr(taken, "STARTED_FROM", started)

    without_the_package = taken.programs_folder(None, tmp_path)
    started.mkdir()

    assert without_the_package == tmp_path / "program"
    assert taken.programs_folder(None, tmp_path) == started
    assert taken.programs_folder(named, tmp_path) == named


def test_the_turns_are_spread_evenly_and_anew_with_each_package() -> None:
    desks = [f"H55.{office}-Q0{desk}" for office in range(500) for desk in range(1, 6)]
    first = {desk for desk in desks if updates.turn_of(desk, 7) <= 10}
    second = {desk for desk in desks if updates.turn_of(desk, 8) <= 10}

    assert 180 < len(first) < 320
    assert len(first & second) < len(first) / 4


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("lib/one.py", True),
        ("giấy tờ/mẫu.toml", True),
        ("../up", False),
        ("/etc/passwd", False),
        ("a/../../b", False),
        ("a//b", False),
        ("./a", False),
        ("C:\\Windows\\a", False),
        ("a:stream", False),
        ("a\\..\\b", False),
        ("nul.", False),
        ("", False),
    ],
)
def test_a_path_that_leads_out_of_the_folder_is_refused_even_when_signed(
    desk: Desk, name: str, inside: bool
) -> None:
    assert updates.is_inside(name) is inside


@given(st.binary(max_size=400), st.integers(0, 10_000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_whatever_bytes_come_the_answer_is_a_refusal(desk: Desk, noise: bytes, at: int) -> None:
    package = desk.package({"quay": "mới"})
    whole = package.read_bytes()
    at %= len(whole)
    package.write_bytes(whole[:at] + noise + whole[at + len(noise) :])

    try:
        desk.take(package, now=True)
    except Refused:
        taken = False
    else:
        taken = True

    assert not taken or desk.starts == "mới"
    desk.site.with_name(updates.SERIAL).unlink(missing_ok=True)


def test_tables_of_the_province_replace_the_desks_and_leave_the_others(desk: Desk) -> None:
    text = (
        '[portal]\nurl = "https://moi.example.vn/motcua/v1"\n\n[deadlines]\nrule = "end_of_day"\n'
    )

    desk.take(desk.package({"settings.toml": text}, kind="settings", platform="any"))

    now = desk.site.read_text(encoding="utf-8")
    assert "moi.example.vn" in now
    assert "cu.example.vn" not in now
    assert "[printers.receipts]" in now
    assert (desk.folder / "site.toml.before").read_text(encoding="utf-8") == SITE


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('[desk]\nid = "H55.242-Q02"\n', UpdateRefused),
        ("[portal", UpdateRefused),
        ('[portal]\nurl = "http://gia.example.vn"\n', BadSettings),
    ],
)
def test_settings_that_do_not_fit_change_nothing_and_may_come_again(
    desk: Desk, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        desk.take(desk.package({"settings.toml": text}, kind="settings", platform="any"))

    assert desk.site.read_text(encoding="utf-8") == SITE
    assert desk.serial == 0


def test_the_tool_of_the_province_makes_what_a_desk_takes(desk: Desk) -> None:
    tool = [sys.executable, str(HOUSE / "packaging" / "sign.py")]
    tree, key, package = desk.folder / "tree", desk.folder / "key.pem", desk.folder / "new.zip"
    tree.mkdir()
    (tree / "quay").write_text("mới", encoding="utf-8")
    public = subprocess.check_output([*tool, "new-key", key], text=True).strip()
    subprocess.run([*tool, "pack", tree, package, "--key", key, "--serial", "5"], check=True)

    updates.take(package, desk.programs, desk.site, "H55.242-Q01", [public], now=False)

    assert desk.starts == "mới"
    assert json.loads(zipfile.ZipFile(package).read("manifest.json"))["serial"] == 5


@pytest.mark.parametrize("words", [["--version", "0.2.0rc1"], ["--share", "0"]])
def test_the_tool_of_the_province_makes_nothing_that_every_desk_refuses(
    desk: Desk, words: list[str]
) -> None:
    tool = [sys.executable, str(HOUSE / "packaging" / "sign.py")]
    tree, key, package = desk.folder / "tree", desk.folder / "key.pem", desk.folder / "new.zip"
    tree.mkdir()
    subprocess.run([*tool, "new-key", key], check=True, stdout=subprocess.DEVNULL)

    made = subprocess.run(
        [*tool, "pack", tree, package, "--key", key, "--serial", "5", *words],
        check=False,
        capture_output=True,
        text=True,
    )

    assert made.returncode != 0
    assert "every desk would refuse" in made.stderr
    assert not package.exists()
