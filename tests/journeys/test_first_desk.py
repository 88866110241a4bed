"""A card is tapped, a dossier is received, paper comes out, the portal has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter.cards import CardSecrets
from devices.card.demo import demo_cards
from sync.sandbox.process import SandboxProcess
from tests.conftest import ExpectedLog
from tests.devices.card.pcsc_stack import PcscStack
from tests.journeys.conftest import Counter, running
from tests.journeys.test_endurance import Steady

RESOURCES = Path(__file__).parents[2] / "resources"
CARD = demo_cards(RESOURCES / "demo" / "cards")[1]
BIRTH = "1.001193"


def sandbox_of(counter: Counter) -> SandboxProcess:
    sandbox = counter.rooms.sandbox
    assert sandbox is not None
    return sandbox


def lay_card(counter: Counter) -> None:
    slot = counter.rooms.slot
    assert slot is not None
    slot.insert(CARD.chip())


def read_card(counter: Counter) -> None:
    lay_card(counter)
    counter.type_into("card_digits", CARD.number.last_six)
    counter.until(lambda: "Đã đọc xong" in counter.window.receive.identity.waiting.text)


def printed(counter: Counter) -> bool:
    said = counter.window.receive.received.papers
    return len(said) == 2 and all("khay giấy" in words for words in said)


@pytest.mark.usefixtures("quick_collections")
def test_from_the_tap_to_the_portal(counter: Counter) -> None:
    meter = Steady()
    read_card(counter)
    name = counter.window.receive.identity.person.name
    counter.choose("dk khai sinh", BIRTH)
    counter.tick_demanded()
    counter.type_into("phone", "0912 000 001")
    code = counter.receive()
    counter.until(lambda: printed(counter))
    counter.until(lambda: len(sandbox_of(counter).dossiers()) == 1)

    (at_the_portal,) = sandbox_of(counter).dossiers()
    receipt, ticket = counter.tray()
    text = PdfReader(receipt).pages[0].extract_text()
    assert name == CARD.name
    assert (at_the_portal["code"], at_the_portal["status"]) == (code, 2)
    assert at_the_portal["content"]["owner"]["identity"]["number"] == CARD.number.digits
    assert at_the_portal["content"]["owner"]["identity"]["source"] == "chip"
    assert code in text
    assert CARD.name.upper() in text.upper()
    assert CARD.number.digits not in text
    assert ticket.suffix == ".png"
    assert counter.desk_work.verify() == ()
    assert meter.longest_ms < 1000


def test_the_text_is_there_before_the_photo(counter: Counter) -> None:
    seen: list[tuple[bool, bool]] = []
    identity = counter.window.receive.identity

    def look() -> bool:
        seen.append((bool(identity.person.name), identity.has_photo))
        return identity.has_photo

    lay_card(counter)
    counter.type_into("card_digits", CARD.number.last_six)
    counter.until(look)

    assert (True, False) in seen
    assert seen[-1] == (True, True)


def test_with_the_portal_off_the_desk_works_and_delivers_by_itself_later(
    counter: Counter,
) -> None:
    sandbox_of(counter).switch_off()
    read_card(counter)
    counter.choose("chung thuc ban sao", "2.000815")
    counter.tick_demanded()
    code = counter.receive()
    counter.until(lambda: printed(counter))
    counter.until(lambda: "mất liên lạc" in counter.find("status_portal").accessibleName())
    counter.until(lambda: counter.find("status_unsent").accessibleName().startswith("Chờ gửi: 1"))

    sandbox_of(counter).switch_on()
    counter.until(lambda: [d["code"] for d in sandbox_of(counter).dossiers()] == [code])
    counter.until(lambda: counter.find("status_unsent").accessibleName() == "Chờ gửi: 0")


def test_what_was_half_typed_survives_a_pulled_card(counter: Counter) -> None:
    slot = counter.rooms.slot
    assert slot is not None
    identity = counter.window.receive.identity
    counter.type_into("card_digits", CARD.number.last_six)
    slot.insert(CARD.chip())
    counter.until(lambda: identity.person.name == CARD.name)
    slot.remove()
    counter.until(lambda: counter.window.notice.text or identity.has_photo)

    slot.insert(CARD.chip())
    counter.until(lambda: identity.has_photo)

    assert identity.person.name == CARD.name


def test_wrong_digits_are_said_and_can_be_typed_again(counter: Counter) -> None:
    lay_card(counter)
    counter.type_into("card_digits", "000000")
    wrong = counter.find("card_wrong")
    counter.until(lambda: not wrong.isHidden())
    said = wrong.accessibleName()

    counter.type_into("card_digits", CARD.number.last_six)
    counter.until(lambda: counter.window.receive.identity.has_photo)

    assert "sáu số" in said.lower()


def test_without_a_card_a_person_is_typed_and_marked_as_unproven(counter: Counter) -> None:
    counter.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    counter.type_into("manual_name", "Nguyễn Văn Mẫu")
    counter.type_into("manual_born", "1950")
    counter.choose("dk khai tu", "1.000656")
    counter.tick_demanded()
    counter.receive()
    counter.until(lambda: printed(counter))

    text = PdfReader(counter.tray()[0]).pages[0].extract_text()
    assert "nhập tay" in text


def test_an_empty_printer_loses_nothing(counter: Counter) -> None:
    paper = counter.rooms.paper
    assert paper is not None
    paper.take_paper_out()
    read_card(counter)
    counter.choose("dk khai sinh", BIRTH)
    counter.tick_demanded()
    code = counter.receive()
    counter.until(lambda: "giấy" in counter.window.notice.text)
    kept = [line.code for line in counter.desk_work.find_dossiers()]

    paper.put_paper_in()
    counter.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    counter.until(lambda: [p for p in counter.tray() if "reprint" in p.name])

    assert kept == [code]


def test_the_next_visit_finds_nothing_of_the_last(counter: Counter) -> None:
    read_card(counter)
    counter.choose("dk khai sinh", BIRTH)
    counter.tick_demanded()
    counter.type_into("phone", "0912000001")
    counter.receive()

    counter.press(Qt.Key.Key_F10)
    counter.until(lambda: not counter.window.receive.is_done)

    shown = [label.text() for label in counter.window.receive.findChildren(QLabel)]
    assert not any(CARD.name in text or "0912000001" in text for text in shown)
    assert counter.find("phone").property("text") == ""
    assert counter.window.receive.identity.is_empty()


@pytest.mark.slow
def test_ten_citizens_in_a_row_while_the_network_comes_and_goes(counter: Counter) -> None:
    codes = []
    for number, card in enumerate(demo_cards(RESOURCES / "demo" / "cards")[:8]):
        if number == 3:
            sandbox_of(counter).switch_off()
        if number == 6:
            sandbox_of(counter).switch_on()
        slot = counter.rooms.slot
        assert slot is not None
        slot.insert(card.chip())
        counter.type_into("card_digits", card.number.last_six)
        counter.until(lambda: "Đã đọc xong" in counter.window.receive.identity.waiting.text)
        counter.choose("dk khai sinh", BIRTH)
        counter.tick_demanded()
        codes.append(counter.receive())
        slot.remove()
        counter.press(Qt.Key.Key_F10)
        counter.until(lambda: not counter.window.receive.is_done)
    counter.rooms.courier.try_now()
    counter.until(lambda: len(sandbox_of(counter).dossiers()) == len(codes))

    assert sorted(d["code"] for d in sandbox_of(counter).dossiers()) == sorted(codes)
    assert len(set(codes)) == 8
    assert counter.desk_work.verify() == ()


SITE = """
[office]
agency_code = "H55.242"
name = "Ủy ban nhân dân xã Thử Nghiệm"
[desk]
id = "H55.242-Q01"
[portal]
url = "{url}"
[card]
reader = "{reader}"
"""


def test_a_real_desk_reads_through_the_systems_card_service(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, expected_log: ExpectedLog
) -> None:
    expected_log.allow("card watch")
    (tmp_path / "pcsc").mkdir()
    stack = PcscStack(tmp_path / "pcsc")
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", str(stack.socket))
    for variable, text in (("PASSPHRASE", "mật khẩu của quầy"), ("PORTAL_SECRET", "s" * 12)):
        (tmp_path / variable).write_text(text, encoding="utf-8")
        (tmp_path / variable).chmod(0o600)
        monkeypatch.setenv(f"MOTCUA_{variable}_FILE", str(tmp_path / variable))
    stack.start()
    desks = {"H55.242-Q01": "s" * 12}
    with SandboxProcess(tmp_path / "portal", desks=desks) as sandbox:
        site = tmp_path / "site.toml"
        site.write_text(SITE.format(url=sandbox.url, reader=stack.reader), encoding="utf-8")
        arguments = ["--data", str(tmp_path / "desk"), "--settings", str(site)]
        with running(arguments, qtbot) as counter:
            counter.until(lambda: counter.window.is_open)
            counter.begin("truong", "Lý Thị Mẫu", "cau thang moi 2026")
            counter.until(counter.numbers_there)
            counter.rooms.reader.expect(CardSecrets(can=CARD.can))
            with stack.card(CARD.chip()):
                counter.until(lambda: counter.window.receive.identity.has_photo)
            counter.choose("dk khai sinh", BIRTH)
            counter.tick_demanded()
            code = counter.receive()
            counter.until(lambda: [d["code"] for d in sandbox.dossiers()] == [code])
            wrong = counter.desk_work.verify()
    stack.stop()

    assert code.startswith("H55.242-")
    assert wrong == ()
