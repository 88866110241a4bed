"""Work in a folder that may never answer: done on a thread of its own, which may be left behind.

A folder on another computer, or on a disk that is failing, can hang inside one call for ever, and
no call can be taken back. Who sends an errand never waits longer than it wants to, and no second
one is sent to a folder that still holds one up.

Errands are sent and asked about on one thread of a program, the one that works at the desk. Who
has nothing else to do meanwhile lets one be carried out, and waits only while the folder answers.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any, Generic, TypeVar

from counter.errors import PlaceSilent

T = TypeVar("T")

WAITED_S = 60.0
"""How long somebody who waits for a backup lets its folder be silent over one piece of it."""

FILE_S = 30.0
"""The same for a single file: whoever sits at the window can do nothing else meanwhile."""

ENDING_S = 5.0
"""How long an errand that is given up is waited for, to tidy up, where its folder answers."""

LOOK_S = 0.2
"""From one look whether an errand is over, or its folder silent, to the next."""

Step = Callable[[], None]
"""Says between two pieces of work that the folder answers; raises ``GivenUp`` to end the work."""


class FolderSilent(TimeoutError):
    """The folder does not answer."""


class GivenUp(Exception):
    """Whoever sent the errand no longer waits for it."""


class Errand(Generic[T]):
    """One piece of work in one folder, under way or over; made by ``send``."""

    def __init__(self, folder: Path, work: Callable[[Step], T], name: str, patience_s: float):
        self.folder = folder
        self._patience_s = patience_s
        self._answer: Future[T] = Future()
        self._given_up = Event()
        self._stepped_at = time.monotonic()
        # A daemon: a folder that never answers must not keep the program from ending.
        self._thread = Thread(target=self._run, args=(work,), name=name, daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether ``answer`` says something."""
        return not self._thread.is_alive()

    @property
    def is_silent(self) -> bool:
        """Whether it is under way and made no step for longer than its patience."""
        return self.is_silent_for(self._patience_s)

    def is_silent_for(self, seconds: float) -> bool:
        """Tell whether it is under way and made no step for longer than *seconds*."""
        return not self.is_over and time.monotonic() - self._stepped_at > seconds

    def wait(self, seconds: float) -> bool:
        """Wait at most *seconds*; say whether it is over."""
        self._thread.join(seconds)
        return self.is_over

    def give_up(self, seconds: float) -> bool:
        """Ask it to end at its next step and wait at most *seconds*; say whether it is over."""
        self._given_up.set()
        return self.wait(seconds)

    def answer(self) -> T:
        """Return what came of an errand that is over.

        Raises:
            FolderSilent: It is not over.
            GivenUp: It was given up before its end.
        """
        if not self.is_over:
            raise FolderSilent
        return self._answer.result()

    def _run(self, work: Callable[[Step], T]) -> None:
        try:
            self._answer.set_result(work(self._step))
        except BaseException as error:  # noqa: BLE001 - raised to whoever asks for the answer
            self._answer.set_exception(error)

    def _step(self) -> None:
        self._stepped_at = time.monotonic()
        if self._given_up.is_set():
            raise GivenUp


_leaving = Event()
"""Whether the window is being closed."""

_sent: list[Errand[Any]] = []
"""Those that may still be under way: a folder is the computer's, whoever sends there."""


def send(folder: Path, work: Callable[[Step], T], *, name: str, patience_s: float) -> Errand[T]:
    """Let *work* be done in *folder* on a thread called *name*.

    Args:
        patience_s: How long a single step may take before the folder counts as silent.

    Raises:
        FolderSilent: An earlier errand still waits for this folder.
    """
    _sent[:] = [one for one in _sent if not one.is_over]
    if any(one.folder == folder and one.is_silent for one in _sent):
        raise FolderSilent
    errand = Errand(folder, work, name, patience_s)
    _sent.append(errand)
    return errand


def carry_out(folder: Path, work: Callable[[Step], T], *, name: str, patience_s: float) -> T:
    """Let *work* be done in *folder*, wait for it, and return what came of it.

    Whatever ends the waiting ends the work too: it goes no further than its next step.

    Args:
        patience_s: How long a single step may take before the folder counts as silent.

    Raises:
        FolderSilent: The folder does not answer, or an earlier errand still waits for it.
    """
    errand = send(folder, work, name=name, patience_s=patience_s)
    try:
        while not errand.wait(min(LOOK_S, patience_s)):
            if errand.is_silent or (_leaving.is_set() and errand.is_silent_for(ENDING_S)):
                raise FolderSilent
        return errand.answer()
    finally:
        errand.give_up(0 if errand.is_silent_for(min(ENDING_S, patience_s)) else ENDING_S)


@contextmanager
def leaving() -> Iterator[None]:
    """While the block runs nobody waits long for a folder that is silent: the program ends.

    Safe from any thread.
    """
    _leaving.set()
    try:
        yield
    finally:
        _leaving.clear()


def see_through(
    folder: Path,
    work: Callable[[Step], T],
    *,
    name: str = "outside",
    patience_s: float | None = None,
) -> T:
    """Let *work* be done in a folder that somebody named, as ``carry_out`` does.

    Args:
        patience_s: None is ``FILE_S``.

    Raises:
        PlaceSilent: The folder does not answer; ``folder`` names it.
    """
    try:
        return carry_out(folder, work, name=name, patience_s=patience_s or FILE_S)
    except FolderSilent as error:
        raise PlaceSilent(folder=str(folder)) from error
