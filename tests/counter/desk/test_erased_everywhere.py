"""No column of any table tells of a citizen whose term has passed, tables of tomorrow included.

The words of every text column are seeded unless the column is named below as one that never tells
of a citizen. Who adds a table or a column and forgets it here, or in the erasing, fails this test.
"""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Iterator
from datetime import date, datetime
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Column, ForeignKey, MetaData, String, Table, insert, select, text, update

import counter.store
from counter.desk import housekeeping
from counter.desk.context import Context
from counter.dossier import Status
from counter.store import erasing, payments, post_lists
from counter.store.tables import Base
from tests.counter.desk.conftest import SetClock, lend

CANARY, FOLDED = "Zửng Khuơm 079044771123 0906771144 Ngõ Bịp Khoằm", "zung khuom"
NEEDLES = ("zửng", "zung", "khuơm", "khuom", "079044771123", "0906771144", "khoằm")

OF_THE_DESK = {
    "audit": "names dossiers by their ids, and nobody else than officers",
    "audit_seal": "keys and signatures",
    "count": "the last of each series",
    "drawer": "an officer's count of the cash",
    "edition": "the catalogue",
    "lease": "blocks of numbers",
    "lease_request": "blocks of numbers",
    "mark": "facts about the desk",
    "officer": "who works here",
    "portal_change": "ids",
    "publication": "the catalogue",
    "reference_item": "lists that hold for the whole country",
    "reference_place": "lists that hold for the whole country",
    "sign_in_try": "accounts of officers",
}
"""Whole tables that are never about a citizen, and why."""

WORDLESS = {
    "attachment": "kind paper_code",
    "certified": "volume signer",
    "declared": "key origin",
    "dossier": "code provisional_code procedure_code procedure_revision procedure_name field_code"
    " field_name identity_source time_limit_words book_volume officer_id officer_name ticket"
    " due_rule unit shelf system system_code origin elsewhere charge_id charge_name serial",
    "draft": "name",
    "due_change": "form",
    "fee": "code name kind",
    "file": "sha256 mime state",
    "guidance": "number procedure_code officer_id officer_name",
    "hand_over": "unit receiver sheet",
    "history": "event officer_id officer_name",
    "legal_receipt": "state template series number lookup_code",
    "letter": "kind drafted_by leader number",
    "money": "kind number method officer_id officer_name leader official_number",
    "outbox": "kind digest state boot",
    "paper": "code",
    "party": "role document_kind source verdict relation",
    "payment": "origin state purpose officer_id officer_name account bank_ref odd",
    "portal_copy": "code unit portal_state",
    "post_list": "sheet state",
    "print": "kind outcome place",
    "result_return": "relation",
    "return_wish": "way",
    "supplement": "number",
    "wanted_paper": "code",
}
"""Columns that hold codes, states, days, officers and money, of tables that are about citizens.

``payment.purpose`` is the dossier's code, ``payment.account`` the office's own.
"""

ROW, DOSSIER = 1, UUID(int=0x5EED)
STATES = {"outbox": "settled", "file": "settled", "payment": "paid", "legal_receipt": "issued"}
"""The states in which nothing is open any more."""


def tables() -> list[Table]:
    """Every table of the desk's store, parents before children."""
    for module in pkgutil.iter_modules(counter.store.__path__):
        if not module.ispkg:
            import_module(f"counter.store.{module.name}")
    return Base.metadata.sorted_tables


def tells(column: Column[Any]) -> bool:
    """Whether a column may tell of a citizen: it holds text and nobody vouched for it."""
    vouched = WORDLESS.get(column.table.name, "").split()
    if column.foreign_keys or column.name in vouched:
        return False
    return isinstance(column.type, String)


def value_for(column: Column[Any], moment: datetime) -> object:
    """A value for one column of the seeded row; words wherever words may stand."""
    table, name = column.table.name, column.name
    links = {f"{key.column.table.name}.{key.column.name}" for key in column.foreign_keys}
    if links & {"dossier.row", "supplement.row"} or (table, name) == ("dossier", "row"):
        return ROW
    if name == "dossier_id" or (table, name) == ("dossier", "id"):
        return DOSSIER
    if (table, name) == ("draft", "name"):
        return f"visit:{DOSSIER.hex}"
    if name == "status":
        return int(Status.RETURNED)
    if name == "state":
        return STATES.get(table, "taken")
    if name == "applicant_folded":
        return FOLDED
    if tells(column):
        return json.dumps({"told": CANARY}, ensure_ascii=False) if "body" in name else CANARY
    if column.nullable and name != "decided_at":
        return None
    kinds: dict[type, object] = {
        str: "x",
        int: 1,
        bool: False,
        bytes: CANARY.encode(),
        datetime: moment,
        date: moment.date(),
        UUID: UUID(int=1),
    }
    return kinds[kind_of(column)]


