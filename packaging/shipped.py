"""Says what goes into the bundle beside the program, and what must stay out of it.

The bundle is built where the tools of a developer are installed too. A library that is there and
can be imported is taken along by whatever imports it when it is there, though no page tells of it
and ``parts.py`` never looked at it. So all that ``requirements.lock`` does not name stays out.
"""

from __future__ import annotations

import re
import sys
import sysconfig
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

from packaging.utils import canonicalize_name

HOUSE = Path(__file__).resolve().parents[1]
TEXTS = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
"""How a package calls the files, or their folder, that tell under which terms it is handed on."""

UNWANTED = (
    "charset_normalizer",  # guesses the letters of a page; every answer we read names its own
    "readline",  # brings a library under the GPL alone
    "tkinter",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtWebEngineCore",
    "PySide6.Qt3DCore",
)
"""Of Python's own, of Qt's and of requests', what the program does not use."""


def locked(lock: str) -> set[str]:
    """Return the names of the packages that the text of a lock file fixes."""
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", lock, re.MULTILINE))


def others(names: set[str]) -> list[str]:
    """Return the modules that can be imported here and belong to none of the packages *names*."""
    found = packages_distributions()
    return sorted(
        module
        for module, owners in found.items()
        if not names & {canonicalize_name(owner) for owner in owners}
    )


def texts(names: set[str]) -> list[tuple[str, str]]:
    """Return the terms of all that is handed on: each file, and its folder in the bundle."""
    own = [(str(HOUSE / name), ".") for name in ("LICENSE", "NOTICE", "THIRD_PARTY.md")]
    shared = [(str(path), "licences") for path in sorted((HOUSE / "packaging/licences").iterdir())]
    python = Path(sysconfig.get_paths()["stdlib"]) / "LICENSE.txt"
    if not python.exists():  # as its installer for Windows lays it
        python = Path(sys.base_prefix) / "LICENSE.txt"
    told = [*own, *shared, (str(python), "licences/python")]
    for one in distributions():
        name = canonicalize_name(one.name)
        for file in (one.files or ()) if name in names else ():
            if ".dist-info" in file.parts[0] and TEXTS.search("/".join(file.parts[1:])):
                told.append((str(one.locate_file(file)), f"licences/{name}"))
    return told
