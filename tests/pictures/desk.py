"""Takes pictures of every page of the desk, as small and as large screens show them.

    python tests/pictures/desk.py [--output FOLDER] [--only WORD]

The pages are the program's own; behind them stand a desk without a database and invented citizens.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

HOUSE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOUSE))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image  # noqa: E402
from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QApplication,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from counter.acts import ActKind, Confirmer, Relation, ReturnResult  # noqa: E402
from counter.cards import IssuerEntry, IssuerKind, Portrait, RejectedEntry  # noqa: E402
from counter.certify import CertifyAsked, Document  # noqa: E402
from counter.declaring import Answer, Origin  # noqa: E402
from counter.disputes import Difference, MessageView  # noqa: E402
from counter.drawer import MoneyLine  # noqa: E402
from counter.errors import (  # noqa: E402
    CardPulled,
    DiskFull,
    NoReader,
    PortalSilent,
    PrinterOutOfPaper,
    SlipMissing,
    StoreDamaged,
    StoreReadOnly,
    WrongCan,
)
from counter.hall import CounterAsked, HelpAsked, QueueTicket, Reserve  # noqa: E402
from counter.payments import PaymentState  # noqa: E402
from counter.ports import (  # noqa: E402
    CardFailed,
    CardOpening,
    CardPlaced,
    CardQrScanned,
    CardRead,
    CardTextRead,
    Outcome,
    PaperFailed,
    PaperMade,
    PrinterState,
    ReadersChanged,
    SyncState,
)
from counter.returning import ReturnTo, ReturnWay  # noqa: E402
from counter.scans import FileLine, FileStanding  # noqa: E402
from counter.today import Group, Nearness  # noqa: E402
from counter.values import CitizenNumber, Dong, PartialDate, Sex  # noqa: E402
from counter.work import (  # noqa: E402
    Applicant,
    Check,
    CheckState,
    DossierLine,
    DossierView,
    IdentitySource,
    MessageLine,
    PaperBrought,
    ReceptionAsked,
    SyncStanding,
)
from devices.card.simulator.portraits import Looks, draw  # noqa: E402
from tests.ui.citizens import (  # noqa: E402 - the path is set above
    AUTHENTIC,
    BIRTH_CONFLICT,
    FORGED,
    THU,
    THU_QR,
    TON_NU,
    reading,
)
from tests.ui.fake_desk import INFO, MORNING, FakeDesk, a_dossier_id, catalogue  # noqa: E402
from tests.ui.fake_hands import FakeHands  # noqa: E402
from ui import theme  # noqa: E402
from ui.app import make_app  # noqa: E402
from ui.bridge import Bridge  # noqa: E402
from ui.officer.catalogue.edit_form import EditForm  # noqa: E402
from ui.officer.catalogue.page import CataloguePage  # noqa: E402
from ui.officer.certify_page import CertifyPage  # noqa: E402
from ui.officer.receive.behalf_form import Behalf, BehalfForm  # noqa: E402
from ui.officer.ruler_page import RulerPage  # noqa: E402
from ui.officer.skills_page import SkillsPage  # noqa: E402
from ui.officer.trust_page import TrustPage  # noqa: E402
from ui.officer.window import OfficerWindow  # noqa: E402

SIZES = ((1366, 768), (1920, 1080))
UNIT = "Tư pháp"
WAIT_MS = 60_000
BIRTH, MEDIATION, COPIES = "khai sinh", "hoa giai", "ban sao tu ban chinh"
OFFICIAL = [
    {
        "MATTHC": "1.001193",
        "TENTTHC": "Đăng ký khai sinh",
        "CACHTHUCTHUCHIEN": [
            {
                "KENH": "1",
                "THOIGIAN": [
                    {
                        "THOIGIANGIAIQUYET": "2",
                        "DONVITINH": "Ngày làm việc",
                        "PHILEPHI": [{"SOTIEN": "0", "MOTA": "Theo Nghị quyết của tỉnh"}],
                    }
                ],
            }
        ],
        "THANHPHANHOSO": [
            {
                "TRUONGHOP": "* Giấy tờ phải nộp:",
                "GIAYTO": [
                    {"MAGIAYTO": "000.00.00.G15-KQ004389", "TENGIAYTO": "Giấy chứng sinh"},
                    {"TENGIAYTO": "Văn bản xác nhận của cơ sở trợ giúp xã hội nơi trẻ sống"},
                ],
            },
            {"TRUONGHOP": "* Lưu ý:", "GIAYTO": [{"TENGIAYTO": "Cán bộ đối chiếu rồi trả lại"}]},
        ],
    },
    {
        "MATTHC": "3.000999",
        "TENTTHC": "Thủ tục mẫu chưa có ở quầy",
        "LINHVUCTHUCHIEN": [{"MALINHVUC": "G15-TP07", "TENLINHVUC": "Hộ tịch"}],
        "KETQUATHUCHIEN": [{"TENKETQUA": "Giấy xác nhận mẫu"}],
        "THANHPHANHOSO": [{"GIAYTO": [{"TENGIAYTO": "Đơn đề nghị mẫu", "TENMAUDON": "Mẫu 1"}]}],
    },
]
NAMES = (
    "Nguyễn Văn Thử",
    "Trần Thị Mẫu",
    "Giàng A Thử",
    "Lê Thị Vô Hạn",
    "Phan Bé Mẫu",
    "Nông Thị Mẫu",
    "Y Ước",
    "Đặng Quốc Thử",
    "Công Tằng Tôn Nữ Hoàng Thị Diễm Phương Quỳnh Thử",
)


@dataclass
class Desk:
    """One window with what stands around it."""

    window: OfficerWindow
    work: FakeDesk
    hands: FakeHands
    bridge: Bridge

    def type(self, name: str, text: str) -> None:
        """Type *text* into the widget called *name*."""
        widget = self.find(name)
        widget.setFocus()
        QTest.keyClicks(widget, text)

    def press(self, key: Qt.Key) -> None:
        """Press *key* in the widget that has the keyboard."""
        QTest.keyClick(self.window.focusWidget() or self.window, key)

    def find(self, name: str) -> QWidget:
        """Return the widget called *name*, once the desk has made it."""
        _wait(lambda: self.window.findChild(QWidget, name), name)
        found = self.window.findChild(QWidget, name)
        assert isinstance(found, QWidget), name
        return found

    def settle(self) -> None:
        """Wait until the desk has answered everything."""
        for _ in range(3):
            answered: list[object] = []
            self.bridge.ask(object, answered.append, answered.append)
            _wait(answered.__len__)


def _wait(condition: Callable[[], object], what: str = "the desk's answer") -> None:
    if condition():
        return
    loop, timer = QEventLoop(), QTimer()
    timer.setInterval(5)
    timer.timeout.connect(lambda: loop.quit() if condition() else None)
    timer.start()
    QTimer.singleShot(WAIT_MS, loop.quit)
    loop.exec()
    if not condition():
        raise TimeoutError(f"{what} did not come")


def _portrait(hair: str = "short", extra: str = "none") -> Portrait:
    data = draw(Looks(hair, extra, "#e8c39e"))
    return Portrait("image/jpeg", 480, 640, data, "0" * 64)


def calm(desk: Desk) -> None:
    """Everything around the desk is well."""
    desk.window.on_card(ReadersChanged(("ACS ACR1252 Dual Reader",)))
    desk.window.on_paper(PrinterState("receipts", "Canon LBP2900", None))
    desk.window.on_paper(PrinterState("tickets", "Xprinter XP-80", None))
    desk.window.on_sync(SyncState(True, 0, None, 0, MORNING, None))


def card(desk: Desk) -> None:
    """A card was read to the end."""
    calm(desk)
    desk.window.on_card(CardPlaced("reader"))
    desk.window.on_card(CardTextRead(THU, None))
    desk.window.on_card(CardRead(reading(THU, authenticity=AUTHENTIC, portrait=_portrait())))


def procedure(desk: Desk, words: str) -> None:
    """A procedure was found and chosen."""
    desk.type("procedure_search", words)
    desk.settle()
    desk.press(Qt.Key.Key_Return)
    desk.settle()


def declaration(desk: Desk) -> None:
    """The declaration of a birth, opened in the place of the papers."""
    card(desk)
    procedure(desk, BIRTH)
    desk.press(Qt.Key.Key_E)
    desk.window.receive.declaring.toggle()
    desk.settle()


def declaration_answered(desk: Desk) -> None:
    """Somebody who was here before: all but one question is answered."""
    keys = ("mother_full_name", "mother_birth", "mother_ethnicity", "mother_residence")
    values = ("Trần Thị Mẫu", "1998", "Kinh", "Thôn Đông, Xã Thử Nghiệm, Tỉnh Mẫu")
    desk.work.before[THU.id_number] = tuple(
        Answer(key, value, Origin.TYPED) for key, value in zip(keys, values, strict=True)
    )
    declaration(desk)
    for key, value in (
        ("child_full_name", "Nguyễn Trần Bé Mẫu"),
        ("child_birth_date", "31/02/2026"),
        ("child_birth_place", "Trạm y tế xã Thử Nghiệm"),
    ):
        desk.window.receive.declaring.panel.said.emit((key, value))
    desk.window.receive.declaring.go_to_open()
    desk.settle()


def behalf(desk: Desk) -> None:
    """The holder of the card brings an organisation's dossier."""
    card(desk)
    procedure(desk, BIRTH)
    desk.window.receive.behalf.ask()
    form = desk.window.findChild(BehalfForm)
    assert form is not None
    form.kind.setCurrentIndex(1)
    form.organisation.name.setText("Công ty TNHH Thử Nghiệm")
    form.organisation.tax_code.setText("0100109107")
    form.go()
    desk.settle()


