"""An answer on the counter's own screen is tied to the dossier and to nobody who served."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.rating import rate
from counter.errors import AlreadyRated, UnknownDossier
from counter.office.tables import RatingRow
from tests.counter.desk.conftest import SetClock, asked


def kept(context: Context) -> list[dict[str, object]]:
    with context.hall.office.reading() as session:
        rows = session.scalars(select(RatingRow)).all()
        names = RatingRow.__table__.columns.keys()
        return [{name: getattr(row, name) for name in names} for row in rows]


def test_one_tap_after_the_receipt_is_kept_with_the_field_and_no_officer(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    code = desk.receive(asked(clock)).code

    rate(context, code, 2)

    (row,) = kept(context)
    assert (row["subject"], row["service"], row["score"]) == (code, "A", 2)
    told = " ".join(str(value) for value in row.values())
    desk_ = context.settings.settings.desk
    assert desk_.officer_id not in told
    assert desk_.name not in told


def test_a_dossier_is_rated_once_and_its_first_answer_stays(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    code = desk.receive(asked(clock)).code
    rate(context, code, 5)

    with pytest.raises(AlreadyRated):
        rate(context, code, 1)

    assert [row["score"] for row in kept(context)] == [5]


def test_a_code_that_is_none_here_is_not_rated(context: Context) -> None:
    with pytest.raises(UnknownDossier):
        rate(context, "H55.242-261125-9999", 5)

    assert kept(context) == []
