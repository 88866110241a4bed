"""The desk's settings: one TOML file, read once, checked whole, every mistake named by its key."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from counter.datafiles import TOO_DEEP, Place, dotted
from counter.errors import BadSettings
from counter.mistakes import mistakes
from counter.values import nfc

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def _portal_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = "phải là địa chỉ https://…"
        raise ValueError(message)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        message = "http không mã hóa chỉ dùng được trên chính máy này; hãy dùng https://"
        raise ValueError(message)
    return url.rstrip("/")


def _database_url(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme not in {"postgresql+psycopg", "sqlite"} or len(parts.path) < 2):
        message = "phải là postgresql+psycopg://người@máy/tên hoặc sqlite:////đường/dẫn"
        raise ValueError(message)
    return url


Text = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(nfc)]
UrlPath = Annotated[str, StringConstraints(pattern=r"^/[0-9A-Za-z._~/-]*$", max_length=200)]
Pin = Annotated[str, StringConstraints(pattern=r"^sha256/[A-Za-z0-9+/]{43}=$")]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(nfc)
]


Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Letters = Annotated[str, StringConstraints(pattern=r"^[A-Z]*$", max_length=26)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Office(_Part):
    """The receiving agency, as it stands on every paper.

    Attributes:
        agency_code: Code of QĐ 20/2020/QĐ-TTg, such as ``H55.242``.
        parent_name: Upper line of the letterhead; empty leaves it out.
        place: Place name before the date on papers.
        look_up_url: Where a citizen follows a dossier.
        phone: Printed on papers; empty leaves it out.
    """

    agency_code: Annotated[
        str,
        StringConstraints(
            pattern=r"^([0-9]{3}[.][0-9]{2}[.][0-9]{2}[.])?[A-Z][0-9]{2}([.][0-9A-Z]{1,3}){0,4}$"
        ),
    ]
    name: Line
    parent_name: Text = ""
    center_name: Text = "Trung tâm Phục vụ hành chính công"
    place: Text = ""
    look_up_url: Text = "https://dichvucong.gov.vn"
    phone: Text = ""


class DeskSettings(_Part):
    """This desk.

    Attributes:
        id: Given by the portal at enrolment, such as ``H55.242-Q01``.
        name: What the board and papers call it, such as ``Quầy 1``.
        officer_id: Code of the officer who works here, sent with each dossier.
        officer_name: The officer's name on papers.
        officer_title: The officer's title.
        services: Letters of the fields that this counter serves; empty is all.
        citizen_screen: Part of the name of the screen that faces the citizen; empty is none.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z][0-9A-Z.-]{1,39}$")]
    name: Line = "Quầy 1"
    officer_id: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._-]{1,64}$")] = "can-bo"
    officer_name: Line = "Cán bộ tiếp nhận"
    officer_title: Text = "Công chức một cửa"
    services: Letters = ""
    citizen_screen: Text = ""


class NationalSettings(_Part):
    """The national interface, for a province without a gateway of its own.

    Attributes:
        username: Account of this unit at the adapter; its password is the desk's secret.
        destination: Destination code on the exchange axis (``dstcode``).
        unit: Code of the unit (``madonvi``); empty is the agency's.
        login_path: Where to sign in, below ``portal.url``.
        integration_path: Where dossiers and progress are told.
        share_path: Where dossiers and procedures are looked up.
        first_number: This desk's own range of every day's dossier numbers begins here.
        last_number: And ends here; the ranges of two desks of one agency never overlap.
    """

    username: Text = ""
    destination: Text = ""
    unit: Text = ""
    login_path: UrlPath = "/login"
    integration_path: UrlPath = "/integration"
    share_path: UrlPath = "/share"
    first_number: Annotated[int, Field(ge=1, le=9999)] = 1
    last_number: Annotated[int, Field(ge=1, le=9999)] = 999

    @model_validator(mode="after")
    def _range_is_one(self) -> Self:
        if self.last_number < self.first_number:
            message = "last_number phải không nhỏ hơn first_number"
            raise ValueError(message)
        return self


