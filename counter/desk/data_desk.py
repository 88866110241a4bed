"""The page of the desk's data at work; see ``counter.citizen_data.DataWork`` for its promises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counter.citizen_data import Citizen, KeptPart, KeptRecord
from counter.desk import officers, papers, rekeying, renewing
from counter.desk.context import Context
from counter.desk.others import hide_others
from counter.errors import IdentityNotChecked
from counter.folder import folder_error
from counter.hall import QueueRenewed
from counter.outside import write_outside
from counter.papers.desk import PersonFacts
from counter.people import Action, Seat, may
from counter.ports import PrintJob
from counter.store import about, trail, whose
from counter.values import uuid7

FORMAT = "quay-mot-cua-citizen-1"
_OTHERS = "Số của người khác trong cùng hồ sơ được che phần giữa."
_MESSAGES = frozenset({"payments", "legal_receipts", "told_by_the_portal"})


@dataclass(frozen=True, slots=True)
class DataDesk:
    """What a supervisor and an administrator do with the desk's data."""

    context: Context

    @property
    def seat(self) -> Seat:
        """Where the officer sits."""
        return self.context.seat

    @may(Action.EXPORT_PERSON)
    def export_person(self, citizen: Citizen, path: Path, *, identity_checked: bool) -> int:
        """Write everything the desk keeps about a citizen; that it was done is noted."""
        told = self._told(citizen, identity_checked=identity_checked)
        text = json.dumps(told, ensure_ascii=False, indent=1)
        try:
            write_outside(path, f"{text}\n".encode())
        except OSError as error:
            raise folder_error(error) from error
        return len(told["dossiers"])

    @may(Action.EXPORT_PERSON)
    def read_person(self, citizen: Citizen, *, identity_checked: bool) -> KeptRecord:
        """Return everything the desk keeps about a citizen; that it was read is noted."""
        told = self._told(citizen, identity_checked=identity_checked)
        return KeptRecord(
            citizen=told["citizen"],
            count=len(told["dossiers"]),
            parts=tuple(self._parts(told)),
            officer=self.context.settings.settings.desk.officer_name,
        )

    @may(Action.EXPORT_PERSON)
    def job(self, facts: PersonFacts) -> PrintJob:
        """Return the paper that says what is kept; nothing of it stays at the desk."""
        moment = self.context.clock()
        paper = self.context.wordings.word(papers.letterhead(self.context, moment), facts)
        return PrintJob(uuid7(moment), f"{facts.form.value}_{moment:%y%m%d_%H%M%S}", paper)

    def _told(self, citizen: Citizen, *, identity_checked: bool) -> dict[str, Any]:
        """Read what is kept, and note for each dossier that it was read to be handed over."""
        if not identity_checked:
            raise IdentityNotChecked
        officers.require_confirmed(self.context)
        desk, moment = self.context.settings.settings.desk, self.context.clock()
        with self.context.store.noting() as session:
            whom = whose.find(session, citizen)
            found = hide_others(list(about.dossiers(session, whom)), whom, "dossiers")
            told = {
                "format": FORMAT,
                "at": moment.isoformat(),
                "desk": desk.id,
                "officer": desk.officer_id,
                "citizen": whom.words,
                "dossiers": found,
                "others": _OTHERS,
                "guidance": hide_others(about.guidance(session, whom), whom),
                "visits": hide_others(about.visits(session, whom), whom),
                "told_by_the_portal": hide_others(about.told_by_the_portal(session, whom), whom),
            }
            for subject in [one["id"].replace("-", "") for one in found] or [""]:
                trail.note(
                    session,
                    officer=desk.officer_id,
                    action="person.exported",
                    moment=moment,
                    subject=subject,
                )
        return told

    def _parts(self, told: dict[str, Any]) -> Iterator[KeptPart]:
        """Yield what is kept piece by piece: each dossier, what hangs on it, then the rest."""
        for dossier in told["dossiers"]:
            yield _part("dossier", dossier)
            form = self.context.declarations.get(dossier["procedure_code"])
            titles = {asked.key: asked.title for asked in form.questions} if form else {}
            for kind, rows in dossier.items():
                if kind == "declared":
                    answers = tuple((titles.get(a["key"], a["key"]), a["value"]) for a in rows)
                    yield KeptPart(kind, answers)
                elif isinstance(rows, list):
                    yield from (_part(kind, row) for row in rows)
        for kind in ("guidance", "visits", "told_by_the_portal"):
            yield from (_part(kind, row) for row in told[kind])

    @may(Action.MAINTAIN)
    def renew_queue(self) -> QueueRenewed:
        """Let a new file take the turn of the queue's damaged one; that it was done is noted."""
        officers.require_confirmed(self.context)
        return renewing.renew_queue(self.context)

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


def _part(kind: str, row: dict[str, Any]) -> KeptPart:
    if kind in _MESSAGES:  # what the portal was asked repeats the dossier
        row = {name: value for name, value in row.items() if not name.endswith("body")}
    return KeptPart(kind, tuple(_leaves(row)))


def _leaves(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield name and words of everything in *row* that is not empty, also inside its body."""
    for name, value in row.items():
        if isinstance(value, list):
            continue
        if name == "body" and value:
            yield from _within(json.loads(value), "")
        else:
            yield from _within(value, name)


def _within(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield what a value says; within a body a name is told with the one it stands in."""
    match value:
        case dict():
            around = name.rpartition(".")[2]
            for inner, told in value.items():
                yield from _within(told, f"{around}.{inner}" if around else inner)
        case list():
            for told in value:
                yield from _within(told, name)
        case None | "":
            return
        case _:
            yield name, str(value)
