"""Files: resumable uploads (tus 1.0.0) and what became of them, found by their hash.

An upload's bytes lie in a file beside the books; how many of them count is written in the books,
so bytes of a request that was cut are overwritten by the next. One request writes at a time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from sync.sandbox.contract_check import contract, error
from sync.sandbox.entrance import UPLOAD_BYTES
from sync.sandbox.gateway import Call, Gateway
from sync.sandbox.reply import Refusal, Reply, bad_request, invalid, not_found, problem
from sync.sandbox.reply import out_of_scope as beyond_scope

TUS = {"Tus-Resumable": "1.0.0"}
KEPT = timedelta(hours=24)
SHOWN_AS = frozenset({"application/pdf", "image/jpeg"})
"""Types that a download names; all others are plain bytes."""


def tus_options(_gateway: Gateway, _books: Connection, _call: Call) -> Reply:
    """Say what uploads can do here."""
    return Reply(
        204,
        None,
        {
            **TUS,
            "Tus-Version": "1.0.0",
            "Tus-Extension": "creation,checksum,expiration,termination",
            "Tus-Max-Size": str(UPLOAD_BYTES),
            "Tus-Checksum-Algorithm": "sha256",
        },
    )


def create_upload(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Begin an upload, or go on with the one begun for the same file and dossier."""
    _require_version(call)
    told = _metadata(call.given["Upload-Metadata"])
    wrong = _wrong_metadata(told)
    if wrong:
        return invalid(wrong)
    length = call.given["Upload-Length"]
    owner = books.execute(
        "SELECT agency, competent FROM dossier WHERE id = ?", (told["dossier_id"],)
    ).fetchone()
    if owner is not None and not call.desk.serves(owner["agency"], owner["competent"]):
        return beyond_scope("park")
    agency = call.desk.agency if owner is None else owner["agency"]
    begun = books.execute(
        "SELECT * FROM upload WHERE sha256 = ? AND dossier = ? AND length = ? AND agency = ? "
        "AND expires > ?",
        (told["sha256"], told["dossier_id"], length, agency, call.moment.isoformat()),
    ).fetchone()
    if begun is None:
        upload_id = secrets.token_urlsafe(18)
        expires = (call.moment + KEPT).isoformat()
        books.execute(
            "INSERT INTO upload VALUES (?, ?, ?, ?, ?, 0, ?, ?)",
            (
                upload_id,
                told["sha256"],
                told["dossier_id"],
                agency,
                length,
                told["mime"],
                expires,
            ),
        )
        begun = books.execute("SELECT * FROM upload WHERE id = ?", (upload_id,)).fetchone()
    return Reply(201, None, {**_place(begun), "Location": f"/motcua/v1/files/{begun['id']}"})


