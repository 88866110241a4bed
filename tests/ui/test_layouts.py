"""A layout that is filled and emptied all day keeps nothing."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.journeys.memory_in_use import bytes_in_use
from ui.parts.layouts import empty

ROUNDS = 600
AN_ITEM = 40
"""Bytes of the smallest item of a layout."""


def fill(layout: QVBoxLayout) -> None:
    for _ in range(10):
        layout.addWidget(QLabel("Giấy chứng sinh"))
        layout.addSpacing(4)


def go_round() -> None:
    """Do what the event loop does: delete what is to be deleted, then everything else."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()


def kept(page: QWidget, emptied: object) -> float:
    """Return the bytes that stay for each item that went through a layout."""
    layout = page.layout()
    assert isinstance(layout, QVBoxLayout)
    assert callable(emptied)

    def rounds(number: int) -> None:
        for _ in range(number):
            fill(layout)
            emptied(layout)
            go_round()

    rounds(ROUNDS)
    before = bytes_in_use()
    rounds(ROUNDS)
    return (bytes_in_use() - before) / (ROUNDS * 20)


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    return made


def test_an_emptied_layout_has_nothing_left(page: QWidget) -> None:
    layout = page.layout()
    assert isinstance(layout, QVBoxLayout)
    fill(layout)

    empty(layout)
    go_round()

    assert layout.count() == 0
    assert page.findChildren(QLabel) == []


@pytest.mark.skipif(sys.platform != "linux", reason="needs glibc, which tells what it gave out")
def test_items_are_freed_with_their_widgets(page: QWidget) -> None:
    assert kept(page, empty) < AN_ITEM / 4


@pytest.mark.skipif(sys.platform != "linux", reason="needs glibc, which tells what it gave out")
def test_items_that_are_only_taken_are_found_out(page: QWidget) -> None:
    def taken(layout: QLayout) -> None:
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    assert kept(page, taken) > AN_ITEM / 2
