"""Officers of an invented desk, and what they type to sit down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPushButton

from counter.cards import CardReading
from counter.errors import AnotherCard, OfficerCardNeeded, OwnPasswordFirst, WeakPassword
from ui.officer.chair_state import ChairHands, SignInAsked

if TYPE_CHECKING:
    from tests.ui.conftest import Office

PASSWORD = "cổng làng buổi sớm"


class FakeChair:
    """Officers of an invented desk."""

    name = "Đỗ Văn Thử"

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.refusal: Exception | None = None
        self.left: list[bool] = []
        self.own: CardReading | None = None
        self.is_initial = False
        self.weak: tuple[str, ...] = ()
        self.cards: list[CardReading | None] = []

    def hands(self) -> ChairHands:
        return ChairHands(self.sign_in, self.make_first, self.left.append, self.change_password)

    def sign_in(self, asked: SignInAsked) -> str:
        self.asked.append((asked.account, asked.password, *filter(None, (asked.new,))))
        self.cards.append(asked.card)
        if self.refusal is not None:
            raise self.refusal
        if self.is_initial and not asked.new:
            raise OwnPasswordFirst
        if asked.new in self.weak:
            raise WeakPassword
        if self.own is not None and asked.card is None:
            raise OfficerCardNeeded
        if self.own is not None and asked.card is not self.own:
            raise AnotherCard
        return self.name

    def make_first(self, account: str, name: str, password: str) -> str:
        self.asked.append((account, name, password))
        return name

    def change_password(self, old: str, new: str) -> None:
        self.asked.append((old, new))
        if self.refusal is not None:
            raise self.refusal


def type_in(office: Office, **fields: str) -> None:
    for name, text in fields.items():
        line = office.find(name)
        assert isinstance(line, QLineEdit)
        line.setText(text)


def go(office: Office) -> None:
    button = office.find("sign_in")
    assert isinstance(button, QPushButton)
    button.click()
    office.settle()


def sit_down(office: Office) -> None:
    type_in(office, account="cb-0007", password=PASSWORD)
    go(office)
