"""The check-up of devices, joined."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ui.officer.places import DEVICES

if TYPE_CHECKING:
    from counter.work import Check
    from ui.officer.devices_page import DevicesPage
    from ui.officer.surroundings import Surroundings


class DevicesTalk(QObject):
    """Asks every room how it is.

    Args:
        show_trust: Opens the page of trusted issuers.
    """

    def __init__(
        self, around: Surroundings, show_trust: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._show_trust = show_trust

    @cached_property
    def page(self) -> DevicesPage:
        """The check-up."""
        from ui.officer.devices_page import DevicesPage

        page = DevicesPage(self._around.frame.pages)
        page.check_asked.connect(self.check)
        page.trust_asked.connect(self._show_trust)
        self._around.frame.put(DEVICES, page)
        return page

    @Slot()
    def check(self) -> None:
        """Check every device, the portal and the disk."""

        def show(checks: tuple[Check, ...]) -> None:
            self.page.show_checks(checks)

        self._around.bridge.ask(self._around.hands.checks, show, self._around.notice.complain)
