"""Files between a real desk and the whole sandbox portal, over a line that breaks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from counter.desk import checking
from counter.desk.rehearsal import rehearse
from counter.errors import PortalSilent
from counter.store import files, pieces
from counter.store.files import FileRow
from sync import uploads
from sync.sandbox.faults import Fault
from sync.sandbox.process import SECRET, SandboxProcess
from sync.tus import Files
from tests.conftest import ExpectedLog
from tests.sync.test_desk_and_portal import NAMES, Office


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxProcess]:
    desks = {"H55.242-Q01": SECRET, "H55.242-Q02": SECRET}
    with SandboxProcess(tmp_path / "sandbox", desks=desks) as running:
        yield running


@pytest.fixture
def office(tmp_path: Path, sandbox: SandboxProcess) -> Iterator[Office]:
    found = Office(tmp_path / "one", sandbox)
    yield found
    found.close()


def receive(office: Office, dossiers: int = 1, attachments: int = 2) -> list[str]:
    """Receive dossiers with files; return the files' names."""
    rehearse(office.context, dossiers=dossiers, seed=5, names=NAMES, attachments=attachments)
    with office.context.store.reading() as session:
        return list(session.scalars(select(FileRow.sha256).order_by(FileRow.sha256)))


def there(sandbox: SandboxProcess) -> list[str]:
    return sorted(blob["sha256"] for blob in sandbox.ask("blobs"))


def states(office: Office) -> set[str]:
    with office.context.store.reading() as session:
        return set(session.scalars(select(FileRow.state)))


def test_every_file_of_a_dossier_reaches_the_portal_under_its_hash(
    office: Office, sandbox: SandboxProcess
) -> None:
    names = receive(office, dossiers=3)

    office.sync()

    assert there(sandbox) == names
    assert len(names) == 6
    assert states(office) == {"settled"}
    assert [dossier["missing_blobs"] for dossier in sandbox.dossiers()] == [[], [], []]
    assert checking.verify(office.context) == ()


def test_what_the_portal_has_already_is_not_sent(office: Office, sandbox: SandboxProcess) -> None:
    names = receive(office)
    with office.context.store.reading() as session:
        content = files.read(session, office.context.store.files, names[0])
    sandbox.give_file("H55.242", "known.pdf", content)

    office.sync()

    assert there(sandbox) == names
    assert sandbox.counters()["createUpload"] == 1
    assert states(office) == {"settled"}


BREAKS = [
    Fault.HANG_UP,
    Fault.TOOK_IT_THEN_HUNG_UP,
    Fault.TRUNCATED,
    Fault.TWICE,
    Fault.OLD_REPLY,
    Fault.SERVER_ERROR,
    Fault.HTML,
    Fault.CAPTIVE_PORTAL,
    Fault.EMPTY,
    Fault.REDIRECT,
    Fault.TOKEN_ENDED,
]


def test_files_come_whole_whatever_the_line_does_to_each_kind_of_request(
    office: Office, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PIECE_BYTES", 8 * 1024)
    names = receive(office)
    for operation in ("headBlob", "createUpload", "getUploadOffset", "patchUpload"):
        sandbox.strike(BREAKS, operation)

    office.sync()

    assert there(sandbox) == names
    assert states(office) == {"settled"}
    assert sandbox.counters()["patchUpload"] > len(BREAKS)


def test_uploads_that_the_portal_let_end_begin_anew(
    office: Office, sandbox: SandboxProcess
) -> None:
    names = receive(office)
    with office.context.store.writing() as session:
        files.note_upload(session, names[0], "an-upload-long-gone")

    office.sync()

    assert there(sandbox) == names


def test_a_file_damaged_on_disk_is_parked_alone_and_the_others_go(
    office: Office, sandbox: SandboxProcess, expected_log: ExpectedLog
) -> None:
    expected_log.expect("sync.uploads: file [0-9a-f]{12} was changed")
    names = receive(office)
    (office.context.store.files / names[0]).write_bytes(b"rust")

    office.sync()

    assert there(sandbox) == names[1:]
    assert states(office) == {"settled", "parked"}


def test_a_portal_that_lost_its_files_gets_them_again(
    office: Office, sandbox: SandboxProcess
) -> None:
    sandbox.keep_backup()
    names = receive(office)
    office.sync()

    sandbox.restore_backup()
    office.sync()
    office.sync()

    assert there(sandbox) == names


RESULT = b"%PDF-1.7 " + bytes(range(256)) * 40


def test_a_download_that_broke_goes_on_behind_what_came_after_the_program_began_anew(
    office: Office, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PIECE_BYTES", 1024)
    (code,) = office.receive(1)
    office.sync()
    sandbox.give_result(office.id_of(code), "Trích lục", RESULT)
    with monkeypatch.context() as cut:
        whole = Files.fetch

        def four(there: Files, sha256: str, begin: int, end: int, size: int) -> bytes:
            if begin >= 4 * 1024:
                raise PortalSilent("the line was cut for good")
            return whole(there, sha256, begin, end, size)

        cut.setattr(Files, "fetch", four)
        office.set_out_once()
    came = sandbox.counters()["getBlob"]

    office.sync()

    with office.context.store.reading() as session:
        name = hashlib.sha256(RESULT).hexdigest()
        assert files.read(session, office.context.store.files, name) == RESULT
        assert pieces.come(session, name) == b""
    assert came == 4
    assert sandbox.counters()["getBlob"] == -(-len(RESULT) // 1024)
    assert checking.verify(office.context) == ()


def test_what_came_of_another_file_is_thrown_away_and_the_file_fetched_anew(
    office: Office, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PIECE_BYTES", 1024)
    (code,) = office.receive(1)
    office.sync()
    sandbox.give_result(office.id_of(code), "Trích lục", RESULT)
    name = hashlib.sha256(RESULT).hexdigest()
    with monkeypatch.context() as cut:
        cut.setattr(Files, "fetch", lambda *asked: _silent())
        office.set_out_once()
    with office.context.store.writing() as session:
        pieces.keep(session, name, 0, b"x" * 1024)

    office.sync()

    with office.context.store.reading() as session:
        assert files.read(session, office.context.store.files, name) == RESULT


def _silent() -> bytes:
    raise PortalSilent("nobody answers")
