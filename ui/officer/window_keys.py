"""The keys of the officer's window, all in one list; the page of help and the tiles tell them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.officer.further import further, key_of
from ui.officer.places import CARRY, DOSSIERS, PORTAL, QUEUE, RECEIVE, places
from ui.parts.keys import on_key

if TYPE_CHECKING:
    from ui.officer.window import OfficerWindow


class WindowKeys:
    """What each key does; some mean what the shown page makes of them."""

    def __init__(self, window: OfficerWindow) -> None:
        self._window = window
        for number, place in enumerate(places()):
            on_key(place.key, window, partial(window.show_page, number))
        for number, page in enumerate(further()):
            if key := key_of(number):
                on_key(key, window, partial(window.open_further, page.name))
        receive = window.receive
        for key, act in (
            ("F5", window.hands.send_now),
            ("F8", window.hall.call_next),
            ("Shift+F8", self._call_again),
            ("Ctrl+F8", self._hold),
            ("Ctrl+Shift+F8", self._pass_on),
            ("Alt+F8", self._finish),
            ("Ctrl+Shift+F9", self._miss),
            ("Ctrl+Shift+H", self._book),
            ("Alt+H", window.frame.helps.go),
            ("F9", self._receive),
            ("Ctrl+F9", receive.add_dossier),
            ("F10", window.reception.next_visit),
            ("Shift+F10", self._park),
            ("Ctrl+F10", self._resume),
            ("F11", self._acts),
            ("F12", window.frame.scan.begin),
            ("Esc", self._escape),
            ("Ctrl+G", self._send_again),
            ("Ctrl+P", self._print),
            ("Ctrl+N", receive.identity.type_by_hand),
            ("Ctrl+Shift+N", receive.behalf.ask),
            ("Ctrl+D", receive.another_person),
            ("Ctrl+E", self._tick_all),
            ("Ctrl+Return", self._go),
            ("Ctrl+U", self._guide),
            ("Ctrl+R", self._refuse),
            ("Ctrl+Shift+B", self._key_late),
            ("Ctrl+T", receive.procedure.take_back),
            ("Ctrl+J", receive.declaring.toggle),
            ("Ctrl+Shift+P", self._print_blank),
            ("Ctrl+Shift+F", self._files),
            ("Ctrl+L", self._take_ticket),
            ("Ctrl+K", window.devices_talk.check),
            ("Ctrl+Shift+L", window.leave_chair),
            ("Ctrl+I", partial(window.open_further, "trust")),
        ):
            on_key(key, window, act)

    @property
    def _shown(self) -> int:
        return self._window.frame.shown

    def _call_again(self) -> None:
        self._window.hall.numbers.call_again()

    def _hold(self) -> None:
        self._window.hall.numbers.hold()

    def _pass_on(self) -> None:
        self._window.hall.offer_places()

    def _finish(self) -> None:
        self._window.hall.numbers.finish()

    def _miss(self) -> None:
        self._window.hall.numbers.miss()

    def _book(self) -> None:
        if self._shown == QUEUE:
            self._window.queue.book()

    def _key_late(self) -> None:
        if self._shown == RECEIVE:
            self._window.reception.late.begin()

    def _park(self) -> None:
        self._window.show_page(RECEIVE)
        self._window.reception.visits.park()

    def _resume(self) -> None:
        self._window.show_page(RECEIVE)
        self._window.reception.visits.resume()

    def _send_again(self) -> None:
        self._window.portal.send_again()

    def _tick_all(self) -> None:
        self._window.receive.papers.tick_all()

    def _take_ticket(self) -> None:
        self._window.queue.take()

    def _receive(self) -> None:
        if self._shown == RECEIVE:
            self._window.receive.receive()

    def _go(self) -> None:
        if self._shown == DOSSIERS:
            self._window.dossiers.detail.acts.begin()
        elif self._shown == CARRY:
            self._window.carry.go()
        elif self._shown == PORTAL:
            self._window.portal.open_chosen()
        else:
            self._receive()

    def _guide(self) -> None:
        if self._shown == RECEIVE:
            self._window.reception.guide()

    def _print_blank(self) -> None:
        if self._shown == RECEIVE:
            self._window.reception.declaring.print_blank()

    def _refuse(self) -> None:
        if self._shown == RECEIVE:
            self._window.reception.refuse()

    def _files(self) -> None:
        if self._shown == DOSSIERS:
            self._window.dossiers.detail.open_files()

    def _acts(self) -> None:
        if self._shown == DOSSIERS:
            self._window.dossiers.detail.acts.open()
        elif self._shown == RECEIVE and self._window.receive.is_done:
            self._window.receive.received.take_fee()

    def _print(self) -> None:
        """Print what is due: a receipt once more, or the declaration before there is one."""
        if self._shown == DOSSIERS:
            self._window.dossiers_talk.reprint()
        elif self._window.receive.is_done:
            self._window.receive.received.reprint.emit()
        elif self._shown == RECEIVE:
            self._window.receive.declaring.print_draft()

    def _escape(self) -> None:
        if self._window.frame.scan.isVisible():
            self._window.frame.scan.leave()
        else:
            self._window.notice.clear()
