"""Files in the contract's words: tus 1.0.0 up, ranges down, found by their hash.

An answer counts only when its headers name the file and the place that were asked about; anything
else, from a login page to an old reply, is as good as no answer.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass

from counter.errors import PortalConflict, PortalSilent
from counter.store.files import Unsent
from sync.portal import Portal
from sync.wire import Answer

VERSION = {"Tus-Resumable": "1.0.0"}
SAME_PIECE = 3
"""How often a piece that came broken is sent again before the line is given a rest."""

CHECKSUM_WRONG = 460
_NAME = re.compile(r"(?:^|/)files/([A-Za-z0-9_-]{1,200})$")


@dataclass(frozen=True, slots=True)
class Files:
    """The portal's files, asked from the thread of its line."""

    portal: Portal

    def has(self, sha256: str, size: int) -> bool:
        """Say whether the portal has a file whole, within this desk's agency."""
        answer = self.portal.exchange("HEAD", f"/blobs/{sha256}", headers={}, ok={200, 404})
        if answer.status == 404:
            return False
        told = (answer.headers.get("etag"), answer.headers.get("content-length"))
        if told != (f'"{sha256}"', str(size)):
            raise PortalSilent("blobs: the answer names another file")
        return True

    def begin(self, file: Unsent) -> str:
        """Begin an upload, or go on with one the portal still knows; return its name.

        Raises:
            PortalRefusedMessage: The portal does not take such a file.
        """
        told = {
            "sha256": file.sha256,
            "filename": file.filename,
            "mime": file.mime,
            "dossier_id": str(file.dossier_id),
        }
        if file.paper_code:
            told["component_code"] = file.paper_code
        packed = ",".join(f"{k} {b64encode(v.encode()).decode()}" for k, v in told.items())
        headers = {**VERSION, "Upload-Length": str(file.size), "Upload-Metadata": packed}
        answer = self.portal.exchange("POST", "/files", headers=headers, body=b"", ok={201})
        place = _NAME.search(answer.headers.get("location", ""))
        if place is None:
            raise PortalSilent("files: the answer names no upload")
        return place[1]

    def offset(self, upload: str, size: int) -> int | None:
        """Ask how many bytes of an upload have come; None when it has ended or is unknown."""
        answer = self.portal.exchange(
            "HEAD", f"/files/{upload}", headers=VERSION, ok={200, 404, 410}
        )
        if answer.status != 200:
            return None
        if answer.headers.get("upload-length") != str(size):
            raise PortalSilent("files: the answer names another upload")
        return _offset(answer, size)

    def send(self, upload: str, offset: int, piece: bytes, size: int) -> int | None:
        """Send *piece*, which begins at *offset*; return how far the upload is, None when ended.

        Raises:
            PortalRefusedMessage: The portal does not take it, or the whole is not the file told.
        """
        digest = b64encode(hashlib.sha256(piece).digest()).decode()
        headers = {
            **VERSION,
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {digest}",
            "Content-Type": "application/offset+octet-stream",
        }
        ok = {204, 404, 410, CHECKSUM_WRONG}
        for _ in range(SAME_PIECE):
            try:
                answer = self.portal.exchange(
                    "PATCH", f"/files/{upload}", headers=headers, body=piece, ok=ok
                )
            except PortalConflict:
                return self.offset(upload, size)
            if answer.status == 204:
                if _offset(answer, size) != offset + len(piece):
                    raise PortalSilent("files: the answer tells of another piece")
                return offset + len(piece)
            if answer.status != CHECKSUM_WRONG:
                return None
        raise PortalSilent("files: pieces come broken")

    def fetch(self, sha256: str, begin: int, end: int, size: int) -> bytes:
        """Return the bytes from *begin* to before *end* of a file of *size* bytes.

        Raises:
            PortalRefusedMessage: The portal has no such file, or not for this desk.
        """
        answer = self.portal.exchange(
            "GET",
            f"/blobs/{sha256}",
            headers={
                "Accept": "*/*",  # a strict portal has no file for who takes JSON only
                "Accept-Encoding": "identity",
                "Range": f"bytes={begin}-{end - 1}",
            },
            ok={206},
        )
        told = (answer.headers.get("etag"), answer.headers.get("content-range"))
        if told != (f'"{sha256}"', f"bytes {begin}-{end - 1}/{size}"):
            raise PortalSilent("blobs: the answer is another part")
        if len(answer.body) != end - begin:
            raise PortalSilent("blobs: the part is not whole")
        return answer.body


def _offset(answer: Answer, size: int) -> int:
    """Read how many bytes have come."""
    text = answer.headers.get("upload-offset", "")
    version = answer.headers.get("tus-resumable")
    if version != "1.0.0" or not re.fullmatch(r"[0-9]{1,12}", text) or int(text) > size:
        raise PortalSilent("files: the answer names no place")
    return int(text)
