"""Whether the person at the desk brings another's dossier, and whose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ui.said import said

if TYPE_CHECKING:
    from counter.parties import Submitter
    from counter.visits import BehalfTyped
    from counter.work import Applicant
    from ui.officer.receive.behalf_form import Behalf
    from ui.officer.receive.identity import IdentityPanel


class OnBehalf(QObject):
    """Asks whose dossier it is, and says so beside the person.

    Signals:
        changed: Nothing; the dossier is another's now, or the person's own again.
    """

    changed = Signal()

    def __init__(self, identity: IdentityPanel) -> None:
        super().__init__(identity)
        self._identity = identity
        self._behalf: Behalf | None = None
        identity.behalf_asked.connect(self.ask)
        identity.begun_again.connect(self._end)

    @property
    def owner(self) -> Applicant | None:
        """Whose dossier it is, None when it is the person's own."""
        return self._behalf.applicant if self._behalf else None

    def typed(self) -> BehalfTyped | None:
        """Return in words whose dossier it is, None when it is the person's own."""
        if self._behalf is None:
            return None
        from counter.visits import BehalfTyped

        behalf = self._behalf
        return BehalfTyped.of(behalf.applicant, behalf.relation, behalf.authorisation)

    def put_back(self, typed: BehalfTyped | None) -> None:
        """Let the dossier be whose it was before."""
        if typed is None:
            self.take(None)
            return
        from ui.officer.receive.behalf_form import Behalf

        self.take(Behalf(typed.read(), typed.relation, typed.authorisation))

    def parties(self, person: Applicant) -> tuple[Applicant, Submitter | None]:
        """Return whose dossier it is and who brings it, given who sits here."""
        if self._behalf is None:
            return person, None
        from counter.parties import Submitter

        behalf = self._behalf
        return behalf.applicant, Submitter(person, behalf.relation, behalf.authorisation)

    @Slot()
    def ask(self) -> None:
        """Ask whose dossier it is that the person here brings."""
        if not self._identity.is_known() or self._identity.is_locked:
            return
        from ui.officer.receive.behalf_form import BehalfForm

        form = BehalfForm(self._identity.brings(), self._behalf, self._identity.window())
        form.asked.connect(self.take)
        form.finished.connect(form.deleteLater)
        form.open()

    @Slot(object)
    def take(self, behalf: Behalf | None) -> None:
        """Let the dossier be another's, or the person's own again."""
        if behalf == self._behalf:
            return
        self._behalf = behalf
        told = ""
        if behalf is not None:
            from ui import states

            told = self.tr("Nộp thay: %1 – %2").replace("%1", behalf.applicant.full_name)
            told = told.replace("%2", said(states.RELATIONS[behalf.relation]))
        self._identity.show_behalf(told)
        self.changed.emit()

    @Slot()
    def _end(self) -> None:
        self.take(None)
