"""A training desk in a fresh folder, with a clock the test sets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update

from counter.cards import Verdict
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.opening import Opening, open_desk
from counter.folder import DataFolder
from counter.store import leases
from counter.store.clocks import ClockReading, Clocks
from counter.store.people_tables import OfficerRow
from counter.values import CitizenNumber, DossierId, PartialDate, Sex, local_day, uuid7
from counter.work import Applicant, IdentitySource, PaperBrought, ReceptionAsked

HOUSE = Path(__file__).parents[3]
RESOURCES = HOUSE / "resources"
BIRTH = "1.001193"
EXTRACT = "2.000635"


@dataclass
class SetClock:
    """A clock that stands until it is moved."""

    moment: datetime = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


class Run(Clocks):
    """A run of the computer that lasts as long as it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.boot = "first run"
        self.hours = 5.0

    def read(self) -> ClockReading:
        return ClockReading(self.boot, round(self.hours * 3_600_000), None)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(scope="session")
def set_up_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training desk that was set up once and is copied for each test."""
    folder = DataFolder(tmp_path_factory.mktemp("set-up") / "desk")
    with open_desk(opening_in(folder, SetClock())):
        return folder.root


def opening_in(folder: DataFolder, clock: SetClock) -> Opening:
    """How a training desk is opened in *folder*."""
    return Opening(
        folder=folder,
        settings_path=RESOURCES / "demo" / "site.toml",
        training=True,
        resources=RESOURCES,
        clock=clock,
    )


@pytest.fixture
def opening(tmp_path: Path, clock: SetClock, set_up_desk: Path) -> Opening:
    shutil.copytree(set_up_desk, tmp_path / "desk")
    return opening_in(DataFolder(tmp_path / "desk"), clock)


@pytest.fixture
def context(opening: Opening) -> Iterator[Context]:
    with open_desk(opening) as opened:
        yield opened


@pytest.fixture
def desk(context: Context) -> Desk:
    return Desk(context)


def person(name: str = "Nguyễn Thị Mẫu", number: str = "001199012345") -> Applicant:
    """An invented citizen whose card was read."""
    return Applicant(
        full_name=name,
        number=CitizenNumber(number),
        birth_date=PartialDate(1999, 1, 31),
        sex=Sex.FEMALE,
        address="Thôn 1, xã Thử Nghiệm, tỉnh Mẫu",
        phone="0912000001",
        email=None,
        source=IdentitySource.CHIP,
        verdict=Verdict.UNVERIFIED,
        issued_on=date(2021, 5, 10),
    )


def asked(
    clock: SetClock, procedure: str = BIRTH, applicant: Applicant | None = None
) -> ReceptionAsked:
    """A reception with the papers that the birth registration demands."""
    return ReceptionAsked(
        dossier_id=DossierId(uuid7(clock())),
        applicant=applicant or person(),
        procedure_code=procedure,
        papers=(PaperBrought(0, 1, 0, 0), PaperBrought(1, 1, 0, 0)),
        noticed_at=clock(),
    )


def choose_own(context: Context, *accounts: str) -> None:
    """Let these officers have chosen their own passwords, though they read as they were set."""
    with context.store.writing() as session:
        session.execute(update(OfficerRow).where(OfficerRow.id.in_(accounts)).values(initial=False))


def lend(context: Context, first: int, last: int, *, number: int = 1) -> None:
    """Give the desk a block of numbers for today, as the portal would."""
    day = local_day(context.clock())
    agency = context.settings.settings.office.agency_code
    with context.store.writing() as session:
        request = leases.ask_for(
            session,
            key=UUID(int=number),
            agency=agency,
            day=day,
            count=last - first + 1,
            moment=context.clock(),
        )
        lease = leases.Lease(
            id=UUID(int=1000 + number),
            agency=agency,
            day=day,
            first=first,
            last=last,
            width=4,
            prefix=f"{agency}-{day:%y%m%d}-",
            expires_at=context.clock() + timedelta(days=2),
        )
        leases.grant(session, request, lease)
