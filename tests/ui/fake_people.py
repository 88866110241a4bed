"""The officers behind a window without a database: kept in a dictionary."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from counter.cards import CardReading, Verdict
from counter.errors import CardNotAuthentic, ConfirmAgain, WrongPassword
from counter.people import Officer, Role
from counter.roster import Account, CardGone, OfficerLine, Service

PASSWORD = "cổng làng buổi sớm"
HEAD = OfficerLine(
    Officer("truong", "Lý Thị Mẫu", "Trưởng bộ phận", frozenset({Role.ADMINISTRATOR})),
    Service.OPEN,
    needs_card=True,
)


@dataclass
class FakePeople:
    """What ``PeopleWork`` promises, in memory."""

    lines: dict[str, OfficerLine] = field(default_factory=lambda: {"truong": HEAD})
    passwords: dict[str, str] = field(default_factory=dict)
    confirmed: bool = False
    dropped: list[CardGone] = field(default_factory=list)

    def confirm(self, password: str) -> None:
        if password != PASSWORD:
            raise WrongPassword
        self.confirmed = True

    def list(self) -> tuple[OfficerLine, ...]:
        return tuple(self.lines.values())

    def make(self, account: Account, password: str) -> Officer:
        self._grave()
        officer = Officer(account.id, account.name, account.title, account.roles)
        self.lines[account.id] = OfficerLine(officer, Service.OPEN, needs_card=False)
        self.passwords[account.id] = password
        return officer

    def change(self, account: Account) -> Officer:
        self._grave()
        officer = Officer(account.id, account.name, account.title, account.roles)
        self.lines[account.id] = replace(self.lines[account.id], officer=officer)
        return officer

    def set_password(self, account: str, password: str) -> None:
        self._grave()
        self.passwords[account] = password

    def lock(self, account: str) -> None:
        self._become(account, Service.LOCKED)

    def unlock(self, account: str) -> None:
        self._become(account, Service.OPEN)

    def end_service(self, account: str) -> None:
        self._become(account, Service.ENDED)

    def enrol_card(self, account: str, reading: CardReading) -> None:
        if reading.authenticity.verdict is not Verdict.AUTHENTIC:
            raise CardNotAuthentic
        self._grave()
        self.lines[account] = replace(self.lines[account], needs_card=True)

    def drop_card(self, account: str, why: CardGone) -> None:
        self._grave()
        self.dropped.append(why)
        self.lines[account] = replace(self.lines[account], needs_card=False)

    def _become(self, account: str, service: Service) -> None:
        self._grave()
        self.lines[account] = replace(self.lines[account], service=service)

    def _grave(self) -> None:
        if not self.confirmed:
            raise ConfirmAgain
        self.confirmed = False
