"""Files that the window takes in or writes out, with the rooms that know their insides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from counter.ports import PrintJob
    from counter.scans import Judged
    from counter.wording import WordedPaper


def judge_file(path: Path) -> Judged:
    """Look at a file before it is taken in.

    Raises:
        StoreReadOnly: It cannot be read.
        Refused: It is not fit; the class says why.
    """
    from counter.folder import folder_error
    from counter.outside import read_outside
    from counter.scans import MOST_BYTES
    from devices.scan.judge import judge

    try:
        content = read_outside(path, MOST_BYTES)
    except OSError as error:
        raise folder_error(error) from error
    return judge(content)


def save_paper(job: PrintJob, path: Path) -> None:
    """Write a paper as PDF into a file that only this account can read.

    Raises:
        DiskFull, StoreReadOnly: It cannot be written.
    """
    from counter.wording import WordedPaper

    if not isinstance(job.paper, WordedPaper):
        raise TypeError(type(job.paper).__name__)  # tickets and receipts are printed, not saved
    write_paper(job.paper, path, job.copies)


def write_paper(paper: WordedPaper, path: Path, copies: int = 1) -> None:
    """Write a paper as PDF, so many times one after the other; as ``save_paper``."""
    from counter.folder import folder_error
    from counter.outside import write_outside
    from devices.paper.worded_pdf import worded_pdf

    content = worded_pdf(paper, copies)
    try:
        write_outside(path, content)
    except OSError as error:
        raise folder_error(error) from error
