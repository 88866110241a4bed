"""Who a dossier is of and who brings it: papers other than a card, organisations, submitters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from counter.acts import Relation
from counter.errors import BadDocument, BadTaxCode, SubmitterUnproven

if TYPE_CHECKING:
    from counter.work import Applicant

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
"""Weights of the first nine digits of a tax code; the tenth makes the sum come out."""


class DocumentKind(StrEnum):
    """What names a person who has no card: a foreigner, a child, somebody with an old paper."""

    PASSPORT = "ho_chieu"
    OLD_CARD = "cmnd"
    OTHER = "khac"


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that names a person, by its number.

    Raises:
        BadDocument: The number is not 5 to 20 capital letters and digits; an old card's is nine
            digits.
    """

    kind: DocumentKind
    number: str = field(repr=False)

    def __post_init__(self) -> None:
        form = "[0-9]{9}" if self.kind is DocumentKind.OLD_CARD else "[0-9A-Z]{5,20}"
        if not re.fullmatch(form, self.number):
            raise BadDocument

    @classmethod
    def parse(cls, kind: DocumentKind, text: str) -> Self:
        """Read a number typed with blanks, points or small letters."""
        return cls(kind, re.sub(r"[\s./-]", "", text).upper())

    @property
    def masked(self) -> str:
        """The number for papers and lists: only its ends are shown."""
        return f"{self.number[:2]}••••{self.number[-3:]}"


@dataclass(frozen=True, slots=True)
class TaxCode:
    """The code that names an organisation: ten digits, and three more for a branch.

    Raises:
        BadTaxCode: It has another form, or its tenth digit does not fit the nine before it.
    """

    text: str

    def __post_init__(self) -> None:
        match = re.fullmatch(r"([0-9]{10})(-[0-9]{3})?", self.text)
        if match is None or not _is_sound(match[1]):
            raise BadTaxCode

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code typed with blanks, points, or its branch without the hyphen."""
        digits = re.sub(r"[\s.-]", "", text)
        return cls(f"{digits[:10]}-{digits[10:]}" if len(digits) > 10 else digits)


def _is_sound(digits: str) -> bool:
    weighed = sum(int(d) * weight for d, weight in zip(digits, _WEIGHTS, strict=False))
    return int(digits[9]) == 10 - weighed % 11


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as applicant; its name is the applicant's.

    Attributes:
        representative: Who may speak for it, empty when nobody was named.
    """

    tax_code: TaxCode
    representative: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who brings a dossier that is another's.

    Attributes:
        authorisation: Number or date of the paper that authorises.

    Raises:
        SubmitterUnproven: An authorised person without the paper, or the applicant in person.
    """

    person: Applicant
    relation: Relation
    authorisation: str = ""

    def __post_init__(self) -> None:
        unproven = self.relation is Relation.AUTHORISED and not self.authorisation.strip()
        if unproven or self.relation is Relation.SELF:
            raise SubmitterUnproven