def behalf_taken(desk: Desk) -> None:
    """A foreigner's dossier, brought by a relative."""
    card(desk)
    procedure(desk, BIRTH)
    applicant = Applicant(
        full_name="Khách Thử Nghiệm",
        number=None,
        birth_date=None,
        sex=None,
        address=None,
        phone=None,
        email=None,
        source=IdentitySource.MANUAL,
        verdict=None,
    )
    desk.window.receive.behalf.take(Behalf(applicant, Relation.RELATIVE, ""))
    desk.settle()


def basket(desk: Desk) -> None:
    """Two dossiers wait, a third is chosen."""
    card(desk)
    for words in (BIRTH, "xac nhan tinh trang", "thuong tru"):
        procedure(desk, words)
        _tick_all(desk)
        if words != "thuong tru":
            desk.window.receive.add_dossier()
            desk.settle()


def many_received(desk: Desk) -> None:
    """The three are on disk."""
    basket(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_F9)
    desk.settle()


def receive_empty(desk: Desk) -> None:
    calm(desk)


def receive_opening(desk: Desk) -> None:
    calm(desk)
    desk.window.on_card(CardPlaced("reader"))
    desk.window.on_card(CardTextRead(THU, None))
    desk.window.on_card(CardOpening(0.55))


def receive_card(desk: Desk) -> None:
    card(desk)
    desk.type("procedure_search", "khai")
    desk.settle()


