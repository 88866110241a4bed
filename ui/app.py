"""The application around every window: fonts, look, language and the window of last resort."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from types import TracebackType

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, QTranslator
from PySide6.QtGui import QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from counter.errors import DeskError, NoDisplay
from counter.values import now
from ui import texts, theme, written
from ui.icons import icon
from ui.theme import RESOURCES

log = logging.getLogger(__name__)

LAST_WORDS_MS = 8000


def make_app(argv: list[str]) -> tuple[QApplication, Callable[[], int]]:
    """Make the application in its own look and language; return it and what runs it.

    Its style sheet is put on by ``theme.dress`` when the first window was built.

    Raises:
        NoDisplay: There is nowhere to show a window; Qt itself would end the program with a core.
    """
    if not has_display(os.environ, sys.platform):
        raise NoDisplay
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    app = QApplication(argv[:1])
    app.setApplicationName("quay-mot-cua")
    app.setApplicationDisplayName("Quầy Một Cửa")
    app.setOrganizationName("quay-mot-cua")
    load_fonts()
    translator = QTranslator(app)
    if translator.load("qtbase_vi", str(RESOURCES / "i18n")):
        app.installTranslator(translator)
    theme.prepare(app)
    app.setWindowIcon(QIcon(icon("program", "primary", 64)))
    sys.excepthook = LastResort(app).tell
    return app, app.exec


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Tell whether a window can be shown; where the system always has a screen, it can."""
    if platform in {"win32", "darwin"}:
        return True
    return any(map(environment.get, ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")))


def load_fonts() -> tuple[str, ...]:
    """Load the bundled fonts; return the families that are there."""
    found: list[str] = []
    for path in sorted((RESOURCES / "fonts").glob("BeVietnamPro*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        found += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(found))


def last_words(error: DeskError) -> QMessageBox:
    """Return a box that says why the program cannot open here, and goes away by itself."""
    said = texts.sentence(error)
    box = QMessageBox(QMessageBox.Icon.Warning, "Quầy Một Cửa", said.what)
    box.setInformativeText(said.advice)
    QTimer.singleShot(LAST_WORDS_MS, box.close)
    return box


class LastResort(QObject):
    """Says that the program failed, and lets it go on: the desk stays usable.

    The window carries the kind of the fault and when it happened, so that the log can be searched;
    never the message, which may hold a citizen's data.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._box: QMessageBox | None = None

    def tell(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Show the fault; a second one takes the place of the first."""
        from counter.crashes import told as where

        log.error("a fault reached the top:\n%s", "\n".join(where(error, trace)))
        said = texts.sentence(error)
        code = error.code if isinstance(error, DeskError) else kind.__name__
        if self._box is None:
            self._box = QMessageBox()
            self._box.setObjectName("last_resort")
            self._box.setWindowModality(Qt.WindowModality.ApplicationModal)
            self._box.setIcon(QMessageBox.Icon.Critical)
            self._box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._box.setText(said.what)
        when = written.moment(now())
        told = self.tr("Mã lỗi: %1, lúc %2").replace("%1", code).replace("%2", when)
        self._box.setInformativeText(f"{said.advice}\n{told}")
        self._box.open()
