"""Declarations (tờ khai) as JSON Schema: what each asks, and what is known without asking.

A form is ``resources/procedures/forms/<procedure code>.json`` (JSON Schema 2020-12). Beyond the
standard it says ``x-group`` for the heading a property stands under, ``x-from`` for where its
value is known from, first known first, and ``x-keep`` when an earlier dossier of the same person
may answer it: what belongs to one event, such as a child's name, is never taken from another.
``x-aliases`` are other ways to write one of the ``enum``: cards write "Mông" and "H'Mông".
``x-with`` names the question without whose answer this one is not asked: of a child whose father
is not known, nothing is asked of him (NĐ 123/2015/NĐ-CP, article 15).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter.datafiles import Place, checked
from counter.errors import BadData
from counter.values import Sex, fold, nfc
from counter.work import IdentitySource

if TYPE_CHECKING:
    from counter.cards import ChipText
    from counter.values import PartialDate
    from counter.work import Applicant

COMMON = "common.json"
_REFERENCE = f"{COMMON}#/$defs/"


class Kind(StrEnum):
    """What may be answered; a day may be known by its year only, as on the card.

    An identity is a citizen number, or for who has none that of an old card or a passport.
    """

    TEXT = "text"
    NAME = "name"
    ADDRESS = "address"
    DAY = "day"
    NUMBER = "number"
    IDENTITY = "identity"
    MONEY = "money"
    CHOICE = "choice"


class Origin(StrEnum):
    """Where an answer came from; what nobody knows is to be asked."""

    CHIP = "chip"
    QR = "qr"
    EARLIER = "earlier"
    CATALOGUE = "catalogue"
    OFFICE = "office"
    TYPED = "typed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One property of a form.

    Attributes:
        aliases: Other ways to write a choice, each with the choice it means.
        sources: Names of ``known``, first known first.
        keep: An earlier dossier of the same person may answer it.
        default: The catalogue's own answer, which the officer may change.
        lead: Key of the question without whose answer this one is not asked.
    """

    key: str
    title: str
    group: str
    kind: Kind
    required: bool
    choices: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    keep: bool = False
    default: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationForm:
    """One declaration.

    Attributes:
        code: Code of its procedure.
        basis: The official sample it follows; empty when it is our own.
        request: What is asked for, in words.
    """

    code: str
    title: str
    questions: tuple[Question, ...]
    basis: str = ""
    request: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question."""

    key: str
    value: str = field(repr=False)
    origin: Origin


@dataclass(frozen=True, slots=True)
class Declared:
    """A form with its answers, in the form's order."""

    form: DeclarationForm
    answers: tuple[Answer, ...]


def load_forms(folder: Path) -> Mapping[str, DeclarationForm]:
    """Read every form of *folder* by the code of its procedure.

    Raises:
        BadData: A form cannot be read, or has mistakes; each line names file and key.
    """
    forms: dict[str, DeclarationForm] = {}
    wrong: list[str] = []
    common = _read(folder / COMMON).get("$defs", {})
    for path in sorted(folder.glob("*.json")):
        if path.name != COMMON:
            try:
                forms[path.stem] = _form(path, common)
            except BadData as error:
                wrong += error.mistakes
            except (AttributeError, TypeError):
                wrong.append(f"{path.name}: không có dạng của một mẫu tờ khai")
    if wrong:
        raise BadData(tuple(wrong))
    return forms


