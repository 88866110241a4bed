"""What citizens are told of their personal data, in words an office can replace by its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from counter.datafiles import checked, in_file, read_toml
from counter.retention import Retention

FILE = "notice.toml"
KNOWN = frozenset({"office", "phone", "dossier_months", "guidance_months"})
"""What the words may name; it is filled in from the settings and the terms in force."""

NO_PHONE = "—"


@dataclass(frozen=True, slots=True)
class NoticePart:
    """One question of a citizen, and the answer, in both languages.

    Attributes:
        words_en: Like ``title_en``, empty where the office wrote Vietnamese only.
    """

    title: str
    words: str
    title_en: str = ""
    words_en: str = ""

    def __post_init__(self) -> None:
        for text in (self.title, self.words, self.title_en, self.words_en):
            _check(text)

    def in_language(self, code: str) -> tuple[str, str]:
        """Return question and answer in that language; Vietnamese where there is no other."""
        if code != "vi" and self.title_en and self.words_en:
            return self.title_en, self.words_en
        return self.title, self.words


@dataclass(frozen=True, slots=True)
class Notice:
    """The whole notice.

    Attributes:
        receipt: The one line on form 01.
        part: What is read page by page.
    """

    receipt: str
    part: tuple[NoticePart, ...]

    def __post_init__(self) -> None:
        _check(self.receipt)
        if not self.part:
            message = "part: phải có ít nhất một trang"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Told:
    """Who tells it: the office's name and telephone, and the terms in force."""

    office: str
    phone: str
    retention: Retention


def load_notice(folder: Path, office: Path, told: Told) -> Notice:
    """Read the *office*'s own notice where it is, else the one in *folder*, and fill it in.

    Raises:
        BadData: The file cannot be read, has mistakes, or names what is not known.
    """
    path = office if office.exists() else folder / FILE
    notice = checked(Notice, read_toml(path), in_file(path.name))
    values = {
        "office": told.office,
        "phone": told.phone or NO_PHONE,
        "dossier_months": str(told.retention.dossier_months),
        "guidance_months": str(told.retention.guidance_months),
    }
    return Notice(
        notice.receipt.format_map(values),
        tuple(_filled(part, values) for part in notice.part),
    )


def _filled(part: NoticePart, values: dict[str, str]) -> NoticePart:
    return NoticePart(
        part.title.format_map(values),
        part.words.format_map(values),
        part.title_en.format_map(values),
        part.words_en.format_map(values),
    )


def _check(text: str) -> None:
    for _, name, _, _ in Formatter().parse(text):
        if name is not None and name not in KNOWN:
            message = f"không có mục {{{name}}}"
            raise ValueError(message)
