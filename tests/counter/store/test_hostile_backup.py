"""Whatever lies in a file that is called a backup, it is refused by name and costs no more than it.

Some hundred spoilt ones of each kind run always, forty thousand by name (``-m prove``).
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from counter.errors import BadBackup, StoreDamaged, WrongKey
from counter.store import backup, key
from counter.store.backup import FORMAT, LIST, Backup
from tests.spoiling import spoil, spoil_tree

KEY = b"k" * 32
PARTS = {"desk.db": b"pages " * 20, "desk.key": b"{}", "files/ab": b"a scan", "trust/ca.pem": b"x"}
ROUNDS, MANY = 400, 40_000


def list_of(parts: dict[str, bytes]) -> dict[str, Any]:
    members = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()}
    said = Backup(FORMAT, "Q01", "2026-11-25T01:30:00+00:00", members, "")
    return {**asdict(said), "proof": backup._proof(KEY, said)}


def pack(
    place: Path, told: object, parts: dict[str, bytes], method: int = zipfile.ZIP_STORED
) -> Path:
    with zipfile.ZipFile(place, "w", method) as archive:
        archive.writestr(LIST, told if isinstance(told, str) else json.dumps(told))
        for name, content in parts.items():
            archive.writestr(name, content)
    return place


def judge(source: Path, into: Path) -> str:
    """Return what became of a restore's first steps; any other error is a fault of ours."""
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir()
    try:
        backup.check(backup.unpack(source, into), KEY)
    except BadBackup:
        said = "refused"
    else:
        said = "taken"
    unpacked = sum(path.stat().st_size for path in into.rglob("*") if path.is_file())
    assert unpacked <= source.stat().st_size
    return said


def attack_bytes(tmp_path: Path, rounds: int, seed: int) -> set[str]:
    good = pack(tmp_path / "good", list_of(PARTS), PARTS).read_bytes()
    chance = random.Random(seed)
    said = set()
    for _ in range(rounds):
        (tmp_path / "spoilt").write_bytes(spoil(chance, good))
        said.add(judge(tmp_path / "spoilt", tmp_path / "into"))
    return said


def attack_list(tmp_path: Path, rounds: int, seed: int) -> set[str]:
    chance = random.Random(seed)
    said = set()
    for _ in range(rounds):
        told = json.dumps(spoil_tree(chance, list_of(PARTS)))
        said.add(judge(pack(tmp_path / "spoilt", told, PARTS), tmp_path / "into"))
    return said


def attack_key(tmp_path: Path, rounds: int, seed: int) -> set[str]:
    good = {
        "kdf": "argon2id", "iterations": 1, "memory_kib": 32, "lanes": 1,
        "salt": "00" * 16, "nonce": "11" * 12, "wrapped": "22" * 48,
    }  # fmt: skip
    chance = random.Random(seed)
    place, said = tmp_path / "desk.key", set()
    for turn in range(rounds):
        spoilt = spoil_tree(chance, dict(good))
        text = json.dumps(spoilt).encode()
        place.write_bytes(text if turn % 2 else spoil(chance, text))
        try:
            key.open_key(place, "mật khẩu thử")
        except (StoreDamaged, WrongKey) as error:
            said.add(type(error).__name__)
    return said


ATTACKS: dict[str, tuple[Callable[[Path, int, int], set[str]], set[str]]] = {
    "bytes": (attack_bytes, {"refused", "taken"}),
    "list": (attack_list, {"refused"}),
    "key": (attack_key, {"StoreDamaged", "WrongKey"}),
}


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.mark.parametrize("kind", ATTACKS)
def test_a_spoilt_backup_is_refused_by_name(kind: str, tmp_path: Path) -> None:
    attack, expected = ATTACKS[kind]

    assert attack(tmp_path, ROUNDS, 1) == expected


@pytest.mark.prove
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", ATTACKS)
def test_many_spoilt_backups_are_refused_by_name(kind: str, tmp_path: Path) -> None:
    attack, expected = ATTACKS[kind]

    assert attack(tmp_path, MANY, 2) == expected


def test_the_backup_the_attacks_begin_with_is_taken(tmp_path: Path) -> None:
    good = pack(tmp_path / "good", list_of(PARTS), PARTS)

    assert judge(good, tmp_path / "into") == "taken"
    assert (tmp_path / "into" / "files" / "ab").read_bytes() == b"a scan"


def squeezed(place: Path) -> Path:
    parts = {"desk.db": bytes(50_000_000)}
    return pack(place, list_of(parts), parts, zipfile.ZIP_DEFLATED)


def asking_for_a_passphrase(place: Path) -> Path:
    raw = bytearray(pack(place, list_of(PARTS), PARTS).read_bytes())
    at = raw.index(b"PK\x01\x02")
    while at >= 0:
        raw[at + 8] |= backup.ENCRYPTED
        at = raw.find(b"PK\x01\x02", at + 4)
    place.write_bytes(raw)
    return place


def nested(place: Path) -> Path:
    return pack(place, "[" * 100_000 + "]" * 100_000, PARTS)


def proof_that_is_no_text(place: Path) -> Path:
    return pack(place, {**list_of(PARTS), "proof": 7}, PARTS)


def proof_in_other_letters(place: Path) -> Path:
    return pack(place, {**list_of(PARTS), "proof": "dấu"}, PARTS)


def file_and_folder_of_one_name(place: Path) -> Path:
    parts = {"files": b"x", "files/ab": b"y"}
    return pack(place, list_of(parts), parts)


def name_too_long(place: Path) -> Path:
    parts = {"n" * 300: b"x"}
    return pack(place, list_of(parts), parts)


def laid_over_each_other(place: Path) -> Path:
    """Let a hundred entries of the directory name the bytes of one."""
    parts = {f"files/{n:03}": bytes(10_000) for n in range(100)}
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr(LIST, json.dumps(list_of(parts)))
        archive.writestr("files/000", parts["files/000"])
        one = archive.getinfo("files/000")
        for name in list(parts)[1:]:
            other = zipfile.ZipInfo(name)
            other.header_offset, other.CRC = one.header_offset, one.CRC
            other.file_size = other.compress_size = one.file_size
            archive.filelist.append(other)
    return place


@pytest.mark.parametrize(
    "made",
    [
        squeezed,
        asking_for_a_passphrase,
        nested,
        proof_that_is_no_text,
        proof_in_other_letters,
        file_and_folder_of_one_name,
        name_too_long,
        laid_over_each_other,
    ],
)
def test_a_backup_made_to_harm_is_refused_before_it_costs_anything(
    made: Callable[[Path], Path], tmp_path: Path
) -> None:
    assert judge(made(tmp_path / "hostile"), tmp_path / "into") == "refused"


@pytest.mark.parametrize(
    ("field", "asked"),
    [("iterations", 7), ("memory_kib", 128 * 1024 + 1), ("lanes", 9), ("iterations", "1" * 5000)],
)
def test_a_key_that_asks_for_more_than_twice_today_s_work_is_refused(
    tmp_path: Path, field: str, asked: object
) -> None:
    place = tmp_path / "desk.key"
    key.make_key(place, "mật khẩu thử")
    place.write_text(json.dumps({**json.loads(place.read_text()), field: asked}))

    with pytest.raises(StoreDamaged):
        key.open_key(place, "mật khẩu thử")
