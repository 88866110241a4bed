"""What a citizen asks about: own dossiers, a scanned paper, a laid-aside visit, a rating."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject, Signal

from counter.errors import UnknownCode
from counter.kiosk import PaperKind, ScannedPaper
from ui.kiosk import pages
from ui.kiosk.papers import ReceiptPage, TicketPage
from ui.kiosk.stage import SHOWN_S

if TYPE_CHECKING:
    from counter.hall import OwnTicket
    from counter.kiosk import OwnDossier, Person
    from ui.kiosk.stage import Stage


class DossierTalk(QObject):
    """Asks hall and portal, and shows what they tell.

    Signals:
        booked: Code of a booked time that takes its number at once.
        unknown: Nothing; six digits are needed first.
    """

    booked = Signal(object)
    unknown = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._stage = stage
        self._rating = False

    def forget(self) -> None:
        """Forget that somebody wanted to rate."""
        self._rating = False

    def meet(self, person: Person) -> None:
        """Show what the holder of a card can do today."""
        stage = self._stage
        rooms = stage.rooms
        stage.person = person
        if rooms is not None:
            stage.ask(lambda: rooms.work.own_tickets(person), self._show_person)

    def ask_own(self) -> None:
        """Ask the portal for the dossiers of a citizen whose card proved who it is."""
        stage = self._stage
        rooms, person = stage.rooms, stage.person
        if rooms is None or person is None or person.born is None:
            self.unknown.emit()
            return
        if not person.proven:
            self._say_unproven()
            return
        stage.wait()
        stage.ask_portal(
            lambda: rooms.portal.own_dossiers(person), self._show_dossiers, self._portal_silent
        )

    def show_own(self, dossier: OwnDossier) -> None:
        """Show one of the citizen's own dossiers, as the portal told it."""
        stage = self._stage
        paper = ScannedPaper(dossier.code, PaperKind.DOSSIER, service=dossier.service)
        stage.show_page(lambda: ReceiptPage(stage.look(), paper, dossier, is_silent=False))

    def scan(self, code: str) -> None:
        """Ask what paper this code stands on, and do what it is for."""
        rooms = self._stage.rooms
        if rooms is not None:
            self._stage.ask(lambda: rooms.work.look_at(code), self._show_paper)

    def come_back(self, ticket: int) -> None:
        """Let the counter know that whoever it laid aside is here again."""
        rooms = self._stage.rooms
        if rooms is not None:
            self._stage.ask(lambda: rooms.work.come_back(ticket), self._is_back)

    def begin_rating(self) -> None:
        """Ask what is to be rated: own dossiers, or the paper that is scanned next."""
        person = self._stage.person
        if person is not None and person.proven:
            self.ask_own()
            return
        self._rating = True
        self._stage.say(
            lambda: (
                self.tr("Đưa mã trên giấy hẹn hoặc phiếu số vào máy quét"),
                self.tr("Rồi chạm một mức để đánh giá."),
            ),
            spoken="kiosk.rate-scan",
            sign="qr",
        )

    def ask_score(self, subject: str, service: str = "") -> None:
        """Show the levels to touch."""
        stage = self._stage
        stage.show_page(lambda: pages.RatePage(stage.look(), subject, service))

    def rate(self, subject: str, score: int, service: str) -> None:
        """Write down one answer."""
        rooms = self._stage.rooms
        if rooms is not None:
            self._stage.ask(lambda: rooms.work.rate(subject, score, service), self._thank)

    def _show_person(self, own: tuple[OwnTicket, ...]) -> None:
        stage = self._stage
        person = stage.person
        if person is not None:
            stage.show_page(lambda: pages.CitizenPage(stage.look(), person, own))

    def _show_dossiers(self, dossiers: tuple[OwnDossier, ...]) -> None:
        stage = self._stage
        stage.show_page(lambda: pages.DossiersPage(stage.look(), dossiers))

    def _say_unproven(self) -> None:
        """Say that the chip was read, and that it could be anybody's making."""
        self._stage.say(
            lambda: (
                self.tr("Máy chưa xác nhận được thẻ là thật"),
                self.tr("Nên hồ sơ chưa mở ở đây. Xin quét mã trên giấy hẹn, hoặc hỏi cán bộ."),
            ),
            spoken="kiosk.trouble",
            ways=lambda: (self._stage.take_way(),),
        )

    def _portal_silent(self, _error: BaseException) -> None:
        self._stage.say(
            lambda: (
                self.tr("Chưa hỏi được cổng dịch vụ công"),
                self.tr("Mạng đang gián đoạn. Xin lấy số để cán bộ xem giúp."),
            ),
            spoken="kiosk.offline",
            ways=lambda: (self._stage.take_way(),),
        )

    def _show_paper(self, paper: ScannedPaper) -> None:
        """Do what a scanned paper is for: a booked time takes its number at once."""
        stage = self._stage
        code, ticket = paper.code, paper.ticket
        match paper.kind:
            case PaperKind.BOOKING:
                self.booked.emit(code)
            case PaperKind.TICKET if ticket is not None and ticket.state != "serving":
                stage.show_page(lambda: TicketPage(stage.look(), ticket), done_s=2 * SHOWN_S)
            case PaperKind.TICKET:
                self.ask_score(code)
            case PaperKind.DOSSIER if self._rating and paper.service:
                self.ask_score(code, paper.service)
            case PaperKind.DOSSIER:
                self._ask_state(paper)
            case PaperKind.UNKNOWN:
                stage.say_failed(UnknownCode())
            case _:
                assert_never(paper.kind)

    def _ask_state(self, paper: ScannedPaper) -> None:
        """Ask the portal how the dossier of a receipt stands."""
        stage = self._stage
        rooms = stage.rooms
        if rooms is None:
            return
        stage.wait()

        def show(dossier: OwnDossier | None, *, is_silent: bool = False) -> None:
            stage.show_page(lambda: ReceiptPage(stage.look(), paper, dossier, is_silent=is_silent))

        stage.ask_portal(
            lambda: rooms.portal.dossier(paper.code),
            show,
            lambda _error: show(None, is_silent=True),
        )

    def _thank(self, _none: None) -> None:
        self._stage.say(
            lambda: (self.tr("Cảm ơn ông bà"), self.tr("Ý kiến của ông bà đã được ghi.")),
            spoken="kiosk.thanks",
            ways=self._stage.done_way,
            done_s=SHOWN_S,
        )

    def _is_back(self, _none: None) -> None:
        self._stage.say(
            lambda: (
                self.tr("Quầy đã biết ông bà quay lại"),
                self.tr("Xin ngồi gần quầy, ông bà được gọi trước, không phải xếp hàng lại."),
            ),
            spoken="",
            ways=self._stage.done_way,
            done_s=SHOWN_S,
        )
