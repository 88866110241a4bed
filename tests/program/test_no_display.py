"""A window asked for where no screen is says so, instead of ending with a core of Qt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.real_desk import SETTINGS
from ui.app import has_display

HOUSE = Path(__file__).resolve().parents[2]
SCREENS = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a screen")
@pytest.mark.parametrize("window", [[], ["kiosk", "--json"], ["board", "--json"]])
def test_a_window_without_a_screen_says_so_and_exits_3(tmp_path: Path, window: list[str]) -> None:
    settings = tmp_path / "desk.toml"
    settings.write_text(SETTINGS, encoding="utf-8")
    blind = {name: value for name, value in os.environ.items() if name not in SCREENS}

    done = subprocess.run(
        [sys.executable, "main.py", "--data", tmp_path / "desk", "--settings", settings, *window],
        cwd=HOUSE,
        env=blind,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr.count("không có màn hình")) == (3, 1), done.stderr
    if window:
        assert json.loads(done.stdout)["error"]["code"] == "screen.none"


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "eglfs"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_where_a_window_can_be_shown(
    environment: dict[str, str], platform: str, *, expected: bool
) -> None:
    assert has_display(environment, platform) is expected
