"""Looks at one file in a process of its own, with little memory, little time and no network.

Reads the file from standard input and writes one line of JSON; a picture drawn anew follows it.
Whatever a hostile file does to the decoder ends with this process.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zlib
from contextlib import suppress

from counter.scans import MOST_PAGES, MOST_PIXELS, kind_of

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space, the libraries included."""

PROCESSOR_S = 20
SIDE = 120
"""Longest side, in pixels, of the small pictures that every page must yield."""

JPEG_QUALITY = 92
MOST_OF_A_STREAM = 16 * 1024 * 1024
MORE = {b"JavaScript", b"JS", b"Launch", b"EmbeddedFile", b"RichMedia", b"XFA"}
"""Names of what a PDF does, or carries, beyond its pages."""

_STREAM = re.compile(rb"stream\r?\n(?P<body>.*?)endstream", re.DOTALL)
_NAME = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


class Unfit(Exception):
    """The file is not taken in; the text is the name of the error the desk raises."""


def look(content: bytes) -> tuple[dict[str, object], bytes]:
    """Return kind and pages of a file, and the picture drawn anew; empty for a PDF.

    Raises:
        Unfit: It is not taken in.
    """
    mime = kind_of(content)
    if mime is None:
        raise Unfit("FileRefused")
    if mime == "application/pdf":
        return {"mime": mime, "pages": _look_at_pdf(content)}, b""
    pages, drawn = _draw_anew(content, mime)
    return {"mime": mime, "pages": pages}, drawn


def _look_at_pdf(content: bytes) -> int:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Unfit("FileLocked" if locked else "FileUnreadable") from error
    with document:
        pages = len(document)
        if not pages:
            raise Unfit("FileUnreadable")
        if pages > MOST_PAGES:
            raise Unfit("FileTooLong")
        names = _names(content)
        if b"Encrypt" in names:
            raise Unfit("FileLocked")
        if names & MORE:
            raise Unfit("FileCarriesMore")
        try:
            for page in document:
                longest = max(page.get_size())
                page.render(scale=min(1.0, SIDE / longest) if longest > 0 else 1.0)
                page.close()
        except (pypdfium2.PdfiumError, ValueError) as error:
            raise Unfit("FileUnreadable") from error
    return pages


def _names(content: bytes) -> set[bytes]:
    """Return the names a PDF uses outside its streams, those of object streams included.

    Names are searched for and not followed: a script is found wherever it hangs (ISO 32000-1,
    7.3.5 on names, 7.5.7 on object streams).
    """
    outside, begin = [], 0
    for stream in _STREAM.finditer(content):
        outside.append(content[begin : stream.start()])
        if b"/ObjStm" in outside[-1][-400:]:
            with suppress(zlib.error):
                inflated = zlib.decompressobj().decompress(stream["body"], MOST_OF_A_STREAM)
                outside.append(inflated)
        begin = stream.end()
    outside.append(content[begin:])
    return {
        _ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), name)
        for part in outside
        for name in _NAME.findall(part)
    }


def _draw_anew(content: bytes, mime: str) -> tuple[int, bytes]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # counted below, before anything is decoded
    form = {"image/jpeg": "JPEG", "image/png": "PNG", "image/tiff": "TIFF"}[mime]
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as picture:
            pages = getattr(picture, "n_frames", 1)
            if pages > MOST_PAGES:
                raise Unfit("FileTooLong")
            drawn = []
            for number in range(pages):
                picture.seek(number)
                if picture.width * picture.height > MOST_PIXELS:
                    raise Unfit("FileTooLarge")
                upright = ImageOps.exif_transpose(picture)
                drawn.append(upright.copy() if form != "JPEG" else upright.convert("RGB"))
            out = io.BytesIO()
            match form:
                case "JPEG":
                    drawn[0].save(out, form, quality=JPEG_QUALITY, optimize=True)
                case "PNG":
                    drawn[0].save(out, form)
                case _:
                    drawn[0].save(
                        out,
                        form,
                        save_all=True,
                        append_images=drawn[1:],
                        compression="tiff_deflate",
                    )
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise Unfit("FileUnreadable") from error
    return pages, out.getvalue()


def shut_in() -> None:
    """Give up memory, time and every new file or connection; where the system can do that."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def main() -> int:
    """Look at the file on standard input."""
    content = sys.stdin.buffer.read()
    _load(kind_of(content))
    shut_in()
    try:
        told, drawn = look(content)
    except Unfit as unfit:
        told, drawn = {"unfit": str(unfit)}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + drawn)
    return 0


def _load(mime: str | None) -> None:
    """Load the library that will be needed; no file can be opened later."""
    if mime == "application/pdf":
        import pypdfium2  # noqa: F401 - opened here, used in ``look``
    elif mime:
        from PIL import Image, ImageOps  # noqa: F401 - as above

        Image.init()


if __name__ == "__main__":
    raise SystemExit(main())
