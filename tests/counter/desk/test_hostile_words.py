"""Whatever is typed into a search box or scanned, the desk answers or says one sentence."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import DeskError
from counter.finding import Filter
from counter.store.trail import entries
from tests.counter.desk.conftest import SetClock, asked
from tests.spoiling import STRANGE

A_FEW, MANY = 150, 20_000
LETTERS = (
    "nguyễn thị ấ ợ 0123456789 -/%_*?\"'`;()[]{}\\ \u0301\u202e\u200b\x00\x1f\t\n𐎠 AND OR NOT NEAR"
)
HOSTILE = (
    "", " ", '"', "'", '""', '"*"', "*", "^", ":", "name:*", "AND", "NOT x", "NEAR(a b)", "a OR",
    "(" * 500, '"' * 501, "-" * 300, "%" * 300, "' OR '1'='1", "'; DROP TABLE dossier; --",
    "\x00", "a\x00b", "\ufffd", "\u0301" * 50, "𐎠" * 90, "9" * 400, "a" * 20_000, "ă " * 9_000,
    "H55.242-261125-" + "0" * 200, "TAM-", "TAM-" + "9" * 40, "../../etc/passwd", "{0.__class__}",
    *(text for text in STRANGE if isinstance(text, str)),
)  # fmt: skip

Box = Callable[[str], object]


def boxes(desk: Desk) -> dict[str, Box]:
    """Return everything that takes words of an officer or a scanner."""
    return {
        "procedures": desk.find_procedures,
        "units": desk.find_units,
        "address": desk.place,
        "dossiers": desk.find_dossiers,
        "filter": lambda text: desk.find_dossiers("", only=Filter(procedure_code=text)),
        "code": desk.show,
        "guidance": desk.reopen,
        "act": desk.possible,
        "copy panel": desk.copy_sheet,
        "sent again": desk.send_again,
        "paper": desk.print_checklist,
    }


def typed(chance: Random) -> str:
    """Return a few letters that mean something to somebody."""
    return "".join(chance.choice(LETTERS) for _ in range(chance.randint(1, 40)))


def attack(box: Box, texts: list[str]) -> int:
    """Type each of *texts*; return how many were refused in a sentence."""
    refused = 0
    for text in texts:
        try:
            box(text)
        except DeskError:
            refused += 1
    return refused


@pytest.fixture
def busy(desk: Desk, clock: SetClock) -> Desk:
    """A desk with something to find."""
    desk.receive(asked(clock))
    return desk


def test_nothing_typed_breaks_a_search(busy: Desk, context: Context) -> None:
    chance = Random(1)
    texts = [*HOSTILE, *(typed(chance) for _ in range(A_FEW))]

    for box in boxes(busy).values():
        attack(box, texts)

    assert len(busy.find_dossiers("")) == 1
    with context.store.reading() as session:
        assert all("\x00" not in entry.subject for entry in entries(session, newest=500))


def test_a_search_that_builds_its_question_of_words_is_found_out(busy: Desk) -> None:
    def careless(text: str) -> object:
        with busy.context.store.reading() as session:
            connection = session.connection()
            return connection.exec_driver_sql(f"SELECT '{text}'").all()

    with pytest.raises(Exception, match=r"syntax error|unrecognized|near|embedded"):
        attack(careless, list(HOSTILE))


@pytest.mark.prove
@pytest.mark.timeout(7200)
def test_thousands_of_words_break_no_search(busy: Desk) -> None:
    chance = Random(2)

    for box in boxes(busy).values():
        attack(box, [typed(chance) for _ in range(MANY)])
