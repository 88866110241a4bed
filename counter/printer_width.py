"""The width of the roll printer's head in the settings file: one number changed, nothing else."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

from counter.errors import BadSettings
from counter.folder import folder_error
from counter.settings import check_settings

TABLE = "[printers.tickets]"
KEY = "width_dots"

_HEAD = re.compile(r"^[ \t]*\[[ \t]*printers[ \t]*\.[ \t]*tickets[ \t]*\][^\n]*\n?", re.MULTILINE)
_NEXT = re.compile(r"^[ \t]*\[", re.MULTILINE)
_LINE = re.compile(r"^([ \t]*width_dots[ \t]*=[ \t]*)[0-9_]+", re.MULTILINE)


def with_width(text: str, width_dots: int) -> str:
    """Return the settings *text* with this width, its comments and its order kept.

    Raises:
        BadSettings: The width is none, or the file is written in a way that only a person can
            change.
    """
    head = _HEAD.search(text)
    if head is None:
        changed = f"{text.rstrip()}\n\n{TABLE}\n{KEY} = {width_dots}\n"
    else:
        following = _NEXT.search(text, head.end())
        end = following.start() if following else len(text)
        table = text[head.end() : end]
        if _LINE.search(table):
            table = _LINE.sub(rf"\g<1>{width_dots}", table, count=1)
        else:
            table = f"{KEY} = {width_dots}\n{table}"
        begin = head[0] if head[0].endswith("\n") else head[0] + "\n"
        changed = text[: head.start()] + begin + table + text[end:]
    _judge(text, changed, width_dots)
    return changed


def keep_width(path: Path, width_dots: int) -> None:
    """Write the width into the settings file; the old file stays beside it as ``.before``.

    Raises:
        BadSettings: As ``with_width``; nothing was changed.
        DiskFull, StoreReadOnly: It cannot be written.
    """
    try:
        old = path.read_text(encoding="utf-8-sig")
        new = with_width(old, width_dots)
        _replace(path.with_name(path.name + ".before"), old)
        _replace(path, new)
    except OSError as error:
        raise folder_error(error) from error


def _judge(old: str, new: str, width_dots: int) -> None:
    """Make sure that the one number is all that changed."""
    check_settings(new)
    before, after = tomllib.loads(old), tomllib.loads(new)
    before.setdefault("printers", {}).setdefault("tickets", {})[KEY] = width_dots
    if before != after:
        raise BadSettings((f"printers.tickets.{KEY}: hãy sửa mục này bằng trình soạn thảo",))


def _replace(path: Path, text: str) -> None:
    fresh = path.with_name(path.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
