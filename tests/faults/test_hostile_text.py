"""Whatever a file or the portal says, it becomes a value or one clear sentence, and nothing hangs.

Files that an office edits, catalogues of others, and every answer the client reads, spoilt byte by
byte and value by value. A sample of each runs always, a hundred thousand in all by ``-m prove``.
"""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from counter.addresses import read_table
from counter.calendar import load_calendar
from counter.catalogue import load_catalogue
from counter.declaring import load_forms
from counter.errors import DeskError
from counter.notice import Told, load_notice
from counter.official.comparing import proposals
from counter.official.reading import read_official
from counter.plain_words import load_plain
from counter.priorities import load_groups
from counter.procedures import Catalogue
from counter.reasons import load_reasons
from counter.retention import Retention, load_retention
from counter.settings import RetentionSettings, read_settings
from counter.systems import load_systems
from counter.units import Units, load_units
from counter.values import Dong
from counter.vietqr import Transfer, payload, read_payload
from counter.wording import load_wordings
from tests.pictures.desk import OFFICIAL
from tests.spoiling import spoil, spoil_toml, spoil_tree
from ui.texts import sentence

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
DAY = date(2026, 11, 25)
A_FEW, MANY = 60, 1_500
LONGEST_SENTENCE = 2_000

Read = Callable[[Path], object]
Spoil = Callable[[Random, bytes], bytes]


PORTAL = {
    "items": [
        {
            "code": "1.001193",
            "name": "Đăng ký khai sinh",
            "field": {"code": "HT", "name": "Hộ tịch"},
            "executing_agency": "Ủy ban nhân dân cấp xã",
            "cases": [{"code": "1", "name": "Thông thường", "term": {"qty": 1, "unit": "day"}}],
            "channels": [{"channel": 1, "term": {"qty": 0.5, "unit": "day"}}],
            "components": [
                {"code": "GT-1", "name": "Giấy chứng sinh", "kind": "paper", "originals": 1},
                {"code": "GT-2", "name": "Tờ khai", "kind": "eform", "case_code": "1"},
            ],
            "results": [{"code": "KQ-1", "name": "Giấy khai sinh"}],
            "legal_basis": [{"number": "60/2014/QH13", "name": "Luật Hộ tịch"}],
        }
    ]
}


@cache
def catalogue() -> Catalogue:
    return load_catalogue(RESOURCES / "procedures")


def written_payload() -> str:
    return payload(Transfer(bin="970403", account="0011012345678", amount=Dong(5000)))


@cache
def units() -> Units:
    return load_units(RESOURCES / "units")


def in_place_of(shipped: str, load: Callable[[Path], object]) -> tuple[Read, bytes]:
    """Return how a folder of resources is loaded with one file of it spoilt, and that file."""

    def read(spoilt: Path) -> object:
        folder = spoilt.parent / "folder"
        if not folder.exists():
            shutil.copytree((RESOURCES / shipped).parent, folder)
        shutil.copy(spoilt, folder / Path(shipped).name)
        return load(folder)

    return read, (RESOURCES / shipped).read_bytes()


def toml(shipped: str, load: Callable[[Path], object]) -> tuple[Read, bytes, Spoil]:
    return (*in_place_of(shipped, load), spoil_toml)


def tree(read: Read, good: object) -> tuple[Read, bytes, Spoil]:
    def spoilt(chance: Random, _good: bytes) -> bytes:
        if chance.random() < 0.05:
            return b"[" * 100_000
        return json.dumps(spoil_tree(chance, good), ensure_ascii=chance.random() < 0.5).encode(
            "utf-8", "replace"
        )

    return read, json.dumps(good, ensure_ascii=False).encode(), spoilt


def text(read: Callable[[str], object], good: str) -> tuple[Read, bytes, Spoil]:
    return lambda path: read(path.read_text("utf-8", errors="replace")), good.encode(), spoil


def compared(path: Path) -> object:
    """Read a foreign catalogue and propose what it would change in ours."""
    return proposals(catalogue(), read_official(path), DAY, DAY)


FORM = min((RESOURCES / "procedures" / "forms").glob("1*.json"))
FILES: dict[str, tuple[Read, bytes, Spoil]] = {
    "settings": (read_settings, (RESOURCES / "demo" / "site.toml").read_bytes(), spoil_toml),
    "procedures": toml("procedures/petitions.toml", load_catalogue),
    "commonest": toml("procedures/commonest.toml", load_catalogue),
    "calendar": toml("calendars/2026.toml", load_calendar),
    "office calendar": toml("calendars/office.toml", load_calendar),
    "papers": toml("papers/desk.toml", load_wordings),
    "notice": toml(
        "notice/notice.toml",
        lambda folder: load_notice(folder, folder / "none", Told("x", "0", Retention(24, 12))),
    ),
    "retention": toml(
        "retention/retention.toml", lambda folder: load_retention(folder, RetentionSettings())
    ),
    "reasons": toml("acts/reasons.toml", load_reasons),
    "priorities": toml("queue/priorities.toml", load_groups),
    "plain words": toml("queue/services.toml", load_plain),
    "systems": (load_systems, (RESOURCES / "systems" / "systems.toml").read_bytes(), spoil_toml),
    "units": tree(
        in_place_of("units/units-2026.json", load_units)[0],
        json.loads((RESOURCES / "units" / "units-2026.json").read_bytes()),
    ),
    "forms": tree(
        in_place_of(f"procedures/forms/{FORM.name}", load_forms)[0], json.loads(FORM.read_bytes())
    ),
    "official of the country": tree(compared, OFFICIAL),
    "official of the portal": tree(compared, PORTAL),
    "old addresses": text(
        lambda told: read_table(told, units()),
        "tinh,huyen,xa,ma_xa_moi\nTỉnh Mẫu,Huyện Mẫu,Xã Mẫu,00001\n",
    ),
    "bank transfer": text(read_payload, written_payload()),
}
"""Each file by its name: how it is read, a good one, and what spoils it besides lost bytes."""


def attack(name: str, folder: Path, *, rounds: int, seed: int) -> int:
    """Let the file *name* be read spoilt so many times; return how often it was refused."""
    read, good, values = FILES[name]
    chance = Random(seed)
    refused = 0
    path = folder / "spoilt.toml"
    path.write_bytes(good)
    for _ in range(rounds):
        spoilt = (spoil if chance.random() < 0.3 else values)(chance, good)
        path.write_bytes(spoilt)
        try:
            read(path)
        except DeskError as error:
            refused += 1
            told = sentence(error)
            assert told.what
            assert len(told.what) <= LONGEST_SENTENCE, f"{name}: nobody reads so much"
    return refused


@pytest.mark.parametrize("name", FILES)
def test_a_good_file_is_read(name: str, tmp_path: Path) -> None:
    read, good, _values = FILES[name]
    path = tmp_path / "good.toml"
    path.write_bytes(good)

    if name not in {"old addresses"}:  # whose units are invented
        read(path)


@pytest.mark.parametrize("name", FILES)
def test_a_spoilt_file_is_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    assert attack(name, tmp_path, rounds=A_FEW, seed=1) > A_FEW // 20


@pytest.mark.prove
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", FILES)
def test_thousands_of_spoilt_files_are_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    attack(name, tmp_path, rounds=MANY, seed=2)


def test_a_reader_that_trusts_a_file_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        FILES,
        "settings",
        (
            lambda path: tomllib.loads(path.read_text("utf-8"))["desk"]["id"][0],
            *FILES["settings"][1:],
        ),
    )

    with pytest.raises(
        (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, IndexError, TypeError)
    ):
        attack("settings", tmp_path, rounds=A_FEW, seed=1)
