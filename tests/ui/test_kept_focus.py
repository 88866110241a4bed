"""Where the keyboard is while an act is asked for, wants the password, and afterwards."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from counter.acts import ActKind
from counter.roster import Service
from tests.ui.conftest import Office
from tests.ui.test_act_forms import at_dossiers, fill, go
from tests.ui.test_people_page import OFFICER, choose, confirm, open_page, press

__all__ = ["at_dossiers"]


def click(office: Office, name: str) -> None:
    """Press a button with the mouse, which gives it the keyboard."""
    office.bot.mouseClick(office.find(name), Qt.MouseButton.LeftButton)
    office.settle()


def keyboard(office: Office) -> str:
    """Return the name of what has the keyboard once the window is in front again."""
    with office.bot.waitActive(office.window):
        office.window.activateWindow()
    here = QApplication.focusWidget()
    return "" if here is None else here.objectName()


def test_the_password_of_a_grave_act_has_the_keyboard_and_gives_it_back(office: Office) -> None:
    open_page(office, OFFICER)
    choose(office, 1)

    click(office, "people_lock")
    while_asked = office.find("confirm_password").hasFocus()
    confirm(office)

    assert while_asked
    assert office.desk.roster.lines["cb-0007"].service is Service.LOCKED
    assert keyboard(office) == "people_lock"


def test_a_wrong_password_is_typed_again_where_it_was(office: Office) -> None:
    open_page(office, OFFICER)
    choose(office, 1)
    click(office, "people_lock")

    confirm(office, "sai")

    line = office.find("confirm_password")
    assert isinstance(line, QLineEdit)
    assert line.hasFocus()
    assert line.text() == ""


def test_after_an_act_the_keyboard_is_at_the_list_and_not_at_the_rail(at_dossiers: Office) -> None:
    at_dossiers.desk.can = (ActKind.HAND_OVER,)
    at_dossiers.window.dossiers.search()
    at_dossiers.settle()
    at_dossiers.settle()
    click(at_dossiers, "act_next")
    fill(at_dossiers, "act_receiver", "Pham Van Mau")
    at_dossiers.desk.can = ()

    go(at_dossiers)
    at_dossiers.settle()

    assert keyboard(at_dossiers) == "dossiers"


def test_an_ended_service_leaves_the_keyboard_with_the_officers(office: Office) -> None:
    open_page(office, OFFICER)
    choose(office, 1)
    click(office, "people_end")
    press(office, "question_go")

    confirm(office)

    assert keyboard(office) == "officers"
