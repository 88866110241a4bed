"""The statutory forms as the portal tells them: which circular holds when, its titles and sheets.

The portal names a form by its circular and number; what stands on it is worded here. An office's
own wording of a form stays above what the portal says of it.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from counter.papers.form import Form
from counter.values import fold
from counter.wording import FormNumber, FormSet, PageSize, Wording, Wordings

log = logging.getLogger(__name__)

SHEETS = {
    "A5": (PageSize.A5, PageSize.A5_WIDE),
    "A4": (PageSize.A4, PageSize.A4_WIDE),
}
"""How each sheet of the contract may lie; the first is taken where it lay on another sheet."""


@dataclass(frozen=True, slots=True)
class ToldForm:
    """``Form`` of the contract.

    Attributes:
        basis: The circular, as ``FormSet`` names it.
        number: Of the form in it, such as ``01``.
        page: ``A4`` or ``A5``; empty where it is left to the desk.
        effective_to: The last day, None while there is none.
    """

    basis: str
    number: str
    title: str
    page: str
    effective_from: date
    effective_to: date | None

    @property
    def size(self) -> tuple[PageSize, ...]:
        """How its sheet may lie; empty where any will do."""
        return SHEETS.get(self.page, ())


def with_told_forms(shipped: Wordings, told: Sequence[ToldForm]) -> Wordings:
    """Return *shipped* with what the portal says of the forms laid over it.

    A circular not known here takes effect once it names the receipt that every reception prints;
    its other forms are found by their title, or else by the number they had before.
    """
    by_basis: dict[str, list[ToldForm]] = defaultdict(list)
    for one in told:
        by_basis[one.basis].append(one)
    known = {held.basis: held for held in shipped.sets}
    layers: list[Wording] = []
    for basis, forms in by_basis.items():
        found = [(one, _worded(shipped, one, is_new=basis not in known)) for one in forms]
        worded = [(one, wording) for one, wording in found if wording is not None]
        if basis not in known and Form.RECEIPT not in {wording.form for _, wording in worded}:
            log.warning("the portal's circular %s names no receipt and is left out", basis)
            continue
        known[basis] = _days(basis, forms)
        layers += (_laid(wording, one) for one, wording in worded)
    sets = sorted(known.values(), key=lambda held: held.effective_from, reverse=True)
    return replace(shipped, sets=tuple(sets), wordings=(*shipped.wordings, *layers))


def _days(basis: str, forms: Iterable[ToldForm]) -> FormSet:
    """Return a circular with the days that its forms hold for."""
    begins = min(one.effective_from for one in forms)
    ends = [one.effective_to for one in forms if one.effective_to is not None]
    is_ended = len(ends) == len(list(forms))
    return FormSet(basis, begins, max(ends) if is_ended else None)


def _worded(shipped: Wordings, one: ToldForm, *, is_new: bool) -> Wording | None:
    """Return how the form is worded here; None when this desk has no such paper."""
    numbered = [wording for wording in shipped.wordings if wording.numbers]
    if not is_new:
        bases = [one.basis]
    else:
        same = [wording for wording in numbered if _plain(wording.title) == _plain(one.title)]
        if same:
            return same[-1]
        bases = [held.basis for held in sorted(shipped.sets, key=lambda s: s.effective_from)[-1:]]
    return next(
        (
            wording
            for wording in reversed(numbered)
            if any(wording.number_under(basis) == one.number for basis in bases)
        ),
        None,
    )


def _laid(wording: Wording, one: ToldForm) -> Wording:
    """Return *wording* with the title and sheet that the portal tells, for the form's own days."""
    title = wording.title
    if _plain(title) != _plain(one.title):
        title = one.title.upper().replace("{", "{{").replace("}", "}}")
    page = wording.page
    if one.size and page not in one.size:
        page = one.size[0]
    return replace(
        wording,
        title=title,
        page=page,
        numbers=(FormNumber(one.basis, one.number),),
        effective_from=max(wording.effective_from, one.effective_from),
        effective_to=one.effective_to,
    )


def _plain(title: str) -> str:
    return " ".join(fold(title).split())
