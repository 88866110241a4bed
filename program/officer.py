"""The officer's window with the desk behind it: shown first, opened after."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from counter.errors import DeskError, DiskFull, NotSignedIn, StoreReadOnly
from program import VERSION, faults, trial
from program.chair import Sitting, chair_hands
from program.desk_info import info_of
from program.files import judge_file, save_paper
from program.health import HealthTeller
from program.rooms import Ears, Rooms, anchors_of, data_folder, rooms_open

if TYPE_CHECKING:
    import argparse

    from counter.audit import Entry
    from counter.desk.desk import Desk
    from counter.ports import CodeEvent, Issuers
    from counter.work import Check
    from ui.bridge import Bridge
    from ui.demo_panel import DemoPanel
    from ui.officer.hands import DeskInfo, Hands
    from ui.officer.window import OfficerWindow
    from ui.second.window import SecondScreen

T = TypeVar("T")
FIRST_PAINT_MS = 40
TURN_MS = 30_000
"""From one turn of the desk's housekeeping to the next."""
FORGET_MS = 4_000
"""From one emptying of the database's log to the next: what was deleted is gone in five seconds."""


def run(arguments: argparse.Namespace) -> int:
    """Open the officer's window; it is shown before the desk is."""
    from ui.unread import leave_sources_unread

    leave_sources_unread()
    from PySide6.QtCore import QTimer

    from program.settled import settle
    from ui import theme
    from ui.app import last_words, make_app
    from ui.bridge import Bridge
    from ui.officer.window import OfficerWindow

    app, run = make_app(sys.argv)
    try:
        with suppress(DiskFull, StoreReadOnly), data_folder(arguments).locked():
            pass
    except DeskError as error:
        theme.dress(app)
        box = last_words(error)
        box.finished.connect(app.quit)
        box.open()
        run()
        from ui import terminal

        return terminal.complain(error, as_json=False)
    log = data_folder(arguments).log
    faults.watch(log, VERSION)
    with ExitStack() as house:
        bridge = house.enter_context(closing(Bridge()))
        passphrase = ""
        if needs_setting_up(arguments):
            from program import first_run

            theme.dress(app)
            trial.watch(bridge)
            made = first_run.set_up(arguments, bridge, run)
            if made is None:
                return 0
            passphrase = made.passphrase
        desk = WindowDesk(arguments, bridge, passphrase)
        officer = OfficerWindow(
            bridge, desk.hands(), demo=arguments.demo, version=f"Quầy Một Cửa {VERSION}"
        )
        desk.serve(officer)
        house.callback(desk.close)
        theme.dress(app)
        officer.show()
        officer.closing.connect(app.quit)
        # Opening imports most of the program; the window is painted before that begins.
        for begin in (desk.begin, officer.prepare, partial(faults.offer, log, bridge, officer)):
            QTimer.singleShot(FIRST_PAINT_MS, begin)
        settle(officer, lambda: officer.reception.is_free)
        return run()


def needs_setting_up(arguments: argparse.Namespace) -> bool:
    """Tell whether a desk is to be set up here by hand, page by page.

    Where a restore was killed half way a desk waits; opening it finishes the restore.
    """
    folder = data_folder(arguments)
    if folder.ready.exists():
        return False
    given = arguments.demo or arguments.settings is not None
    return not given and (not folder.is_set_up() or folder.draft.exists())