def kind_of(column: Column[Any]) -> type:
    """The Python type of what a column holds."""
    by_name: dict[str, type] = {"UtcText": datetime, "DayText": date, "UuidBytes": UUID}
    return by_name.get(type(column.type).__name__) or column.type.python_type


def seed(context: Context, found: list[Table], moment: datetime) -> None:
    """Write one row about the citizen into each table that may be about one."""
    with context.store.writing() as session:
        session.execute(text("PRAGMA ignore_check_constraints = ON"))
        for table in found:
            row = {
                column.name: value_for(column, moment)
                for column in table.columns
                if column.server_default is None
            }
            session.execute(insert(table).values(row))
    with context.store.writing() as session:
        session.execute(text("PRAGMA ignore_check_constraints = OFF"))


def told_in(context: Context) -> Iterator[str]:
    """Name each place of the database, the index of names included, that tells of the citizen."""
    with context.store.reading() as session:
        names = session.scalars(text("SELECT name FROM sqlite_schema WHERE type = 'table'"))
        for table in names.all():
            for row in session.execute(text(f'SELECT * FROM "{table}"')).mappings():  # noqa: S608
                for column, value in row.items():
                    words = value.decode(errors="ignore") if isinstance(value, bytes) else value
                    if any(needle in str(words).lower() for needle in NEEDLES):
                        yield f"{table}.{column}"


def about_citizens() -> list[Table]:
    return [table for table in tables() if table.name not in OF_THE_DESK]


def tidied(context: Context, clock: SetClock) -> None:
    clock.move(days=24 * 31)
    lend(context, 1, 5, number=7)
    housekeeping.tidy(context)


def test_no_column_of_any_table_tells_of_a_citizen_whose_term_has_passed(
    context: Context, clock: SetClock
) -> None:
    found = about_citizens()
    seed(context, found, clock())
    before = set(told_in(context))

    tidied(context, clock)

    wanted = {
        f"{column.table.name}.{column.name}" for t in found for column in t.columns if tells(column)
    }
    assert wanted <= before, "a column was not seeded, so nothing is proved of it"
    assert any(place.startswith("dossier_name_data.") for place in before)
    assert set(told_in(context)) == set()


def test_what_is_vouched_for_is_there() -> None:
    columns = {table.name: set(table.columns.keys()) for table in tables()}

    assert OF_THE_DESK.keys() <= columns.keys()
    assert {
        name: gone
        for name, vouched in WORDLESS.items()
        if (gone := set(vouched.split()) - columns[name])
    } == {}


def test_a_table_that_the_erasing_forgets_is_found_out(context: Context, clock: SetClock) -> None:
    forgotten = Table(
        "neighbour",
        MetaData(),
        Column("dossier", ForeignKey(Base.metadata.tables["dossier"].c.row), primary_key=True),
        Column("words", String),
    )
    with context.store.writing() as session:
        session.execute(text("CREATE TABLE neighbour (dossier INTEGER PRIMARY KEY, words TEXT)"))
    seed(context, [*about_citizens(), forgotten], clock())

    tidied(context, clock)

    assert set(told_in(context)) == {"neighbour.words"}


@pytest.mark.parametrize(
    ("module", "name"),
    [(payments, "erase"), (erasing, "_erase_files"), (post_lists, "erase")],
)
def test_a_step_of_the_erasing_left_out_is_found_out(
    context: Context,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    name: str,
) -> None:
    seed(context, about_citizens(), clock())
    monkeypatch.setattr(module, name, lambda *_: None)

    tidied(context, clock)

    assert set(told_in(context)) != set()


def test_money_keeps_its_amount_and_day(context: Context, clock: SetClock) -> None:
    taken = clock()
    seed(context, about_citizens(), taken)

    tidied(context, clock)

    with context.store.reading() as session:
        (paid,) = session.scalars(select(payments.PaymentRow)).all()
        booked = session.execute(text("SELECT amount, at FROM money")).all()
    assert (paid.amount, paid.asked_at) == (1, taken)
    assert [amount for amount, _ in booked] == [1]
    assert booked[0].at.startswith(f"{taken:%Y-%m-%d}")


def test_a_payment_that_money_may_still_come_for_keeps_its_dossier(
    context: Context, clock: SetClock
) -> None:
    seed(context, about_citizens(), clock())
    with context.store.writing() as session:
        session.execute(update(payments.PaymentRow).values(state="wanted"))

    tidied(context, clock)

    assert "dossier.applicant_name" in set(told_in(context))
