"""One number of the settings file is changed, and nothing else of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter.errors import BadSettings, StoreReadOnly
from counter.printer_width import keep_width, with_width
from counter.settings import check_settings, read_settings

HEAD = """\
# Quầy của xã, đừng xóa dòng này
[office]
agency_code = "H55.242"
name = "Ủy ban nhân dân xã Thử Nghiệm"
[desk]
id = "H55.242-Q01"
[portal]
url = "https://gateway.example.vn/motcua/v1"
"""
TICKETS = '[printers.tickets]\nkind = "escpos"\nname = "tcp://192.168.1.50:9100"\n'
AFTER = "[kiosk]\nidle_s = 45 # giây\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEAD, f"{HEAD.rstrip()}\n\n[printers.tickets]\nwidth_dots = 384\n"),
        (
            HEAD + TICKETS + AFTER,
            HEAD + TICKETS.replace("]\n", "]\nwidth_dots = 384\n", 1) + AFTER,
        ),
        (
            HEAD + TICKETS + "width_dots = 576 # đo ngày 3/8\n" + AFTER,
            HEAD + TICKETS + "width_dots = 384 # đo ngày 3/8\n" + AFTER,
        ),
        (HEAD + "[printers.tickets]", HEAD + "[printers.tickets]\nwidth_dots = 384\n"),
    ],
    ids=["no table", "no line", "a line with a remark", "a bare head at the end"],
)
def test_only_the_width_changes(old: str, new: str) -> None:
    assert with_width(old, 384) == new
    assert check_settings(new).printers.tickets.width_dots == 384


def test_the_receipt_printers_width_is_left_alone() -> None:
    old = HEAD + "[printers.receipts]\nwidth_dots = 600\n" + TICKETS

    settings = check_settings(with_width(old, 504))

    assert (settings.printers.receipts.width_dots, settings.printers.tickets.width_dots) == (
        600,
        504,
    )


@pytest.mark.parametrize("width", [0, 199, 1281, -8])
def test_a_width_no_head_has_is_refused(width: int) -> None:
    with pytest.raises(BadSettings):
        with_width(HEAD, width)


@pytest.mark.parametrize(
    "odd",
    ["printers = { tickets = { width_dots = 576 } }\n", "[printers]\ntickets.width_dots = 576\n"],
    ids=["inline", "dotted"],
)
def test_a_file_written_another_way_is_left_to_a_person(odd: str, tmp_path: Path) -> None:
    text = odd + HEAD if odd.startswith("printers") else HEAD + odd
    check_settings(text)
    path = tmp_path / "site.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BadSettings):
        keep_width(path, 384)

    assert path.read_text(encoding="utf-8") == text
    assert list(tmp_path.iterdir()) == [path]


def test_the_old_file_stays_beside_the_new(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_text(HEAD, encoding="utf-8")

    keep_width(path, 512)

    assert read_settings(path).settings.printers.tickets.width_dots == 512
    assert (tmp_path / "site.toml.before").read_text(encoding="utf-8") == HEAD


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnly):
        keep_width(tmp_path / "site.toml", 512)
