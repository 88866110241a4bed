"""Promises of ``devices/paper/tray.py``: papers in a folder, whole, and never over another."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from counter.errors import TrayFull
from counter.ports import Outcome
from devices.paper import tray
from devices.paper.tray import Tray, lay
from tests.devices.paper.samples import CODE, RECEIPT, TICKET, job, receipt

DAY = date(2026, 11, 23)


def test_a_receipt_lies_in_the_tray_under_its_day(tmp_path: Path) -> None:
    outcome, place = Tray(tmp_path, 576).make(job(RECEIPT))

    assert outcome is Outcome.TRAY
    assert Path(place) == tmp_path / "2026-11-23" / f"{CODE}_receipt.pdf"
    assert len(PdfReader(place).pages) == 2


def test_a_ticket_lies_in_the_tray_as_a_picture_as_wide_as_the_print_head(tmp_path: Path) -> None:
    _, place = Tray(tmp_path, 384).make(job(TICKET))

    assert Path(place).name == "261123_A012_ticket.png"
    assert Image.open(BytesIO(Path(place).read_bytes())).width == 384


def test_a_second_paper_of_the_same_name_lies_beside_the_first(tmp_path: Path) -> None:
    box = Tray(tmp_path, 576)
    _, first = box.make(job(RECEIPT))
    before = Path(first).read_bytes()

    _, second = box.make(job(receipt(reprint=True)))

    assert Path(second).name == f"{CODE}_receipt-2.pdf"
    assert Path(first).read_bytes() == before


def test_nothing_but_whole_papers_lies_in_the_tray(tmp_path: Path) -> None:
    lay(tmp_path, DAY, "a.pdf", b"one")
    lay(tmp_path, DAY, "a.pdf", b"two")

    assert sorted(os.listdir(tmp_path / "2026-11-23")) == ["a-2.pdf", "a.pdf"]


def test_a_program_killed_while_it_writes_leaves_no_half_paper(tmp_path: Path) -> None:
    killed = (
        "import os, signal, sys; from datetime import date; from pathlib import Path;"
        "os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL);"
        "from devices.paper.tray import lay;"
        "lay(Path(sys.argv[1]), date(2026, 11, 23), 'a.pdf', b'x' * 100000)"
    )

    done = subprocess.run(
        [sys.executable, "-c", killed, str(tmp_path)],
        cwd=Path(tray.__file__).parents[2],
        check=False,
    )

    assert done.returncode == -9
    assert list(tmp_path.rglob("a*.pdf")) == []


def test_only_the_officer_can_read_what_lies_in_the_tray(tmp_path: Path) -> None:
    path = lay(tmp_path, DAY, "a.pdf", b"name and number")

    assert path.stat().st_mode & 0o077 == 0


def test_a_tray_that_is_no_folder_says_so(tmp_path: Path) -> None:
    in_the_way = tmp_path / "tray"
    in_the_way.write_text("a file", encoding="utf-8")
    box = Tray(in_the_way, 576)

    with pytest.raises(TrayFull):
        box.make(job(RECEIPT))
    with pytest.raises(TrayFull):
        box.check()


def test_a_tray_not_made_yet_is_ready(tmp_path: Path) -> None:
    Tray(tmp_path / "not" / "yet", 576).check()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def on_a_full_disk(handle: int, mode: str) -> object:
        os.close(handle)
        return open("/dev/full", mode)

    monkeypatch.setattr(os, "fdopen", on_a_full_disk)

    with pytest.raises(TrayFull, match="errno 28"):
        lay(tmp_path, DAY, "a.pdf", b"x" * 100_000)
    assert list((tmp_path / "2026-11-23").iterdir()) == []
