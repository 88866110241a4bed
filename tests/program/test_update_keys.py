"""Whose packages are taken: nobody locks a desk out of them, and root need not ask its account."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import main
from counter.errors import UpdateKeyLost, UpdateRefused
from program import updates
from tests.program.test_updates import PROVINCE, SITE, SPARE, STRANGER, Desk, desk

__all__ = ["desk"]

NEXT = Ed25519PrivateKey.generate()

Update = Callable[[Path], dict[str, Any]]


def public(*keys: Ed25519PrivateKey) -> list[str]:
    return [key.public_key().public_bytes_raw().hex() for key in keys]


def naming(desk: Desk, text: str, *, signer: Ed25519PrivateKey = PROVINCE, serial: int = 1) -> Path:
    """Make a package of settings with *text* for the table of updates."""
    table = f"[updates]\n{text}\n"
    return desk.package(
        {"settings.toml": table}, key=signer, kind="settings", platform="any", serial=serial
    )


@pytest.mark.parametrize("keys", [public(SPARE), public(NEXT), []])
def test_settings_that_do_away_with_the_key_that_signed_them_change_nothing(
    desk: Desk, keys: list[str]
) -> None:
    with pytest.raises(UpdateKeyLost):
        desk.take(naming(desk, f"keys = {json.dumps(keys)}"))

    assert desk.site.read_text(encoding="utf-8") == SITE
    assert desk.serial == 0


def test_a_table_of_updates_without_keys_leaves_no_desk_without_any(desk: Desk) -> None:
    with pytest.raises(UpdateKeyLost):
        desk.take(naming(desk, 'folder = "elsewhere"'))

    assert desk.site.read_text(encoding="utf-8") == SITE


def test_a_key_gives_way_to_the_next_in_two_packages(desk: Desk) -> None:
    first = naming(desk, f"keys = {json.dumps(public(PROVINCE, NEXT))}", serial=1)
    desk.take(first)
    second = naming(desk, f"keys = {json.dumps(public(NEXT))}", signer=NEXT, serial=2)

    updates.take(second, desk.programs, desk.site, "H55.242-Q01", public(PROVINCE, NEXT), now=True)

    text = desk.site.read_text(encoding="utf-8")
    assert public(NEXT)[0] in text
    assert public(PROVINCE)[0] not in text
    with pytest.raises(UpdateRefused):
        updates.take(
            naming(desk, f"keys = {json.dumps(public(PROVINCE))}", serial=3),
            desk.programs,
            desk.site,
            "H55.242-Q01",
            public(NEXT),
            now=True,
        )


class Swapped(zipfile.ZipFile):
    """A package whose manifest somebody writes anew once it was read."""

    times = 0

    def open(self, name: Any, *args: Any, **named: Any) -> Any:
        self.times += name == updates.MANIFEST
        if name == updates.MANIFEST and self.times > 1:
            return io.BytesIO(self.read_signed().replace(b'"serial": 1', b'"serial": 9'))
        return super().open(name, *args, **named)

    def read_signed(self) -> bytes:
        with super().open(updates.MANIFEST) as file:
            return file.read()


def test_what_was_signed_is_what_is_understood_whoever_writes_the_file_meanwhile(
    desk: Desk,
) -> None:
    with Swapped(desk.package({"quay": "mới"})) as archive:
        manifest = updates.read_manifest(archive, public(SPARE, PROVINCE))

    assert manifest.serial == 1
    assert manifest.signer == public(PROVINCE)[0]


@pytest.fixture
def update(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Update:
    """Take a package by the command, at a desk whose account has named a stranger's key."""
    named = json.dumps(public(STRANGER))
    updated = f'\n[updates]\nkeys = {named}\nfolder = "{desk.programs.as_posix()}"\n'
    desk.site.write_text(SITE + updated, encoding="utf-8")
    monkeypatch.setattr(updates, "ROOTS_KEYS", desk.folder / "etc" / "update-keys")

    def run(package: Path) -> dict[str, Any]:
        main.main(["--data", str(desk.folder), "update", str(package), "--now", "--json"])
        answer: dict[str, Any] = json.loads(capfdbinary.readouterr().out)
        return answer

    return run


def roots_list(desk: Desk, text: str) -> None:
    (desk.folder / "etc").mkdir()
    (desk.folder / "etc" / "update-keys").write_text(text, encoding="utf-8")


def test_a_key_that_the_desks_account_named_counts_nothing_beside_roots_list(
    desk: Desk, update: Update
) -> None:
    roots_list(desk, f"# the province's, of 2026\n{public(PROVINCE)[0]}  # in use\n\n")

    refused = update(desk.package({"quay": "virus"}, key=STRANGER, serial=1))
    took = update(desk.package({"quay": "mới"}, serial=2))

    assert refused["error"]["code"] == "update.refused"
    assert took["serial"] == 2
    assert desk.starts == "mới"


@pytest.mark.parametrize("text", ["", "# none yet", "nonsense", "\udc80"])
def test_a_list_of_roots_without_a_key_takes_no_package(
    desk: Desk, update: Update, text: str
) -> None:
    (desk.folder / "etc").mkdir()
    (desk.folder / "etc" / "update-keys").write_bytes(text.encode("utf-8", "surrogateescape"))

    refused = update(desk.package({"quay": "mới"}, key=STRANGER))

    assert refused["error"]["code"] == "update.refused"


def test_without_roots_list_the_settings_say_whose_packages_are_taken(
    desk: Desk, update: Update
) -> None:
    took = update(desk.package({"quay": "mới"}, key=STRANGER, serial=1))

    assert took["serial"] == 1
