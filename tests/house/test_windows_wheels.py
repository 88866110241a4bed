"""The wheels for a Windows computer without a network are those of the lock, with its hashes."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

HOUSE = Path(__file__).resolve().parents[2]
LOCK = """\
# made by a tool
everywhere==1.2 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
only-linux==1.0 ; sys_platform == 'linux' \\
    --hash=sha256:cc
only-windows==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:dd
old-python==3.0 ; python_full_version < '3.12' \\
    --hash=sha256:ee
"""


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("wheels", HOUSE / "packaging" / "wheels.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


wheels = load()


def test_what_windows_needs_is_kept_with_its_hashes_and_asked_of_no_other_computer() -> None:
    assert wheels.for_windows(LOCK) == (
        "everywhere==1.2 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
        "only-windows==2.0 \\\n    --hash=sha256:dd\n"
        "old-python==3.0 \\\n    --hash=sha256:ee\n"
    )


def test_the_tools_that_build_the_bundle_are_among_them() -> None:
    listed = wheels.for_windows((HOUSE / "requirements-dev.lock").read_text(encoding="utf-8"))
    names = {line.split("==")[0] for line in listed.splitlines() if "==" in line}

    assert {"pyinstaller", "pefile", "pywin32-ctypes", "pyside6-essentials", "pyscard"} <= names
    assert not {"jeepney", "secretstorage"} & names
