"""Files come in pieces over a line that breaks, and are kept by their hash."""

from __future__ import annotations

import base64
import hashlib
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from sync.sandbox.faults import Fault
from sync.sandbox.process import SandboxProcess
from tests.sync.sandbox.caller import Caller, component, dossier, pointers_of, problem_of

TUS = {"Tus-Resumable": "1.0.0"}
SCAN = b"%PDF-1.7 " + bytes(range(256)) * 40
HASH = hashlib.sha256(SCAN).hexdigest()


def metadata(dossier_id: str, **more: str) -> str:
    told = {"sha256": HASH, "filename": "to-khai.pdf", "mime": "application/pdf"}
    pairs = {**told, "dossier_id": dossier_id, **more}
    return ",".join(f"{n} {base64.b64encode(v.encode()).decode()}" for n, v in pairs.items())


def begin(caller: Caller, dossier_id: str, length: int = len(SCAN), **more: str) -> Any:
    told = {"Upload-Length": str(length), "Upload-Metadata": metadata(dossier_id, **more)}
    return caller.call("POST", "/files", headers={**TUS, **told})


def place_of(answer: requests.Response) -> str:
    return answer.headers["Location"].removeprefix("/motcua/v1")


def send(
    caller: Caller, place: str, offset: int, piece: bytes, **headers: str
) -> requests.Response:
    told = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return caller.call("PATCH", place, data=piece, headers={**TUS, **told, **headers})


def checksum(piece: bytes) -> str:
    return f"sha256 {base64.b64encode(hashlib.sha256(piece).digest()).decode()}"


def offset_of(caller: Caller, place: str) -> str:
    return str(caller.call("HEAD", place, headers=TUS).headers["Upload-Offset"])


def test_what_uploads_can_do_is_told_to_everybody(sandbox: SandboxProcess) -> None:
    told = requests.options(f"{sandbox.url}/files", timeout=10)

    assert (told.status_code, told.headers["Tus-Version"]) == (204, "1.0.0")
    assert "checksum" in told.headers["Tus-Extension"]


def test_a_file_comes_in_pieces_and_is_there(caller: Caller) -> None:
    named = {"sha256": HASH, "filename": "a.pdf", "mime": "application/pdf", "size": len(SCAN)}
    one = caller.receive(components=[component(named)])
    absent = caller.call("HEAD", f"/blobs/{HASH}").status_code
    begun = begin(caller, one["id"])
    place = place_of(begun)

    first = send(caller, place, 0, SCAN[:4000], **{"Upload-Checksum": checksum(SCAN[:4000])})
    last = send(caller, place, 4000, SCAN[4000:])
    found = caller.get(f"/blobs/{HASH}")

    assert (absent, begun.status_code, first.status_code) == (404, 201, 204)
    assert first.headers["Upload-Offset"] == "4000"
    assert last.headers["Upload-Offset"] == str(len(SCAN)) == offset_of(caller, place)
    assert found.content == SCAN
    assert found.headers["Content-Type"] == "application/pdf"
    size = caller.call("HEAD", f"/blobs/{HASH}").headers["Content-Length"]
    assert size == str(len(SCAN))
    assert caller.get(f"/dossiers/{one['id']}").json()["missing_blobs"] == []


def test_the_same_upload_begun_again_goes_on(caller: Caller) -> None:
    one = dossier(None)["id"]
    place = place_of(begin(caller, one))
    send(caller, place, 0, SCAN[:100])

    again = begin(caller, one)

    assert (place_of(again), again.headers["Upload-Offset"]) == (place, "100")


def test_a_piece_for_another_place_is_refused_with_the_right_one(caller: Caller) -> None:
    place = place_of(begin(caller, dossier(None)["id"]))
    send(caller, place, 0, SCAN[:100])

    wrong = send(caller, place, 50, SCAN[50:200])

    assert (problem_of(wrong), wrong.headers["Upload-Offset"]) == ("upload-offset-mismatch", "100")


def test_a_piece_damaged_on_the_way_is_dropped(caller: Caller) -> None:
    place = place_of(begin(caller, dossier(None)["id"]))

    damaged = send(caller, place, 0, b"x" * 100, **{"Upload-Checksum": checksum(SCAN[:100])})

    assert damaged.status_code == 460
    assert offset_of(caller, place) == "0"


def test_a_file_that_is_not_what_was_said_is_thrown_away(caller: Caller) -> None:
    place = place_of(begin(caller, dossier(None)["id"]))

    wrong = send(caller, place, 0, bytes(len(SCAN)))

    assert problem_of(wrong) == "file-hash-mismatch"
    assert caller.call("HEAD", place, headers=TUS).status_code == 404
    assert caller.call("HEAD", f"/blobs/{HASH}").status_code == 404


