"""``person``: write everything the desk keeps about one citizen into a file, PDF or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter.people import Action
from program.rooms import desk_signed_in
from program.told import told
from ui import terminal

if TYPE_CHECKING:
    import argparse

    from counter.citizen_data import Citizen


def run(arguments: argparse.Namespace) -> int:
    """Write the file; whoever runs this has seen the citizen's own paper and says so."""
    from counter.desk.data_desk import DataDesk

    citizen, path = whose(arguments), arguments.output
    with desk_signed_in(arguments, Action.EXPORT_PERSON) as context:
        data, checked = DataDesk(context), arguments.identity_checked
        if path.suffix.lower() == ".pdf":
            from program.files import save_paper
            from ui.officer.data.kept_words import person_facts

            record = data.read_person(citizen, identity_checked=checked)
            save_paper(data.job(person_facts(record)), path)
            count = record.count
        else:
            count = data.export_person(citizen, path, identity_checked=checked)
    terminal.answer(
        {"dossiers": count, "file": str(arguments.output)},
        [f"Đã ghi dữ liệu của {count} hồ sơ vào {arguments.output}; hãy trao cho đúng người."],
        as_json=arguments.json,
    )
    return terminal.DONE


def whose(arguments: argparse.Namespace) -> Citizen:
    """Return whose data is wanted: one of number, dossier, name with birth date."""
    from counter.citizen_data import OfDossier, citizen_of
    from counter.errors import BadDate
    from counter.values import CitizenNumber

    if arguments.id is not None:
        return CitizenNumber(told("--id", arguments.id))
    if arguments.dossier is not None:
        return OfDossier(arguments.dossier.strip().upper())
    named = told("--named", arguments.named)
    if "," not in named:
        raise BadDate
    return citizen_of(named)
