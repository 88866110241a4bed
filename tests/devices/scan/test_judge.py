"""A file from outside is looked at in a process that may die of it; the desk never does."""

from __future__ import annotations

import io
import os
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from counter.errors import (
    FileCarriesMore,
    FileLocked,
    FileRefused,
    FileTooLarge,
    FileTooLong,
    FileUnreadable,
    Refused,
)
from counter.scans import MOST_BYTES, MOST_PAGES
from devices.scan import judge as room
from devices.scan.judge import FROZEN_WORD, judge

HIDDEN = b"<script>steal()</script>"


def pdf(pages: int = 1, text: str = "Giấy khai sinh") -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number in range(pages):
        canvas.drawString(72, 700, f"{text} {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def written(fill: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    fill(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_script(writer: PdfWriter) -> None:
    action = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert(1)"),
        }
    )
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)


def in_a_stream() -> bytes:
    """Make a PDF whose only object with a script is packed away."""
    packed = zlib.compress(b"9 0 << /S /JavaScript /JS (app.alert(1)) >>")
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(packed)
    stream = b"8 0 obj\n" + head + b"\nstream\n" + packed + b"\nendstream\nendobj\n"
    return pdf() + stream


def picture(form: str, size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, form, **more)
    return out.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """Make a picture of a few hundred bytes that claims to be as large as that."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_a_picture_is_drawn_anew_and_what_hid_behind_it_is_gone(form: str) -> None:
    judged = judge(picture(form) + HIDDEN)

    assert (judged.mime, judged.pages) == (f"image/{form.lower()}", 1)
    assert HIDDEN not in judged.content
    with Image.open(io.BytesIO(judged.content)) as drawn:
        assert (drawn.format, drawn.size, drawn.getpixel((5, 5))) == (form, (60, 40), (255,) * 3)


def test_where_a_photo_was_taken_is_not_kept() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[1] = "N"

    judged = judge(picture("JPEG", exif=exif.tobytes()))

    with Image.open(io.BytesIO(judged.content)) as drawn:
        assert not drawn.getexif()
        assert drawn.size == (40, 60)


def test_a_pdf_is_kept_as_it_came() -> None:
    content = pdf(3)

    judged = judge(content)

    assert (judged.content, judged.mime, judged.pages) == (content, "application/pdf", 3)


def test_all_pages_of_a_tiff_are_kept() -> None:
    pages = [Image.new("L", (30, 20), shade) for shade in (0, 128, 255)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])

    judged = judge(out.getvalue())

    with Image.open(io.BytesIO(judged.content)) as drawn:
        assert (judged.pages, getattr(drawn, "n_frames", 1)) == (3, 3)


REFUSED: dict[str, tuple[Callable[[], bytes], type[Refused]]] = {
    "nothing": (lambda: b"", FileRefused),
    "larger than 50 MB": (lambda: b"%PDF-" + bytes(MOST_BYTES), FileRefused),
    "a program": (lambda: b"MZ" + bytes(500), FileRefused),
    "a page of the web": (lambda: b"<html><script>1</script></html>", FileRefused),
    "a picture made of code": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileRefused),
    "a workbook": (lambda: b"PK\x03\x04" + bytes(500), FileRefused),
    "a moving picture": (lambda: picture("GIF"), FileRefused),
    "a program behind the first bytes of a PDF": (
        lambda: b"%PDF-1.7\nMZ" + bytes(99),
        FileUnreadable,
    ),
    "half a PDF": (lambda: pdf()[:300], FileUnreadable),
    "half a photo": (lambda: picture("JPEG", (900, 900))[:2000], FileUnreadable),
    "half a picture": (lambda: picture("PNG", (900, 900))[:400], FileUnreadable),
    "a PDF without a page": (lambda: written(lambda w: w.remove_page(0)), FileUnreadable),
    "a PDF with a password": (lambda: written(lambda w: w.encrypt("bí mật")), FileLocked),
    "a PDF that opens with a script": (lambda: written(with_script), FileCarriesMore),
    "a PDF whose script is spelled otherwise": (
        lambda: (
            written(with_script).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS")
        ),
        FileCarriesMore,
    ),
    "a PDF whose script lies in a stream": (in_a_stream, FileCarriesMore),
    "a PDF with a file": (
        lambda: written(lambda w: w.add_attachment("a.exe", b"MZ")),
        FileCarriesMore,
    ),
    "a PDF of too many pages": (lambda: pdf(MOST_PAGES + 1), FileTooLong),
    "a small file of 1.6 billion pixels": (lambda: png_that_says(40_000, 40_000), FileTooLarge),
    "a picture without height": (lambda: png_that_says(100, 0), FileUnreadable),
}


@pytest.mark.parametrize(("make", "error"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_not_taken_says_why(make: Callable[[], bytes], error: type[Refused]) -> None:
    with pytest.raises(error):
        judge(make())


@pytest.mark.parametrize(
    ("does", "says"),
    [
        ("import os; os.kill(os.getpid(), 11)", "ended with -11"),
        ("import os; os._exit(1)", "ended with 1"),
        ("while True: pass", "longer than"),
        ("print('', flush=True)", "ended with 0"),
    ],
)
def test_a_child_that_dies_or_hangs_is_a_file_that_is_not_taken(
    does: str, says: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(room, "_program", lambda: [sys.executable, "-c", does])

    with pytest.raises(FileUnreadable):
        judge(pdf(), limit_s=2)

    assert says in caplog.text
    caplog.clear()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limits")
@pytest.mark.parametrize(
    ("tries", "stopped_by"),
    [
        ("bytes(2 * 1024 ** 3)", "MemoryError"),
        ("open('something', 'wb')", "OSError"),
        ("import socket; socket.create_connection(('127.0.0.1', 9))", "OSError"),
        ("import subprocess; subprocess.run(['true'])", "OSError"),
    ],
)
def test_the_child_is_given_no_memory_file_network_or_program(
    tries: str, stopped_by: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import socket, subprocess\nfrom devices.scan.look import shut_in\nshut_in()\n"
            f"try:\n    {tries}\n"
            f"except {stopped_by}:\n    print('stopped')",
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(room.HOUSE)},
        check=False,
    )

    assert done.stdout.strip() == "stopped", done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limits")
def test_the_child_is_given_little_processor_time() -> None:
    hangs = "from devices.scan import look; look.PROCESSOR_S = 1; look.shut_in()\nwhile 1: pass"

    done = subprocess.run(
        [sys.executable, "-c", hangs],
        env={"PYTHONPATH": str(room.HOUSE)},
        capture_output=True,
        timeout=240,
        check=False,
    )

    assert done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}


def test_the_child_inherits_no_secret_of_the_desk(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    knows = "import os, sys; sys.exit(7 if 'SECRET_OF_THE_DESK' in os.environ else 8)"
    monkeypatch.setenv("SECRET_OF_THE_DESK", "bí mật")
    monkeypatch.setattr(room, "_program", lambda: [sys.executable, "-c", knows])

    with pytest.raises(FileUnreadable):
        judge(pdf())

    assert "ended with 8" in caplog.text
    caplog.clear()


def test_a_frozen_program_becomes_the_child_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "quay-mot-cua"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(room.HOUSE)!r})\n"
        "import main\nraise SystemExit(main.main(sys.argv[1:]))\n",
        encoding="utf-8",
    )
    program.chmod(0o700)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", os.fspath(program))

    assert room._program() == [os.fspath(program), FROZEN_WORD]
    assert judge(pdf()).pages == 1
