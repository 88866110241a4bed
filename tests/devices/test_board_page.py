"""The board's page for televisions: what it tells, what it refuses, how it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path

import pytest
from PIL import Image

from devices.board_page import STATE, BoardPage
from tests.ui.fake_hall import OFFICE, called_again, hall_view

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def page() -> Iterator[BoardPage]:
    """A page on this computer that shows a hall at work."""
    with closing(BoardPage(OFFICE, 0, host="127.0.0.1")) as made:
        made.show(hall_view())
        yield made


def ask(page: BoardPage, method: str, path: str) -> tuple[int, bytes]:
    """Ask the page; return status and body."""
    with closing(HTTPConnection("127.0.0.1", page.port, timeout=60)) as line:
        line.request(method, path)
        answer = line.getresponse()
        return answer.status, answer.read()


def test_the_state_holds_numbers_counters_and_counts_and_nothing_else(page: BoardPage) -> None:
    status, body = ask(page, "GET", f"/{STATE}")

    told = json.loads(body)
    assert status == 200
    assert set(told) == {"office", "moment", "calls", "missed", "waiting", "helps"}
    assert told["calls"][0] == {"seq": 40, "number": "A012", "counter": "Quầy 1"}
    assert told["missed"] == ["A009", "B005", "D001"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/../site.toml", 404),
        ("GET", "/state.new", 404),
        ("GET", "/%2e%2e/desk.db", 404),
        ("POST", "/", 501),
        ("DELETE", f"/{STATE}", 501),
    ],
)
def test_there_is_nothing_to_read_but_the_page_and_nothing_to_write(
    page: BoardPage, method: str, path: str, status: int
) -> None:
    assert ask(page, method, path)[0] == status


def test_a_port_that_is_taken_leaves_the_board_without_a_page(page: BoardPage) -> None:
    with closing(BoardPage(OFFICE, page.port, host="127.0.0.1")) as second:
        second.show(hall_view())

        assert second.port == 0


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1080, 1920)])
def test_a_real_browser_shows_the_called_number(
    page: BoardPage, width: int, height: int, tmp_path: Path
) -> None:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this computer")
    page.show(called_again(hall_view(), "K042", "Quầy 9"))

    told = browse(page, tmp_path, f"--window-size={width},{height}", "--dump-dom")
    browse(page, tmp_path, f"--window-size={width},{height}", "--screenshot=board.png")

    assert '<div id="number">K042</div>' in told
    assert '<div id="counter">đến Quầy 9</div>' in told
    assert "Cập nhật lúc 09:12:00." in told
    assert '<div id="invite">Mời số</div>' in told
    assert '<div id="helps" role="status"></div>' in told
    with Image.open(tmp_path / "board.png") as picture:
        assert picture.size == (width, height)


@pytest.mark.slow
def test_a_real_browser_shows_where_somebody_waits_for_help(
    page: BoardPage, tmp_path: Path
) -> None:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this computer")
    page.show(replace(hall_view(), helps=("Máy lấy số 1",)))

    told = browse(page, tmp_path, "--dump-dom")

    assert "Có người cần giúp ở Máy lấy số 1. Xin cán bộ đến giúp.</div>" in told


@pytest.mark.slow
def test_a_real_browser_says_whole_when_no_number_was_called(
    page: BoardPage, tmp_path: Path
) -> None:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this computer")
    page.show(hall_view(called=0))

    told = browse(page, tmp_path, "--dump-dom")

    assert '<div id="invite">Chưa có số nào được gọi. Xin chờ đến lượt.</div>' in told
    assert '<div id="number"></div>' in told
    assert "—" not in told.split("<script>")[0]


def browse(page: BoardPage, folder: Path, *wishes: str) -> str:
    """Let Chromium open the page without a window; return what it prints."""
    command = [
        str(CHROMIUM),
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--virtual-time-budget=4000",
        f"--user-data-dir={folder / 'profile'}",
        *wishes,
        f"http://127.0.0.1:{page.port}/",
    ]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, check=True, timeout=240, text=True
    )
    return done.stdout
