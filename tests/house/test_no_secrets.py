"""No file that is handed on holds a secret: no key, no token, no password of anybody's.

The demonstration's, which is printed in the README and opens invented data only, is named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
ROOMS = (
    *("counter", "devices", "docs", "packaging", "program", "resources", "server", "sync", "ui"),
    "tests",
)
TEXTS = {".cfg", ".conf", ".desktop", ".ini", ".json", ".md", ".py", ".service", ".sh", ".sql"}
TEXTS |= {".toml", ".txt", ".yaml", ".yml", ""}

SIGNS = (
    re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    re.compile(r"\w+://[^\s/:@{}<>]+:[^\s/:@{}<>]{3,}@"),
    re.compile(
        r"AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[abpr]-[0-9A-Za-z-]{10,}"
        r"|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\."
    ),
    re.compile(
        r"(?i)\b\w*(?:password|passphrase|secret|api_?key|access_?token|client_?key)\w*[\"']?"
        r"(?:\s*:\s*[\w\[\], |]+)?\s*[:=]\s*[\"'](?P<told>[^\"'\s{}]{8,})[\"']"
    ),
)
"""How a secret looks in a text."""

NAME = "the name of a variable or a mark, not what it holds"
INVENTED = "invented, for a test that never leaves this computer"
KNOWN = {
    "MOTCUA_PASSPHRASE_FILE": NAME,
    "MOTCUA_NEW_PASSPHRASE_FILE": NAME,
    "MOTCUA_PORTAL_SECRET_FILE": NAME,
    "file_secret": NAME,
    "file_secret_before": NAME,
    "scram-sha-256": NAME,
    "bi-mat-cua-quay-03": "an example in the portal's contract",
    "eyJhbGciOi-vi-du-the": "an example in the portal's contract",
    "secret-of-the-sandbox": "of the portal on this computer, where everybody is invented",
    "7k3f-9xqm-wtr4": INVENTED,
    "12345678": INVENTED,
    "invented-secret-01": INVENTED,
    "wrong-secret-of-nobody": INVENTED,
}
"""What looks like a secret and is none, and why."""

PUBLISHED = HOUSE / "tests" / "devices" / "card" / "icao9303_11.json"
"""The worked example of ICAO Doc 9303-11, appendix D, with its keys."""


def texts() -> Iterator[Path]:
    """Yield every text of the house that is handed on."""
    yield from (path for path in HOUSE.iterdir() if path.is_file() and path.suffix in TEXTS)
    for room in ROOMS:
        yield from (
            path
            for path in (HOUSE / room).rglob("*")
            if path.is_file()
            and path.suffix in TEXTS
            and "__pycache__" not in path.parts
            and path not in {PUBLISHED, Path(__file__)}
        )


def secrets_in(text: str) -> Iterator[str]:
    """Yield what looks like a secret in *text*."""
    for sign in SIGNS:
        for found in sign.finditer(text):
            yield found.groupdict().get("told") or found[0]


def test_no_text_of_the_house_holds_a_secret() -> None:
    looked_at = list(texts())
    found = {
        told: str(path.relative_to(HOUSE))
        for path in looked_at
        for told in secrets_in(path.read_text("utf-8", errors="replace"))
    }

    assert len(looked_at) > 1000
    assert {told: path for told, path in found.items() if told not in KNOWN} == {}
    assert KNOWN.keys() - found.keys() == set(), "named here and gone by now"


@pytest.mark.parametrize(
    "careless",
    [
        "-----BEGIN " + "PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==",
        "-----BEGIN EC " + "PRIVATE KEY-----",
        'url = "postgresql+psycopg://desk:mat-khau-that@10.0.0.2/motcua"',
        'PORTAL_SECRET = "9f2c71d0aa"',
        'portal_secret: str = "9f2c71d0aa"',
        '{"client_secret": "9f2c71d0aa"}',
        'passphrase = "mot-cau-dai-cua-quay"',
        "token = " + "ghp_" + "a1B2" * 9,
    ],
)
def test_a_careless_text_is_found_out(careless: str) -> None:
    assert list(secrets_in(careless))
