"""The registers' page joined with the desk."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from counter.values import local_day

if TYPE_CHECKING:
    from counter.papers.desk import CertifiedBookFacts
    from counter.papers.law import RegisterFacts
    from ui.officer.registers_page import FileAsked, RegisterAsked, RegistersPage
    from ui.officer.surroundings import Surroundings


class RegistersTalk(QObject):
    """Reads, writes and prints the registers."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around

    @cached_property
    def page(self) -> RegistersPage:
        """The registers."""
        from ui.officer.registers_page import RegistersPage

        today = local_day(self._around.hands.clock())
        page = RegistersPage(today, self._around.frame.pages)
        page.asked.connect(self._read)
        page.file_asked.connect(self._write)
        page.print_asked.connect(self._print)
        return page

    def opened(self) -> None:
        """Show the register of the days that stand there, and give them the keyboard."""
        self.page.ask()
        self.page.focus()

    @Slot(object)
    def _read(self, asked: RegisterAsked) -> None:
        def show(facts: RegisterFacts | CertifiedBookFacts) -> None:
            self.page.show_register(facts)

        if asked.certified:
            self._around.asking.ask(
                lambda desk: desk.registers().certified(asked.first, asked.last),
                show,
                self.page.refuse,
            )
        else:
            self._around.asking.ask(
                lambda desk: desk.registers().dossiers(asked.first, asked.last),
                show,
                self.page.refuse,
            )
            self._around.asking.ask(
                lambda desk: desk.registers().scores(asked.first, asked.last),
                self.page.show_scores,
                self.page.refuse,
            )

    @Slot(object)
    def _write(self, asked: FileAsked) -> None:
        path = Path(asked.path)

        def done(count: int) -> None:
            told = self.tr("Đã ghi %1 dòng vào %2.")
            self.page.say("good", told.replace("%1", str(count)).replace("%2", path.name))

        self._around.asking.ask(
            lambda desk: desk.registers().write(asked.facts, path), done, self.page.refuse
        )

    @Slot(object)
    def _print(self, facts: RegisterFacts | CertifiedBookFacts) -> None:
        self._around.asking.ask(
            lambda desk: desk.registers().job(facts), self._around.put, self.page.refuse
        )
