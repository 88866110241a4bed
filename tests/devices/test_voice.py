"""Announcements are played one after the other, each to its end."""

from __future__ import annotations

import sys
import wave
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter.speech import Announcement
from devices.voice import Voice, join_clips
from tests.conftest import ExpectedLog

PLAYER = """
import sys, time, wave
with wave.open(sys.argv[2]) as sound:
    seconds = sound.getnframes() / sound.getframerate()
with open(sys.argv[1], "a") as log:
    log.write(f"begin {seconds:.2f}\\n")
time.sleep(0.15)
with open(sys.argv[1], "a") as log:
    log.write("end\\n")
"""


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    """A pack of three short sounds."""
    pack = tmp_path / "voice" / "vi"
    pack.mkdir(parents=True)
    for name, tenths in (("one", 1), ("two", 2), ("three", 3)):
        with wave.open(str(pack / f"{name}.wav"), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(8000)
            sound.writeframes(bytes(1600 * tenths))
    return pack.parent


@pytest.fixture
def heard(tmp_path: Path) -> Path:
    """Where the player notes when it begins and ends."""
    return tmp_path / "heard.txt"


@pytest.fixture
def voice(clips: Path, heard: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Voice]:
    """A voice whose player notes what it is given."""
    player = tmp_path / "player.py"
    player.write_text(PLAYER, encoding="utf-8")
    with closing(Voice(clips, (sys.executable, str(player), str(heard)))) as made:
        yield made


def lines(heard: Path) -> list[str]:
    """Return what was noted."""
    return heard.read_text(encoding="utf-8").split("\n")[:-1] if heard.exists() else []


def test_no_announcement_is_cut_off_by_the_next(voice: Voice, heard: Path, qtbot: QtBot) -> None:
    for clips in (("one",), ("two", "one"), ("three",)):
        voice.say(Announcement(clips))

    qtbot.waitUntil(lambda: lines(heard).count("end") == 3)

    assert lines(heard) == ["begin 0.10", "end", "begin 0.30", "end", "begin 0.30", "end"]


def test_a_clip_that_is_missing_leaves_the_rest_to_be_heard(
    voice: Voice, heard: Path, qtbot: QtBot, expected_log: ExpectedLog
) -> None:
    expected_log.expect("clips of vi are not there")

    voice.say(Announcement(("one", "four")))
    qtbot.waitUntil(lambda: "end" in lines(heard))

    assert lines(heard) == ["begin 0.10", "end"]


def test_a_computer_without_sound_says_so_and_goes_on(clips: Path, qtbot: QtBot) -> None:
    with closing(Voice(clips, ("no-such-player",))) as voice:
        voice.say(Announcement(("one",)))
        qtbot.waitUntil(lambda: voice.trouble)

    with closing(Voice(clips, None)) as silent:
        assert silent.trouble


def test_whoever_left_is_not_spoken_to(voice: Voice, heard: Path, qtbot: QtBot) -> None:
    voice.say(Announcement(("one",)))
    voice.say(Announcement(("two",)))
    qtbot.waitUntil(lambda: bool(lines(heard)))

    voice.hush()
    voice.say(Announcement(("three",)))
    qtbot.waitUntil(lambda: "end" in lines(heard))

    assert lines(heard) == ["begin 0.10", "begin 0.30", "end"]


def test_clips_of_two_kinds_are_refused(clips: Path, tmp_path: Path) -> None:
    with wave.open(str(clips / "vi" / "stereo.wav"), "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(64))

    with pytest.raises(wave.Error, match="differs"):
        join_clips([clips / "vi" / "one.wav", clips / "vi" / "stereo.wav"], tmp_path / "w.wav")
