"""A citizen's number, name and telephone stay out of every byte a day at the desk leaves behind.

Two places are not searched: the tray holds the papers themselves, the sandbox's folder is the
portal's and not the desk's.
"""

from __future__ import annotations

import json
import logging
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select

from counter import crashes
from counter.desk import recovery
from counter.office.file import connect
from counter.scans import Judged
from counter.store.tables import OutboxRow
from counter.values import now
from devices.card.demo import demo_cards
from tests.journeys.conftest import Counter
from tests.journeys.test_first_desk import BIRTH, RESOURCES, printed, sandbox_of

pytestmark = pytest.mark.slow

CARD = demo_cards(RESOURCES / "demo" / "cards")[4]  # nobody in the settings has this name
PHONE = "0938146275"
WORDS = (CARD.number.digits, CARD.name, CARD.name.upper(), PHONE)


def spellings(word: str) -> Iterator[bytes]:
    """Give the bytes *word* may be written with: each encoding, composed or not, escaped."""
    for form in ("NFC", "NFD"):
        spelt = unicodedata.normalize(form, word)
        yield spelt.encode()
        yield spelt.encode("utf-16-le")
        yield json.dumps(spelt)[1:-1].encode()


NEEDLES = frozenset(spelling for word in WORDS for spelling in spellings(word))


def traces(root: Path, *but: Path, needles: Collection[bytes] = NEEDLES) -> list[str]:
    """Name each file under *root* that tells of the citizen by its bytes or its own name."""
    return sorted(
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file()
        and not any(path.is_relative_to(folder) for folder in but)
        and any(
            needle in path.name.encode() + path.read_bytes() + behind(path) for needle in needles
        )
    )


def behind(path: Path) -> bytes:
    """Return what a file of the queue says behind its digests: whoever has the program reads it."""
    if path.name not in {"office.db", "reserve.db"}:
        return b""
    with TemporaryDirectory() as place, closing(connect(path)) as driver:
        plain = Path(place) / "plain.db"
        driver.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        driver.execute("SELECT sqlcipher_export('plain')")
        driver.execute("DETACH DATABASE plain")
        return plain.read_bytes()


def fail_with_citizen(number: str, name: str, phone: str) -> None:
    raise LookupError(f"{number} {name} {phone}")


def report_a_fault(folder: Path) -> None:
    try:
        fail_with_citizen(CARD.number.digits, CARD.name, PHONE)
    except LookupError as error:
        made = crashes.write_report(
            folder, error, error.__traceback__, moment=now(), version="test"
        )
        assert made is not None


def parked(counter: Counter) -> bool:
    """Tell whether the portal refused a message, which then waits for the officer."""
    with counter.rooms.context.store.reading() as session:
        return bool(session.scalars(select(OutboxRow).where(OutboxRow.state == "parked")).all())


@pytest.mark.usefixtures("temp")
def test_a_day_leaves_nothing_of_the_citizen_in_plain(
    counter: Counter,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    sandbox, folder = sandbox_of(counter), counter.rooms.context.hall.folder
    elsewhere = (folder.tray, folder.sandbox)
    sandbox.switch_off()
    slot = counter.rooms.slot
    assert slot is not None
    slot.insert(CARD.chip())
    counter.type_into("card_digits", CARD.number.last_six)
    counter.until(lambda: "Đã đọc xong" in counter.window.receive.identity.waiting.text)
    counter.choose("dk khai sinh", BIRTH)
    counter.tick_demanded()
    counter.type_into("phone", PHONE)
    code = counter.receive()
    counter.until(lambda: printed(counter))
    (line,) = counter.desk_work.find_dossiers()
    scan = f"%PDF-1.4 {CARD.name} {CARD.number.digits} {PHONE}".encode()
    counter.desk_work.attach_file(line.id, 0, Judged(scan, "application/pdf", 1))
    while_waiting = traces(tmp_path, *elsewhere)

    sandbox.poison([code])
    sandbox.switch_on()
    counter.until(lambda: parked(counter))
    report_a_fault(folder.log)
    backup = tmp_path / "backup"
    recovery.back_up(counter.rooms.context, backup)
    said = capfd.readouterr()
    spoken = "\n".join((caplog.text, said.out, said.err)).encode()

    assert backup.stat().st_size > 0
    assert while_waiting == []
    assert traces(tmp_path, *elsewhere) == []
    assert [needle for needle in NEEDLES if needle in spoken] == []

    monkeypatch.setattr(crashes, "told", lambda error, _trace: [str(error)])
    report_a_fault(folder.log)
    (tmp_path / "temp" / "scan").write_text(CARD.name, encoding="utf-16-le")
    seeded = traces(tmp_path, *elsewhere)

    assert len(seeded) == 2
    assert any(name.startswith("desk/log/") for name in seeded)
    assert "temp/scan" in seeded
