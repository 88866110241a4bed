"""``rehearse``: receive dossiers of invented citizens."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from program import RESOURCES
from program.rooms import desk_open
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Receive dossiers of invented citizens."""
    from counter.desk.rehearsal import rehearse as rehearse_desk

    with desk_open(arguments) as context:
        began = time.monotonic()
        codes = rehearse_desk(
            context,
            dossiers=arguments.dossiers,
            seed=arguments.seed,
            names=RESOURCES / "demo" / "names.toml",
            attachments=arguments.attachments,
        )
        seconds = round(time.monotonic() - began, 3)
    payload = {"received": len(codes), "codes": codes, "seconds": seconds}
    terminal.answer(payload, terminal.rehearsed_words(codes, seconds), as_json=arguments.json)
    return terminal.DONE