class PortalSettings(_Part):
    """The provincial portal.

    Attributes:
        interface: ``motcua`` is the province's gateway; ``dvcqg`` the national interface.
        url: Base address of the contract, ending in ``/motcua/v1``; of the adapter for ``dvcqg``.
        ca_file: Certificate authority to trust instead of the system's; relative to the file.
        certificate: This desk's own certificate for mutual TLS; relative to the file.
        key: Its private key, where it does not stand in the same file; when it is encrypted, the
            desk's secret opens it.
        pins: Public keys of which the portal's must be one, as ``sha256/…`` (RFC 7469, 2.4).
        proxy: Address of a proxy; empty uses none. Environment variables are never read.
        timeout_s: Seconds to wait for an answer.
    """

    interface: Literal["motcua", "dvcqg"] = "motcua"
    url: Annotated[str, AfterValidator(_portal_url)]
    ca_file: Text = ""
    certificate: Text = ""
    key: Text = ""
    pins: Annotated[tuple[Pin, ...], Field(strict=False)] = ()
    proxy: Text = ""
    timeout_s: Annotated[float, Field(ge=1, le=300, strict=False)] = 20.0
    national: NationalSettings = NationalSettings()

    @model_validator(mode="after")
    def _has_an_account(self) -> Self:
        told = self.national
        if self.interface == "dvcqg" and not (told.username and told.destination):
            message = "interface dvcqg cần national.username và national.destination"
            raise ValueError(message)
        return self


class CardSettings(_Part):
    """The card reader.

    Attributes:
        reader: Any unique part of its name; empty takes every reader.
        silence_s: Seconds after which a silent chip is given up.
        bundle_signers: SHA-256 of the certificates that may sign the province's bundle of card
            issuers, as lower-case hexadecimal; none accepts no bundle.
    """

    reader: Text = ""
    silence_s: Annotated[float, Field(ge=1, le=60, strict=False)] = 8.0
    bundle_signers: Annotated[tuple[Fingerprint, ...], Field(max_length=8, strict=False)] = ()


class PrinterSettings(_Part):
    """One printer.

    Attributes:
        kind: ``tray`` puts files into the paper tray's folder; ``system`` uses the operating
            system's print queue; ``escpos`` speaks to a receipt printer directly.
        name: Queue name for ``system``; ``tcp://host:9100``, ``serial:///dev/ttyUSB0`` or
            ``usb://04b8:0e15`` for ``escpos``; see ``devices.paper.wires``.
        width_dots: Width of the print head, 384 for 58 mm, 576 for 80 mm; ``escpos`` only.
    """

    kind: Literal["tray", "system", "escpos"] = "tray"
    name: Text = ""
    width_dots: Annotated[int, Field(ge=200, le=1280)] = 576


class PrintersSettings(_Part):
    """The two printers of a desk."""

    receipts: PrinterSettings = PrinterSettings()
    tickets: PrinterSettings = PrinterSettings()


class ScannerSettings(_Part):
    """The barcode and QR reader.

    Attributes:
        serial_port: ``COM3`` or ``/dev/ttyACM0``; empty when it types like a keyboard.
    """

    serial_port: Text = ""


class OfficeDatabase(_Part):
    """Where tickets and calls are kept.

    Attributes:
        url: ``postgresql+psycopg://user@host/name`` for several computers, ``sqlite:////path`` for
            several programs on one; empty is a file in the data folder.
    """

    url: Annotated[Text, AfterValidator(_database_url)] = ""


class KioskSettings(_Part):
    """The citizens' kiosk.

    Attributes:
        screen: Name of the screen it fills; empty takes the first.
        idle_s: Seconds without a touch after which it asks whether anybody is there.
    """

    screen: Text = ""
    idle_s: Annotated[int, Field(ge=20, le=600)] = 60


class BoardSettings(_Part):
    """The display board.

    Attributes:
        screen: Name of the screen it fills; empty takes the last that is connected.
        speak: Numbers are read aloud.
        page_port: Port of the board's page for televisions on the office's network; 0 is off.
    """

    screen: Text = ""
    speak: bool = True
    page_port: Annotated[int, Field(ge=0, le=65535)] = 0


