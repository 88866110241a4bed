"""The page of the desk's data, joined with the desk."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from counter.citizen_data import Citizen, Named, OfDossier

if TYPE_CHECKING:
    from counter.ports import PrintJob
    from counter.work import DeskWork
    from ui.officer.data.page import DataPage, PersonAsked
    from ui.officer.surroundings import Surroundings


class DataTalk(QObject):
    """Lets a citizen's data be handed over and put right, and the key be changed."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around

    @cached_property
    def page(self) -> DataPage:
        """What the desk keeps."""
        from ui.officer.data.page import DataPage

        page = DataPage(self._around.frame.pages)
        page.person_asked.connect(self._export)
        page.paper_asked.connect(self._print)
        page.correct_asked.connect(self._find)
        page.dossier_picked.connect(self._around.correct)
        page.key_asked.connect(self._change_key)
        return page

    def opened(self) -> None:
        """Give the number the keyboard."""
        self.page.focus()

    @Slot(object)
    def _export(self, asked: PersonAsked) -> None:
        def done(count: int) -> None:
            self.page.show_saved(count, asked.path.name)

        def write(desk: DeskWork) -> int:
            if asked.path.suffix.lower() == ".json":
                return desk.data().export_person(asked.citizen, asked.path, identity_checked=True)
            count, job = _paper(desk, asked.citizen)
            self._around.hands.save(job, asked.path)
            return count

        self._around.asking.ask(write, done, self.page.refuse)

    @Slot(object)
    def _print(self, citizen: Citizen) -> None:
        def done(made: tuple[int, PrintJob]) -> None:
            self._around.put(made[1])
            self.page.show_printed()

        self._around.asking.ask(lambda desk: _paper(desk, citizen), done, self.page.refuse)

    @Slot(object)
    def _find(self, citizen: Citizen) -> None:
        match citizen:
            case OfDossier(words) | Named(words):
                pass
            case _:
                words = citizen.digits
        self._around.asking.ask(
            lambda desk: desk.find_dossiers(words),
            self.page.show_dossiers,
            self.page.refuse,
        )

    @Slot()
    def _change_key(self) -> None:
        def done(_none: None) -> None:
            self.page.show_key_asked()

        self._around.asking.ask(lambda desk: desk.data().ask_for_new_key(), done, self.page.refuse)


def _paper(desk: DeskWork, citizen: Citizen) -> tuple[int, PrintJob]:
    """Return how many dossiers the desk keeps of a citizen, and the paper that tells all of it."""
    from ui.officer.data.kept_words import person_facts

    data = desk.data()
    record = data.read_person(citizen, identity_checked=True)
    return record.count, data.job(person_facts(record))
