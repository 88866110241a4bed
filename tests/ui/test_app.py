"""The application around the windows: its language, its fonts, and its last resort."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QToolButton,
    QTreeView,
)
from pytestqt.qtbot import QtBot

from tests.conftest import ExpectedLog
from ui.app import LastResort
from ui.theme import RESOURCES

HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture
def vietnamese(dressed: QApplication) -> QTranslator:
    """Qt's own words in Vietnamese, as long as the test runs."""
    translator = QTranslator(dressed)
    assert translator.load("qtbase_vi", str(RESOURCES / "i18n"))
    dressed.installTranslator(translator)
    return translator


def test_buttons_that_qt_names_itself_speak_vietnamese(
    qtbot: QtBot, dressed: QApplication, vietnamese: QTranslator
) -> None:
    box = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
    )
    qtbot.addWidget(box)
    named = [button.text() for button in box.buttons()]
    dressed.removeTranslator(vietnamese)

    assert sorted(named) == ["Hủy", "Đồng ý"]


def test_the_dialog_for_files_speaks_vietnamese(
    qtbot: QtBot, dressed: QApplication, vietnamese: QTranslator
) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.show()
    across = Qt.Orientation.Horizontal
    model = next(view.model() for view in dialog.findChildren(QTreeView))
    labels = dialog.findChildren(QLabel)
    buttons = dialog.findChildren(QToolButton)
    told = [label.text().replace("&", "") for label in labels]
    told += [model.headerData(column, across) for column in range(model.columnCount())]
    told += [button.toolTip() for button in buttons if button.toolTip()]
    dressed.removeTranslator(vietnamese)

    assert told == [
        "Tìm trong:",
        "Tên tệp:",
        "Loại tệp:",
        "Tên",
        "Cỡ",
        "Loại",
        "Sửa lần cuối",
        "Lùi",
        "Tiến",
        "Thư mục chứa",
        "Tạo thư mục mới",
        "Dạng danh sách",
        "Dạng chi tiết",
    ]


def test_the_compiled_words_are_those_of_the_source(
    dressed: QApplication, vietnamese: QTranslator, tmp_path: Path
) -> None:
    fresh = tmp_path / "fresh.qm"
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    source = RESOURCES / "i18n" / "qtbase_vi.ts"
    subprocess.run([tool, source, "-qm", fresh], check=True, capture_output=True)
    dressed.removeTranslator(vietnamese)

    assert fresh.read_bytes() == (RESOURCES / "i18n" / "qtbase_vi.qm").read_bytes()


def test_a_fault_nobody_expected_is_told_and_the_desk_goes_on(
    dressed: QApplication, expected_log: ExpectedLog
) -> None:
    expected_log.expect("a fault reached the top")
    error = KeyError("nothing a citizen said")

    resort = LastResort(dressed)
    resort.tell(KeyError, error, None)

    [box] = [w for w in dressed.topLevelWidgets() if w.objectName() == "last_resort"]
    assert isinstance(box, QMessageBox)
    assert box.isVisible()
    assert "Phần mềm gặp lỗi" in box.text()
    assert "Mã lỗi: KeyError" in box.informativeText()
    assert "nothing a citizen said" not in box.text() + box.informativeText()
    box.close()


def test_the_application_is_made_in_its_language_and_look() -> None:
    program = (
        "import sys; sys.path.insert(0, '.');"
        "from ui.app import make_app; from PySide6.QtCore import QLocale;"
        "from ui import theme;"
        "app, run = make_app(['desk']); theme.dress(app);"
        "print(app.font().family(), QLocale().name(), callable(run), app.styleSheet() != '')"
    )

    told = subprocess.run(
        [sys.executable, "-c", program], cwd=HOUSE, capture_output=True, text=True, check=True
    )

    assert told.stdout.split("\n")[0] == "Be Vietnam Pro vi_VN True True"