def test_more_than_was_said_is_refused(caller: Caller) -> None:
    place = place_of(begin(caller, dossier(None)["id"], length=10))

    assert send(caller, place, 0, SCAN[:11]).status_code == 413


def test_what_came_before_the_line_broke_counts(caller: Caller, sandbox: SandboxProcess) -> None:
    place = place_of(begin(caller, dossier(None)["id"]))
    parts = urlsplit(sandbox.url)
    token = caller.raw("GET", "/capabilities").request.headers["Authorization"]
    head = (
        f"PATCH {parts.path}{place} HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: {token}\r\n"
        "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
        f"Content-Type: application/offset+octet-stream\r\nContent-Length: {len(SCAN)}\r\n\r\n"
    )
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as line:
        line.sendall(head.encode() + SCAN[:300])
        line.shutdown(socket.SHUT_WR)
        line.recv(1000)

    assert offset_of(caller, place) == "300"
    assert send(caller, place, 300, SCAN[300:]).status_code == 204


def test_a_last_piece_whose_answer_was_lost_is_seen_by_asking(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    place = place_of(begin(caller, dossier(None)["id"]))
    sandbox.strike([Fault.TOOK_IT_THEN_HUNG_UP], "patchUpload")

    with pytest.raises(requests.ConnectionError):
        send(caller, place, 0, SCAN)

    assert offset_of(caller, place) == str(len(SCAN))
    assert caller.get(f"/blobs/{HASH}").content == SCAN


def test_uploads_end_after_a_day(caller: Caller, sandbox: SandboxProcess) -> None:
    place = place_of(begin(caller, dossier(None)["id"]))

    sandbox.expire_uploads()

    assert caller.call("HEAD", place, headers=TUS).status_code == 410
    assert problem_of(send(caller, place, 0, SCAN)) == "upload-expired"


def test_an_upload_is_dropped_and_a_whole_file_stays(caller: Caller) -> None:
    one = dossier(None)["id"]
    place = place_of(begin(caller, one))
    send(caller, place, 0, SCAN)

    dropped = [caller.call("DELETE", place, headers=TUS).status_code for _ in range(2)]

    assert dropped == [204, 404]
    assert caller.call("HEAD", f"/blobs/{HASH}").status_code == 200


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"filename": "../etc/passwd"}, ("/Upload-Metadata/filename", "pattern")),
        ({"mime": "text/html"}, ("/Upload-Metadata/mime", "pattern")),
        ({"sha256": "abc"}, ("/Upload-Metadata/sha256", "pattern")),
        ({"dossier_id": "7"}, ("/Upload-Metadata/dossier_id", "pattern")),
    ],
)
def test_a_file_is_described_as_the_contract_wants(
    caller: Caller, more: dict[str, str], fault: tuple[str, str]
) -> None:
    told = {"dossier_id": dossier(None)["id"], **more}

    assert pointers_of(begin(caller, **told)) == [fault]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({**TUS, "Upload-Length": "0"}, 400),
        ({**TUS, "Upload-Metadata": "sha256 !"}, 400),
    ],
)
def test_an_upload_that_cannot_be_read_is_refused(
    caller: Caller, headers: dict[str, str], status: int
) -> None:
    usual = {"Upload-Length": "9", "Upload-Metadata": metadata(dossier(None)["id"])}

    answer = caller.call("POST", "/files", headers={**usual, **headers})

    assert answer.status_code == status


def test_a_download_goes_on_where_it_broke(caller: Caller) -> None:
    send(caller, place_of(begin(caller, dossier(None)["id"])), 0, SCAN)
    place = f"/blobs/{HASH}"

    rest = caller.get(place, Range="bytes=9000-")
    middle = caller.get(place, Range="bytes=10-19")
    outside = caller.get(place, Range=f"bytes={len(SCAN)}-")

    assert (rest.status_code, rest.content) == (206, SCAN[9000:])
    assert (middle.content, middle.headers["Content-Range"]) == (
        SCAN[10:20],
        f"bytes 10-19/{len(SCAN)}",
    )
    assert (outside.status_code, outside.headers["Content-Range"]) == (416, f"bytes */{len(SCAN)}")


def test_a_hash_tells_nothing_to_another_agency(caller: Caller, stranger: Caller) -> None:
    place = place_of(begin(caller, caller.receive()["id"]))
    send(caller, place, 0, SCAN)

    assert stranger.call("HEAD", f"/blobs/{HASH}").status_code == 404
    assert stranger.get(f"/blobs/{HASH}").status_code == 404
    assert stranger.call("HEAD", place, headers=TUS).status_code == 404


def test_no_file_is_added_to_a_dossier_of_another_agency(caller: Caller, stranger: Caller) -> None:
    one = caller.receive()

    assert problem_of(begin(stranger, one["id"])) == "agency-scope"
