"""What must not stand on the command line, where every account of the computer can read it.

An option says ``@FILE`` for the first line of a file, or ``-`` for standard input.
"""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from counter.errors import NotTold, SecretSeen


def told(option: str, text: str) -> str:
    """Return what an option of the command line says, or what stands where it points.

    Args:
        option: As it was typed, such as ``--id``, for the sentence when nothing is there.

    Raises:
        NotTold: There is no such file, or nothing in its first line.
        SecretSeen: Other accounts can read the file.
    """
    if text == "-":
        line = _typed(option)
    elif text.startswith("@"):
        line = _first_line(option, Path(text[1:]))
    else:
        return text
    if not line.strip():
        raise NotTold(option=option)
    return line.strip()


def _typed(option: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(f"{option}: ")
    return sys.stdin.readline()


def _first_line(option: str, path: Path) -> str:
    """Read a file as ``counter.secrets`` reads those of passphrases: nobody else may."""
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise SecretSeen(variable=option)
        return path.read_text(encoding="utf-8").partition("\n")[0]
    except (OSError, UnicodeDecodeError) as error:
        raise NotTold(option=option) from error
