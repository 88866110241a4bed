"""What one officer had open is not for the next, whose roles may not let it be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.officer.places import CARRY, TODAY

if TYPE_CHECKING:
    from ui.officer.window import OfficerWindow

REMADE = (("day_talk", TODAY), ("carry_talk", CARRY))
"""Talks, with the places of their pages, that are made anew when they are wanted again."""


def forget_pages(window: OfficerWindow) -> None:
    """Leave nothing of what the last officer saw; each page asks anew for whoever sits here.

    What was typed of a visit stays kept, for those who may receive.
    """
    window.notice.clear()
    window.reception.visits.leave_to_another()
    window.dossiers_talk.forget()
    window.portal_talk.page.show_messages(())
    if "more_talk" in vars(window):
        window.more_talk.forget()
    for name, place in REMADE:
        talk = vars(window).pop(name, None)
        if talk is not None:
            window.frame.put(place, QWidget(window.frame.pages))
            talk.deleteLater()
