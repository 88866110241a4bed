"""Libraries in C that stand between a program and its disk, compiled for one run of the tests."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def compiled(name: str, into: Path) -> Path:
    """Compile ``NAME.c`` of this folder into the folder *into*; return the library.

    Without a compiler on this computer the test that wants it is skipped.
    """
    if shutil.which("gcc") is None:
        pytest.skip(f"no compiler for {name}.c")
    built = into / f"{name}.so"
    source = Path(__file__).with_name(f"{name}.c")
    command = ["gcc", "-shared", "-fPIC", "-O1", "-w", str(source), "-o", str(built), "-ldl"]
    subprocess.run(command, check=True)
    return built
