"""The sandbox's own door beside the contract: a page for people, switches for tests.

It has a port of its own, so that it answers while the portal is off.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from sync.sandbox import acts, page
from sync.sandbox.dossiers import shown
from sync.sandbox.faults import Fault
from sync.sandbox.gateway import Desk, Policy
from sync.sandbox.national import NationalLine
from sync.sandbox.server import Line

BASE = "/_sandbox/"
Act = Callable[[Any], object]
ON_THE_PORTALS_SIDE: Mapping[str, Callable[..., object]] = {
    "submit-online": acts.submit_online,
    "move": acts.move,
    "give-result": acts.give_result,
    "give-file": acts.give_file,
    "supplement": acts.supplement,
    "edit": acts.edit,
    "national-portal": acts.national_portal,
    "pay": acts.pay,
    "refund": acts.refund,
    "cancel-payment": acts.cancel_payment,
    "expire-payment": acts.expire_payment,
    "pay-at-home": acts.pay_at_home,
    "change-catalogue": acts.change_catalogue,
    "announce": acts.announce,
}


class Door:
    """The control door, open until it is closed."""

    def __init__(self, line: Line, national: NationalLine, port: int) -> None:
        pressed = _switches(line) | _national_switches(national)
        shown_here = _views(line) | _national_views(national)

        class Handler(_Handler):
            portal = line
            switches = pressed
            views = shown_here

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), name="door")
        self._thread.start()

    def close(self) -> None:
        """End for good."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _switches(line: Line) -> dict[str, Act]:
    gateway, policy = line.gateway, line.gateway.policy
    books, enrolled = gateway.books, dict(gateway.desks)

    def on_the_portals_side(act: Callable[..., object]) -> Act:
        def do(facts: Any) -> object:
            found = act(gateway, facts)
            gateway.tell_news()
            return found

        return do

    def set_policy(facts: Any) -> None:
        for name, value in facts.items():
            setattr(policy, name, value)

    def forget_keys(_facts: Any) -> None:
        with books.writing() as written:
            written.execute("DELETE FROM reply")

    def expire_uploads(_facts: Any) -> None:
        with books.writing() as written:
            written.execute("UPDATE upload SET expires = ?", (gateway.now().isoformat(),))

    def expire_cursors(_facts: Any) -> None:
        last = books.rows("SELECT coalesce(max(position), 0) AS p FROM change")[0]["p"]
        policy.oldest_change = last

    def expire_since(_facts: Any) -> None:
        last = books.rows("SELECT coalesce(max(revision), 0) AS r FROM item")[0]["r"]
        policy.oldest_revision = last + 1

    def serve_for(facts: Any) -> None:
        desk = gateway.desks[facts["desk"]]
        wider = dataclasses.replace(desk, receives_for=tuple(facts["agencies"]))
        gateway.desks[desk.id] = wider

    def heal(_facts: Any) -> None:
        line.switch_on()
        line.faults.clear()
        line.delay_s = 0.0
        gateway.revoked.clear()
        gateway.desks.update(enrolled)
        usual = Policy()
        for part in dataclasses.fields(Policy):
            setattr(policy, part.name, getattr(usual, part.name))

    def start_over(act: Callable[[], None]) -> None:
        act()
        gateway.forget_tokens()
        policy.oldest_change = policy.oldest_revision = 0
        gateway.fill_catalogues()
        gateway.tell_news()

    return {
        "on": lambda _facts: line.switch_on(),
        "off": lambda _facts: line.switch_off(),
        "faults": lambda facts: line.faults.add(
            [Fault(name) for name in facts["names"]], facts.get("operation")
        ),
        "always": lambda facts: line.faults.strike_always(Fault(facts["name"])),
        "no-faults": lambda _facts: line.faults.clear(),
        "delay": lambda facts: setattr(line, "delay_s", float(facts["seconds"])),
        "clock": lambda facts: setattr(policy, "skew_s", float(facts["seconds"])),
        "policy": set_policy,
        "poison": lambda facts: policy.poison.update(facts["names"]),
        "no-poison": lambda _facts: policy.poison.clear(),
        "forget-tokens": lambda _facts: gateway.forget_tokens(),
        "forget-keys": forget_keys,
        "expire-uploads": expire_uploads,
        "expire-cursors": expire_cursors,
        "expire-since": expire_since,
        "revoke": lambda facts: gateway.revoked.add(facts["desk"]),
        "let-in-again": lambda facts: gateway.revoked.discard(facts["desk"]),
        "serve-for": serve_for,
        "backup": lambda _facts: books.keep_backup(),
        "restore": lambda _facts: start_over(books.restore_backup),
        "heal": heal,
        "reset": lambda _facts: start_over(books.empty),
        **{name: on_the_portals_side(act) for name, act in ON_THE_PORTALS_SIDE.items()},
    }


