"""Where chip, machine-readable zone, printed QR and typed number tell different things."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from counter.cards import ChipText, FieldConflict, MrzText, QrText
from counter.values import CitizenNumber, fold

CUT_NAME = 28
"""Characters from which a name may have been cut off: the zone's line holds thirty."""
_SEX = {"Nam": "M", "Nữ": "F", "Khác": "X"}

Same = Callable[[str, str], bool]


def cross_check(
    text: ChipText,
    mrz: MrzText | None = None,
    told: QrText | CitizenNumber | None = None,
) -> tuple[FieldConflict, ...]:
    """Return every field that two sources tell differently, with what each of them tells.

    Names are compared without accents and signs, one cut off by the zone's room as far as it
    goes; a birth date known by year only agrees with any day of that year; words in the place of
    an expiry date agree with any date. What a source does not tell cannot differ.

    Args:
        told: The QR that was scanned or the number that was typed.
    """
    qr = told if isinstance(told, QrText) else None
    given = told if isinstance(told, CitizenNumber) else None
    sources: dict[str, dict[str, str | None]] = {
        "mrz": _of_mrz(mrz) if mrz else {},
        "dg13": _of_chip(text),
        "qr": _of_qr(qr) if qr else {},
        "given": {"id_number": given.digits} if given else {},
    }
    rules: dict[str, Same] = {
        "id_number": str.__eq__,
        "full_name": _same_name,
        "date_of_birth": _same_birth,
        "sex": _same_sex,
        "expires_on": str.__eq__,
    }
    found = []
    for name, same in rules.items():
        values = [(source, fields.get(name)) for source, fields in sources.items()]
        said = tuple((source, value) for source, value in values if value)
        if not all(same(one, other) for (_, one), (_, other) in combinations(said, 2)):
            found.append(FieldConflict(name, said))
    return tuple(found)


def _of_chip(text: ChipText) -> dict[str, str | None]:
    return {
        "id_number": text.id_number.digits,
        "full_name": text.full_name,
        "date_of_birth": text.date_of_birth.iso if text.date_of_birth else None,
        "sex": text.sex,
        "expires_on": text.expires_on.isoformat() if text.expires_on else None,
    }


def _of_mrz(mrz: MrzText) -> dict[str, str | None]:
    return {
        "id_number": mrz.personal_number,
        "full_name": mrz.full_name,
        "date_of_birth": mrz.date_of_birth.iso if mrz.date_of_birth else None,
        "sex": mrz.sex if mrz.sex != "X" else None,
        "expires_on": mrz.expires_on.isoformat() if mrz.expires_on else None,
    }


def _of_qr(qr: QrText) -> dict[str, str | None]:
    return {
        "id_number": qr.id_number.digits,
        "full_name": qr.full_name,
        "date_of_birth": qr.date_of_birth.iso if qr.date_of_birth else None,
        "sex": qr.sex,
    }


def _same_name(one: str, other: str) -> bool:
    short, long = sorted((_letters(one), _letters(other)), key=len)
    if short == long:
        return True
    return min(len(one), len(other)) >= CUT_NAME and long.startswith(short)


def _letters(name: str) -> str:
    return "".join(sign for sign in fold(name) if sign.isalnum())


def _same_birth(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _same_sex(one: str, other: str) -> bool:
    return _SEX.get(one, one) == _SEX.get(other, other)
