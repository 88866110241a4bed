"""The levers of the demonstration: cards are laid down, paper runs out, the portal falls silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from program import RESOURCES

if TYPE_CHECKING:
    from program.officer import WindowDesk
    from program.rooms import Rooms
    from ui.demo_panel import DemoLevers


def levers_of(rooms: Rooms, desk: WindowDesk) -> DemoLevers:
    """Return the levers of the demonstration; none of them keeps the window waiting."""
    from devices.card.demo import demo_cards
    from devices.codes import read_code
    from ui.demo_panel import DemoCitizen, DemoLevers

    slot, paper, sandbox = rooms.slot, rooms.paper, rooms.sandbox
    assert slot is not None  # noqa: S101 - the demonstration has one
    assert paper is not None  # noqa: S101 - and the other
    cards = demo_cards(RESOURCES / "demo" / "cards")

    def portal(on: bool) -> None:
        if sandbox is not None:
            desk.do(sandbox.switch_on if on else sandbox.switch_off)

    return DemoLevers(
        citizens=tuple(DemoCitizen(c.name, c.number.last_six) for c in cards),
        lay_card=lambda place: desk.do(lambda: slot.insert(cards[place].chip())),
        lift_card=slot.remove,
        scan_qr=lambda place: desk.scanned(read_code(cards[place].qr_text)),
        reader=lambda on: slot.plug() if on else slot.unplug(),
        portal=portal,
        paper=lambda on: paper.put_paper_in() if on else paper.take_paper_out(),
    )
