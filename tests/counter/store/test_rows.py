"""Rows written past the unit of work are those it would have written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from counter.store.rows import write, write_new
from counter.store.store import Store
from counter.store.tables import Base, DossierRow, OutboxRow, PaperRow, PrintRow
from counter.values import Dong

AT = datetime(2026, 11, 26, 2, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "desk.db", bytes(range(32)))) as opened:
        yield opened


def a_dossier(number: int) -> DossierRow:
    return DossierRow(
        id=UUID(int=number),
        code=f"HANG-{number:04}",
        provisional_code=None,
        procedure_code="1.000001",
        procedure_revision="1",
        procedure_name="Thủ tục",
        field_code="HT",
        field_name="Hộ tịch",
        status=2,
        subject="Thủ tục",
        applicant_name="Người Gửi",
        applicant_folded="nguoi gui",
        applicant_number=None,
        birth_date=None,
        sex=None,
        address=None,
        phone=None,
        email=None,
        identity_source="manual",
        verdict=None,
        received_at=AT,
        due_at=None,
        time_limit_words="",
        sets=1,
        book_volume="2026-Q09",
        book_number=number,
        officer_id="cb",
        officer_name="Cán bộ",
        ticket=None,
        fee_total=Dong(0),
        created_offline=True,
        note="",
    )


def raw(session: Session, kind: type[Base]) -> list[dict[str, object]]:
    """Return the rows of *kind* as they lie on the disk, without their keys."""
    table = kind.__table__
    assert isinstance(table, Table)
    words = f'SELECT * FROM "{table.name}"'  # noqa: S608 - a name of ours
    asked = session.connection().exec_driver_sql(words)
    return [
        {name: value for name, value in row.items() if name not in {"row", "seq"}}
        for row in asked.mappings()
    ]


def test_a_new_row_is_on_disk_as_the_unit_of_work_writes_it(store: Store) -> None:
    with store.writing() as session:
        write_new(session, a_dossier(1))
        session.add(a_dossier(2))
        session.flush()
        ours, its = raw(session, DossierRow)
    differing = {name for name in ours if ours[name] != its[name]}
    assert differing == {"id", "code", "serial", "book_number"}
    assert (ours["code"], ours["serial"]) == ("HANG-0001", "0001")


def test_a_new_row_is_held_and_what_is_changed_later_is_kept(store: Store) -> None:
    with store.writing() as session:
        row = a_dossier(1)
        write_new(session, row)
        row.note = "đổi sau"
    with store.reading() as session:
        kept = session.scalars(select(DossierRow)).one()
    assert (kept.row, kept.note, kept.received_at) == (row.row, "đổi sau", AT)


def test_rows_of_values_are_written_as_objects_are(store: Store) -> None:
    message: dict[str, Any] = {
        "dossier_id": UUID(int=7),
        "kind": "dossier",
        "body": "{}",
        "digest": "",
        "written_at": AT,
    }
    with store.writing() as session:
        write(session, OutboxRow, message | {"key": UUID(int=1), "dossier_seq": 1})
        session.add(OutboxRow(**message, key=UUID(int=2), dossier_seq=2))
        session.flush()
        ours, its = raw(session, OutboxRow)
    assert {name for name in ours if ours[name] != its[name]} == {"key", "dossier_seq"}
    assert ours["state"] == "waiting"


def test_several_rows_go_in_at_once_and_none_is_no_trouble(store: Store) -> None:
    paper: dict[str, object] = {
        "code": None,
        "name": "Tờ khai",
        "originals": 1,
        "certified": 0,
        "copies": 0,
    }
    with store.writing() as session:
        row = a_dossier(1)
        write_new(session, row)
        write(session, PaperRow)
        write(session, PaperRow, *(paper | {"dossier": row.row, "position": n} for n in (0, 1)))
        assert [one["position"] for one in raw(session, PaperRow)] == [0, 1]


def test_a_value_named_after_no_column_is_refused(store: Store) -> None:
    with store.writing() as session, pytest.raises(KeyError, match="colour"):
        write(session, PrintRow, {"job": UUID(int=1), "colour": "xanh"})


def test_a_value_that_must_be_there_is_asked_for_by_the_database(store: Store) -> None:
    with store.writing() as session, pytest.raises(IntegrityError):
        write(session, PrintRow, {"job": UUID(int=1), "kind": "receipt"})