def receive_ready(desk: Desk) -> None:
    card(desk)
    procedure(desk, BIRTH)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down):
        desk.press(key)
    desk.find("phone").setProperty("text", "0912 345 678")
    desk.settle()


def receive_long(desk: Desk) -> None:
    calm(desk)
    desk.window.on_card(CardTextRead(TON_NU, None))
    truth = reading(TON_NU, portrait=_portrait("grey bun", "round"), conflicts=(BIRTH_CONFLICT,))
    desk.window.on_card(CardRead(truth))
    procedure(desk, COPIES)


def receive_forged(desk: Desk) -> None:
    calm(desk)
    desk.window.on_card(CardTextRead(THU, None))
    desk.window.on_card(CardRead(reading(THU, authenticity=FORGED, portrait=_portrait())))


def receive_qr(desk: Desk) -> None:
    calm(desk)
    desk.window.on_code(CardQrScanned(THU_QR))
    procedure(desk, MEDIATION)


def receive_by_hand(desk: Desk) -> None:
    calm(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.settle()


def receive_wrong_can(desk: Desk) -> None:
    calm(desk)
    desk.window.on_card(CardPlaced("reader"))
    desk.window.on_card(CardFailed(WrongCan()))


def receive_pulled(desk: Desk) -> None:
    calm(desk)
    desk.window.on_card(CardTextRead(THU, None))
    desk.window.on_card(CardFailed(CardPulled()))
    desk.window.on_card(ReadersChanged((), NoReader()))


def receive_disk_full(desk: Desk) -> None:
    receive_ready(desk)
    _tick_all(desk)
    desk.work.failing = DiskFull()
    QTest.keyClick(desk.window, Qt.Key.Key_F9)
    desk.settle()


def _tick_all(desk: Desk) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    desk.settle()


def received(desk: Desk) -> None:
    receive_ready(desk)
    _tick_all(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_F9)
    desk.settle()
    for job in desk.hands.jobs:
        desk.window.on_paper(PaperMade(job.id, Outcome.PRINTED, "Canon LBP2900"))
    desk.settle()


def received_no_paper(desk: Desk) -> None:
    receive_ready(desk)
    _tick_all(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_F9)
    desk.settle()
    receipt, ticket = desk.hands.jobs
    desk.window.on_paper(PaperMade(ticket.id, Outcome.UNKNOWN, "Xprinter XP-80"))
    desk.window.on_paper(PaperFailed(receipt.id, PrinterOutOfPaper()))
    desk.window.on_paper(PrinterState("receipts", "Canon LBP2900", PrinterOutOfPaper()))
    desk.settle()


def queue_empty(desk: Desk) -> None:
    calm(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_F3)


def queue_full(desk: Desk) -> None:
    calm(desk)
    services = catalogue().services()
    for place in range(14):
        letter, name = services[place % len(services)]
        taken = MORNING - timedelta(minutes=40 - 3 * place)
        priority = "Người cao tuổi" if place in {1, 5} else None
        desk.work.waiting.append(QueueTicket(f"{letter}{place + 8:03}", name, priority, taken))
    QTest.keyClick(desk.window, Qt.Key.Key_F8)
    QTest.keyClick(desk.window, Qt.Key.Key_F3)
    desk.settle()


def queue_help(desk: Desk) -> None:
    desk.work.counter.helps = [HelpAsked(3, "Máy lấy số 1", MORNING)]
    queue_full(desk)


def queue_away(desk: Desk) -> None:
    """Show one number called twice, two laid aside, one missed, and the office database away."""
    queue_full(desk)
    calls = desk.work.counter
    calls.held = [
        QueueTicket(number, "Hộ tịch", None, MORNING, row=row, state="held")
        for row, number in ((3, "A004"), (5, "C002"))
    ]
    calls.missed = ["B003"]
    calls.reserve = Reserve(is_away=True, letter="Z", untold=2)
    QTest.keyClick(desk.window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    desk.settle()


def queue_damaged(desk: Desk) -> None:
    """Show the file of the queue damaged, and what the administrator does about it."""
    queue_full(desk)
    desk.work.counter.reserve = Reserve(is_away=True, letter="Z", untold=2, is_damaged=True)
    QTest.keyClick(desk.window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    desk.settle()


def _fill(desk: Desk) -> None:
    found = catalogue().in_force(MORNING.date())
    for place in range(26):
        chosen = found[place % 18]
        standing = list(SyncStanding)[place % 7 if place % 7 < 4 else 1]
        desk.work.moment = MORNING - timedelta(minutes=7 * (26 - place))
        asked = ReceptionAsked(
            dossier_id=a_dossier_id(),
            applicant=Applicant(
                full_name=NAMES[place % len(NAMES)],
                number=CitizenNumber(f"0010990{place:05}"),
                birth_date=PartialDate(1980 + place),
                sex=Sex.FEMALE,
                address="Thôn Đông, Xã Thử Nghiệm, Tỉnh Mẫu",
                phone="0912345678",
                email=None,
                source=IdentitySource.CHIP,
                verdict=None,
            ),
            procedure_code=chosen.code,
            papers=tuple(PaperBrought(p, 1, 0, 1) for p in range(len(chosen.papers))),
            noticed_at=MORNING,
            due_on=MORNING.date() + timedelta(days=10),
        )
        desk.work.receive(asked)
        line = desk.work.lines[-1]
        view = desk.work.views[line.code]
        line = _standing(line, standing)
        desk.work.lines[-1] = line
        trouble = "portal.refused_message" if standing is SyncStanding.PARKED else None
        desk.work.views[line.code] = _with_line(view, line, trouble)
    desk.work.moment = MORNING


def _standing(line: DossierLine, standing: SyncStanding) -> DossierLine:
    return replace(line, standing=standing, paper=Outcome.PRINTED)


def _with_line(view: DossierView, line: DossierLine, trouble: str | None) -> DossierView:
    return replace(view, line=line, trouble=trouble)


def dossiers_empty(desk: Desk) -> None:
    calm(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_F4)
    desk.settle()


def dossiers_full(desk: Desk) -> None:
    calm(desk)
    _fill(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_F4)
    desk.window.dossiers.search()
    desk.settle()


FILES = tuple(
    FileLine(
        sha256=f"{place:064x}",
        filename=name,
        size=size,
        is_result=place == 3,
        paper_code=None,
        standing=standing,
        is_here=standing not in {FileStanding.COMING, FileStanding.ELSEWHERE},
    )
    for place, (name, size, standing) in enumerate(
        (
            ("H55.242-261125-0007_TP01_01.pdf", 412_000, FileStanding.SETTLED),
            ("H55.242-261125-0007_TP02_02.jpg", 2_140_000, FileStanding.WAITING),
            ("giay-chung-sinh.pdf", 88_000, FileStanding.REFUSED),
            ("ket-qua-1.pdf", 301_000, FileStanding.COMING),
            ("H55.242-261125-0007_TP03_03.pdf", 655_000, FileStanding.ELSEWHERE),
        )
    )
)


def dossier_files(desk: Desk) -> None:
    calm(desk)
    _fill(desk)
    desk.work.views = {code: replace(v, files=FILES) for code, v in desk.work.views.items()}
    QTest.keyClick(desk.window, Qt.Key.Key_F4)
    desk.window.dossiers.search()
    desk.settle()
    desk.settle()


def files_form(desk: Desk) -> None:
    dossier_files(desk)
    desk.window.dossiers.detail.open_files()


def files_form_empty(desk: Desk) -> None:
    dossiers_full(desk)
    desk.settle()
    desk.window.dossiers.detail.open_files()


def _act(desk: Desk, kind: ActKind) -> None:
    """Open the form of one act of the dossier that is chosen."""
    desk.work.can = tuple(ActKind)
    dossiers_full(desk)
    _wait(lambda: desk.window.dossiers.detail.acts.possible, "what the chosen dossier allows")
    desk.window.dossiers.detail.acts.chosen.emit(kind)
    desk.settle()


def walk_in_guided(desk: Desk) -> None:
    receive_ready(desk)
    desk.window.receive.guide_asked.emit()
    desk.settle()


def act_supplement(desk: Desk) -> None:
    _act(desk, ActKind.ASK_SUPPLEMENT)
    box = desk.find("wanted_1")
    QTest.keyClick(box, Qt.Key.Key_Space)
    field = desk.find("wanted_note_1")
    assert isinstance(field, QLineEdit)
    field.setText("thiếu dấu giáp lai")


def act_supplement_taken(desk: Desk) -> None:
    _act(desk, ActKind.TAKE_SUPPLEMENT)


def _collect(desk: Desk) -> None:
    desk.work.owed = Dong(8000)
    _act(desk, ActKind.COLLECT)


def collect_cash(desk: Desk) -> None:
    _collect(desk)
    QTest.keyClicks(desk.find("cash_paid"), "50.000")


def collect_waiting(desk: Desk) -> None:
    _collect(desk)
    QTest.mouseClick(desk.find("collect_code"), Qt.MouseButton.LeftButton)
    desk.settle()
    desk.work.transfers.answer()
    desk.window.dossiers_talk.payments.settle()
    desk.settle()


def collect_expired(desk: Desk) -> None:
    collect_waiting(desk)
    desk.work.transfers.close(PaymentState.EXPIRED)
    desk.window.dossiers_talk.payments.settle()
    desk.settle()


def collect_without_network(desk: Desk) -> None:
    collect_waiting(desk)
    desk.work.transfers.drop(desk.work.transfers.last.id)
    desk.window.dossiers_talk.payments.is_reachable = False
    desk.window.dossiers_talk.payments.settle()
    desk.settle()


def act_return(desk: Desk) -> None:
    _act(desk, ActKind.RETURN_RESULT)


def act_return_refused(desk: Desk) -> None:
    _act(desk, ActKind.RETURN_RESULT)
    desk.work.failing = SlipMissing()
    QTest.keyClick(desk.find("act_form"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()


def act_settle_receipt(desk: Desk) -> None:
    _act(desk, ActKind.SETTLE_RECEIPT)


def act_ask_payment(desk: Desk) -> None:
    desk.work.owed = Dong(75_000)
    _act(desk, ActKind.ASK_PAYMENT)


def act_void(desk: Desk) -> None:
    desk.work.confirmers = (Confirmer("lanh-dao", "Phạm Thị Mẫu (hư cấu)"),)
    _act(desk, ActKind.VOID)


def act_correct(desk: Desk) -> None:
    desk.work.confirmers = (Confirmer("lanh-dao", "Phạm Thị Mẫu (hư cấu)"),)
    _act(desk, ActKind.CORRECT)


def late_form(desk: Desk) -> None:
    receive_by_hand(desk)
    desk.type("manual_name", "Nguyen Thi Mau")
    procedure(desk, "khai sinh")
    _tick_all(desk)
    desk.work.confirmers = (Confirmer("lanh-dao", "Phạm Thị Mẫu (hư cấu)"),)
    desk.window.reception.late.begin()
    desk.settle()


def late_then(desk: Desk) -> None:
    """The paper is of a day when another version was in force."""
    late_form(desk)
    held = desk.window.receive.procedure.procedure
    assert held is not None
    paper = replace(held.papers[1], name="Giấy cam đoan về việc sinh")
    desk.work.papers_late.then = replace(
        held,
        revision="2025-07",
        papers=(*held.papers, paper),
        effective_to=(MORNING - timedelta(days=4)).date(),
    )
    for name, text in (
        ("late_day", f"{MORNING - timedelta(days=5):%d/%m/%Y}"),
        ("late_clock", "9:15"),
        ("late_paper", "VT-07"),
        ("act_password", "123456"),
    ):
        desk.type(name, text)
    form = desk.find("late_form")
    QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()


def visit_restored(desk: Desk) -> None:
    visit_parked(desk)
    desk.window.reception.visits.resume()
    desk.settle()


def visit_parked(desk: Desk) -> None:
    receive_by_hand(desk)
    desk.type("manual_name", "Nguyen Thi Mau")
    procedure(desk, "khai sinh")
    desk.window.reception.visits.park()
    desk.settle()


def dossiers_narrowed(desk: Desk) -> None:
    dossiers_full(desk)
    desk.window.dossiers.narrow.state.setCurrentIndex(1)
    desk.window.dossiers.narrow.due.setCurrentIndex(2)


def act_hand_over(desk: Desk) -> None:
    _act(desk, ActKind.HAND_OVER)


def act_sign(desk: Desk) -> None:
    _act(desk, ActKind.SIGN_LETTER)


def today_page(desk: Desk) -> None:
    dossiers_full(desk)
    lines = desk.work.lines
    late = desk.work.moment - timedelta(days=1)
    desk.work.lines[:] = [
        replace(
            line,
            due_at=late if number % 5 == 0 else line.due_at,
            unit=UNIT if number % 5 == 0 else line.unit,
            officer=INFO.officer,
            account="cb-tap-su",
            nearness=Nearness.LATE if number % 5 == 0 else line.nearness,
        )
        for number, line in enumerate(lines)
    ]
    desk.window.due_talk.look()
    QTest.keyClick(desk.window, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    desk.window.notice.clear()


def due_soon(desk: Desk) -> None:
    """A result comes near its due time while the officer looks at the dossiers."""
    dossiers_full(desk)
    moment = desk.work.moment
    for number, (left, near) in enumerate(
        ((timedelta(minutes=90), Nearness.SOON), (timedelta(days=-1), Nearness.LATE))
    ):
        place = -1 - number
        line = desk.work.lines[place]
        desk.work.lines[place] = replace(line, due_at=moment + left, status=2, nearness=near)
    desk.window.due_talk.look()
    desk.window.dossiers.search()
    desk.settle()


def today_reassign(desk: Desk) -> None:
    today_page(desk)
    desk.window.today.reassign()
    desk.settle()


def today_money_back(desk: Desk) -> None:
    today_page(desk)
    desk.work.lines[:] = [replace(line, status=8, due_at=None) for line in desk.work.lines[:2]]
    desk.window.day_talk.refresh()
    desk.settle()
    groups = [view.group for view in desk.work.today().groups]
    desk.window.today.groups.selectRow(groups.index(Group.GIVE_BACK))
    desk.settle()


def today_online(desk: Desk) -> None:
    dossiers_full(desk)
    lines = desk.work.lines
    times = (timedelta(hours=-1), timedelta(hours=2), timedelta(hours=5))
    desk.work.online = [
        replace(line, answer_by=desk.work.moment + left, status=1, due_at=None)
        for line, left in zip(lines, times, strict=False)
    ]
    desk.work.unanswered = 1
    QTest.keyClick(desk.window, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    desk.settle()


def act_give_back(desk: Desk) -> None:
    _act(desk, ActKind.GIVE_BACK)


def act_correct_return(desk: Desk) -> None:
    noted = ReturnResult("Trần Thị Mẫu", Relation.AUTHORISED, "1234", True, True, True)
    desk.work.returned = replace(noted, authorisation="Giấy ủy quyền ngày 24/11/2026")
    _act(desk, ActKind.CORRECT_RETURN)


def receive_by_post(desk: Desk) -> None:
    """The result is to go by post, to an address other than the applicant's."""
    receive_ready(desk)
    way = desk.find("return_way")
    assert isinstance(way, QComboBox)
    way.setCurrentIndex(way.findData(ReturnWay.POST))
    desk.settle()


def act_post(desk: Desk) -> None:
    dossiers_full(desk)
    line = desk.work.lines[-1]
    wish = ReturnTo(ReturnWay.POST, line.applicant_name, "0912000001", "Thôn 9, xã Khác, tỉnh Mẫu")
    desk.work.views[line.code] = replace(desk.work.views[line.code], return_to=wish)
    desk.work.can = (ActKind.HAND_TO_POST, ActKind.RETURN_RESULT)
    desk.window.dossiers.search()
    desk.settle()
    desk.window.dossiers.detail.acts.chosen.emit(ActKind.HAND_TO_POST)
    desk.settle()


def act_accept(desk: Desk) -> None:
    _act(desk, ActKind.ACCEPT)


def carry_page(desk: Desk) -> None:
    dossiers_full(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    for line in desk.work.lines[:7]:
        desk.type("carry_code", line.code)
        desk.press(Qt.Key.Key_Return)
        desk.settle()


def dossiers_nothing(desk: Desk) -> None:
    dossiers_full(desk)
    desk.window.dossiers.look_up("khong co ai")
    desk.settle()


def portal_quiet(desk: Desk) -> None:
    calm(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_F6)
    desk.settle()


def portal_silent(desk: Desk) -> None:
    calm(desk)
    _fill(desk)
    for place, line in enumerate(desk.work.lines[:12]):
        parked = place in {2, 7}
        desk.work.unsent.append(
            MessageLine(
                dossier_code=line.code,
                kind="dossier.received",
                written_at=line.received_at,
                standing=SyncStanding.PARKED if parked else SyncStanding.WAITING,
                attempts=3 if parked else place % 4,
                next_at=MORNING + timedelta(minutes=2),
                trouble="portal.refused_message" if parked else "portal.silent",
                key=UUID(int=place + 1),
            )
        )
    oldest = desk.work.lines[0].received_at
    desk.window.on_sync(SyncState(False, 10, oldest, 2, oldest, PortalSilent()))
    QTest.keyClick(desk.window, Qt.Key.Key_F6)
    desk.settle()


def _message(desk: Desk, view: MessageView) -> None:
    desk.work.whole_messages[view.key] = view
    desk.work.unsent.append(
        MessageLine(
            dossier_code=view.dossier_code,
            kind=view.kind,
            written_at=view.written_at,
            standing=view.standing,
            attempts=view.attempts,
            next_at=None,
            trouble=view.trouble,
            key=view.key,
        )
    )
    desk.window.on_sync(SyncState(True, 0, None, 1, MORNING, None))
    QTest.keyClick(desk.window, Qt.Key.Key_F6)
    desk.settle()
    desk.settle()
    desk.window.portal.open_chosen()
    desk.settle()


CONTESTED = (
    Difference("/owner/phone", "0912••••••001", "0987••••••002", True),
    Difference("/owner/address", "Thôn Thử Nghiệm 1", "Thôn Thử Nghiệm 2, xã Thử Nghiệm", True),
    Difference("/components", "Tờ khai; Giấy chứng sinh", "Tờ khai", True),
)


def portal_conflict(desk: Desk) -> None:
    calm(desk)
    view = MessageView(
        key=UUID(int=7),
        dossier_code="H55.242-261125-0007",
        kind="dossier",
        event="",
        written_at=MORNING,
        standing=SyncStanding.CONFLICT,
        attempts=1,
        next_at=None,
        trouble='{"type": "version-conflict"}',
        differences=CONTESTED,
        later=2,
    )
    _message(desk, view)


def portal_refused(desk: Desk) -> None:
    calm(desk)
    why = "Tên có chữ số"
    view = MessageView(
        key=UUID(int=8),
        dossier_code="H55.242-261125-0008",
        kind="dossier",
        event="",
        written_at=MORNING,
        standing=SyncStanding.PARKED,
        attempts=1,
        next_at=None,
        trouble='{"type": "validation", "errors": [{"pointer": "/owner/full_name"}]}',
        differences=(
            Difference("/owner/full_name", "Nguyễn Văn Thử 2", "", False, why, "Nguyễn Văn Thử 2"),
        ),
        later=0,
    )
    _message(desk, view)


CHECKS = (
    Check("reader", CheckState.OK, "ACS ACR1252 Dual Reader"),
    Check("printer.receipts", CheckState.FAILED, "Canon LBP2900", PrinterOutOfPaper()),
    Check("printer.tickets", CheckState.OK, "Xprinter XP-80"),
    Check("scanner", CheckState.OK, "bàn phím"),
    Check("database", CheckState.OK, "1204"),
    Check("queue", CheckState.OK, "office.db"),
    Check("disk", CheckState.OK, "212 GB"),
    Check("clock", CheckState.OK, "lệch 0,3 giây"),
    Check("portal", CheckState.WARNING, "http://127.0.0.1:8460", PortalSilent()),
    Check("fonts", CheckState.OK, "Be Vietnam Pro, Liberation Serif"),
    Check("trust", CheckState.WARNING, "0"),
)


def devices(desk: Desk) -> None:
    calm(desk)
    desk.hands.found = CHECKS
    QTest.keyClick(desk.window, Qt.Key.Key_F7)
    QTest.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.settle()


def trust_empty(desk: Desk) -> None:
    calm(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    desk.settle()


def _issuers() -> list[IssuerEntry]:
    named = (
        ("Mẫu 001", "Cơ quan cấp thẻ thử nghiệm", IssuerKind.CSCA, "chung-thu-goc.cer"),
        ("Mẫu 002", "Cơ quan cấp thẻ thử nghiệm", IssuerKind.LINK, "gói tin cậy 7"),
        ("Mẫu 001", "Cơ quan cấp thẻ thử nghiệm", IssuerKind.CRL, "gói tin cậy 7"),
    )
    return [
        IssuerEntry(
            sha256=f"{place * 7919 + 51966:08x}" * 8,
            subject=f"Common Name: {name}, Organization: {maker}, Country: VN",
            country="VN",
            not_before=MORNING - timedelta(days=900 - 300 * place),
            not_after=MORNING + timedelta(days=3000 * (3 - place)) if place < 2 else None,
            source=source,
            kind=kind,
        )
        for place, (name, maker, kind, source) in enumerate(named)
    ]


def trust_page(desk: Desk) -> TrustPage:
    page = desk.window.further("trust").page
    assert isinstance(page, TrustPage)
    return page


def more(desk: Desk) -> None:
    calm(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)


def further(desk: Desk, name: str) -> QWidget:
    calm(desk)
    desk.window.open_further(name)
    desk.settle()
    return desk.window.further(name).page


def catalogue_page(desk: Desk) -> None:
    further(desk, "catalogue")
    desk.type("catalogue_search", "khai sinh")


def copy_elsewhere(desk: Desk) -> None:
    dossiers_full(desk)
    desk.settle()
    desk.work.lines = [
        replace(
            line,
            procedure_name="Đăng ký thường trú",
            system="Cơ sở dữ liệu về cư trú (Bộ Công an)",
            standing=SyncStanding.ELSEWHERE,
        )
        for line in desk.work.lines
    ]
    desk.window.dossiers.search()
    desk.settle()
    desk.settle()
    desk.window.dossiers.detail.copy.click()


def certify_page(desk: Desk) -> None:
    work = desk.work.copies
    for place, name in enumerate(NAMES[:5]):
        person = Applicant(
            full_name=name,
            number=None,
            birth_date=None,
            sex=None,
            address=None,
            phone=None,
            email=None,
            source=IdentitySource.MANUAL,
            verdict=None,
        )
        documents = tuple(Document("Học bạ", 2, n + 1) for n in range(place % 3 + 1))
        work.certify(CertifyAsked(a_dossier_id(), person, documents, MORNING, f"B{place:03}"))
    work.sign(tuple(one.dossier_id for one in work.waiting[:2]), "Lê Văn Mẫu")
    page = further(desk, "certify")
    assert isinstance(page, CertifyPage)
    desk.window.on_card(CardTextRead(THU, None))
    desk.settle()
    for text in ("Giay khai sinh", "2", "5", "Bang tot nghiep", "3", "20"):
        QTest.keyClicks(desk.window.focusWidget(), text)
        QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClicks(desk.window.focusWidget(), "Hoc ba")


def certify_empty(desk: Desk) -> None:
    further(desk, "certify")


def ruler_page(desk: Desk) -> None:
    page = further(desk, "ruler")
    assert isinstance(page, RulerPage)
    page._print.click()
    desk.settle()


def skills_page(desk: Desk) -> None:
    further(desk, "skills")
    QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Down)


def skills_closed(desk: Desk) -> None:
    desk.work.counter.assigned.append(CounterAsked("Quầy 3", "CEGH", is_open=False))
    page = further(desk, "skills")
    assert isinstance(page, SkillsPage)
    page.table.selectRow(3)
    page.keep()
    desk.settle()


def registers_page(desk: Desk) -> None:
    further(desk, "registers")


def registers_copies(desk: Desk) -> None:
    further(desk, "registers")
    kind = desk.find("register_of_copies")
    assert isinstance(kind, QRadioButton)
    kind.click()


def drawer_page(desk: Desk) -> None:
    desk.work.till.lines = [
        MoneyLine(
            number=f"{number}/2026-Q01/PT",
            at=MORNING + timedelta(minutes=7 * number),
            payer=NAMES[number % len(NAMES)],
            what="Chứng thực bản sao từ bản chính",
            amount=Dong(-8000 if number == 5 else 2000 * number),
            kind="void" if number == 5 else "receipt",
            method="cash",
            official=f"01BLP0-001 TN-26E {number:07}" if number < 3 else None,
            officer=INFO.officer,
        )
        for number in range(1, 13)
    ]
    further(desk, "drawer")
    for note, count in ((50_000, 2), (20_000, 1), (2_000, 6)):
        box = desk.find(f"count_{note}")
        assert isinstance(box, QSpinBox)
        box.setValue(count)


def catalogue_edit(desk: Desk) -> None:
    catalogue_page(desk)
    desk.settle()
    page = desk.window.further("catalogue").page
    assert isinstance(page, CataloguePage)
    page.edit()


def catalogue_fee_added(desk: Desk) -> None:
    catalogue_edit(desk)
    form = QApplication.activeModalWidget()
    assert isinstance(form, EditForm)
    row = form._fees[-2]
    for field, text in (
        (row.name, "Cấp bản sao trích lục hộ tịch"),
        (row.amount, "8.000"),
        (row.per, "bản"),
        (row.exemptions, "hộ nghèo; người khuyết tật"),
        (row.online, "50"),
    ):
        field.setText(text)
        field.setCursorPosition(0)
    row.kind.setCurrentIndex(1)
    area = form.findChild(QScrollArea)
    assert area is not None
    area.ensureWidgetVisible(form._fees[-1].online, 0, 60)


def catalogue_compare(desk: Desk) -> None:
    page = further(desk, "catalogue")
    assert isinstance(page, CataloguePage)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lay-thu-tuc.json"
        path.write_text(json.dumps(OFFICIAL), encoding="utf-8")
        page.import_asked.emit(str(path))
        desk.settle()


def trust_full(desk: Desk) -> None:
    desk.hands.trusted.entries = _issuers()
    trust_empty(desk)
    rejected = (RejectedEntry("Common Name: Người ký thẻ mẫu, Country: VN", "not_an_issuer"),)
    page = trust_page(desk)
    page.show_imported(2, rejected)
    page.table.selectRow(1)


def trust_remove(desk: Desk) -> None:
    trust_full(desk)
    QTest.keyClick(trust_page(desk).table, Qt.Key.Key_Delete)
    desk.settle()


def help_page(desk: Desk) -> None:
    calm(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_F1)


def not_opened(desk: Desk) -> None:
    desk.window.on_card(ReadersChanged(("ACS ACR1252 Dual Reader",)))


def failed(desk: Desk) -> None:
    desk.window.on_card(ReadersChanged(("ACS ACR1252 Dual Reader",)))
    desk.window.desk_failed(StoreDamaged())


def only_reads(desk: Desk) -> None:
    desk.window.desk_opened(desk.work, replace(INFO, trouble=StoreReadOnly()))
    QTest.keyClick(desk.window, Qt.Key.Key_F3)


SCENES: dict[str, Callable[[Desk], None]] = {
    "start": not_opened,
    "start-failed": failed,
    "only-reads": only_reads,
    "receive-empty": receive_empty,
    "receive-reading": receive_opening,
    "receive-card": receive_card,
    "receive-ready": receive_ready,
    "receive-declaration": declaration,
    "receive-behalf": behalf,
    "receive-basket": basket,
    "received-many": many_received,
    "receive-behalf-taken": behalf_taken,
    "receive-declaration-answered": declaration_answered,
    "receive-long": receive_long,
    "receive-forged": receive_forged,
    "receive-qr": receive_qr,
    "receive-by-hand": receive_by_hand,
    "receive-wrong-can": receive_wrong_can,
    "receive-pulled": receive_pulled,
    "receive-disk-full": receive_disk_full,
    "received": received,
    "received-no-paper": received_no_paper,
    "queue-empty": queue_empty,
    "queue": queue_full,
    "queue-away": queue_away,
    "queue-damaged": queue_damaged,
    "queue-help": queue_help,
    "dossiers-empty": dossiers_empty,
    "dossiers": dossiers_full,
    "dossiers-nothing": dossiers_nothing,
    "files": files_form,
    "files-empty": files_form_empty,
    "walk-in-guided": walk_in_guided,
    "today": today_page,
    "today-online": today_online,
    "due-soon": due_soon,
    "today-reassign": today_reassign,
    "today-money-back": today_money_back,
    "act-accept": act_accept,
    "carry": carry_page,
    "act-supplement": act_supplement,
    "act-supplement-taken": act_supplement_taken,
    "collect-cash": collect_cash,
    "collect-waiting": collect_waiting,
    "collect-expired": collect_expired,
    "collect-without-network": collect_without_network,
    "act-return": act_return,
    "act-return-refused": act_return_refused,
    "act-hand-over": act_hand_over,
    "act-settle-receipt": act_settle_receipt,
    "act-ask-payment": act_ask_payment,
    "act-void": act_void,
    "receive-by-post": receive_by_post,
    "act-post": act_post,
    "act-give-back": act_give_back,
    "act-correct-return": act_correct_return,
    "act-correct": act_correct,
    "late-form": late_form,
    "late-then": late_then,
    "visit-parked": visit_parked,
    "visit-restored": visit_restored,
    "dossiers-narrowed": dossiers_narrowed,
    "act-sign": act_sign,
    "portal": portal_quiet,
    "portal-silent": portal_silent,
    "portal-conflict": portal_conflict,
    "portal-refused": portal_refused,
    "devices": devices,
    "trust-empty": trust_empty,
    "trust": trust_full,
    "trust-remove": trust_remove,
    "more": more,
    "copy-elsewhere": copy_elsewhere,
    "certify": certify_page,
    "certify-empty": certify_empty,
    "drawer": drawer_page,
    "ruler": ruler_page,
    "skills": skills_page,
    "skills-closed": skills_closed,
    "registers": registers_page,
    "registers-copies": registers_copies,
    "catalogue": catalogue_page,
    "catalogue-edit": catalogue_edit,
    "catalogue-fee-added": catalogue_fee_added,
    "catalogue-compare": catalogue_compare,
    "help": help_page,
}
CLOSED = {"start", "start-failed"}
"""Scenes before the desk is open."""


def scenes(only: str) -> Iterator[tuple[str, Callable[[Desk], None]]]:
    """Yield the scenes whose name has *only* in it."""
    yield from ((name, scene) for name, scene in SCENES.items() if only in name)


def picture(name: str, scene: Callable[[Desk], None], size: tuple[int, int], folder: Path) -> None:
    """Play *scene* in a new window of *size* and keep what it looks like."""
    work, hands = FakeDesk(), FakeHands()
    with closing(Bridge()) as bridge:
        window = OfficerWindow(bridge, hands.as_hands(), demo=True, version="0.1.0")
        desk = Desk(window, work, hands, bridge)
        window.resize(*size)
        window.show()
        window.activateWindow()
        if name not in CLOSED:
            window.desk_opened(work, INFO)
            desk.settle()
        scene(desk)
        desk.settle()
        faulty = QApplication.topLevelWidgets()
        if any(w.objectName() == "last_resort" and w.isVisible() for w in faulty):
            sys.exit(f"{name}: phần mềm gặp lỗi khi dựng cảnh này")
        path = folder / f"{name}-{size[0]}x{size[1]}.png"
        shown = QApplication.activeModalWidget() or window
        shown.grab().save(str(path))
        with Image.open(path) as taken:  # 256 colours are a third of the size, and nobody sees it
            taken.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
        sys.stdout.write(f"{path}\n")
        window.close()
        window.deleteLater()


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description="Chụp ảnh các trang của quầy")
    parser.add_argument("--output", type=Path, default=HOUSE / "docs" / "pictures")
    parser.add_argument("--only", default="", metavar="CHỮ")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    app, _run = make_app(sys.argv[:1])
    theme.dress(app)
    with TemporaryDirectory() as home:
        own = QSettings.Scope.UserScope
        QSettings.setPath(QSettings.Format.NativeFormat, own, home)
        for name, scene in scenes(arguments.only):
            for size in SIZES:
                picture(name, scene, size, arguments.output)
    app.closeAllWindows()
    return 0


if __name__ == "__main__":
    sys.exit(main())
