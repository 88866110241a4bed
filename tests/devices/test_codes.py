"""What a barcode or QR reader sends: the QR of a citizen card, or any other code."""

from __future__ import annotations

import os
import queue
import sys
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.errors import BadQrText
from counter.ports import CardQrScanned, CodeEvent, CodeScanned
from counter.values import CitizenNumber, PartialDate, Sex
from devices.codes import SerialCodeReader, decode, divide, mend, parse_card_qr, read_code

CARD_2021 = (
    "012345678901|123456789|Nguyễn Văn Thử|01011990|Nam|Thôn Đông, Xã Mẫu, Tỉnh Ví Dụ|01012022"
)
CARD_2024 = CARD_2021.replace("|123456789|", "||") + "||||"


def test_the_seven_fields_of_2021_are_read() -> None:
    qr = parse_card_qr(CARD_2021)

    assert qr.id_number == CitizenNumber("012345678901")
    assert qr.old_id_number == "123456789"
    assert qr.full_name == "Nguyễn Văn Thử"
    assert qr.date_of_birth == PartialDate(1990, 1, 1)
    assert qr.sex is Sex.MALE
    assert qr.place_of_residence == "Thôn Đông, Xã Mẫu, Tỉnh Ví Dụ"
    assert qr.issued_on == date(2022, 1, 1)
    assert qr.extra == ()


def test_the_eleven_fields_of_2024_are_read_and_the_last_four_kept_as_they_are() -> None:
    qr = parse_card_qr(CARD_2024.replace("||||", "|Nguyễn Văn Cha|001070000001||"))

    assert qr.old_id_number is None
    assert qr.extra == ("Nguyễn Văn Cha", "001070000001", "", "")


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", " \r\n", ""])
def test_whatever_ends_the_line_is_cut_off(end: str) -> None:
    assert parse_card_qr(CARD_2021 + end).issued_on == date(2022, 1, 1)


@pytest.mark.parametrize("page", ["latin-1", "cp1252"])
def test_letters_broken_by_a_western_keyboard_are_mended(page: str) -> None:
    raw = CARD_2021.encode("utf-8")
    broken = "".join(_shown(bytes([byte]), page) for byte in raw)

    assert broken != CARD_2021
    assert parse_card_qr(broken).full_name == "Nguyễn Văn Thử"


def _shown(byte: bytes, page: str) -> str:
    try:
        return byte.decode(page)
    except UnicodeDecodeError:  # Windows shows the five unused places of 1252 as they are
        return byte.decode("latin-1")


def test_decomposed_letters_are_composed() -> None:
    qr = parse_card_qr(CARD_2021.replace("ễ", "e\u0302\u0303"))

    assert qr.full_name == "Nguyễn Văn Thử"


def test_a_reader_that_drops_accents_is_still_understood() -> None:
    qr = parse_card_qr("012345678901||NGUYEN THI MAU|02031985|Nu|Xa Mau|01012022")

    assert (qr.full_name, qr.sex) == ("NGUYEN THI MAU", Sex.FEMALE)


def test_only_the_year_of_birth_may_be_known() -> None:
    assert parse_card_qr(CARD_2021.replace("01011990", "1950")).date_of_birth == PartialDate(1950)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(CARD_2021.replace("01011990", "31021990"), id="a birth day that never was"),
        pytest.param(CARD_2021.replace("01012022", "31042022"), id="an issue day that never was"),
        pytest.param(CARD_2021.replace("012345678901", "12345678901"), id="eleven digits"),
        pytest.param(CARD_2021.replace("Nguyễn Văn Thử", ""), id="no name"),
        pytest.param(CARD_2021.replace("123456789|", "12345|"), id="an old number of five digits"),
        pytest.param(CARD_2021 + "|", id="eight fields"),
        pytest.param("H55.242-261123-0051", id="a dossier code"),
        pytest.param("", id="nothing"),
        pytest.param("||||||", id="seven times nothing"),
    ],
)
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(BadQrText):
        parse_card_qr(text)


def test_a_scanned_card_is_told_as_a_card_and_all_else_as_a_code() -> None:
    assert isinstance(read_code(CARD_2024 + "\r\n"), CardQrScanned)
    assert read_code("H55.242-261123-0051\r") == CodeScanned("H55.242-261123-0051")


def test_the_old_vietnamese_code_page_is_understood() -> None:
    assert decode("Đặng".encode("cp1258", errors="ignore") + b"\xfe").startswith("Đ")


def test_letters_that_need_no_mending_stay() -> None:
    assert mend("Hòa Đặng ©") == "Hòa Đặng ©"


@given(st.text())
def test_no_scanned_text_breaks_the_reader(text: str) -> None:
    assert isinstance(read_code(text), CardQrScanned | CodeScanned)


@given(st.binary())
def test_no_scanned_bytes_break_the_reader(raw: bytes) -> None:
    assert isinstance(read_code(decode(raw)), CardQrScanned | CodeScanned)


@given(st.lists(st.binary(max_size=40)))
def test_codes_are_the_same_however_the_port_cuts_them(pieces: list[bytes]) -> None:
    stream = b"".join(pieces)
    at_once, rest = divide(b"", stream + b"\n")

    found: list[bytes] = []
    pending = b""
    for piece in (*(p for p in pieces if p), b"\n"):
        whole, pending = divide(pending, piece)
        found += whole

    assert found == at_once
    assert pending == rest == b""


def test_a_code_without_a_line_end_is_told_after_a_pause() -> None:
    whole, pending = divide(b"", b"12345")

    assert (whole, pending) == ([], b"12345")
    assert divide(pending, b"") == ([b"12345"], b"")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_serial_reader_tells_what_it_scans_and_ends_when_told() -> None:
    ours, theirs = os.openpty()
    heard: queue.SimpleQueue[CodeEvent] = queue.SimpleQueue()
    reader = SerialCodeReader(os.ttyname(theirs))
    reader.start(heard.put)
    try:
        _scan_until_heard(ours, heard)
        os.write(ours, CARD_2021.encode("utf-8") + b"\r\nH55.242-261123-0051\r\n")

        first, second = heard.get(timeout=60), heard.get(timeout=60)
    finally:
        reader.stop()
        os.close(ours)
        os.close(theirs)

    assert isinstance(first, CardQrScanned)
    assert second == CodeScanned("H55.242-261123-0051")


def _scan_until_heard(port: int, heard: queue.SimpleQueue[CodeEvent]) -> None:
    """Scan until the reader has opened its port; opening empties what lay there."""
    for number in range(600):
        os.write(port, b"%d\r" % number)
        with suppress(queue.Empty):
            while heard.get(timeout=0.1) != CodeScanned(str(number)):
                pass
            return
    pytest.fail("the reader never opened its port")


def test_a_serial_reader_that_is_not_there_is_looked_for_until_stopped() -> None:
    reader = SerialCodeReader("/dev/no-such-port")
    reader.start(lambda _: None)

    reader.stop()
