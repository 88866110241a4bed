"""The pages a citizen walks through; each is given frozen values and tells one wish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from counter.dossier import Status
from counter.forms import TicketPaper
from counter.ports import Outcome
from counter.speech import number_clips
from counter.values import uuid7
from ui import states, written
from ui.icons import Drawing
from ui.kiosk.choices import TALLEST_MM, Choice, Choices
from ui.kiosk.digits import DigitPad
from ui.kiosk.measures import NUMBER_MM, TITLE_MM
from ui.kiosk.page import KioskPage, Look
from ui.kiosk.scores import Scores
from ui.kiosk.wishes import Go, OpenDossier, PrintAgain, Rate, TakeTicket
from ui.parts.card_picture import CardPicture
from ui.said import QT_TRANSLATE_NOOP, said

if TYPE_CHECKING:
    from counter.hall import OwnTicket, Service, TicketTaken
    from counter.kiosk import OwnDossier, Person
    from counter.ports import PrintJob


class HomePage(KioskPage):
    """Where everybody begins: the largest button needs no card."""

    spoken = ("kiosk.home",)
    is_home = True

    def __init__(self, look: Look, office: str, *, has_paper: bool) -> None:
        caption = self.tr("Có thẻ căn cước, giấy hẹn hay mã hẹn: đưa mã vào máy quét.")
        if not has_paper:
            caption = self.tr("Máy đang không in được. Số sẽ hiện trên màn hình.")
        short = look.measures.large and not look.upright
        title, caption = (caption, "") if short else (office, caption)
        super().__init__(look, title, caption)
        take = self.button(
            self.tr("Lấy số, không cần thẻ"),
            "take",
            Go.SERVICES,
            kind="main",
            sign="ticket",
            size_mm=TITLE_MM,
        )
        helper = self.button(self.tr("Gọi người giúp"), "help", Go.HELP, kind="help", sign="person")
        card = self.button(self.tr("Dùng thẻ căn cước"), "card", Go.DIGITS, sign="card")
        rate = self.button(self.tr("Đánh giá phục vụ"), "rate", Go.RATE, sign="tick")
        grid = QGridLayout()
        grid.setSpacing(look.measures.gap)
        grid.addWidget(take, 0, 0, 1, 4)
        grid.addWidget(helper, 0, 4, 1, 2)
        grid.addWidget(card, 1, 0, 1, 3)
        grid.addWidget(rate, 1, 3, 1, 3)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(0, 8)
        grid.setRowStretch(1, 5)
        self.body.addLayout(grid)


class ServicesPage(KioskPage):
    """What have you come for? The services in plain words."""

    spoken = ("kiosk.services",)

    def __init__(self, look: Look, services: Sequence[Service], language: str) -> None:
        super().__init__(
            look,
            self.tr("Ông bà cần làm việc gì?"),
            self.tr("Chạm vào việc đó để lấy số."),
        )
        english = language != "vi"
        choices = Choices(
            [
                Choice(s.code, (s.words_en if english else s.words) or s.name, s.code)
                for s in services
            ],
            look.measures,
        )
        choices.chosen.connect(self._chosen)
        self.body.addWidget(choices)

    @Slot(object)
    def _chosen(self, service: str) -> None:
        self.wanted.emit(TakeTicket(service))


class DigitsPage(KioskPage):
    """Six digits of the card, which is pictured."""

    spoken = ("kiosk.digits",)

    def __init__(self, look: Look, caption: str = "") -> None:
        super().__init__(
            look,
            self.tr("Sáu số cuối trên thẻ căn cước"),
            caption or self.tr("Gõ sáu số được tô vàng trong hình."),
        )
        m = look.measures
        pad = DigitPad(m)
        pad.entered.connect(self.wanted)
        room = m.pixels(104 if look.upright else 80)
        picture = CardPicture(scale=room / CardPicture.WIDTH)
        box = QGridLayout()
        box.setSpacing(m.pixels(8))
        box.addWidget(picture, 0, 0, Qt.AlignmentFlag.AlignCenter)
        box.addWidget(pad, *((1, 0) if look.upright else (0, 1)))
        box.setRowStretch(1, 1 if look.upright else 0)
        self.body.addLayout(box)


class LayPage(KioskPage):
    """Lay the card down; then the same page tells that it is being read."""

    spoken = ("kiosk.lay",)

    def __init__(self, look: Look, told: tuple[str, str] | None = None) -> None:
        usual = (
            self.tr("Đặt thẻ lên đầu đọc và giữ yên"),
            self.tr("Thẻ nằm yên cho đến khi máy báo xong."),
        )
        super().__init__(look, *(told or usual))
        self.body.addStretch(1)
        picture = CardPicture(scale=look.measures.pixels(80) / CardPicture.WIDTH)
        self.body.addWidget(picture, 0, Qt.AlignmentFlag.AlignCenter)
        self.body.addStretch(1)
        skip = self.button(self.tr("Chỉ lấy số, không đọc thẻ"), "take", Go.SERVICES)
        self.body.addWidget(skip, 1)

    def reading(self, part: float) -> None:
        """Say that the card is being read, and how far it is."""
        self.title.setText(self.tr("Đang đọc thẻ…"))
        percent = f"{round(part * 100)} %"
        self.caption.setText(self.tr("Giữ yên thẻ: %1").replace("%1", percent))
        self.spoken = ("kiosk.reading",)


class CitizenPage(KioskPage):
    """What somebody whose card was read can do today."""

    spoken = ("kiosk.citizen",)

    def __init__(self, look: Look, person: Person, own: Sequence[OwnTicket]) -> None:
        welcome = self.tr("Xin chào %1").replace("%1", person.name)
        super().__init__(look, welcome, own_words(own) or self.tr("Ông bà muốn làm gì?"))
        take = self.button(
            self.tr("Lấy số"), "take", Go.SERVICES, kind="main", sign="ticket", size_mm=TITLE_MM
        )
        dossiers = self.button(
            self.tr("Xem hồ sơ của tôi"), "dossiers", Go.DOSSIERS, sign="dossiers"
        )
        rate = self.button(self.tr("Đánh giá phục vụ"), "rate", Go.RATE, sign="tick")
        row = QHBoxLayout()
        row.setSpacing(look.measures.gap)
        row.addWidget(dossiers)
        row.addWidget(rate)
        self.body.addWidget(take, 3)
        self.body.addLayout(row, 2)


class DossiersPage(KioskPage):
    """The state of the citizen's own dossiers, as the portal holds them now."""

    spoken = ("kiosk.dossiers",)

    def __init__(self, look: Look, dossiers: Sequence[OwnDossier]) -> None:
        found = bool(dossiers)
        super().__init__(
            look,
            self.tr("Hồ sơ của ông bà")
            if found
            else self.tr("Cổng dịch vụ công chưa có hồ sơ nào của ông bà"),
            self.tr("Chạm vào một hồ sơ để lấy số hoặc đánh giá.") if found else "",
        )
        if not found:
            self.spoken = ("kiosk.no-dossiers",)
            self.body.addStretch(1)
        choices = Choices([Choice(d.code, dossier_words(d)) for d in dossiers], look.measures)
        choices.chosen.connect(self._chosen)
        self.body.addWidget(choices, 4)
        if not found:
            take = self.button(self.tr("Lấy số"), "take", Go.SERVICES, kind="main")
            take.setMaximumHeight(look.measures.pixels(TALLEST_MM))
            self.body.insertWidget(0, take, 2)

        self._dossiers = {dossier.code: dossier for dossier in dossiers}

    @Slot(object)
    def _chosen(self, code: str) -> None:
        dossier = self._dossiers[code]
        if dossier.status is Status.RETURNED:
            self.wanted.emit(Rate(code, 0, dossier.service))
        else:
            self.wanted.emit(OpenDossier(dossier))


