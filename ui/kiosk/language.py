"""Language packs of the kiosk: a ``kiosk_xx.ts`` file in resources/i18n is a language more.

The files are read as they are: an office adds a language with a text editor and no compiler.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from ui.theme import RESOURCES

SOURCE = "vi"
"""The language the screens are written in."""

OWN_NAME = "Tiếng Việt"
"""What a language calls itself, as the translation of this."""


class Pack(QTranslator):
    """One language pack; what it does not translate stays Vietnamese.

    A sentence has one translation, whatever page it stands on.
    """

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.code = path.stem.removeprefix("kiosk_")
        tree = ET.parse(path)  # noqa: S314 - a file of the program, not of a stranger
        self._words = {
            message.findtext("source", ""): message.findtext("translation", "")
            for message in tree.getroot().iter("message")
        }

    @property
    def own_name(self) -> str:
        """What the language calls itself, for the button that leads to it."""
        return self._words[OWN_NAME]

    def translate(
        self,
        context: str,
        source: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        # None lets Qt go on to the sentence itself
        return self._words.get(source) or None

    def isEmpty(self) -> bool:
        return not self._words


class Tongue(QObject):
    """The language the kiosk speaks now; every citizen begins in Vietnamese."""

    def __init__(self, parent: QObject, folder: Path = RESOURCES / "i18n") -> None:
        super().__init__(parent)
        self._packs = {
            pack.code: pack
            for pack in (Pack(path, self) for path in sorted(folder.glob("kiosk_*.ts")))
        }
        self.code = SOURCE

    @property
    def is_source(self) -> bool:
        """Whether it is the language the screens are written in."""
        return self.code == SOURCE

    @property
    def following(self) -> str:
        """Code of the language after this one, in a circle."""
        codes = [SOURCE, *self._packs]
        return codes[(codes.index(self.code) + 1) % len(codes)]

    @property
    def other_name(self) -> str:
        """What the following language calls itself; empty when there is only one."""
        code = self.following
        if code == self.code:
            return ""
        return OWN_NAME if code == SOURCE else self._packs[code].own_name

    def use(self, code: str) -> None:
        """Speak the language *code* from the next page on."""
        if not self.is_source:
            QCoreApplication.removeTranslator(self._packs[self.code])
        if code != SOURCE:
            QCoreApplication.installTranslator(self._packs[code])
        self.code = code
