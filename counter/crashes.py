"""Reports of faults nobody expected: where in the program, never with what data.

A report holds the kind of the fault and the way through the program's files to it. It holds no
message, no variable and no line of text, since each of these may carry a citizen's name.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType

from counter.errors import DeskError

FRESH, READ = ".new.txt", ".txt"
MOST_KEPT = 20


@dataclass(frozen=True, slots=True)
class Report:
    """One report that nobody has looked at yet."""

    path: Path
    text: str = field(repr=False)


def write_report(
    folder: Path,
    error: BaseException,
    trace: TracebackType | None,
    *,
    moment: datetime,
    version: str,
) -> Path | None:
    """Write a report into *folder*; None when the disk does not take it, which nobody can mend."""
    lines = [
        f"Quầy Một Cửa {version}",
        f"{moment.isoformat(timespec='seconds')}",
        *told(error, trace),
    ]
    path = folder / f"crash-{moment:%Y%m%d-%H%M%S-%f}{FRESH}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
        _forget_old(folder)
        return path
    return None


def find_fresh(folder: Path) -> list[Report]:
    """Return the reports nobody has looked at, newest first."""
    found = []
    for path in sorted(folder.glob(f"crash-*{FRESH}"), reverse=True):
        with suppress(OSError):
            found.append(Report(path, path.read_text(encoding="utf-8", errors="replace")))
    return found


def mark_read(reports: list[Report]) -> None:
    """Offer these no more; they stay in the folder."""
    for report in reports:
        with suppress(OSError):
            report.path.rename(Path(str(report.path).removesuffix(FRESH) + READ))


def told(error: BaseException, trace: TracebackType | None) -> list[str]:
    """Say the chain of faults, the first one first: kinds, codes and places."""
    lines: list[str] = []
    before = error.__cause__ or error.__context__
    if before is not None and before is not error:
        lines += [*told(before, before.__traceback__), "then"]
    code = f" ({error.code})" if isinstance(error, DeskError) else ""
    lines.append(f"{type(error).__module__}.{type(error).__qualname__}{code}")
    while trace is not None:
        where = trace.tb_frame.f_code
        place = "/".join(Path(where.co_filename).parts[-3:])
        lines.append(f"  {place}:{trace.tb_lineno} {where.co_name}")
        trace = trace.tb_next
    return lines


def _forget_old(folder: Path) -> None:
    for path in sorted(folder.glob("crash-*"), reverse=True)[MOST_KEPT:]:
        path.unlink(missing_ok=True)
