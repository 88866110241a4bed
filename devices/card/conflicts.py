"""Where chip, machine-readable zone, printed QR and typed number tell different things."""

from __future__ import annotations

from counter.cards import ChipText, FieldConflict, MrzText, QrText
from counter.values import CitizenNumber, PartialDate, Sex, fold

MRZ_NAME_ROOM = 30
"""Characters of the name line; a longer name is cut off there."""
_SEX_LETTER = {Sex.MALE: "M", Sex.FEMALE: "F", Sex.OTHER: "X"}


def cross_check(
    text: ChipText,
    mrz: MrzText | None = None,
    *,
    qr: QrText | None = None,
    given: CitizenNumber | None = None,
) -> tuple[FieldConflict, ...]:
    """Return every field that two sources tell differently.

    Names are compared without accents, a name cut off by the zone's room as far as it goes; a
    birth date known by year only agrees with any day of that year. What a source does not tell
    cannot differ.
    """
    found: list[FieldConflict] = []

    def compare(name: str, shown: str | None, source: str, told: str | None, same: bool) -> None:
        if shown and told and not same:
            found.append(FieldConflict(name, (("dg13", shown), (source, told))))

    number = text.id_number.digits
    if mrz:
        told = mrz.personal_number
        compare("id_number", number, "mrz", told, told == number)
        compare(
            "full_name", text.full_name, "mrz", mrz.full_name, _same_mrz_name(text, mrz.full_name)
        )
        _compare_birth(found, text, "mrz", mrz.date_of_birth)
        letter = _SEX_LETTER[text.sex] if text.sex else None
        compare("sex", letter, "mrz", mrz.sex, mrz.sex in {letter, "X"})
        until, printed = text.expires_on, mrz.expires_on
        compare(
            "expires_on",
            until.isoformat() if until else text.expires_text,
            "mrz",
            printed.isoformat() if printed else None,
            until == printed,
        )
    if qr:
        compare("id_number", number, "qr", qr.id_number.digits, number == qr.id_number.digits)
        same = fold(text.full_name) == fold(qr.full_name)
        compare("full_name", text.full_name, "qr", qr.full_name, same)
        _compare_birth(found, text, "qr", qr.date_of_birth)
        compare("sex", text.sex, "qr", qr.sex, text.sex == qr.sex)
    if given:
        compare("id_number", number, "given", given.digits, number == given.digits)
    return tuple(found)


def _same_mrz_name(text: ChipText, told: str) -> bool:
    full = fold(text.full_name)
    short = fold(told)
    return full == short or (len(told) + 1 >= MRZ_NAME_ROOM - 1 and full.startswith(short))


def _compare_birth(
    found: list[FieldConflict], text: ChipText, source: str, told: PartialDate | None
) -> None:
    shown = text.date_of_birth
    if shown is None or told is None:
        return
    pairs = ((shown.year, told.year), (shown.month, told.month), (shown.day, told.day))
    if any(a != b for a, b in pairs if a is not None and b is not None):
        values = (("dg13", shown.iso), (source, told.iso))
        found.append(FieldConflict("date_of_birth", values))
