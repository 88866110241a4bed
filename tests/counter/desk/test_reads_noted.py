"""Whatever hands out a citizen's record says in the chain who had it; the rest says why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from counter.acts import Leader, Void
from counter.auditing import AuditAsked
from counter.certify import CertifyAsked, Document
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.visits import VisitDesk
from counter.people import Action, Officer, Role, action_of
from counter.scans import Judged
from counter.store import files, trail
from counter.store.dossiers import find_row
from counter.values import DossierId, local_day, uuid7
from counter.work import PaperBrought
from tests.counter.desk.conftest import SetClock, asked, lend, person
from tests.counter.desk.test_drawer import pay
from tests.counter.desk.test_elsewhere import elsewhere
from tests.counter.test_people import METHODS, offered

READER = Officer(
    "phu-trach", "Y Ước", "Phụ trách", frozenset({Role.SUPERVISOR, Role.OFFICER, Role.CASHIER})
)


@dataclass(frozen=True)
class Day:
    """A desk with a supervisor in the chair."""

    desk: Desk
    context: Context
    clock: SetClock
    folder: Path

    def receive(self) -> tuple[str, DossierId]:
        received = self.desk.receive(asked(self.clock))
        return received.code, received.dossier_id


@pytest.fixture
def day(context: Context, clock: SetClock, tmp_path: Path) -> Day:
    lend(context, first=1, last=9)
    context.seat.take(READER)
    return Day(Desk(context), context, clock, tmp_path)


def show(day: Day) -> str:
    code, dossier = day.receive()
    day.desk.show(code)
    return dossier.hex


def see_message(day: Day) -> str:
    _code, dossier = day.receive()
    key = day.desk.messages()[0].key
    assert key is not None
    day.desk.message(key)
    return dossier.hex


def reopen(day: Day) -> str:
    lacking = replace(asked(day.clock), papers=(PaperBrought(0, 1, 0, 0),))
    number = day.desk.guide(lacking, "Thiếu giấy chứng sinh").number
    day.desk.reopen(number)
    return number


def copy_sheet(day: Day) -> str:
    received = day.desk.receive(elsewhere(day.context, day.clock))
    day.desk.copy_sheet(received.code)
    return received.dossier_id.hex


def save_file(day: Day) -> str:
    _code, dossier = day.receive()
    day.desk.attach_file(dossier, 0, Judged(b"%PDF-1.4 scan", "application/pdf", 1))
    with day.context.store.reading() as session:
        row = find_row(session, dossier)
        assert row is not None
        (kept,) = files.of_dossier(session, row)
    day.desk.save_file(dossier, kept.sha256, day.folder / "giay.pdf")
    return dossier.hex


def reprint(day: Day) -> str:
    _code, dossier = day.receive()
    day.desk.reprint(dossier)
    return dossier.hex


def reprint_money(day: Day) -> str:
    number = pay(day.desk, day.clock)
    day.desk.drawer().reprint(number)
    (line,) = day.desk.find_dossiers()
    return line.id.hex


def take_again(day: Day) -> str:
    code, dossier = day.receive()
    day.desk.act(dossier, Void("Nhập hai lần", Leader("Lê Văn Mẫu")))
    day.desk.visits().again(code)
    return dossier.hex


def recall(day: Day) -> str:
    _code, dossier = day.receive()
    day.desk.declare(asked(day.clock).procedure_code, person(), None)
    return dossier.hex


def span(day: Day) -> str:
    today = local_day(day.clock()).isoformat()
    return f"{today}/{today}"


def read_register(day: Day) -> str:
    today = local_day(day.clock())
    day.desk.registers().dossiers(today, today)
    return span(day)


def write_register(day: Day) -> str:
    today, registers = local_day(day.clock()), day.desk.registers()
    registers.write(registers.dossiers(today, today), day.folder / "so.xlsx")
    return span(day)


def read_book(day: Day) -> str:
    today = local_day(day.clock())
    wanted = CertifyAsked(
        DossierId(uuid7(day.clock())), person(), (Document("Bằng", 1, 1),), day.clock(), "B001"
    )
    day.desk.certifying().certify(wanted)
    day.desk.certifying().book(today, today)
    return span(day)


def read_book_of_registers(day: Day) -> str:
    today = local_day(day.clock())
    day.desk.registers().certified(today, today)
    return span(day)


def read_person(day: Day) -> str:
    _code, dossier = day.receive()
    number = person().number
    assert number is not None
    day.desk.data().read_person(number, identity_checked=True)
    return dossier.hex


def export_person(day: Day) -> str:
    _code, dossier = day.receive()
    number = person().number
    assert number is not None
    day.desk.data().export_person(number, day.folder / "nguoi.json", identity_checked=True)
    return dossier.hex


def audit(day: Day) -> str:
    day.desk.audit(AuditAsked())
    return ""


def print_seal(day: Day) -> str:
    day.receive()
    day.desk.print_seal()
    return ""


NOTED: dict[str, tuple[Callable[[Day], str], str]] = {
    "Desk.show": (show, "dossier.read"),
    "Desk.message": (see_message, "dossier.read"),
    "Desk.reopen": (reopen, "guidance.read"),
    "Desk.copy_sheet": (copy_sheet, "dossier.copied"),
    "Desk.save_file": (save_file, "file.saved"),
    "Desk.reprint": (reprint, "receipt.reprinted"),
    "Desk.declare": (recall, "dossier.recalled"),
    "Desk.audit": (audit, "audit.read"),
    "Desk.print_seal": (print_seal, "audit.seal_printed"),
    "DrawerDesk.reprint": (reprint_money, "money.reprinted"),
    "VisitDesk.again": (take_again, "dossier.read"),
    "RegisterDesk.dossiers": (read_register, "register.read"),
    "RegisterDesk.certified": (read_book_of_registers, "certified.read"),
    "RegisterDesk.write": (write_register, "register.written"),
    "CertifyDesk.book": (read_book, "certified.read"),
    "DataDesk.read_person": (read_person, "person.exported"),
    "DataDesk.export_person": (export_person, "person.exported"),
}
"""What hands out a record, how it is done here, and what the chain must say then."""

A_DOOR = "leads to a room whose own actions stand here"
A_LIST = "a list: the number's middle is hidden, and a search would fill the chain"
AT_HAND = "words the caller holds already, read through another door"
NOT_NOTED = {
    "CertifyDesk.in_hand": A_LIST,
    "DataDesk.job": AT_HAND,
    "Desk.due_watch": A_LIST,
    "Desk.drawer": A_DOOR,
    "Desk.find_dossiers": A_LIST,
    "Desk.possible": "what can be done with the dossier that was just shown",
    "Desk.print_checklist": "names nobody",
    "Desk.print_declaration": AT_HAND,
    "Desk.registers": A_DOOR,
    "Desk.today": A_LIST,
    "Desk.usual": "procedures of who stands at the desk, and of no dossier what it says",
    "DrawerDesk.look": A_LIST,
    "RegisterDesk.job": AT_HAND,
    "RegisterDesk.scores": "numbers only",
    "VisitDesk.forget": "reads nothing",
    "VisitDesk.keep": "reads nothing",
    "VisitDesk.kept": "what is still being typed, and no record yet",
}
"""What may read and leaves no entry, and why."""

READING = {Action.READ, Action.PRINT, Action.REPORT, Action.AUDIT, Action.EXPORT_PERSON}


@pytest.mark.parametrize("door", NOTED)
def test_who_reads_a_record_stands_in_the_chain(day: Day, door: str) -> None:
    read, action = NOTED[door]

    subject = read(day)

    with day.context.store.reading() as session:
        (newest,) = trail.entries(session, newest=1)
    assert (newest.action, newest.officer, newest.subject) == (action, READER.id, subject)


def test_whatever_may_read_says_so_or_says_why_not() -> None:
    doors = {name for name, method in METHODS.items() if action_of(method) in READING}
    doors |= {f"VisitDesk.{name}" for name in offered(VisitDesk)}

    assert doors - NOTED.keys() - NOT_NOTED.keys() == set()
    assert NOTED.keys() & NOT_NOTED.keys() == set()
    assert NOT_NOTED.keys() - doors == set(), "named here and gone by now"
