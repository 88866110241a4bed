"""``export``: write the register into a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter.people import Action
from program.rooms import desk_signed_in
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Write the register of some days as XLSX, CSV or PDF."""
    from counter.desk import papers
    from counter.workbook import REGISTER_HEAD, register_rows, write_csv, write_xlsx

    with desk_signed_in(arguments, Action.REPORT) as context:
        facts = papers.register(context, arguments.first, arguments.last)
        papers.note_written(context, facts)
        paper = papers.register_paper(context, facts)
    rows = register_rows(facts.lines)
    match arguments.format:
        case "xlsx":
            write_xlsx(arguments.output, "Sổ theo dõi hồ sơ", REGISTER_HEAD, rows)
        case "csv":
            write_csv(arguments.output, REGISTER_HEAD, rows)
        case _:
            from program.files import write_paper

            write_paper(paper, arguments.output)
    told = {"rows": len(facts.lines), "file": str(arguments.output)}
    words = f"Đã ghi {len(facts.lines)} hồ sơ vào {arguments.output}"
    terminal.answer(told, [words], as_json=arguments.json)
    return terminal.DONE
