"""What the program says of itself on its error line: what happened and where, never with what data.

A fault's message may carry whatever was in hand, and with it a citizen's name; so neither the log
nor a command or thread that ended by a fault repeats it, as no report of a fault does.
"""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType
from typing import TextIO

log = logging.getLogger(__name__)

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class PlacesOnly(logging.Formatter):
    """Writes a fault as its kind and the way through the program's files to it.

    What was said stands on one line: a sign that would begin another, or move the terminal's
    cursor, is written as its code, so that no portal and no printer can add a line of its own
    (OWASP ASVS 5.0, V16.4.1).
    """

    def formatMessage(  # noqa: N802 - logging's own name
        self, record: logging.LogRecord
    ) -> str:
        """Return logger and message on one line."""
        said = super().formatMessage(record)
        return "".join(
            sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in said
        )

    def formatException(  # noqa: N802 - logging's own name
        self, ei: _ExcInfo | tuple[None, None, None]
    ) -> str:
        """Return kinds, codes and places."""
        from counter.crashes import told

        return "" if ei[1] is None else "\n".join(told(ei[1], ei[2]))


def handler_to(line: TextIO) -> logging.Handler:
    """Return what writes the log to *line*."""
    handler = logging.StreamHandler(line)
    handler.setFormatter(PlacesOnly("%(name)s: %(message)s"))
    return handler


def log_end(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Log that the program ended by a fault, and say what to do, in place of the interpreter."""
    from ui import texts

    log.error("ended", exc_info=(kind, fault, trace))
    if isinstance(fault, KeyboardInterrupt):
        return  # whoever broke it off knows
    said = texts.sentence(fault)
    sys.stderr.buffer.write(f"{said.what} {said.advice}\n".encode())
    sys.stderr.flush()


def log_thread(event: threading.ExceptHookArgs) -> None:
    """Log that a thread ended by a fault, in place of the interpreter's own words."""
    fault = event.exc_value
    if fault is not None and not isinstance(fault, SystemExit):
        name = event.thread.name if event.thread else "?"
        log.error("thread %s ended", name, exc_info=(type(fault), fault, event.exc_traceback))