class WindowDesk:
    """The rooms behind one window: opened on the ``counter`` thread after it is shown.

    Args:
        passphrase: Opens the database where the operating system keeps none; empty when unknown.
    """

    def __init__(self, arguments: argparse.Namespace, bridge: Bridge, passphrase: str = "") -> None:
        self._passphrase = passphrase
        self._keeps = False
        self._arguments = arguments
        self._bridge = bridge
        self._key = b""
        self._sitting = Sitting()
        self._noted: tuple[Entry, ...] = ()
        self._house = ExitStack()
        self._health = HealthTeller(data_folder(arguments))
        self._rooms: Rooms | None = None
        self._window: OfficerWindow | None = None
        self._panel: DemoPanel | None = None
        self._second: SecondScreen | None = None
        from PySide6.QtCore import QTimer

        self._turns = QTimer()
        self._turns.setInterval(TURN_MS)
        self._turns.timeout.connect(self._tidy)
        self._forgetting = QTimer()
        self._forgetting.setInterval(FORGET_MS)
        self._forgetting.timeout.connect(self._forget)

    @property
    def rooms(self) -> Rooms | None:
        """The rooms while they are open."""
        return self._rooms

    @property
    def panel(self) -> DemoPanel | None:
        """The levers of the demonstration, once the desk is open."""
        return self._panel

    def serve(self, officer: OfficerWindow) -> None:
        """Tell *officer* what the rooms tell."""
        self._window = officer

    def begin(self) -> None:
        """Open everything, and ask for the passphrase where nothing else gives it."""
        self._bridge.ask(self.open, self.opened, self._not_opened)

    def _not_opened(self, error: BaseException) -> None:
        from counter.errors import NoKey, WrongKey

        if self._window is None:
            return
        trial.watch(self._bridge, error)
        self._window.desk_failed(trial.clearly(error) if isinstance(error, DeskError) else error)
        if isinstance(error, NoKey | WrongKey):
            from ui.officer.unlock import UnlockDialog

            dialog = UnlockDialog(self._window, again=isinstance(error, WrongKey))
            dialog.given.connect(self._unlock)
            dialog.open()

    def _unlock(self, given: object) -> None:
        from ui.officer.unlock import PassphraseGiven

        if isinstance(given, PassphraseGiven):
            self._passphrase = given.passphrase
            self._keeps = given.remember
            self.begin()

    def open(self) -> tuple[Desk, DeskInfo]:
        """Open everything; on the ``counter`` thread."""
        from counter.desk.desk import Desk

        officer = self._window
        assert officer is not None  # noqa: S101 - serve comes first
        ears = Ears(
            card=self._to(officer.on_card),
            code=self._to(officer.on_code),
            paper=self._to(officer.on_paper),
            sync=self._to(officer.on_sync),
        )
        typed = self._passphrase
        self._rooms = self._house.enter_context(
            rooms_open(self._arguments, self._health.beside(ears), typed=typed, key=self._key)
        )
        context, trouble = self._rooms.context, self._rooms.trouble
        if self._noted and trouble is None:
            from counter.desk.emergency import carry_over

            carry_over(context, self._noted)
            self._noted = ()
        forgets = False
        if self._keeps and trouble is None:
            from counter.secrets import keep_passphrase

            forgets = not keep_passphrase(context.settings.settings.desk.id, typed)
        self._passphrase, self._keeps = "", False
        chair, self._key = self._sitting.go_on(context), b""
        info = info_of(context, chair, trouble)
        return Desk(context), replace(info, forgets_passphrase=forgets)

    def opened(self, found: tuple[Desk, DeskInfo]) -> None:
        """Hand the desk to the window; on the main thread."""
        if self._window is not None:
            self._window.notice.clear()
            self._window.desk_opened(*found)
            trial.watch(self._bridge)
            self._turns.start()
            self._forgetting.start()
            self._open_second()
            if self._rooms is not None and self._rooms.slot is not None:
                from program.levers import levers_of
                from ui.demo_panel import DemoPanel

                self._panel = DemoPanel(levers_of(self._rooms, self), self._window)
                self._panel.show()

    def _open_second(self) -> None:
        """Open the screen that faces the citizen, where the settings name one."""
        window, rooms = self._window, self._rooms
        if window is not None and rooms is not None and self._second is None:
            from program.second import open_second

            self._second = open_second(rooms.context, window, demo=self._arguments.demo)

    def close(self) -> None:
        """Close the rooms, after what the counter's thread has in hand."""
        self._turns.stop()
        self._forgetting.stop()
        if self._second is not None:
            self._second.close()
        if self._panel is not None:
            self._panel.close()
        from counter import errands

        done = Event()
        self._bridge.ask(self._close_rooms, lambda _none: None, lambda _error: None)
        self._bridge.ask(done.set, lambda _none: None, lambda _error: None)
        with errands.leaving():
            done.wait()

    def hands(self) -> Hands:
        """Return what the window reaches the rooms with; safe before they are open."""
        from ui.officer.hands import Hands

        def read_code(text: str) -> CodeEvent:
            from devices.codes import read_code as read

            return read(text)

        def encode(text: str) -> Sequence[Sequence[tuple[int, int]]]:
            from devices.paper.barcode import qr

            return qr(text)

        def of(act: Callable[[Rooms], None]) -> None:
            if self._rooms is not None:
                act(self._rooms)

        chair = chair_hands(lambda: self._rooms, self._sitting.leave)
        return Hands(
            encode=encode,
            expect=lambda secrets: of(lambda rooms: rooms.reader.expect(secrets)),
            read_code=read_code,
            put=lambda job: of(lambda rooms: rooms.printer.put(job)),
            save=save_paper,
            wake=lambda: of(lambda rooms: rooms.courier.wake()),
            send_now=lambda: of(lambda rooms: rooms.courier.try_now()),
            checks=self._checks,
            chair=None if self._arguments.demo else chair,
            issuers=self._issuers,
            judge=judge_file,
            look_up=lambda code: of(lambda rooms: rooms.courier.look_up(code)),
        )

    def do(self, act: Callable[[], object]) -> None:
        """Do *act* on the ``counter`` thread; the demonstration's levers take a moment."""
        self._bridge.ask(act, lambda _none: None, self._fell)

    def scanned(self, event: CodeEvent) -> None:
        """Let the window hear of a scanned code."""
        if self._window is not None:
            self._window.on_code(event)

    def _tidy(self) -> None:
        """Let the desk do what it does by itself; what went wrong is said."""

        def work() -> DeskError | None:
            return self._health.tidy(self._rooms)

        def tell(trouble: DeskError | None) -> None:
            if trouble is not None:
                self._fell(trouble)

        self._bridge.ask(work, tell, self._fell)

    def _forget(self) -> None:
        """Let what was deleted leave the disk; open the desk anew where the disk has changed."""

        def work() -> bool:
            from counter.desk import housekeeping

            if self._rooms is None:
                return False
            if self._has_turned(self._rooms):
                return True
            if self._rooms.context.store.trouble is None:
                housekeeping.forget(self._rooms.context)
            return False

        def tell(turned: bool) -> None:
            if turned and self._forgetting.isActive():  # else an earlier look has seen it
                self._open_anew()

        self._bridge.ask(work, tell, self._fell)

    def _has_turned(self, rooms: Rooms) -> bool:
        """Tell whether the disk takes no more what it took, or takes again what it did not."""
        from counter.desk.emergency import find_trouble
        from counter.errors import StoreDamaged

        if rooms.trouble is None:
            return rooms.context.store.trouble is not None
        if isinstance(rooms.trouble, StoreDamaged):
            return False
        return find_trouble(data_folder(self._arguments)) is None

    def _open_anew(self) -> None:
        """Close the desk and open it as its disk now allows; who sits there goes on sitting."""
        self._turns.stop()
        self._forgetting.stop()
        if self._panel is not None:
            self._panel.close()

        def work() -> None:
            from counter.desk.emergency import noted

            rooms = self._rooms
            if rooms is None:
                return
            self._key = rooms.context.store.key
            self._sitting.keep(rooms.context)
            if rooms.trouble is not None:
                self._noted += noted(rooms.context)
            # What closing would still write is lost with the disk; nothing was promised of it.
            with suppress(DeskError):
                self._close_rooms()

        self._bridge.ask(work, lambda _none: self.begin(), self._fell)

    def _fell(self, error: BaseException) -> None:
        if self._window is not None:
            self._window.notice.complain(error)

    def _checks(self) -> tuple[Check, ...]:
        if self._rooms is None:
            return ()
        from program.checks import checks_of

        return self._health.noted(checks_of(self._rooms.context, self._arguments))

    def _issuers(self) -> Issuers:
        from counter.desk.issuers import DeskIssuers

        if self._rooms is None:
            raise NotSignedIn
        context = self._rooms.context
        below = anchors_of(context.hall.folder, context.settings.settings)
        return DeskIssuers(context, below)

    def _close_rooms(self) -> None:
        try:
            self._health.close(self._rooms)
        finally:  # whatever keeps the desk from telling that it is closed
            self._rooms = None
            self._house.close()

    def _to(self, hear: Callable[[T], None]) -> Callable[[T], None]:
        """Carry what a room tells to the main thread."""
        return lambda event: self._bridge.to_main(lambda: hear(event))
