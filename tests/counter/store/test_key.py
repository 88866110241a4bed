"""The key file: opens with its passphrase only, and holds no key to read."""

from __future__ import annotations

import json
import stat
import sys
import unicodedata
from pathlib import Path

import pytest

from counter.errors import StoreDamaged, WrongKey
from counter.store.key import make_key, open_key


def test_the_passphrase_gives_the_key_back(tmp_path: Path) -> None:
    key = make_key(tmp_path / "desk.key", "Mật khẩu của quầy")

    assert open_key(tmp_path / "desk.key", "Mật khẩu của quầy") == key
    assert key.hex() not in (tmp_path / "desk.key").read_text()


def test_a_passphrase_typed_in_the_other_unicode_form_is_the_same(tmp_path: Path) -> None:
    key = make_key(tmp_path / "desk.key", "mật khẩu")

    assert open_key(tmp_path / "desk.key", unicodedata.normalize("NFD", "mật khẩu")) == key


@pytest.mark.parametrize("made_with", ["mật khẩu của quầy", " mật khẩu của quầy\u00a0 "])
@pytest.mark.parametrize(
    "typed", ["mật khẩu của quầy", "mật khẩu của quầy ", "\tmật khẩu của quầy"]
)
def test_spaces_around_a_passphrase_shut_nobody_out(
    tmp_path: Path, made_with: str, typed: str
) -> None:
    key = make_key(tmp_path / "desk.key", made_with)

    assert open_key(tmp_path / "desk.key", typed) == key


def test_a_key_that_was_wrapped_with_spaces_is_opened_with_them(
    tmp_path: Path,
) -> None:
    class AsTyped(str):
        __slots__ = ()

        def strip(self, _signs: str | None = None, /) -> str:
            return self

    key = make_key(tmp_path / "desk.key", AsTyped("mật khẩu của quầy "))

    assert open_key(tmp_path / "desk.key", "mật khẩu của quầy ") == key
    with pytest.raises(WrongKey):
        open_key(tmp_path / "desk.key", "mật khẩu của quầy")


def test_another_passphrase_is_refused(tmp_path: Path) -> None:
    make_key(tmp_path / "desk.key", "one")

    with pytest.raises(WrongKey):
        open_key(tmp_path / "desk.key", "two")


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    make_key(tmp_path / "desk.key", "one")

    with pytest.raises(FileExistsError):
        make_key(tmp_path / "desk.key", "two")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"nonce": "zz"}'])
def test_a_broken_key_file_is_damage_and_no_wrong_passphrase(tmp_path: Path, text: str) -> None:
    (tmp_path / "desk.key").write_text(text)

    with pytest.raises(StoreDamaged):
        open_key(tmp_path / "desk.key", "one")


def test_the_parameters_are_those_of_the_security_page(tmp_path: Path) -> None:
    make_key(tmp_path / "desk.key", "one")

    slot = json.loads((tmp_path / "desk.key").read_text())

    assert (slot["kdf"], slot["iterations"], slot["memory_kib"], slot["lanes"]) == (
        "argon2id",
        3,
        65536,
        4,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_only_this_user_may_read_the_key_file(tmp_path: Path) -> None:
    make_key(tmp_path / "desk.key", "one")

    assert stat.S_IMODE((tmp_path / "desk.key").stat().st_mode) == 0o600
