"""Every page of the desk, as the pictures show it, hides the middle of identity numbers.

Where a whole number is needed the place stands in ``NEEDED`` with the reason; docs/security.md
tells the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel

from tests.pictures import desk as pictures
from tests.pictures import people
from tests.ui.fake_desk import INFO, FakeDesk
from tests.ui.fake_hands import FakeHands
from tests.ui.shown import shown_in
from ui.bridge import Bridge
from ui.officer.window import OfficerWindow

SECURITY = Path(__file__).resolve().parents[2] / "docs" / "security.md"
WHOLE = re.compile(
    r"(?<!\d)(?:\d[ .]?){11}\d(?!\d)"
    r"|(?<!\d)\d{9}(?!\d)"
    r"|(?<!\d)(?:0|\+84)(?:[ .]?\d){9}(?!\d)"
    r"|(?<![A-Z0-9])[A-Z]\d{7,8}(?!\d)"
)
"""An identity number of twelve digits, in groups or not, an old one of nine, a telephone's number
or a passport's."""

NEEDED = {
    "person_number": "cán bộ so với thẻ của người đang đứng trước quầy; nhận xong thì che",
    "phone": "cán bộ gõ số công dân đọc, và đọc lại để chắc là đúng",
    "copy_list": "hệ thống kia hỏi đủ số; mỗi lần chép đều vào nhật ký",
    "data_number": "cán bộ đang gõ số của người xin dữ liệu; rời trang là xóa",
    "declared_id_number": "tờ khai là văn bản công dân ký, ghi đủ số",
}
NO_PERSON = {"collect_form", "behalf_tax_code"}
"""Places whose long numbers name no person: an office's account, an organisation's tax code."""


def numbers_in(scene: Callable[[pictures.Desk], None], *, is_open: bool) -> Iterator[str]:
    """Play a scene and yield the place of each whole number that can be read."""
    with closing(Bridge()) as bridge:
        work, hands = FakeDesk(), FakeHands()
        window = OfficerWindow(bridge, hands.as_hands(), demo=True, version="0.1.0")
        desk = pictures.Desk(window, work, hands, bridge)
        window.resize(1366, 768)
        window.show()
        if is_open:
            window.desk_opened(work, INFO)
            desk.settle()
        scene(desk)
        desk.settle()
        shown = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
        places = {place for top in shown for place, said in shown_in(top) if WHOLE.search(said)}
        for top in shown:
            top.close()
        window.deleteLater()
    yield from places


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("name", people.OFFICE)
def test_a_page_of_people_data_and_the_chain_shows_no_whole_number_either(name: str) -> None:
    with closing(Bridge()) as bridge:
        shot = people.Officers(bridge)
        shot.window.resize(1366, 768)
        shot.window.show()
        shot.window.desk_opened(shot.work, INFO)
        shot.settle()
        people.OFFICE[name](shot)
        shot.settle()
        shown = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
        found = {place for top in shown for place, said in shown_in(top) if WHOLE.search(said)}
        for top in shown:
            top.close()
        shot.window.deleteLater()

    assert found <= NEEDED.keys() | NO_PERSON


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> None:
    own = QSettings.Scope.UserScope
    QSettings.setPath(QSettings.Format.NativeFormat, own, str(tmp_path))


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("name", pictures.SCENES)
def test_a_page_shows_no_whole_number_that_it_does_not_need(name: str) -> None:
    found = set(numbers_in(pictures.SCENES[name], is_open=name not in pictures.CLOSED))

    assert found <= NEEDED.keys() | NO_PERSON
    if name.startswith("received"):
        assert found == set(), "the dossier is kept; nobody compares the number any more"


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("number", ["001 099 012 345", "0912 345 678", "C1234567", "012345678"])
def test_a_page_that_shows_one_is_found_out(number: str) -> None:
    def careless(desk: pictures.Desk) -> None:
        pictures.calm(desk)
        label = QLabel(f"Chủ hồ sơ {number}", desk.window)
        label.setObjectName("careless")
        label.show()

    assert set(numbers_in(careless, is_open=True)) == {"careless"}


@pytest.mark.usefixtures("dressed")
def test_a_title_that_shows_one_is_found_out() -> None:
    """Titles are read by whoever looks at the task bar, also while the screen is locked."""

    def careless(desk: pictures.Desk) -> None:
        pictures.calm(desk)
        desk.window.setObjectName("careless")
        desk.window.setWindowTitle("Hồ sơ của 001 099 012 345")

    assert set(numbers_in(careless, is_open=True)) == {"careless"}


def test_the_security_page_names_the_same_places() -> None:
    told = SECURITY.read_text("utf-8")

    assert [place for place in NEEDED if f"`{place}`" not in told] == []
