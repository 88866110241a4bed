"""What the portal's catalogues offer this office: days, units, agencies, procedures to accept.

Where the national interface is used, its list of procedures takes the place of the portal's.
The calendar, the units and the statutory forms are the portal's, and hold from the desk's next
start. Its agencies stand where papers can be sent to, behind those they went to before. Procedures
and fees are only proposed: somebody of the office accepts them, from a day on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from counter.calendar import ToldDay, WorkCalendar, with_days
from counter.curation import Proposals
from counter.desk import curating
from counter.desk.context import Context
from counter.errors import BadData, BadOfficial, CatalogueNotTold
from counter.official.lines import Official
from counter.official.reading import official_of
from counter.procedures import Fee, FeeKind
from counter.store import reference
from counter.told_forms import ToldForm, with_told_forms
from counter.units import ToldUnit
from counter.values import Dong, local_day
from counter.wording import Wordings, told_name

SOURCE = "cổng dịch vụ công"
NATIONAL_SOURCE = "danh mục thủ tục quốc gia"
KINDS = {"off": True, "local_off": True, "make_up": False}
"""What the portal calls a day, and whether nobody works; half days are worked in part."""

PER = {"ho_so": None, "trang": "trang", "ban": "bản", "truong_hop": "trường hợp"}


def calendar_of(session: Session, shipped: WorkCalendar, today: date) -> WorkCalendar:
    """Return the calendar to count with: what ships, and what the portal told since."""
    told = reference.in_force(session, "calendar", today)
    return with_days(
        shipped,
        [
            ToldDay(
                day=date.fromisoformat(one["date"]),
                is_off=KINDS[one["kind"]],
                expected=one.get("status") == "estimated",
            )
            for one in told
            if one["kind"] in KINDS
        ],
    )


def units_of(session: Session, today: date) -> tuple[tuple[ToldUnit, ...], tuple[str, ...]]:
    """Return the units the portal tells of *today*, and the codes of those that are no more."""
    told = tuple(
        ToldUnit(
            code=one["code"],
            kind=str(one["full_name"]).removesuffix(str(one["name"])).strip(),
            name=one["name"],
            province=str(one["parent_code"]) if one["level"] == "commune" else "",
        )
        for one in reference.in_force(session, "units", today)
        if one["level"] in {"province", "commune"}
    )
    return told, reference.ended(session, "units", today)


def agencies_of(session: Session, agency: str, today: date) -> tuple[str, ...]:
    """Return the agencies of *agency*'s province as the portal names them, its own units first."""
    province = agency.split(".", maxsplit=1)[0]
    told = [
        one
        for one in reference.in_force(session, "agencies", today)
        if str(one["code"]).split(".")[0] == province and one["code"] != agency
    ]
    told.sort(key=lambda one: (one.get("parent_code") != agency, one["code"]))
    return tuple(str(one["name"]) for one in told)


def wordings_of(session: Session, shipped: Wordings) -> Wordings:
    """Return the words of every paper: what ships, and what the portal told of the forms since."""
    bases = {told_name(held.basis): held.basis for held in shipped.sets}
    told = [
        ToldForm(
            basis=bases.get(one["form_set"], _basis(one)),
            number=one["number"],
            title=one["title"],
            page=one.get("page") or "",
            effective_from=date.fromisoformat(one["effective_from"]),
            effective_to=_day(one.get("effective_to")),
        )
        for one in reference.all_of(session, "forms")
    ]
    return with_told_forms(shipped, told)


def _basis(form: Mapping[str, Any]) -> str:
    """Return the circular of a form as papers name it, if the portal's own name comes of it."""
    basis = str(form["legal_basis"])
    return basis if told_name(basis) == form["form_set"] else str(form["form_set"])


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def propose(context: Context) -> Proposals:
    """Say where the portal's procedures and fees differ from what is in force here.

    Raises:
        CatalogueNotTold: The portal has told no procedures yet.
        BadOfficial: What it told cannot be read.
    """
    return curating.compare(context, official(context))


def official(context: Context) -> tuple[Official, ...]:
    """Return the portal's procedures with their fees, as they hold today.

    The national list tells a procedure's fees with it.

    Raises:
        CatalogueNotTold, BadOfficial: As ``propose``.
    """
    today = local_day(context.clock())
    if context.settings.settings.portal.interface == "dvcqg":
        with context.store.reading() as session:
            listed = reference.in_force(session, reference.NATIONAL, today)
        if not listed:
            raise CatalogueNotTold
        return official_of({"result": listed}, NATIONAL_SOURCE)
    with context.store.reading() as session:
        procedures = reference.in_force(session, "procedures", today)
        fees = reference.in_force(session, "fees", today)
    if not procedures:
        raise CatalogueNotTold
    told = official_of({"items": procedures}, SOURCE)
    of_code: dict[str, list[Mapping[str, Any]]] = {}
    for fee in fees:
        of_code.setdefault(str(fee.get("procedure_code")), []).append(fee)
    try:
        return tuple(replace(one, fees=_fees(of_code.get(one.code, ()))) for one in told)
    except (BadData, AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadOfficial(file=SOURCE) from error


def _fees(told: Sequence[Mapping[str, Any]]) -> tuple[Fee, ...]:
    """Return fees as the office keeps them; a rate for later copies stays with its own code."""
    return tuple(
        Fee(
            code=str(fee["fee_code"]),
            name=str(fee["name"]),
            kind=FeeKind(fee["kind"]),
            amount=_amount(fee),
            free=_amount(fee) == 0,
            per=PER.get(str(fee.get("per"))),
            cap=None if fee.get("cap") is None else Dong(fee["cap"]),
            exemptions=tuple(
                str(one["group"]) for one in fee.get("exemptions", ()) if one["percent"] == 100
            ),
        )
        for fee in told
        if fee.get("from_qty", 1) == 1
    )


def _amount(fee: Mapping[str, Any]) -> Dong | None:
    """Return the rate; 0 only where it is said to be free, for 0 alone is a rate not known."""
    if fee["free"]:
        return Dong(0)
    return Dong(int(fee["unit_price"])) if fee["unit_price"] else None
