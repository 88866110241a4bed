"""The page of the desk's data at work; see ``counter.citizen_data.DataWork`` for its promises."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from counter.desk import officers, rekeying
from counter.desk.context import Context
from counter.errors import IdentityNotChecked
from counter.folder import folder_error
from counter.people import Action, Seat, may
from counter.store import about, trail
from counter.values import CitizenNumber

FORMAT = "quay-mot-cua-citizen-1"


@dataclass(frozen=True, slots=True)
class DataDesk:
    """What a supervisor and an administrator do with the desk's data."""

    context: Context

    @property
    def seat(self) -> Seat:
        """Where the officer sits."""
        return self.context.seat

    @may(Action.EXPORT_PERSON)
    def export_person(self, citizen: CitizenNumber, path: Path, *, identity_checked: bool) -> int:
        """Write everything the desk keeps about a citizen; that it was done is noted."""
        if not identity_checked:
            raise IdentityNotChecked
        officers.require_confirmed(self.context)
        desk, moment = self.context.settings.settings.desk, self.context.clock()
        with self.context.store.noting() as session:
            found = list(about.dossiers(session, citizen))
            told = {
                "format": FORMAT,
                "at": moment.isoformat(),
                "desk": desk.id,
                "officer": desk.officer_id,
                "citizen": citizen.digits,
                "dossiers": found,
                "guidance": about.guidance(session, citizen),
                "visits": about.visits(session, citizen),
            }
            for dossier in found:
                trail.note(
                    session,
                    officer=desk.officer_id,
                    action="person.exported",
                    moment=moment,
                    subject=dossier["id"].replace("-", ""),
                )
            if not found:
                trail.note(
                    session, officer=desk.officer_id, action="person.exported", moment=moment
                )
        text = json.dumps(told, ensure_ascii=False, indent=1)
        try:
            with os.fdopen(
                os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as file:
                file.write(text + "\n")
        except OSError as error:
            raise folder_error(error) from error
        return len(found)

    @may(Action.MAINTAIN)
    def ask_for_new_key(self) -> None:
        """Let the desk's key be changed when the program is opened next."""
        officers.require_confirmed(self.context)
        desk = self.context.settings.settings.desk
        with self.context.store.writing() as session:
            trail.note(
                session,
                officer=desk.officer_id,
                action="desk.key_change_asked",
                moment=self.context.clock(),
                subject=desk.id,
            )
        rekeying.ask_for_change(self.context.hall.folder)
