"""The rooms behind the setting-up, without rooms, and what an office types there."""

from __future__ import annotations

from counter.desk.first_day import SetUp
from counter.errors import PortalSilent, PrinterOutOfPaper, WeakPassword
from counter.ports import Outcome
from counter.setting_up import Answers, Secrets, Step, mistakes_at
from counter.work import Check, CheckState
from ui.setup.hands import DevicesFound, SetupHands

WORDS = {
    "agency_code": "H55.242",
    "office_name": "Ủy ban nhân dân xã Thử Nghiệm",
    "desk_id": "H55.242-Q01",
    "admin_name": "Lý Thị Mẫu",
    "admin_account": "truong",
    "password": "cổng làng buổi sớm",
    "password_again": "cổng làng buổi sớm",
    "passphrase": "7k3f-9xqm-wtr4",
    "passphrase_again": "7k3f-9xqm-wtr4",
    "portal_url": "https://cong.example/motcua/v1",
    "portal_secret": "khoa",
}


class FakeRooms:
    """What the pages reach, without rooms behind."""

    def __init__(self) -> None:
        self.draft = Answers()
        self.kept: list[Answers] = []
        self.made: list[tuple[Answers, Secrets]] = []
        self.portal_error: PortalSilent | None = None
        self.paper_error: PrinterOutOfPaper | None = None
        self.weak = False
        self.tried: list[str] = []

    def check(self, answers: Answers, step: Step, secrets: Secrets | None) -> tuple[str, ...]:
        if secrets is not None and self.weak:
            raise WeakPassword
        return mistakes_at(answers, step)

    def call_portal(self, _answers: Answers, secret: str) -> tuple[Check, ...]:
        self.tried.append(secret)
        if self.portal_error is not None:
            return (Check("portal", CheckState.WARNING, error=self.portal_error),)
        return (Check("portal", CheckState.OK, "H55.242-Q01, 1.0"), Check("clock", CheckState.OK))

    def print_trial(self, _answers: Answers, role: str) -> tuple[Outcome, str]:
        if self.paper_error is not None:
            raise self.paper_error
        return Outcome.TRAY, f"/khay/{role}.pdf"

    def finish(self, answers: Answers, secrets: Secrets) -> SetUp:
        self.made.append((answers, secrets))
        return SetUp("truong", remembers=True)

    def hands(self, *, asks: bool = True) -> SetupHands:
        return SetupHands(
            start=lambda: self.draft,
            keep=self.kept.append,
            check=self.check,
            call_portal=self.call_portal,
            find_devices=lambda: DevicesFound(
                ("ACR1252 00",), ("HP-LaserJet",), ("/dev/ttyACM0",), ("usb://04b8:0e15",)
            ),
            print_trial=self.print_trial,
            finish=self.finish,
            asks_passphrase=asks,
        )
