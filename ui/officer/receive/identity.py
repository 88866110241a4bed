"""Step one: who brings the dossier. A card, its QR, or typed by hand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from ui.officer.receive.ask_card import AskCard
from ui.parts.badge import Badge
from ui.parts.section import Section
from ui.parts.stack import Stack

if TYPE_CHECKING:
    from counter.cards import CardReading, ChipText, QrText
    from counter.values import CitizenNumber
    from counter.visits import PersonTyped
    from counter.work import Applicant
    from ui.officer.receive.manual_form import ManualForm
    from ui.officer.receive.person_view import PersonView
    from ui.officer.receive.unit_choice import UnitChoice
    from ui.officer.receive.unit_typing import UnitFinder

WIDTH = 348


class IdentityPanel(Section):
    """The applicant, in whichever way they are known.

    Signals:
        given: A str typed or scanned into the card field.
        changed: Nothing; ``applicant`` may answer differently now.
        begun_again: Nothing; the person was forgotten.
        behalf_asked: Nothing; the person brings somebody else's dossier.
        made: Nothing; a part that is only made when it is wanted is there now.
    """

    given = Signal(object)
    changed = Signal()
    begun_again = Signal()
    behalf_asked = Signal()
    made = Signal()

    def __init__(self, finder: UnitFinder, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Người nộp hồ sơ"), step="1", parent=parent)
        self._finder = finder
        self.setFixedWidth(WIDTH)
        self._chip: ChipText | None = None
        self._reading: CardReading | None = None
        self._qr: QrText | None = None
        self._is_typed = False
        self.is_locked = False
        self._ways = Stack(self)
        self.ask_card = AskCard(self._ways)
        self.waiting = Badge()
        self.waiting.setObjectName("card_state")
        self.waiting.hide()
        self.ask_card.given.connect(self.given)
        self.ask_card.by_hand.connect(self.type_by_hand)
        self._ways.addWidget(self.ask_card)
        self.behalf = Badge()
        self.behalf.setObjectName("behalf")
        self.behalf.hide()
        self._other = QPushButton(self.tr("Nộp thay người khác (Ctrl+Shift+N)"))
        self._other.setObjectName("on_behalf")
        self._other.setProperty("role", "quiet")
        self._other.setAccessibleName(self.tr("Người này nộp thay chủ hồ sơ khác"))
        self._other.clicked.connect(self.behalf_asked)
        self._other.hide()
        self.body.addWidget(self.waiting)
        self.body.addWidget(self.behalf)
        self.body.addWidget(self._ways, 1)
        self.body.addWidget(self._other)
        self.changed.connect(self._show_other)
        self.setFocusProxy(self.ask_card.field)

    @cached_property
    def person(self) -> PersonView:
        """The person as card or QR tell; made when it is first wanted."""
        from ui.officer.receive.person_view import PersonView

        view = PersonView(self._ways)
        view.again.connect(self.begin_again)
        self._ways.addWidget(view)
        self.made.emit()
        return view

    @cached_property
    def unit(self) -> UnitChoice:
        """Where the address lies today; made when somebody is first known."""
        from ui.officer.receive.unit_choice import UnitChoice

        choice = UnitChoice(self._finder, self)
        self.body.insertWidget(self.body.indexOf(self._other), choice)
        self.made.emit()
        return choice

    @cached_property
    def manual(self) -> ManualForm:
        """The fields for typing; made when they are first wanted."""
        from ui.officer.receive.manual_form import ManualForm

        form = ManualForm(self._ways)
        form.again.connect(self.begin_again)
        form.changed.connect(self.changed)
        self._finder.serve(form.address)
        self._ways.addWidget(form)
        self.made.emit()
        return form

    def is_empty(self) -> bool:
        """Tell whether nobody is known and nothing was typed."""
        if self._is_typed:
            return self.manual.is_empty()
        return self._chip is None and self._reading is None and self._qr is None

    @property
    def has_photo(self) -> bool:
        """Whether the chip was read to its end."""
        return self._reading is not None

    @property
    def is_from_card(self) -> bool:
        """Whether the person was read from a chip or its QR and not typed."""
        return not self._is_typed and (self._chip is not None or self._qr is not None)

    def known_number(self) -> CitizenNumber | None:
        """Return the number that is known so far, None when none is."""
        if self._chip is not None:
            return self._chip.id_number
        return self._qr.id_number if self._qr is not None else None

    def show_waiting(self, tone: str, sentence: str) -> None:
        """Say beside the title how the card stands."""
        self.waiting.say(tone, sentence, icon="card" if tone in {"info", "muted"} else "")
        self.waiting.setVisible(bool(sentence))

    def show_opening(self, part: float) -> None:
        """Show that the chip is being read."""
        self.person.show_opening(part)

    def show_chip_text(self, text: ChipText) -> None:
        """Show the person while the photo still comes."""
        self._chip, self._reading = text, None
        self.person.show_chip_text(text)
        self._show(self.person)
        self.changed.emit()

    def show_reading(self, reading: CardReading) -> None:
        """Show the person with photo and verdict."""
        self._chip, self._reading = reading.text, reading
        self.person.show_reading(reading)
        self._show(self.person)
        self.changed.emit()

    def show_qr(self, qr: QrText) -> None:
        """Show what the QR says; the chip may follow."""
        self._chip, self._reading, self._qr = None, None, qr
        self.person.show_qr(qr)
        self._show(self.person)
        self.changed.emit()

    def show_interrupted(self, sentence: str) -> None:
        """Say why a reading stopped; what is known stays."""
        self.person.show_interrupted(sentence)

    @Slot()
    def type_by_hand(self) -> None:
        """Offer the fields for typing."""
        self._show(self.manual, is_typed=True)
        self.manual.name.setFocus()
        self.changed.emit()

    @Slot()
    def begin_again(self) -> None:
        """Forget the person and ask for a card."""
        self.forget()
        self.ask_card.field.setFocus()
        self.begun_again.emit()

    def show_behalf(self, told: str) -> None:
        """Say whose dossier the person brings; an empty text says it is their own."""
        self.behalf.say("info", told, icon="person")
        self.behalf.setVisible(bool(told))

    def brings(self) -> str:
        """Return the name of who sits here."""
        return self.manual.name.text().strip() if self._is_typed else self.person.name

    @Slot()
    def _show_other(self) -> None:
        self._other.setVisible(self.is_known() and not self.is_locked)

    def lock(self, locked: bool) -> None:
        """Keep the person as received; nothing of them can be changed while *locked*."""
        self.person.lock(locked)
        self.manual.setEnabled(not locked)
        self.is_locked = locked
        if locked:
            self.unit.ask_no_more()
        self._show_other()

    def forget(self) -> None:
        """Forget the person; nothing of them stays here."""
        self.lock(False)
        self._chip = self._reading = self._qr = None
        self.person.clear()
        self.manual.clear()
        self.ask_card.ask()
        self._show(self.ask_card)
        self.changed.emit()

    def is_forged(self) -> bool:
        """Tell whether the card on hand is not to be trusted."""
        return self._reading is not None and self._reading.authenticity.is_forged

    def is_known(self) -> bool:
        """Tell whether ``applicant`` has somebody to give."""
        if self._is_typed:
            return bool(self.manual.name.text().strip())
        return (self._chip is not None or self._qr is not None) and not self.is_forged()

    @property
    def chip(self) -> ChipText | None:
        """What the chip tells, None when there is none."""
        return None if self._is_typed else self._chip

    def so_far(self, phone: str | None, email: str | None) -> Applicant | None:
        """Return the applicant as far as known, without marking anything as wrong."""
        if self._is_typed:
            return self.manual.so_far(phone, email)
        return self.applicant(phone, email)

    def applicant(self, phone: str | None, email: str | None) -> Applicant | None:
        """Return the applicant, None when nobody is known.

        Raises:
            BadName, BadCitizenNumber, BadDate: A typed field is wrong; it is marked.
        """
        from counter.work import Applicant

        if self._is_typed:
            return self.manual.applicant(phone, email)
        if self.is_forged():
            return None
        if self._chip is not None:
            proven = self._reading.authenticity if self._reading else None
            return Applicant.from_chip(self._chip, proven, phone, email)
        if self._qr is not None:
            return Applicant.from_qr(self._qr, phone, email)
        return None

    def typed(self) -> PersonTyped:
        """Return the person in words, unproven; nobody while a card on hand is not trusted."""
        from counter.visits import PersonTyped

        if self._is_typed:
            return self.manual.typed()
        card = self._chip or self._qr
        if card is None or self.is_forged():
            return PersonTyped()
        return PersonTyped(
            full_name=card.full_name,
            number=card.id_number.digits,
            birth_date=card.date_of_birth.written if card.date_of_birth else "",
            sex=card.sex.value if card.sex else "",
            address=card.place_of_residence or "",
        )

    def take_up(self, person: PersonTyped) -> None:
        """Go on with *person*, who is to be identified anew."""
        self.manual.put(person)
        if not self.manual.is_empty():
            self._show(self.manual, is_typed=True)
            self.changed.emit()

    def _show(self, way: QWidget, *, is_typed: bool = False) -> None:
        self._is_typed = is_typed
        self._ways.setCurrentWidget(way)
