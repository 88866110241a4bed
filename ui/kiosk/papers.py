"""What the kiosk shows for a paper under its scanner: a receipt, or a ticket of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from ui.kiosk.choices import TALLEST_MM
from ui.kiosk.measures import TITLE_MM
from ui.kiosk.page import KioskPage, Look
from ui.kiosk.pages import state_words
from ui.kiosk.wishes import CheckIn, ComeBack, Go, Rate

if TYPE_CHECKING:
    from counter.hall import OwnTicket
    from counter.kiosk import OwnDossier, ScannedPaper


class ReceiptPage(KioskPage):
    """How the dossier of a receipt stands, without saying whose it is, and what can be done.

    Args:
        dossier: As the portal holds it; None when the portal does not know it or is silent.
        is_silent: The portal did not answer.
    """

    spoken = ("kiosk.dossier",)

    def __init__(
        self, look: Look, paper: ScannedPaper, dossier: OwnDossier | None, *, is_silent: bool
    ) -> None:
        if dossier is not None:
            title, caption = dossier.procedure_name, f"{paper.code}\n{state_words(dossier)}"
        elif is_silent:
            title = self.tr("Chưa hỏi được cổng dịch vụ công")
            caption = self.tr(
                "Mạng đang gián đoạn nên chưa xem được hồ sơ. Ông bà vẫn lấy được số."
            )
        else:
            title = self.tr("Cổng dịch vụ công chưa có hồ sơ này")
            caption = self.tr("Giấy mới in có thể chưa lên tới cổng. Ông bà vẫn lấy được số.")
        super().__init__(look, title, caption)
        if is_silent:
            self.spoken = ("kiosk.offline",)
        service = paper.service or (dossier.service if dossier else "")
        take = self.button(
            self.tr("Lấy số"),
            "take",
            CheckIn(paper.code, service) if service else Go.SERVICES,
            kind="main",
            sign="ticket",
            size_mm=TITLE_MM,
        )
        self.body.addWidget(take, 3)
        row = QHBoxLayout()
        row.setSpacing(look.measures.gap)
        if service:
            row.addWidget(
                self.button(
                    self.tr("Đánh giá phục vụ"),
                    "rate",
                    Rate(paper.code, 0, service),
                    sign="tick",
                )
            )
        row.addWidget(self.button(self.tr("Xong"), "done", Go.HOME))
        self.body.addLayout(row, 2)


class TicketPage(KioskPage):
    """How a number of today stands; whoever was laid aside says here that they are back."""

    def __init__(self, look: Look, ticket: OwnTicket) -> None:
        where = ticket.counter or ""
        is_held = ticket.state == "held"
        caption = {
            "called": self.tr("Mời ông bà đến %1 ngay.").replace("%1", where),
            "held": self.tr("Ông bà đã quay lại thì chạm nút dưới đây, %1 sẽ gọi.").replace(
                "%1", where
            ),
        }.get(ticket.state, self.tr("Số này đang chờ, xin nghe gọi số."))
        super().__init__(look, self.tr("Số %1").replace("%1", ticket.number), caption)
        self.spoken = ("kiosk.own-ticket",)
        if is_held:
            back = self.button(
                self.tr("Tôi đã quay lại"),
                "come_back",
                ComeBack(ticket.row),
                kind="main",
                sign="person",
                size_mm=TITLE_MM,
            )
            back.setMaximumHeight(2 * look.measures.pixels(TALLEST_MM))
            self.body.addWidget(back, 3)
        done = self.button(
            self.tr("Xong"), "done", Go.HOME, kind="plain" if is_held else "main", size_mm=TITLE_MM
        )
        done.setMaximumHeight(look.measures.pixels(TALLEST_MM))
        self.body.addWidget(done, 2)
        self.body.addStretch(1)
