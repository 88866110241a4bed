"""The paper tray: a folder that takes the place of a printer, with one folder for each day."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import chain, count
from pathlib import Path

from counter.errors import TrayFull
from counter.forms import RulerPaper, TicketPaper
from counter.ports import Outcome, PrintJob
from counter.values import local_day
from devices.paper.job_pdf import day_of, job_pdf
from devices.paper.ruler import ruler_picture
from devices.paper.ticket import picture_png, ticket_png


class Tray:
    """Lays receipts into its folder as PDF and tickets as PNG.

    Args:
        folder: Made with the first paper.
        width_dots: Width of a ticket's picture.
    """

    def __init__(self, folder: Path, width_dots: int) -> None:
        self._folder = folder
        self._width_dots = width_dots

    @property
    def name(self) -> str:
        """The folder."""
        return str(self._folder)

    def make(self, job: PrintJob) -> tuple[Outcome, str]:
        """Lay the paper under its own day; return its path.

        Raises:
            TrayFull: The folder cannot be written, or the disk is full.
        """
        paper = job.paper
        if isinstance(paper, TicketPaper):
            day, suffix = local_day(paper.issued_at), ".png"
            content = ticket_png(paper, self._width_dots)
        elif isinstance(paper, RulerPaper):
            day, suffix = local_day(paper.at), ".png"
            content = picture_png(ruler_picture(paper))
        else:
            day, suffix = day_of(paper), ".pdf"
            content = job_pdf(paper, job.copies)[0]
        return Outcome.TRAY, str(lay(self._folder, day, job.name + suffix, content))

    def check(self) -> None:
        """Look whether the folder, or the one it will be made in, can be written.

        Raises:
            TrayFull: It cannot.
        """
        place = self._folder
        while not place.exists() and place != place.parent:
            place = place.parent
        if not (place.is_dir() and os.access(place, os.W_OK)):
            raise TrayFull


def lay(folder: Path, day: date, name: str, content: bytes) -> Path:
    """Lay a new file into *folder* under its *day*; what lies there already is never touched.

    The file appears whole or not at all, and is on disk when this returns. Only Windows and file
    systems with hard links can promise that; elsewhere, as on FAT under Linux, nothing is laid.

    Args:
        folder: The tray; made when it is absent.
        day: Day of the paper, which names the folder inside the tray.
        name: File name with its suffix. When it is taken, ``-2`` and so on is put before the
            suffix.
        content: What the file holds.

    Returns:
        The file's path.

    Raises:
        TrayFull: The folder cannot be written, or the disk is full.
    """
    place = folder / day.isoformat()
    try:
        place.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=place, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            return _appear(Path(part), place, name)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(part)
    except OSError as error:
        raise TrayFull(f"errno {error.errno}") from error


def _appear(part: Path, place: Path, name: str) -> Path:
    for path in _names(place, name):
        try:
            if os.name == "nt":
                part.rename(path)  # Windows refuses to rename onto a file; POSIX would replace it
            else:
                path.hardlink_to(part)
        except FileExistsError:
            continue
        return path
    raise AssertionError  # the names never end


def _names(place: Path, name: str) -> Iterator[Path]:
    first = place / name
    return chain([first], (first.with_stem(f"{first.stem}-{n}") for n in count(2)))
