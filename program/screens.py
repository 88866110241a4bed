"""Puts a window on the screen that the settings name: screens keep names, not their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget


def named(name: str) -> QScreen | None:
    """Return the screen in whose name, model or serial number *name* stands; None for none."""
    from PySide6.QtGui import QGuiApplication

    return next(
        (
            screen
            for screen in QGuiApplication.screens()
            if name and name in f"{screen.name()} {screen.model()} {screen.serialNumber()}"
        ),
        None,
    )


def fill(window: QWidget, name: str, *, whole: bool, last: bool = False) -> None:
    """Show *window* on the screen called *name*.

    Args:
        name: Part of the screen's name, model or serial number; empty takes the first.
        whole: It covers the screen; otherwise it is an ordinary window, as in the demonstration.
        last: Without a name take the screen that was connected last.
    """
    from PySide6.QtGui import QGuiApplication

    screen = named(name) or QGuiApplication.screens()[-1 if last else 0]
    window.setScreen(screen)
    if whole:
        window.setGeometry(screen.geometry())
        window.showFullScreen()
    else:
        window.resize(screen.availableSize().boundedTo(window.screen().availableSize()) * 0.8)
        window.show()
