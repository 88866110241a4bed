"""What a talk finds around it in the window: whom to ask, where to speak, how to print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter.cards import CardSecrets
    from counter.ports import PrintJob
    from counter.work import Change
    from ui.bridge import Bridge
    from ui.officer.asking import Asking
    from ui.officer.card_turn import CardTurn
    from ui.officer.frame import Frame
    from ui.officer.hands import Hands
    from ui.officer.receive.page import ReceivePage
    from ui.officer.second_talk import SecondTalk
    from ui.parts.notice import NoticeBar


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Given to every talk: the class that joins one page with the desk.

    A talk makes its page when that is first wanted, so that the first window is there at once.

    Attributes:
        bridge: Does work on the counter's thread that is not asked of the desk.
        asking: Asks the desk.
        hands: Reaches the other rooms.
        frame: Holds the pages.
        notice: Says something over the page.
        put: Prints a paper.
        changed: Asks again for what an act has named as changed.
        show_page: Shows a page by its number in ``places``.
        look_up: Uses a scanned code, whatever it is.
        correct: Lists what was keyed wrong in the dossier with a code, to be put right.
        receive: The reception page, which knows whose card was read and which number is here.
        second: The screen that faces the citizen, where there is one.
        cards: Lets a form hear of cards before the reception does.
        expect: Opens the card that lies there or comes next; None forgets, the reception too.
    """

    bridge: Bridge
    asking: Asking
    hands: Hands
    frame: Frame
    notice: NoticeBar
    put: Callable[[PrintJob], object]
    changed: Callable[[Change], object]
    show_page: Callable[[int], object]
    look_up: Callable[[str], None]
    correct: Callable[[str], None]
    receive: ReceivePage
    second: SecondTalk
    cards: CardTurn
    expect: Callable[[CardSecrets | None], object]
