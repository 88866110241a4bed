"""Files of dossiers on disk: encrypted, checked, and whole whenever the machine stops."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select

from counter import scans
from counter.desk import checking
from counter.desk.context import Context
from counter.desk.rehearsal import rehearse
from counter.errors import FileDamaged, FileRefused
from counter.store import files, sealed
from counter.store.files import AttachmentRow, FileRow
from counter.store.tables import DossierRow
from counter.values import now

HOUSE = Path(__file__).resolve().parents[3]
NAMES = HOUSE / "resources" / "demo" / "names.toml"


@pytest.fixture
def folder(context: Context) -> Path:
    """A desk with two dossiers of two files each; where these lie."""
    rehearse(context, dossiers=2, seed=3, names=NAMES, attachments=2)
    return context.store.files


def test_the_key_of_one_file_opens_no_other(context: Context, folder: Path) -> None:
    first, second = names(context)[:2]
    with context.store.reading() as session:
        key = AESGCM(sealed._key(sealed.secret_of(session), bytes.fromhex(first)))

    def opened(name: str) -> bytes:
        on_disk = (folder / name).read_bytes()
        nonce, rest = on_disk[: sealed.NONCE_BYTES], on_disk[sealed.NONCE_BYTES :]
        return key.decrypt(nonce, rest, bytes.fromhex(name))

    assert hashlib.sha256(opened(first)).hexdigest() == first
    with pytest.raises(InvalidTag):
        opened(second)


class Stopped(Exception):
    """The machine stops here."""


def scan(
    context: Context, content: bytes, mime: str = "application/pdf", *, stopped: bool = False
) -> None:
    """Keep *content* as a file of every dossier, all in one transaction."""
    with context.store.writing() as session:
        for dossier in session.scalars(select(DossierRow)).all():
            files.attach(
                session,
                context.store.files,
                dossier,
                content,
                filename="scan.pdf",
                mime=mime,
                paper_code=None,
                moment=now(),
            )
        if stopped:
            raise Stopped


def names(context: Context) -> list[str]:
    with context.store.reading() as session:
        return list(session.scalars(select(FileRow.sha256).order_by(FileRow.sha256)))


def found(context: Context) -> list[tuple[str, str]]:
    return [(one.invariant, one.message) for one in checking.verify(context)]


def test_a_file_that_the_portal_refused_to_give_is_not_due_however_long_it_waited(
    context: Context, folder: Path
) -> None:
    wanted = scans.FileRef("ab" * 32, "ket-qua.pdf", "application/pdf", 9)
    moment = now()
    with context.store.writing() as session:
        dossier = session.scalars(select(DossierRow)).first()
        assert dossier is not None
        files.want(session, dossier, wanted, moment)
        files.postpone(session, wanted.sha256, attempts=1, next_at=moment)
        before = files.next_due_at(session)

    with context.store.writing() as session:
        files.park(session, wanted.sha256, "{}")

    with context.store.reading() as session:
        assert (before, files.next_due_at(session)) == (moment, None)


def test_a_scan_is_on_disk_under_its_hash_and_reads_back_whole(
    context: Context, folder: Path
) -> None:
    with context.store.reading() as session:
        contents = [files.read(session, folder, name) for name in names(context)]

    assert [hashlib.sha256(content).hexdigest() for content in contents] == names(context)
    assert sorted(path.name for path in folder.iterdir()) == names(context)
    assert len(contents) == 4
    assert found(context) == []


def test_nothing_of_a_scan_is_readable_on_disk(context: Context, folder: Path) -> None:
    on_disk = b"".join(path.read_bytes() for path in folder.iterdir())

    assert b"%PDF" not in on_disk
    assert b"endobj" not in on_disk


def test_a_missing_file_is_found(context: Context, folder: Path) -> None:
    (folder / names(context)[0]).unlink()

    assert found(context) == [("I11", "is missing")]


def test_a_flipped_byte_is_found_and_never_read(context: Context, folder: Path) -> None:
    place = folder / names(context)[0]
    sealed = bytearray(place.read_bytes())
    sealed[len(sealed) // 2] ^= 1
    place.write_bytes(sealed)

    with context.store.reading() as session, pytest.raises(FileDamaged):
        files.read(session, folder, place.name)
    assert found(context) == [("I11", "does not hash to its name")]


def test_two_files_changed_round_are_found(context: Context, folder: Path) -> None:
    first, second = (folder / name for name in names(context)[:2])
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)

    assert found(context) == [("I11", "does not hash to its name")] * 2


def test_a_file_that_nothing_tells_of_is_found(context: Context, folder: Path) -> None:
    (folder / ("0" * 64)).write_bytes(b"whose is this?")

    assert found(context) == [("I11", "lies in the folder, but nothing tells of it")]


def test_a_file_of_a_fact_that_never_was_is_dropped(context: Context, folder: Path) -> None:
    before = names(context)
    with pytest.raises(Stopped):
        scan(context, b"%PDF-1.4 new", stopped=True)
    left = [path.name for path in folder.glob("*.new")]

    with context.store.reading() as session:
        files.tidy(session, folder)

    assert sorted(path.name for path in folder.iterdir()) == before == names(context)
    assert len(left) == 1


def test_a_fact_whose_file_had_not_got_its_name_yet_gets_it(context: Context, folder: Path) -> None:
    name = names(context)[0]
    (folder / name).rename(folder / f"{name}.new")

    with context.store.reading() as session:
        early = files.read(session, folder, name)
        files.tidy(session, folder)

    assert hashlib.sha256(early).hexdigest() == name
    assert found(context) == []


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"", "application/pdf"),
        (b"<html>", "application/pdf"),
        (b"%PDF-1.4", "image/png"),
        (b"MZ", "application/x-msdownload"),
        (b"%PDF-" + bytes(scans.MOST_BYTES), "application/pdf"),
    ],
)
def test_what_is_no_scan_is_refused_and_leaves_nothing(
    context: Context, folder: Path, content: bytes, mime: str
) -> None:
    before = sorted(folder.iterdir())

    with pytest.raises(FileRefused):
        scan(context, content, mime)

    assert sorted(folder.iterdir()) == before


def test_the_same_paper_scanned_for_two_dossiers_lies_here_once(
    context: Context, folder: Path
) -> None:
    scan(context, b"%PDF-1.4 shared")

    with context.store.reading() as session:
        shared = hashlib.sha256(b"%PDF-1.4 shared").hexdigest()
        of_it = session.scalars(select(AttachmentRow).where(AttachmentRow.sha256 == shared)).all()
    assert len(of_it) == 2
    assert len(list(folder.iterdir())) == 5
    assert found(context) == []
