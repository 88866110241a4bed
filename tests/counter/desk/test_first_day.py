"""A desk is made from its answers, whole, also when the first try was stopped."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest

from counter import passwords
from counter.desk import first_day, officers
from counter.desk.first_day import set_up
from counter.desk.opening import Opening, open_desk
from counter.errors import BadSettings, WeakPassword, WrongKey
from counter.folder import DataFolder
from counter.people import Role
from counter.setting_up import Answers, Found, Secrets, keep_draft, look_at
from counter.store.key import open_key
from tests.counter.desk.conftest import RESOURCES, SetClock

ANSWERS = Answers(
    agency_code="H55.242",
    office_name="Ủy ban nhân dân xã Thử Nghiệm",
    desk_id="H55.242-Q09",
    admin_name="Lý Thị Mẫu",
    admin_account="truong",
    portal_url="https://cong.example/motcua/v1",
)
SECRETS = Secrets(password="cổng làng buổi sớm", passphrase="7k3f-9xqm-wtr4")


@pytest.fixture(autouse=True)
def no_key_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer that remembers nothing; passwords are kept at once, which others test."""
    monkeypatch.setattr(first_day, "keep_passphrase", lambda _desk, _passphrase: False)
    monkeypatch.setattr(first_day, "keep_portal_secret", lambda _desk, _secret: False)
    monkeypatch.setattr(passwords, "keep", lambda password: f"plain {password[::-1]}")
    monkeypatch.setattr(passwords, "holds", lambda word, kept: kept == f"plain {word[::-1]}")
    monkeypatch.setattr("counter.desk.opening.find_passphrase", lambda _desk, _ask: "none")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "desk")


def make(folder: DataFolder, answers: Answers = ANSWERS, secrets: Secrets = SECRETS) -> bool:
    done = set_up(folder, answers, secrets, resources=RESOURCES, clock=SetClock())
    return done.remembers


def reopened(folder: DataFolder, passphrase: str = SECRETS.passphrase) -> Opening:
    return Opening(
        folder=folder,
        settings_path=None,
        training=False,
        resources=RESOURCES,
        clock=SetClock(),
        typed=passphrase,
    )


def test_a_new_desk_has_its_settings_and_an_administrator_and_nobody_sits_there(
    folder: DataFolder,
) -> None:
    keep_draft(folder, ANSWERS)

    remembers = make(folder)

    assert (remembers, look_at(folder)) == (False, Found.DESK)
    with open_desk(reopened(folder)) as context:
        context.seat.take(None)
        assert context.settings.settings.desk.id == "H55.242-Q09"
        officer = officers.sign_in(context, "truong", SECRETS.password)
        assert Role.ADMINISTRATOR in officer.roles


def test_the_secrets_of_a_new_desk_lie_in_no_file(folder: DataFolder) -> None:
    keep_draft(folder, ANSWERS)
    make(folder, secrets=replace(SECRETS, portal="khoa-bi-mat-cua-quay"))

    files = [path.read_bytes() for path in folder.root.rglob("*") if path.is_file()]
    secret = (SECRETS.password, SECRETS.passphrase, "khoa-bi-mat-cua-quay")
    assert not any(one.encode() in content for one in secret for content in files)


def test_the_key_of_a_new_desk_lies_in_no_file_but_wrapped(folder: DataFolder) -> None:
    make(folder)
    key = open_key(folder.key, SECRETS.passphrase)
    files = [path.read_bytes() for path in folder.root.rglob("*") if path.is_file()]
    written = (key, key.hex().encode(), key.hex().upper().encode(), b64encode(key))

    found = [spelling for spelling in written for content in files if spelling in content]

    assert (len(key), found) == (32, [])
    assert any(folder.key.read_bytes() == content for content in files)


def test_a_set_up_that_was_stopped_is_done_again(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_draft(folder, ANSWERS)

    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(officers, "begin", stop)
        with pytest.raises(KeyboardInterrupt):
            make(folder)
    assert look_at(folder) is Found.NOTHING

    make(folder, replace(ANSWERS, office_name="Ủy ban nhân dân xã Thử Lại"))

    with open_desk(reopened(folder)) as context:
        assert context.settings.settings.office.name == "Ủy ban nhân dân xã Thử Lại"
        assert not officers.is_new(context)


def test_a_passphrase_that_opens_nothing_is_not_remembered(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder)
    remembered: list[str] = []

    def remember(_desk: str, told: str) -> bool:
        remembered.append(told)
        return True

    monkeypatch.setattr(first_day, "keep_passphrase", remember)

    with pytest.raises(WrongKey):
        make(folder, secrets=replace(SECRETS, passphrase="một câu khác hẳn 9x"))
    make(folder)

    assert remembered == [SECRETS.passphrase]


def test_another_passphrase_does_not_open_what_was_made(folder: DataFolder) -> None:
    make(folder)

    with pytest.raises(WrongKey), open_desk(reopened(folder, "không phải mật khẩu này")):
        pass


@pytest.mark.parametrize(
    "secrets",
    [
        replace(SECRETS, password="12345678"),
        replace(SECRETS, password=""),
        replace(SECRETS, password="lý thị mẫu 2026"),
        replace(SECRETS, passphrase="ngắn quá"),
    ],
)
def test_easy_secrets_make_no_desk(folder: DataFolder, secrets: Secrets) -> None:
    with pytest.raises(WeakPassword):
        make(folder, secrets=secrets)

    assert not folder.settings.exists()


def test_wrong_answers_make_no_desk(folder: DataFolder) -> None:
    with pytest.raises(BadSettings):
        make(folder, replace(ANSWERS, desk_id=""))

    assert not folder.root.exists()