def _national_switches(line: NationalLine) -> dict[str, Act]:
    """Return the switches of the national interface, each named ``national/…``."""
    books = line.national

    def lose(facts: Any) -> None:
        for code in facts["codes"]:
            books.dossiers.pop(code, None)
            books.lines.pop(code, None)

    def heal(_facts: Any) -> None:
        line.switch_on()
        line.faults.clear()
        books.poison.clear()
        books.busy = 0

    def empty(_facts: Any) -> None:
        for part in (books.dossiers, books.lines, books.created, books.calls):
            part.clear()

    return {
        "national/empty": empty,
        "national/on": lambda _facts: line.switch_on(),
        "national/off": lambda _facts: line.switch_off(),
        "national/faults": lambda facts: line.faults.add(
            [Fault(name) for name in facts["names"]], facts.get("operation")
        ),
        "national/no-faults": lambda _facts: line.faults.clear(),
        "national/end-sessions": lambda _facts: books.sessions.clear(),
        "national/turn-away": lambda facts: books.accounts.pop(facts["desk"], None),
        "national/poison": lambda facts: books.poison.update(facts["codes"]),
        "national/busy": lambda facts: setattr(books, "busy", int(facts["calls"])),
        "national/lose": lose,
        "national/heal": heal,
    }


def _national_views(line: NationalLine) -> dict[str, Callable[[], object]]:
    books = line.national
    return {
        "national/dossiers": lambda: list(books.dossiers.values()),
        "national/lines": lambda: books.lines,
        "national/created": lambda: dict(books.created),
        "national/calls": lambda: dict(books.calls),
        "national/seen": lambda: list(line.seen),
    }


def _views(line: Line) -> dict[str, Callable[[], object]]:
    gateway, books = line.gateway, line.gateway.books

    def dossiers() -> list[Any]:
        with books.writing() as read:
            return [
                shown(read, Desk(d["content"]["desk_id"] or "", "", ""), d)
                for d in books.bodies("SELECT body FROM dossier ORDER BY rowid")
            ]

    return {
        "dossiers": dossiers,
        "events": lambda: [
            stored["event"]
            for stored in books.bodies(
                "SELECT body FROM event WHERE desk IS NOT NULL ORDER BY rowid"
            )
        ],
        "payments": lambda: books.bodies(
            "SELECT body FROM paper WHERE kind = 'payment' ORDER BY rowid"
        ),
        "leases": lambda: books.bodies(
            "SELECT body FROM lease WHERE desk IS NOT NULL ORDER BY rowid"
        ),
        "papers": lambda: [
            {"kind": row["kind"], **json.loads(row["body"])}
            for row in books.rows("SELECT kind, body FROM paper ORDER BY rowid")
        ],
        "blobs": lambda: [dict(row) for row in books.rows("SELECT * FROM blob ORDER BY rowid")],
        "looks": lambda: [dict(row) for row in books.rows("SELECT * FROM look ORDER BY rowid")],
        "requests": lambda: dict(line.requests),
        "operations": lambda: dict(line.operations),
        "seen": lambda: list(line.seen),
        "state": lambda: {
            "on": line.is_on,
            "faults": line.faults.waiting(),
            "waiting": gateway.waiting,
            "epoch": books.epoch,
            "skew_s": gateway.policy.skew_s,
            "delay_s": line.delay_s,
        },
    }


class _Handler(BaseHTTPRequestHandler):
    portal: ClassVar[Line]
    switches: ClassVar[Mapping[str, Act]]
    views: ClassVar[Mapping[str, Callable[[], object]]]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        name = self.path.removeprefix(BASE)
        if self.path == "/":
            self._send(200, page.write(self.portal).encode(), "text/html; charset=utf-8")
        elif self.path.startswith(BASE) and name in self.views:
            self._send_json(200, self.views[name]())
        else:
            self._send_json(404, {"error": "unknown"})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        name = self.path.removeprefix(BASE)
        host = self.headers.get("Host", "")
        if not host.startswith("127.0.0.1:") or self.headers.get("Origin", f"http://{host}") != (
            f"http://{host}"
        ):
            self._send_json(403, {"error": "a page from elsewhere"})
        elif not self.path.startswith(BASE) or name not in self.switches:
            self._send_json(404, {"error": "unknown"})
        elif "form" in self.headers.get("Content-Type", ""):
            self._press(name, dict(parse_qsl(raw.decode())))
        else:
            self._do(name, json.loads(raw) if raw else {})

    def _do(self, name: str, facts: Any) -> None:
        try:
            found = self.switches[name](facts)
        except (KeyError, TypeError, ValueError) as error:
            self._send_json(422, {"error": repr(error)})
        else:
            self._send_json(200, found)

    def _press(self, name: str, form: dict[str, str]) -> None:
        """Do what a button of the page asks, and show the page again."""
        facts: dict[str, Any] = dict(form)
        if name == "faults":
            facts["names"] = [form["names"]]
        if "status" in form:
            facts["status"] = int(form["status"])
        self.switches[name](facts)
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_json(self, status: int, found: object) -> None:
        body = json.dumps(found, ensure_ascii=False).encode()
        self._send(status, body, "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
