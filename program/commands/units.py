"""``units``: import the table that says what an old commune is part of today, or tell of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from counter.errors import BadData
from counter.outside import read_outside
from counter.people import Action
from program import RESOURCES
from program.answering import answered_for
from program.rooms import data_folder
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Import the table, all of it or nothing, or say how many old communes it knows.

    Where officers sign in, who keeps the catalogue answers for an import.
    """
    from counter.addresses import read_table
    from counter.desk.command_officer import note_command
    from counter.units import load_units

    folder = data_folder(arguments)
    units = load_units(RESOURCES / "units")
    if arguments.action == "import":
        if not arguments.what:
            raise BadData(("chưa nêu tệp",))
        text = _read(Path(arguments.what))
        known = read_table(text, units)
        with answered_for(arguments, Action.CURATE) as context:
            folder.make()
            beside = folder.old_units.with_suffix(".new")
            beside.write_text(text, encoding="utf-8")
            beside.replace(folder.old_units)
            if context is not None:
                note_command(context, "units.imported", str(len(known)))
    elif folder.old_units.exists():
        known = read_table(_read(folder.old_units), units)
    else:
        known = ()
    old = len({(one.province, one.district, one.commune) for one in known})
    told = (f"Bảng đơn vị cũ: {old} xã cũ, {len(known)} dòng.",)
    terminal.answer({"old_units": old, "lines": len(known)}, told, as_json=arguments.json)
    return terminal.DONE


def _read(path: Path) -> str:
    try:
        text = read_outside(path).decode("utf-8-sig")
        return text.replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadData((f"{path.name}: không đọc được tệp, hãy lưu dạng CSV UTF-8",)) from error
