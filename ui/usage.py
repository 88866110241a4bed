"""Wrong usage told in Vietnamese: argparse finds the mistake, and knows only English for it."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

from counter.errors import BadUsage

_SAID = (
    (r"the following arguments are required: (.+)", r"còn thiếu \1"),
    (r"one of the arguments (.+) is required", r"cần một trong các mục \1"),
    (r"unrecognized arguments: (.+)", r"không có mục \1"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 có thể là \2"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 không đi cùng \2"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 cần một giá trị"),
    (
        r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)",
        r"\1 không nhận \2, chỉ nhận \3",
    ),
    (r"argument (.+?): invalid \S+ value: (.+)", r"\1 không nhận \2"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 không có giá trị \2"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)
"""What argparse says, and how it is said here; words it has not said yet stay as they are."""


class Parser(argparse.ArgumentParser):
    """A parser that raises what is wrong, so that it is told like every other error."""

    def error(self, message: str) -> NoReturn:
        """Show how the command is written, and tell what is wrong.

        Raises:
            BadUsage: Always.
        """
        self.print_usage(sys.stderr)
        text = message.encode("utf-8", "replace").decode()  # bytes of a shell may be no text
        raise BadUsage(self.prog, mistake=_in_vietnamese(text))


def _in_vietnamese(message: str) -> str:
    for pattern, words in _SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is not None:
            return found.expand(words)
    return message
