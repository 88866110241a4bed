"""The application around every window: fonts, look, language and the window of last resort."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from counter.errors import DeskError, SoftwareFault
from ui import texts, theme
from ui.icons import icon
from ui.theme import RESOURCES

log = logging.getLogger(__name__)


def make_app(argv: list[str]) -> tuple[QApplication, Callable[[], int]]:
    """Make the application in its own look and language; return it and what runs it."""
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    app = QApplication(argv[:1])
    app.setApplicationName("quay-mot-cua")
    app.setApplicationDisplayName("Quầy Một Cửa")
    app.setOrganizationName("quay-mot-cua")
    load_fonts()
    translator = QTranslator(app)
    if translator.load("qtbase_vi", str(RESOURCES / "i18n")):
        app.installTranslator(translator)
    theme.apply(app)
    app.setWindowIcon(QIcon(icon("program", "primary", 64)))
    sys.excepthook = _last_resort
    return app, app.exec


def load_fonts() -> tuple[str, ...]:
    """Load the bundled fonts; return the families that are there."""
    found: list[str] = []
    for path in sorted((RESOURCES / "fonts").glob("BeVietnamPro*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        found += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(found))


def _last_resort(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Say that the program failed, and go on: the desk stays usable."""
    log.error("a fault reached the top", exc_info=(kind, error, trace))
    said = texts.sentence(error if isinstance(error, DeskError) else SoftwareFault())
    box = QMessageBox(QMessageBox.Icon.Critical, "Quầy Một Cửa", said.what)
    box.setInformativeText(f"{said.advice}\n{kind.__name__}")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