def _read(path: Path) -> dict[str, Any]:
    try:
        tree: dict[str, Any] = json.loads(nfc(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError) as error:
        raise BadData((f"{path.name}: không đọc được tệp",)) from error
    if not isinstance(tree, dict):
        raise BadData((f"{path.name}: không có dạng của một mẫu tờ khai",))
    return tree


def _form(path: Path, common: Mapping[str, Any]) -> DeclarationForm:
    tree = _read(path)
    required = set(tree.get("required", ()))
    questions = []
    for key, given in tree.get("properties", {}).items():
        reference = str(given.get("$ref", ""))
        shared = reference.removeprefix(_REFERENCE)
        if reference and shared not in common:
            raise BadData((f"{path.name}: {key}: không có mục {reference}",))
        asked = {**_shared(common, shared), **given}
        questions.append(
            {
                "key": key,
                "title": asked.get("title"),
                "group": asked.get("x-group"),
                "kind": _kind(asked),
                "required": key in required,
                "choices": asked.get("enum", ()),
                "aliases": tuple(asked.get("x-aliases", {}).items()),
                "sources": asked.get("x-from", ()),
                "keep": asked.get("x-keep", False),
                "default": asked.get("default", ""),
                "lead": asked.get("x-with", ""),
            }
        )
    form = {
        "code": tree.get("$id"),
        "title": tree.get("title"),
        "questions": questions,
        "basis": tree.get("x-basis", ""),
        "request": tree.get("x-request", ""),
    }

    def name(place: Place) -> str:
        match place:
            case ("questions", int(index), *rest):
                return f"{path.name}: {questions[index]['key']}: {rest}"
        return f"{path.name}: {place}"

    parsed = checked(DeclarationForm, form, name)
    keys = {question.key for question in parsed.questions}
    lost = [q for q in parsed.questions if q.lead and q.lead not in keys]
    if lost:
        raise BadData(tuple(f"{path.name}: {q.key}: không có mục {q.lead}" for q in lost))
    return parsed


def _shared(common: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return what several forms share under *name*, with what it rests on itself."""
    asked: dict[str, Any] = dict(common.get(name, {}))
    rests_on = str(asked.pop("$ref", "")).removeprefix("#/$defs/")
    return {**_shared(common, rests_on), **asked} if rests_on else asked


def _kind(asked: Mapping[str, Any]) -> Kind:
    if "enum" in asked:
        return Kind.CHOICE
    by_format = _FORMATS.get(str(asked.get("format")))
    if by_format is not None:
        return by_format
    return Kind.NUMBER if asked.get("type") == "integer" else Kind.TEXT


_FORMATS = {
    "date": Kind.DAY,
    "person-name": Kind.NAME,
    "address": Kind.ADDRESS,
    "identity-number": Kind.IDENTITY,
    "money": Kind.MONEY,
}
_ORIGINS = {
    IdentitySource.CHIP: Origin.CHIP,
    IdentitySource.QR: Origin.QR,
    IdentitySource.MANUAL: Origin.TYPED,
    IdentitySource.PORTAL: Origin.TYPED,
}
MARRIED = "Đang có vợ hoặc chồng"
"""What somebody whose chip names a spouse answers of marriage, until they say otherwise."""

_SEXES = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ", Sex.OTHER: "Khác"}
_PARENTS = {Sex.FEMALE: ("mother", "father", "Mẹ"), Sex.MALE: ("father", "mother", "Cha")}


def known(
    applicant: Applicant | None, chip: ChipText | None, office: str = ""
) -> dict[str, Answer]:
    """Return what is known of person and office, by the names that ``x-from`` uses.

    ``applicant.*`` is the person, ``chip.*`` what only the chip tells, ``card.*`` what follows
    from the card that was read, ``office.*`` this agency. ``mother.*`` and ``father.*`` are the
    person and the spouse that the chip names, for those who declare their own child. ``fill`` adds
    ``earlier.*``: an earlier dossier's answer to another question.

    Args:
        office: Full name of this agency, such as ``Ủy ban nhân dân xã Thử Nghiệm``.
    """
    told = _of_office(office)
    if applicant is not None:
        told |= _of_person(applicant, chip)
    return {name: Answer(name, value, origin) for name, (value, origin) in told.items() if value}


_PEOPLES_COMMITTEE = "Ủy ban nhân dân "


def _of_office(office: str) -> dict[str, tuple[str, Origin]]:
    told = {"office.name": (office, Origin.OFFICE)}
    if office.startswith(_PEOPLES_COMMITTEE):
        commune = office.removeprefix(_PEOPLES_COMMITTEE)
        told["office.health_station"] = (f"Trạm y tế {commune}", Origin.OFFICE)
    return told


def _of_person(applicant: Applicant, chip: ChipText | None) -> dict[str, tuple[str, Origin]]:
    basic = _ORIGINS[applicant.source]
    told: dict[str, tuple[str, Origin]] = {
        "applicant.full_name": (applicant.full_name, basic),
        "applicant.number": (applicant.number.digits if applicant.number else "", basic),
        "applicant.birth_date": (_birth(applicant.birth_date), basic),
        "applicant.sex": (_SEXES[applicant.sex] if applicant.sex else "", basic),
        "applicant.address": (applicant.address or "", basic),
        "applicant.issued_on": (_day(applicant.issued_on), basic),
        "applicant.phone": (applicant.phone or "", Origin.TYPED),
        "applicant.email": (applicant.email or "", Origin.TYPED),
        "person.business_name": (f"Hộ kinh doanh {applicant.full_name}", Origin.CATALOGUE),
    }
    if applicant.issued_on is not None and basic in (Origin.CHIP, Origin.QR):
        told["card.issued_by"] = (issuer_of(applicant.issued_on), Origin.CATALOGUE)
    if chip is not None:
        for name in (
            *("nationality", "ethnicity", "place_of_origin"),
            *("father_name", "mother_name", "spouse_name"),
        ):
            told[f"chip.{name}"] = (getattr(chip, name) or "", Origin.CHIP)
        if chip.spouse_name:
            told["chip.marital"] = (MARRIED, Origin.CHIP)
    if applicant.sex in _PARENTS:
        own, other, relation = _PARENTS[applicant.sex]
        told["family.relation"] = (relation, basic)
        for name, source in (
            ("full_name", "applicant.full_name"),
            ("birth_date", "applicant.birth_date"),
            ("residence", "applicant.address"),
            ("ethnicity", "chip.ethnicity"),
            ("nationality", "chip.nationality"),
            ("origin", "chip.place_of_origin"),
        ):
            if source in told:
                told[f"{own}.{name}"] = told[source]
        if chip is not None and chip.spouse_name:
            told[f"{other}.full_name"] = told["chip.spouse_name"]
            told[f"{other}.residence"] = (applicant.address or "", Origin.CATALOGUE)
    return told


_MINISTRY_SINCE = date(2024, 7, 1)


def issuer_of(issued_on: date) -> str:
    """Return who issued the chip card of that day, as papers name it.

    Since the Identification Law 26/2023/QH15 the Ministry itself; before, the cards of
    TT 06/2021/TT-BCA name its department.
    """
    if issued_on >= _MINISTRY_SINCE:
        return "Bộ Công an"
    return "Cục Cảnh sát quản lý hành chính về trật tự xã hội"


_OF_SPOUSE = {
    "full_name": "spouse_full_name",
    "birth_date": "spouse_birth_date",
    "ethnicity": "spouse_ethnicity",
    "nationality": "spouse_nationality",
    "residence": "spouse_residence",
}
"""What a marriage registration told of the husband or wife, who now is the other parent."""


_OF_PARENT = {
    "full_name": "full_name",
    "birth_date": "birth",
    "ethnicity": "ethnicity",
    "nationality": "nationality",
    "residence": "residence",
}
"""What a birth registration told of the child's other parent, who now is the husband or wife."""


def _spouse(facts: Mapping[str, Answer], before: Mapping[str, str]) -> dict[str, Answer]:
    """Return what earlier dossiers tell of the husband or wife, by marriage or a child's birth.

    Of a child's other parent it tells after a marriage, of the spouse after a birth. Somebody whom
    the chip names otherwise is another person, of whom nothing is told; and only of somebody whom
    the chip names is the other parent known to be the spouse.
    """
    relation = facts.get("family.relation")
    if relation is None:
        return {}
    other = "father" if relation.value == _PARENTS[Sex.FEMALE][2] else "mother"
    told = facts.get("chip.spouse_name")
    married, parent = before.get("spouse_full_name", ""), before.get(f"{other}_full_name", "")
    found: dict[str, str] = {}
    if married and (told is None or fold(told.value) == fold(married)):
        found |= {f"{other}.{fact}": before.get(key, "") for fact, key in _OF_SPOUSE.items()}
    if parent and told is not None and fold(told.value) == fold(parent):
        found |= {
            f"spouse.{fact}": before.get(f"{other}_{key}", "") for fact, key in _OF_PARENT.items()
        }
    return {name: Answer(name, value, Origin.EARLIER) for name, value in found.items() if value}


def fill(
    form: DeclarationForm, facts: Mapping[str, Answer], earlier: Iterable[Answer] = ()
) -> tuple[Answer, ...]:
    """Answer every question of *form* that needs no asking, in the form's order.

    What is read now goes before what was said earlier, and that before the catalogue's default.

    Args:
        facts: What ``known`` told.
        earlier: Answers of the person's earlier dossiers, the newest first.
    """
    before: dict[str, str] = {}
    for answer in earlier:
        before.setdefault(answer.key, answer.value)
    told = {f"earlier.{key}": value for key, value in before.items() if value}
    facts = {
        **{name: Answer(name, value, Origin.EARLIER) for name, value in told.items()},
        **_spouse(facts, before),
        **facts,
    }
    return tuple(_answer(question, facts, before) for question in form.questions)


def _answer(question: Question, facts: Mapping[str, Answer], before: Mapping[str, str]) -> Answer:
    for source in question.sources:
        if source in facts:
            told = chosen(question, facts[source].value)
            return Answer(question.key, told, facts[source].origin)
    if question.keep and before.get(question.key):
        return Answer(question.key, chosen(question, before[question.key]), Origin.EARLIER)
    if question.default:
        return Answer(question.key, question.default, Origin.CATALOGUE)
    return Answer(question.key, "", Origin.UNKNOWN)


def chosen(question: Question, value: str) -> str:
    """Return the choice that *value* means, however it is spelt; as it is where it means none.

    Case, accents, hyphens and apostrophes do not matter; where a choice is asked for and none is
    meant, the answer does not fit and the officer is asked.
    """
    if not question.choices or value in question.choices:
        return value
    meant = {_letters(alias): choice for alias, choice in question.aliases}
    meant |= {_letters(choice): choice for choice in question.choices}
    return meant.get(_letters(value), value)


def _letters(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isalnum())


def _birth(born: PartialDate | None) -> str:
    return "" if born is None else "/".join(reversed(born.iso.split("-")))


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"
