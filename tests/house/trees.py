"""Every file of the program is read and parsed once, however many rules look at it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of a file's syntax tree, breadth first; the module is the first."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