class BackupSettings(_Part):
    """Where the hourly backups go.

    Attributes:
        folder: A folder on a second disk or another computer; empty is ``backup`` in the data
            folder, which helps against damage but not against a lost computer.
    """

    folder: Text = ""


class RetentionSettings(_Part):
    """How long personal data stays at the desk once its work is done.

    Attributes:
        dossier_months: Of a dossier that has ended; 0 takes what ships with the program.
        guidance_months: Of guidance that became no dossier; 0 likewise.
        visit_days: Of a visit that nobody went on with; 0 likewise.
        paper_days: Of papers in the tray and of a database's copy made before a step; 0 likewise.
    """

    dossier_months: Annotated[int, Field(ge=0, le=1200)] = 0
    guidance_months: Annotated[int, Field(ge=0, le=1200)] = 0
    visit_days: Annotated[int, Field(ge=0, le=60)] = 0
    paper_days: Annotated[int, Field(ge=0, le=3650)] = 0


class UpdateSettings(_Part):
    """Where updates come from.

    Attributes:
        keys: Ed25519 public keys, of which one must have signed a package, as 64 hexadecimal
            digits; one in use and one in reserve. None takes no package.
        folder: Where the programs lie; empty is ``program`` in the data folder.
    """

    keys: Annotated[tuple[Fingerprint, ...], Field(max_length=4, strict=False)] = ()
    folder: Text = ""


class DeadlineSettings(_Part):
    """How due dates are counted.

    Attributes:
        rule: ``same_clock_time``: due at the same time of day; ``end_of_day``: at closing time.
        warn_minutes: How much working time before the due time a dossier is said to be due soon.
    """

    rule: Literal["same_clock_time", "end_of_day"] = "same_clock_time"
    warn_minutes: Annotated[int, Field(ge=15, le=2400)] = 240


class HealthSettings(_Part):
    """Where the desk tells how it is.

    Attributes:
        folder: A folder shared with other desks; relative to the file. Empty tells nobody.
    """

    folder: Text = ""


class Settings(_Part):
    """Everything one desk is told. Frozen; unknown keys are mistakes."""

    office: Office
    desk: DeskSettings
    portal: PortalSettings
    card: CardSettings = CardSettings()
    printers: PrintersSettings = PrintersSettings()
    scanner: ScannerSettings = ScannerSettings()
    office_database: OfficeDatabase = OfficeDatabase()
    kiosk: KioskSettings = KioskSettings()
    board: BoardSettings = BoardSettings()
    deadlines: DeadlineSettings = DeadlineSettings()
    backup: BackupSettings = BackupSettings()
    retention: RetentionSettings = RetentionSettings()
    updates: UpdateSettings = UpdateSettings()
    health: HealthSettings = HealthSettings()


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """Settings and the file they came from, which relative paths start at."""

    settings: Settings
    path: Path

    def beside(self, name: str) -> Path | None:
        """Return where the file *name* of these settings lies, None when none is named."""
        return self.path.parent / name if name else None


def check_settings(text: str) -> Settings:
    """Check the text of a settings file whole.

    Raises:
        BadSettings: One line per mistake, each beginning with its key.
    """
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSettings((f"tệp cài đặt: không đúng cú pháp TOML ({error})",)) from error
    except RecursionError as error:
        raise BadSettings((f"tệp cài đặt: {TOO_DEEP}",)) from error
    try:
        return Settings.model_validate(tree)
    except ValidationError as error:
        raise BadSettings(mistakes(error, _key)) from error


def read_settings(path: Path) -> SettingsFile:
    """Read and check the settings file at *path*.

    Raises:
        BadSettings: It cannot be read, or has mistakes.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings((f"{path.name}: không đọc được tệp",)) from error
    return SettingsFile(check_settings(text), path.absolute())


def _key(place: Place) -> str:
    return dotted(place) or "tệp cài đặt"
