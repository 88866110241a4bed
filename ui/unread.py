"""Spare the start what Qt for Python does for programs that switch its naming features.

Once it is loaded, PySide6 reads the source of every module imported later and keeps the lines, to
see whether the module may hold ``from __feature__ import …``. This program never does. Measured:
82 ms of the start, and 9 MB kept for as long as the window stands. A bundle has no sources: there
it has always been so.
"""

from __future__ import annotations

import linecache
from types import ModuleType


def leave_sources_unread() -> None:
    """Have PySide6 take every module for one without features, as it does where sources lack.

    A PySide6 that is built otherwise stays as it is.
    """
    import PySide6.QtCore  # noqa: F401 - it brings the support modules

    try:
        from shibokensupport import feature  # type: ignore[import-not-found]
    except ImportError:
        return
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _has_no_features
        linecache.clearcache()  # the lines of what was imported meanwhile


def _has_no_features(_module: ModuleType) -> bool:
    return False
