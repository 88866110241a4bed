"""Acts on dossiers, joined: what can be done is asked, the form shown, the act done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from counter.acts import ActKind
from counter.cards import Can, CardSecrets
from counter.ports import CardRead, CardTextRead
from counter.work import Change
from ui import states, written
from ui.officer.acts.code_watch import CodeWatch
from ui.officer.acts.collect_form import CollectForm
from ui.officer.acts.form import ActAsked, ActForm
from ui.said import said

if TYPE_CHECKING:
    from counter.acted import Acted, Possible
    from counter.cards import QrText
    from counter.ports import CardEvent, PrintJob
    from counter.work import DossierView
    from ui.officer.acts.menu import ActsMenu
    from ui.officer.asking import Asking
    from ui.officer.hands import Hands
    from ui.officer.payments_talk import PaymentsTalk
    from ui.officer.second_talk import SecondTalk
    from ui.parts.notice import NoticeBar


class ActsTalk(QObject):
    """Takes one dossier's acts from the menu to the desk.

    Signals:
        collected: The code of a dossier whose fee was taken.

    Args:
        put: Prints a paper.
        changed: Called with what an act changed.
        returned: Called with the code of a dossier whose result was given back.
        again: Called with the code of a voided dossier that is to be received anew.
        second: The screen that faces the citizen.
        payments: Payments by VietQR, for the cashier's step.
    """

    collected = Signal(str)

    def __init__(
        self,
        menu: ActsMenu,
        asking: Asking,
        hands: Hands,
        notice: NoticeBar,
        *,
        put: Callable[[PrintJob], object],
        changed: Callable[[Change], object],
        returned: Callable[[str], object],
        again: Callable[[str], object],
        payments: PaymentsTalk,
        second: SecondTalk,
    ) -> None:
        super().__init__(menu)
        self._menu, self._asking, self._hands = menu, asking, hands
        self._notice, self._put, self._changed = notice, put, changed
        self._returned, self._again = returned, again
        self._payments, self._second = payments, second
        self._form: ActForm | CollectForm | None = None
        self._view: DossierView | None = None
        menu.chosen.connect(self._open)

    @property
    def form(self) -> ActForm | CollectForm | None:
        """The form that is open."""
        return self._form

    def show_dossier(self, view: DossierView) -> None:
        """Ask what can be done with the dossier that is shown."""
        self._view = view
        self._menu.forget()
        code = view.line.code

        def show(possible: Possible) -> None:
            if self._view is not None and self._view.line.code == code:
                self._menu.show_possible(possible)

        self._asking.ask(lambda desk: desk.possible(code), show)

    def collect(self, possible: Possible) -> None:
        """Open the cashier's step for a dossier, or say why there is none."""
        code = possible.code
        if ActKind.COLLECT in possible.acts:
            self._begin(ActKind.COLLECT, possible)
        elif possible.owed:
            told = self.tr("Hồ sơ %1 còn phải thu %2; việc thu do thủ quỹ làm.")
            owed = written.money(possible.owed)
            self._notice.say("info", told.replace("%1", code).replace("%2", owed))
        else:
            told = self.tr("Hồ sơ %1 không còn khoản nào phải thu.")
            self._notice.say("good", told.replace("%1", code))
            self.collected.emit(code)

    def give_back(self, possible: Possible, done: Callable[[], object]) -> None:
        """Open the form that gives money back, or say why there is none.

        Args:
            done: Called once it is given back.
        """
        if ActKind.GIVE_BACK not in possible.acts:
            told = self.tr("Hồ sơ %1: việc trả lại tiền do người thu tiền hoặc lãnh đạo làm.")
            self._notice.say("info", told.replace("%1", possible.code))
            return
        form = self._begin(ActKind.GIVE_BACK, possible)
        if form is not None:
            form.accepted.connect(done)

    def correct(self, view: DossierView, possible: Possible) -> None:
        """Open the form that puts right what was keyed wrong, or say why there is none."""
        self._view = view
        self._menu.show_possible(possible)
        if ActKind.CORRECT in possible.acts:
            self._open(ActKind.CORRECT)
            return
        told = self.tr(
            "Hồ sơ %1 không đính chính ở quầy này được: đã kết thúc, hoặc thuộc nơi khác. "
            "Hãy ghi yêu cầu vào ghi chú và báo đơn vị giải quyết."
        )
        self._notice.say("info", told.replace("%1", possible.code))

    def on_card(self, event: CardEvent) -> bool:
        """Let a card fill the form of a return; say whether it did."""
        if self._form is None or self._form.given is None:
            return False
        if isinstance(event, CardTextRead):
            self._form.given.show_card(event.text, proven=True)
        return isinstance(event, CardTextRead | CardRead)

    def on_qr(self, qr: QrText) -> bool:
        """Let the QR of a card open its chip for the form of a return; say whether it did."""
        if self._form is None or self._form.given is None:
            return False
        self._form.given.show_card(qr, proven=False)
        self._hands.expect(CardSecrets(can=Can.of(qr.id_number), told=qr))
        return True

    @Slot(object)
    def _open(self, kind: ActKind) -> None:
        if self._menu.possible is not None and self._view is not None:
            self._begin(kind, self._menu.possible, self._view)

    def _begin(
        self, kind: ActKind, possible: Possible, view: DossierView | None = None
    ) -> ActForm | CollectForm | None:
        """Open the form of an act; return it, None while another is open.

        Args:
            view: The dossier as it is shown; None for an act whose form names nobody but the
                applicant, so that the dossier need not be read for it.
        """
        if self._form is not None:
            return None
        window = self._menu.window()
        number = view.applicant.number if view else None
        parent = window if isinstance(window, QWidget) else None
        form: ActForm | CollectForm
        if kind is ActKind.COLLECT:
            form = CollectForm(possible, self._hands.encode, parent)
            CodeWatch(
                form,
                possible.dossier_id,
                asking=self._asking,
                hands=self._hands,
                payments=self._payments,
                second=self._second,
                put=self._put,
            )
        else:
            people = (view.applicant, view.submitter) if view else None
            form = ActForm(kind, possible, people, parent)
        form.asked.connect(self._act)
        form.finished.connect(self._closed)
        self._form = form
        if form.given is not None and number is not None:
            self._hands.expect(CardSecrets(can=Can.of(number), told=number))
        form.open()
        return form

    @Slot(object)
    def _act(self, asked: ActAsked) -> None:
        self._asking.ask(
            lambda desk: desk.act(asked.dossier_id, asked.act, asked.confirmed),
            self._acted,
            self._refused,
        )

    def _acted(self, acted: Acted) -> None:
        form = self._form
        if form is not None:
            told = said(states.ACTS[form.kind])
            number = f" · {acted.number}" if acted.number else ""
            self._notice.say("good", f"{told}: {acted.code}{number}")
            form.accept()
            if form.kind is ActKind.RETURN_RESULT:
                self._returned(acted.code)
            if isinstance(form, ActForm) and form.is_again:
                self._again(acted.code)
            elif form.kind is ActKind.COLLECT:
                self.collected.emit(acted.code)
        for job in acted.jobs:
            self._put(job)
        self._hands.wake()
        self._changed(acted.changed)

    def _refused(self, error: BaseException) -> None:
        if self._form is None:
            self._notice.complain(error)
        else:
            self._form.refuse(error)

    @Slot()
    def _closed(self) -> None:
        form, self._form = self._form, None
        if form is not None:
            if form.given is not None:
                self._hands.expect(None)
            form.deleteLater()