def get_upload_offset(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Say how many bytes have come."""
    _require_version(call)
    upload = _upload(books, call)
    length = {"Upload-Length": str(upload["length"]), "Cache-Control": "no-store"}
    return Reply(200, None, {**_place(upload), **length})


def patch_upload(gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Take the next piece of a file; the last one makes it a blob if the whole hash is right."""
    _require_version(call)
    upload = _upload(books, call)
    if call.given["Upload-Offset"] != upload["offset"]:
        mismatch = problem(409, "upload-offset-mismatch", "Sai vị trí đoạn")
        return Reply(409, mismatch.body, _place(upload))
    offset = upload["offset"] + len(call.raw)
    if offset > upload["length"]:
        return problem(413, "payload-too-large", "Đoạn dài quá kích thước tệp")
    told = call.given.get("Upload-Checksum")
    if told is not None and told.partition(" ")[2] != _checksum(call.raw):
        return problem(460, "upload-checksum-mismatch", "Đoạn hỏng trên đường truyền")
    path = gateway.files / upload["id"]
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek(upload["offset"])
        file.write(call.raw)
        file.truncate()
    books.execute("UPDATE upload SET offset = ? WHERE id = ?", (offset, upload["id"]))
    if offset == upload["length"] and call.raw:
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != upload["sha256"]:
            books.execute("DELETE FROM upload WHERE id = ?", (upload["id"],))
            path.unlink()
            where = error("/sha256", "invalid", "tệp không có mã băm đã khai")
            return problem(422, "file-hash-mismatch", "Tệp sai mã băm", errors=[where])
        path.unlink()
        keep_blob(gateway, books, upload["agency"], content, upload["mime"])
    return Reply(204, None, _place({**dict(upload), "offset": offset}))


def terminate_upload(gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Drop an upload; a file that came whole stays."""
    _require_version(call)
    upload = _upload(books, call)
    books.execute("DELETE FROM upload WHERE id = ?", (upload["id"],))
    (gateway.files / upload["id"]).unlink(missing_ok=True)
    return Reply(204, None, TUS)


def head_blob(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Say whether the portal has a file, within the desk's agencies only."""
    blob = _blob(books, call)
    if blob is None:
        return Reply(404)
    return Reply(200, None, {"ETag": f'"{blob["sha256"]}"', "Content-Length": str(blob["size"])})


def get_blob(gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Give a file, whole or from a place on."""
    blob = _blob(books, call)
    if blob is None:
        return not_found()
    size = blob["size"]
    kind = blob["mime"] if blob["mime"] in SHOWN_AS else "application/octet-stream"
    headers = {"ETag": f'"{blob["sha256"]}"', "Accept-Ranges": "bytes"}
    content = (gateway.files / blob["sha256"]).read_bytes()
    wanted = call.given.get("Range")
    if wanted is None:
        return Reply(200, content, headers, kind)
    first_text, _, last_text = wanted.removeprefix("bytes=").partition("-")
    first, last = int(first_text), min(int(last_text or size), size - 1)
    if first > last:
        outside = problem(416, "range-not-satisfiable", "Đoạn nằm ngoài tệp")
        return Reply(416, outside.body, {"Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return Reply(206, content[first : last + 1], headers, kind)


def keep_blob(gateway: Gateway, books: Connection, agency: str, content: bytes, mime: str) -> str:
    """Keep a whole file for an agency; return its SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    place: Path = gateway.files / sha256
    half = place.with_suffix(".half")
    half.write_bytes(content)
    half.replace(place)
    books.execute(
        "INSERT OR REPLACE INTO blob VALUES (?, ?, ?, ?)", (sha256, agency, len(content), mime)
    )
    return sha256


def lend(books: Connection, agency: str, files: Iterable[Mapping[str, Any]]) -> None:
    """Let an agency read files of another that were given to it."""
    for file in files:
        books.execute(
            "INSERT OR IGNORE INTO blob VALUES (?, ?, ?, ?)",
            (file["sha256"], agency, file["size"], file["mime"]),
        )


def _require_version(call: Call) -> None:
    if call.given["Tus-Resumable"] != "1.0.0":
        wrong = problem(412, "tus-version", "Phiên bản tus không được hỗ trợ")
        raise Refusal(Reply(412, wrong.body, {"Tus-Version": "1.0.0"}))


def _upload(books: Connection, call: Call) -> Any:
    row = books.execute("SELECT * FROM upload WHERE id = ?", (call.given["upload_id"],)).fetchone()
    if row is None or not call.desk.serves(row["agency"]):
        raise Refusal(not_found())
    if datetime.fromisoformat(row["expires"]) <= call.moment:
        raise Refusal(problem(410, "upload-expired", "Lượt tải đã hết hạn"))
    return row


def _place(upload: Any) -> dict[str, str]:
    expires = datetime.fromisoformat(upload["expires"])
    return {
        **TUS,
        "Upload-Offset": str(upload["offset"]),
        "Upload-Expires": format_datetime(expires, usegmt=True),
    }


def _metadata(text: str) -> dict[str, str]:
    told: dict[str, str] = {}
    for pair in text.split(","):
        name, _, value = pair.partition(" ")
        try:
            told[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as problem_found:
            raise Refusal(bad_request(f"Upload-Metadata: {name}")) from problem_found
    return told


def _wrong_metadata(told: Mapping[str, str]) -> list[dict[str, str]]:
    schemas = contract()["components"]["schemas"]
    kinds: list[str] = schemas["FileRef"]["properties"]["mime"]["enum"]
    patterns = {
        "sha256": schemas["Sha256"]["pattern"],
        "filename": schemas["FileRef"]["properties"]["filename"]["pattern"],
        "mime": "|".join(re.escape(kind) for kind in kinds),
        "dossier_id": schemas["Uuid7"]["pattern"],
    }
    return [
        error(
            f"/Upload-Metadata/{name}",
            "pattern" if name in told else "required",
            "không đúng dạng" if name in told else "thiếu",
        )
        for name, pattern in patterns.items()
        if not re.fullmatch(pattern.removeprefix("^").removesuffix("$"), told.get(name, ""))
    ]


def _blob(books: Connection, call: Call) -> Any:
    scope = (call.desk.agency, *call.desk.receives_for)
    rows = books.execute("SELECT * FROM blob WHERE sha256 = ?", (call.given["sha256"],))
    return next((row for row in rows if row["agency"] in scope), None)


def _checksum(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()
