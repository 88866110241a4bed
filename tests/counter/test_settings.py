"""A settings file is checked whole, and every mistake is named by its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter.errors import BadSettings
from counter.settings import check_settings, read_settings

GOOD = """
[office]
agency_code = "H55.242"
name = "Ủy ban nhân dân xã Thử Nghiệm"
[desk]
id = "H55.242-Q01"
name = "Quầy 1"
[portal]
url = "https://gateway.example.vn/motcua/v1/"
ca_file = "province-ca.pem"
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(BadSettings) as caught:
        check_settings(text)
    return list(caught.value.mistakes)


def test_the_sample_every_script_writes_is_accepted() -> None:
    settings = check_settings(GOOD)

    assert settings.office.agency_code == "H55.242"
    assert settings.portal.url == "https://gateway.example.vn/motcua/v1"
    assert settings.printers.receipts.kind == "tray"


def test_all_mistakes_are_told_at_once_each_with_its_key() -> None:
    found = mistakes(
        GOOD.replace('"H55.242"', '"55"').replace('name = "Quầy 1"', 'name = ""\ncolour = "red"')
        + "[printers.tickets]\nwidth_dots = 10\nkind = 'laser'\n[card]\nsilence_s = 'long'\n"
    )

    assert [line.split(":")[0] for line in found] == [
        "card.silence_s",
        "desk.colour",
        "desk.name",
        "office.agency_code",
        "printers.tickets.kind",
        "printers.tickets.width_dots",
    ]
    assert all("input" not in line.lower() for line in found)


def test_a_missing_part_is_named() -> None:
    assert mistakes("[office]\nagency_code = 'H55.242'\nname = 'x'\n") == [
        "desk: thiếu mục này",
        "portal: thiếu mục này",
    ]


@pytest.mark.parametrize("url", ["http://gateway.example.vn/motcua/v1", "ftp://x", "portal", ""])
def test_plain_http_leaves_this_machine_only_by_mistake(url: str) -> None:
    found = mistakes(GOOD.replace("https://gateway.example.vn/motcua/v1/", url))

    assert [line.split(":")[0] for line in found] == ["portal.url"]


@pytest.mark.parametrize("host", ["127.0.0.1:8099", "localhost", "[::1]:8080"])
def test_plain_http_is_accepted_on_this_machine(host: str) -> None:
    settings = check_settings(
        GOOD.replace("https://gateway.example.vn/motcua/v1/", f"http://{host}/motcua/v1")
    )

    assert settings.portal.url == f"http://{host}/motcua/v1"


def test_broken_toml_is_one_clear_line() -> None:
    (line,) = mistakes("[office\n")

    assert line.startswith("tệp cài đặt: không đúng cú pháp TOML")


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())

    file = read_settings(path)

    assert file.settings.desk.name == "Quầy 1"
    assert file.beside(file.settings.portal.ca_file) == tmp_path / "province-ca.pem"


def test_a_file_that_cannot_be_read_is_a_mistake_of_settings(tmp_path: Path) -> None:
    with pytest.raises(BadSettings):
        read_settings(tmp_path / "absent.toml")
