"""Collects what a Windows computer without a network needs to build the bundle: its wheels.

``wheels.py`` downloads, on any system, the wheels for 64-bit Windows and Python 3.11 of every
package in ``requirements-dev.lock`` (the program's own and the tools) into ``build/wheels-win``,
each checked against the hash of the lock, and writes beside them the ``requirements.txt`` that
installs them. Nothing of this was tried on Windows.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from packaging.requirements import Requirement

HOUSE = Path(__file__).resolve().parents[1]
WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}
"""What the markers of the lock are asked about; pip would ask about this computer instead."""


def for_windows(lock: str) -> str:
    """Return the entries of *lock* that Windows needs, with their hashes and without markers."""
    kept = []
    for entry in re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE):
        pin, slash, hashes = entry.partition(" \\\n")
        if not slash:
            continue  # the remarks at the beginning
        needed = Requirement(pin)
        if needed.marker is None or needed.marker.evaluate(WINDOWS):
            kept.append(f"{needed.name}{needed.specifier}{slash}{hashes}")
    return "".join(kept)


def main() -> int:
    """Download the wheels; return the exit code of pip, which stops where one is missing."""
    parser = argparse.ArgumentParser(prog="wheels.py", description="Gom gói cho Windows")
    parser.add_argument("--output", type=Path, default=HOUSE / "build" / "wheels-win")
    parser.add_argument("--lock", type=Path, default=HOUSE / "requirements-dev.lock")
    asked = parser.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    listed = asked.output / "requirements.txt"
    listed.write_text(for_windows(asked.lock.read_text(encoding="utf-8")), encoding="utf-8")
    return subprocess.call(
        [
            *(sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"),
            *("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp"),
            *("--only-binary", ":all:", "-d", str(asked.output), "-r", str(listed)),
        ]
    )


if __name__ == "__main__":
    raise SystemExit(main())
