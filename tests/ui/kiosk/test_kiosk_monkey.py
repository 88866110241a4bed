"""Ten thousand touches, cards, codes and faults in any order leave a kiosk that serves."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from counter.errors import CardPulled, PortalSilent, PrinterOutOfPaper, QueueAway
from counter.ports import (
    CardEvent,
    CardFailed,
    CardOpening,
    CardRead,
    Outcome,
    PaperEvent,
    PaperFailed,
    PaperMade,
    PrinterState,
)
from devices.codes import read_code
from tests.conftest import ExpectedLog
from tests.ui import citizens
from tests.ui.fake_hall import BOOKING, DOSSIERS
from tests.ui.kiosk.conftest import Kiosk
from ui.kiosk.pages import HomePage
from ui.kiosk.ticket_talk import TicketTalk
from ui.kiosk.window import KioskWindow

QR = "001099012345|012345678|Nguyễn Văn Thử|31011999|Nam|Thôn Đông, Xã Thử|10052021"


def happen(kiosk: Kiosk, chance: Random) -> None:
    """Let one thing happen, likely or not."""
    window, hall = kiosk.window, kiosk.hall
    left = Qt.MouseButton.LeftButton
    what = chance.randrange(20)
    if what < 9:
        QTest.mouseClick(chance.choice(kiosk.buttons()), left)
    elif what < 11:
        place = QPoint(chance.randrange(window.width()), chance.randrange(window.height()))
        QTest.mouseClick(window.childAt(place) or window, left)
    elif what == 11:
        QTest.keyClick(window, chance.choice([Qt.Key.Key_A, Qt.Key.Key_Escape, Qt.Key.Key_F4]))
    elif what in {12, 13}:
        read = CardRead(citizens.reading(citizens.THU, authenticity=citizens.AUTHENTIC))
        cards: list[CardEvent] = [read, read, CardOpening(0.5), CardFailed(CardPulled())]
        window.on_card(chance.choice(cards))
    elif what in {14, 19}:
        codes = [QR, BOOKING, "A012-261125", "???", "", "H55.242-261010-0012", "x" * 300]
        window.on_code(read_code(chance.choice(codes)))
    elif what == 15:
        error = chance.choice([None, PrinterOutOfPaper()])
        window.on_paper(PrinterState("tickets", "in", error))
    elif what == 16 and kiosk.hands.jobs:
        job = kiosk.hands.jobs[-1].id
        papers: list[PaperEvent] = [
            PaperMade(job, Outcome.PRINTED, "in"),
            PaperFailed(job, PrinterOutOfPaper()),
        ]
        window.on_paper(chance.choice(papers))
    elif what == 17:
        hall.failing = chance.choice([None, QueueAway()])
        hall.silent = chance.choice([None, PortalSilent()])
        hall.dossiers = chance.choice([(), DOSSIERS])
    else:
        for _ in range(chance.randrange(30)):
            window.quiet.tick()
    if chance.random() < 0.2:
        kiosk.settle()


def play(kiosk: Kiosk, events: int, seed: int) -> None:
    """Let *events* happen, then begin anew and take one number as always."""
    chance = Random(seed)
    for _ in range(events):
        happen(kiosk, chance)
        assert kiosk.window.isVisible()
    kiosk.hall.failing = None
    kiosk.settle()
    kiosk.window.begin_anew()
    kiosk.settle()
    before = len(kiosk.hall.taken)

    kiosk.touch("take")
    kiosk.touch("choice-A")

    assert len(kiosk.hall.taken) == before + 1
    assert kiosk.hall.taken[-1][1] is None, "the number was taken for the citizen before"
    assert kiosk.said("number").startswith("A")
    kiosk.touch("home")
    assert kiosk.window.findChild(HomePage) is not None
    assert "Nguyễn Văn" not in kiosk.everything_shown()


@pytest.mark.slow
def test_whatever_is_touched_the_kiosk_goes_on(
    closed_kiosk: Kiosk, expected_log: ExpectedLog
) -> None:
    expected_log.allow("a number that nobody heard stays in the queue")
    closed_kiosk.open(may_close=False)

    play(closed_kiosk, 150, seed=1)


def keep_citizen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a kiosk that begins anew still know the citizen before."""
    begin_anew = KioskWindow.begin_anew

    def begin_anew_knowing(window: KioskWindow) -> None:
        known = window.person
        begin_anew(window)
        window.person = known

    monkeypatch.setattr(KioskWindow, "begin_anew", begin_anew_knowing)


def stay_taking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a refused number keep the kiosk waiting for it for good."""
    refused = TicketTalk._refused

    def refused_for_good(talk: TicketTalk, error: BaseException) -> None:
        refused(talk, error)
        monkeypatch.setattr(TicketTalk, "give", lambda *_: None)

    monkeypatch.setattr(TicketTalk, "_refused", refused_for_good)


@pytest.mark.slow
@pytest.mark.parametrize("spoil", [keep_citizen, stay_taking])
def test_a_kiosk_spoiled_on_purpose_is_found_out(
    closed_kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, spoil: Callable[..., None]
) -> None:
    spoil(monkeypatch)
    closed_kiosk.open(may_close=False)

    with pytest.raises(AssertionError):
        play(closed_kiosk, 150, seed=1)


@pytest.mark.prove
def test_ten_thousand_events_leave_a_kiosk_that_serves(
    closed_kiosk: Kiosk, expected_log: ExpectedLog
) -> None:
    expected_log.allow("a number that nobody heard stays in the queue")
    closed_kiosk.open(may_close=False)

    play(closed_kiosk, 10_000, seed=2026)
