"""What holds a citizen's words does not show them: an error or a log line may print any object."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

import counter
import devices
import program
import sync
import ui
from counter.office.tables import Base as OfficeBase
from counter.store.tables import Base, DossierRow

ROOMS = (counter, devices, program, sync, ui)
INVENTED = ("sync.sandbox", "devices.card.simulator", "devices.card.demo", "ui.demo_panel")
"""Where everybody is invented."""

OF_PEOPLE = {
    "address", "applicant_name", "birth_date", "body", "born", "content", "date_of_birth", "digits",
    "document_number", "email", "father_name", "full_name", "holder", "id_number", "mother_name",
    "note", "old_id_number", "other_names", "person", "personal_number", "phone",
    "place_of_birth", "place_of_origin", "place_of_residence", "spouse_name", "subject",
}  # fmt: skip
"""Names of fields whose text tells who somebody is, or may."""

OF_NOBODY = {
    "acts.PaperWanted.note": "what the checklist asks of everybody",
    "audit.Entry.subject": "an official code or an identity, never a name",
    "auditing.AuditLine.subject": "an official code or an identity, never a name",
    "cards.IssuerEntry.subject": "an authority's certificate",
    "cards.RejectedEntry.subject": "an authority's certificate",
    "hall.QueueTicket.subject": "an official code",
    "kiosk.wishes.Rate.subject": "an official code or a ticket",
    "notice.Told.phone": "the office's own",
    "office.tickets.Ticket.subject": "an official code",
    "office.tickets.Wanted.person": "a keyed hash",
    "office.tickets.Wanted.subject": "an official code",
    "papers.desk.CertifiedLine.note": "printed in a book of copies, which names nobody",
    "papers.desk.ChecklistFacts.phone": "the office's own",
    "papers.desk.NoticeFacts.phone": "the office's own",
    "papers.law.ControlStep.note": "an officer's remark on a step",
    "papers.law.RegisterLine.note": "a remark in a register",
    "setting_up.Answers.phone": "the office's own",
    "wording.Wording.body": "the office's own words on a paper",
}
TEXTS = ("str", "Any", "Mapping", "dict", "bytes", "tuple", "PartialDate")
CANARY = "Phạm Thị Không Ai Biết"


def telling(cls: type) -> list[str]:
    """Return the fields of people that a value of *cls* shows."""
    if not cls.__dataclass_params__.repr:  # type: ignore[attr-defined]  # of every dataclass
        return []
    return [
        part.name
        for part in dataclasses.fields(cls)
        if part.repr and part.name in OF_PEOPLE and any(word in str(part.type) for word in TEXTS)
    ]


def values() -> Iterator[type]:
    """Yield every dataclass of the program that is no row."""
    for room in ROOMS:
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if "migrations" in found.name or found.name.startswith(INVENTED):
                continue
            module = importlib.import_module(found.name)
            yield from (
                cls
                for cls in vars(module).values()
                if isinstance(cls, type)
                and cls.__module__ == found.name
                and dataclasses.is_dataclass(cls)
                and not issubclass(cls, Base | OfficeBase)
            )


def rows() -> Iterator[Any]:
    assert list(values())  # every module is there, and with it every table
    for registry in (Base.registry, OfficeBase.registry):
        yield from (mapper.class_ for mapper in registry.mappers)


def shows_more_than_its_key(row: Any) -> bool:
    keys = {column.name for column in row.__table__.primary_key}
    made = row(
        **{
            part.name: part.name if part.name in keys else CANARY
            for part in dataclasses.fields(row)
            if part.init
        }
    )
    return CANARY in repr(made) or not repr(made).startswith(row.__name__)


def test_no_value_shows_who_somebody_is() -> None:
    shown = {
        f"{cls.__module__.partition('.')[2]}.{cls.__qualname__}.{name}".removeprefix("officer.")
        for cls in values()
        for name in telling(cls)
    }

    assert shown - OF_NOBODY.keys() == set()
    assert OF_NOBODY.keys() - shown == set(), "named here and hidden by now"


def test_a_row_shows_its_key_and_nothing_else() -> None:
    found = list(rows())

    assert len(found) > 40
    assert [row.__name__ for row in found if shows_more_than_its_key(row)] == []


def test_a_row_that_shows_itself_whole_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DossierRow, "__repr__", lambda row: str(vars(row)))

    assert shows_more_than_its_key(DossierRow)


@dataclass
class Careless:
    """A value as somebody might write it."""

    code: str
    full_name: str
    phone: str = field(repr=False)


def test_a_value_that_shows_a_name_is_found_out() -> None:
    assert telling(Careless) == ["full_name"]