class WaitPage(KioskPage):
    """The portal is being asked."""

    spoken = ("kiosk.asking",)

    def __init__(self, look: Look) -> None:
        super().__init__(
            look,
            self.tr("Đang hỏi cổng dịch vụ công…"),
            self.tr("Xin chờ một chút."),
        )
        self.body.addStretch(1)


class SayPage(KioskPage):
    """One thing to know and what can be done now."""

    def __init__(
        self,
        look: Look,
        title: str,
        caption: str,
        *,
        spoken: str,
        ways: Sequence[tuple[str, str, Go]] = (),
        sign: str = "",
    ) -> None:
        super().__init__(look, title, caption)
        self.spoken = (spoken,)
        if sign:
            drawing = Drawing(sign, "primary", look.measures.pixels(50))
            self.body.addWidget(drawing, 1, Qt.AlignmentFlag.AlignCenter)
        for place, (text, name, wish) in enumerate(ways):
            kind = "main" if place == 0 else "plain"
            way = self.button(text, name, wish, kind=kind, size_mm=TITLE_MM)
            way.setMaximumHeight(look.measures.pixels(TALLEST_MM))
            self.body.addWidget(way, 3)
        self.body.addStretch(1)


class RatePage(KioskPage):
    """One tap; no officer is named and none sees it."""

    spoken = ("kiosk.rate",)

    def __init__(self, look: Look, subject: str, service: str = "") -> None:
        super().__init__(
            look,
            self.tr("Ông bà được phục vụ thế nào?"),
            self.tr("Cán bộ không biết ai đã chọn mức nào."),
        )
        self._subject, self._service = subject, service
        m = look.measures
        room = look.height * 2 // 3 - 2 * m.target - 2 * m.gap
        scores = Scores(m, width=look.width, height=room, upright=look.upright)
        scores.chosen.connect(self._chosen)
        self.body.addWidget(scores, 4)
        self.body.addStretch(1)

    @Slot(object)
    def _chosen(self, score: int) -> None:
        self.wanted.emit(Rate(self._subject, score, self._service))


