"""Joins the rooms: the only folder, with main.py, that knows them all. It decides nothing.

``rooms.py`` opens the desk with everything around it, ``officer.py`` puts the officer's window
before it, and ``commands/`` has one file for each command of the command line. Nobody imports this
folder but main.py and the tests.
"""

from __future__ import annotations

from pathlib import Path

VERSION = "0.1.0"
LEAST_SERIAL = 0
"""The serial this program is released under; it takes only packages with a higher one."""
RESOURCES = Path(__file__).resolve().parents[1] / "resources"
