"""Announcements put together from recorded clips and played one after the other.

The system's own player plays each in a process of its own, so that a fault in a sound driver never
reaches the window. Whoever owns a ``Voice`` runs a Qt event loop; nothing here waits.
"""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
import wave
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Slot

from counter.speech import Announcement

log = logging.getLogger(__name__)

PLAYERS: tuple[tuple[str, ...], ...] = (
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("afplay",),
)
WINDOWS_PLAYER = (
    "powershell",
    "-NoProfile",
    "-Command",
    "& {param($f) (New-Object Media.SoundPlayer $f).PlaySync()}",
)
GRACE_S = 5.0
"""How much longer than its sound a player may take before it is ended."""


def find_player() -> tuple[str, ...] | None:
    """Return the command that plays the file named after it; None when there is none."""
    if sys.platform == "win32":
        return WINDOWS_PLAYER
    return next((player for player in PLAYERS if shutil.which(player[0])), None)


def join_clips(files: Sequence[Path], target: Path) -> float:
    """Write the sounds of *files* one after the other into *target*; return its seconds.

    Raises:
        OSError: A file is not there or the target cannot be written.
        wave.Error: A file is no PCM sound, or not of the first one's rate and width.
    """
    frames: list[bytes] = []
    shape = None
    for file in files:
        with wave.open(str(file), "rb") as clip:
            this = (clip.getnchannels(), clip.getsampwidth(), clip.getframerate())
            shape = shape or this
            if this != shape:
                message = f"{file.name} differs from the first clip: {this} and {shape}"
                raise wave.Error(message)
            frames.append(clip.readframes(clip.getnframes()))
    if shape is None:
        message = "nothing to say"
        raise wave.Error(message)
    channels, width, rate = shape
    with wave.open(str(target), "wb") as whole:
        whole.setnchannels(channels)
        whole.setsampwidth(width)
        whole.setframerate(rate)
        whole.writeframes(b"".join(frames))
    return sum(map(len, frames)) / (channels * width * rate)


class Voice(QObject):
    """Implements ``counter.speech.Speaker`` on the thread that owns it.

    Args:
        folder: One folder of clips for each language.
        player: Command that plays the file named after it; None when this computer has none.
    """

    def __init__(
        self, folder: Path, player: Sequence[str] | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._player = tuple(player) if player else None
        self._trouble = self._player is None
        self._waiting: deque[Announcement] = deque()
        self._own = tempfile.TemporaryDirectory(prefix="voice-")
        self._file = Path(self._own.name) / "announcement.wav"
        self._process = QProcess(self)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._failed)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._process.kill)

    @property
    def trouble(self) -> bool:
        """Whether this computer cannot play sound."""
        return self._trouble

    def say(self, announcement: Announcement) -> None:
        """Say it after everything that still waits; returns at once."""
        if self._player is not None:
            self._waiting.append(announcement)
            self._next()

    def hush(self) -> None:
        """Drop what is being said and what waits: whoever listened has gone."""
        self._waiting.clear()
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()

    def close(self) -> None:
        """Fall silent and remove what was put together."""
        self.hush()
        self._process.waitForFinished(1000)
        self._own.cleanup()

    def _next(self) -> None:
        while self._waiting and self._process.state() == QProcess.ProcessState.NotRunning:
            announcement = self._waiting.popleft()
            pack = self._folder / announcement.language
            files = [pack / f"{name}.wav" for name in announcement.clips]
            there = [file for file in files if file.exists()]
            if len(there) < len(files):
                missing = [file.name for file in files if file not in there]
                log.warning("clips of %s are not there: %s", announcement.language, missing)
            try:
                seconds = join_clips(there, self._file)
            except (OSError, wave.Error) as error:
                log.warning("an announcement could not be put together: %s", error)
                continue
            self._play(seconds)

    def _play(self, seconds: float) -> None:
        assert self._player is not None  # noqa: S101 - say() lets nothing in without one
        program, *arguments = self._player
        self._limit.start(int((seconds + GRACE_S) * 1000))
        self._process.start(program, [*arguments, str(self._file)])

    @Slot(int, QProcess.ExitStatus)
    def _ended(self, code: int, status: QProcess.ExitStatus) -> None:
        self._limit.stop()
        self._trouble = code != 0 and status is QProcess.ExitStatus.NormalExit
        QTimer.singleShot(0, self._next)

    @Slot(QProcess.ProcessError)
    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._limit.stop()
            self._trouble = True
            self._waiting.clear()