class TakenPage(KioskPage):
    """The number, as large as it can be, and what became of its paper."""

    def __init__(self, look: Look, taken: TicketTaken, outcome: Outcome | None) -> None:
        super().__init__(look, self.tr("Số của ông bà"))
        number = self.line(taken.number, NUMBER_MM, QFont.Weight.Bold)
        number.setObjectName("number")
        self.number = taken.number
        self.add_to_head(number)
        self._paper = self.line("", TITLE_MM, QFont.Weight.DemiBold)
        self._paper.setObjectName("paper")
        self.body.addWidget(self._paper)
        self.body.addWidget(self.line(ahead_words(taken), TITLE_MM))
        done = self.button(self.tr("Xong"), "done", Go.HOME, kind="main", size_mm=TITLE_MM)
        self._again = self.button(
            self.tr("In lại phiếu"), "print_again", PrintAgain(), size_mm=TITLE_MM
        )
        ways = QHBoxLayout()
        ways.setSpacing(look.measures.gap)
        for way, share in ((done, 2), (self._again, 1)):
            way.setMaximumHeight(look.measures.pixels(TALLEST_MM))
            ways.addWidget(way, share)
        self.body.addLayout(ways, 2)
        self.body.addStretch(1)
        self.show_paper(outcome)

    def show_paper(self, outcome: Outcome | None) -> None:
        """Say whether there is paper to take; None while it is being made."""
        clip = "kiosk.taken-paper"
        self._again.setVisible(outcome in {Outcome.UNKNOWN, Outcome.FAILED})
        match outcome:
            case None:
                self._paper.setText(self.tr("Đang in phiếu…"))
            case Outcome.PRINTED | Outcome.TRAY:
                self._paper.setText(self.tr("Lấy phiếu ở khe giấy rồi chờ gọi số."))
            case Outcome.UNKNOWN:
                self._paper.setText(
                    self.tr("Lấy phiếu ở khe giấy. Không thấy phiếu thì xin nhớ số này.")
                )
            case Outcome.FAILED:
                clip = "kiosk.taken-screen"
                self._paper.setText(
                    self.tr("Máy không in được phiếu. Xin nhớ hoặc chụp lại số này.")
                )
            case _:
                assert_never(outcome)
        self.spoken = ("kiosk.taken", *number_clips(self.number), clip)


def printed_again(ticket: PrintJob) -> PrintJob:
    """Return a ticket to be printed once more, marked so that nobody takes it for another."""
    assert isinstance(ticket.paper, TicketPaper)  # noqa: S101 - a kiosk prints nothing else
    paper = replace(ticket.paper, reprint=True)
    return replace(ticket, id=uuid7(), name=f"{ticket.name}-reprint", paper=paper)


def own_words(own: Sequence[OwnTicket]) -> str:
    """Return what is said of the live numbers of somebody; empty when there are none."""
    if not own:
        return ""
    numbers = ", ".join(ticket.number for ticket in own)
    return kiosk_said(OWN).replace("%1", numbers)


def dossier_words(dossier: OwnDossier) -> str:
    """Return one dossier in words: what it is, how it stands, when it is due."""
    return f"{dossier.procedure_name}\n{state_words(dossier)}"


def state_words(dossier: OwnDossier) -> str:
    """Return how a dossier stands and when it is due."""
    told = said(states.STATUSES[dossier.status])
    if dossier.due_at is not None and dossier.status < Status.DONE:
        told += kiosk_said(DUE).replace("%1", written.day(dossier.due_at))
    return told


def ahead_words(taken: TicketTaken) -> str:
    """Return how many stand before this number and how long it will likely take."""
    told = kiosk_said(AHEAD if taken.ahead else FIRST).replace("%1", str(taken.ahead))
    if taken.wait is not None:
        likely = f"{taken.wait.least}–{taken.wait.most}"
        told += " " + kiosk_said(LIKELY).replace("%1", likely)
    return f"{taken.service_name}. {told}"


def kiosk_said(text: str) -> str:
    """Return a marked sentence of the kiosk in the language of the screen."""
    return QCoreApplication.translate("kiosk", text)


OWN = QT_TRANSLATE_NOOP("kiosk", "Ông bà đã có số %1, xin chờ gọi.")
DUE = QT_TRANSLATE_NOOP("kiosk", ", hẹn trả %1")
AHEAD = QT_TRANSLATE_NOOP("kiosk", "Trước ông bà có %1 người.")
FIRST = QT_TRANSLATE_NOOP("kiosk", "Trước ông bà không có ai.")
LIKELY = QT_TRANSLATE_NOOP("kiosk", "Chờ khoảng %1 phút.")
