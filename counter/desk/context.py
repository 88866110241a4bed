"""What every action of the desk needs at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from counter.acts import Reason
from counter.addresses import Gazetteer
from counter.calendar import WorkCalendar
from counter.declaring import DeclarationForm
from counter.folder import DataFolder
from counter.notice import Notice
from counter.office.office import Office
from counter.people import Seat
from counter.plain_words import PlainWords
from counter.procedures import Catalogue
from counter.retention import Retention
from counter.settings import SettingsFile
from counter.store.store import Store
from counter.systems import System
from counter.wording import Wordings


@dataclass(frozen=True, slots=True)
class Hall:
    """The waiting hall: what tickets and calls need. No personal data passes through it.

    Attributes:
        reserve: Where numbers come from while the office database is away or damaged.
        priorities: Name of each priority group by its code.
        plain: What people come for in their own words, by the service's letter.
        wordings: The words of every paper.
        notice: What citizens are told of their personal data.
        clock: The moment now, aware; tests give their own.
        training: Everything it makes is marked as without value.
    """

    folder: DataFolder
    settings: SettingsFile
    office: Office
    reserve: Office
    catalogue: Catalogue
    priorities: Mapping[str, str]
    plain: Mapping[str, PlainWords]
    wordings: Wordings
    notice: Notice
    clock: Callable[[], datetime]
    training: bool


class Shelf:
    """The catalogue as it stands now, the office's versions laid over those that ship.

    Touched by the ``counter`` thread only.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue


@dataclass(frozen=True, slots=True)
class Context:
    """One desk, open: the hall it stands in, its own encrypted store, and who sits there.

    Attributes:
        wordings: The words of every paper, with what the portal says of the statutory forms.
    """

    hall: Hall
    store: Store
    calendar: WorkCalendar
    seat: Seat
    reasons: tuple[Reason, ...]
    declarations: Mapping[str, DeclarationForm]
    shelf: Shelf
    systems: Mapping[str, System]
    gazetteer: Gazetteer
    retention: Retention
    wordings: Wordings

    @property
    def settings(self) -> SettingsFile:
        """The settings and where they came from, naming the officer who sits here now."""
        return self.seat.settings

    @property
    def catalogue(self) -> Catalogue:
        """Every procedure, with its versions."""
        return self.shelf.catalogue

    @property
    def training(self) -> bool:
        """Whether this desk serves training only."""
        return self.hall.training

    def of_the_program(self) -> Context:
        """Return the same desk for what nobody here does: records then name the program."""
        return replace(self, seat=self.seat.of_the_program())

    def clock(self) -> datetime:
        """Return the moment now."""
        return self.hall.clock()
