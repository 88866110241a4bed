"""Whom the desk believes is an administrator's to change, and every change is in the chain."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter.desk.context import Context
from counter.desk.issuers import DeskIssuers
from counter.errors import BadTrustFile, NotAllowed, NotSignedIn
from counter.people import Role, officer_of
from counter.store import trail
from devices.card.simulator.issuer import make_issuer
from devices.card.trust import TrustStore


@pytest.fixture
def issuers(context: Context) -> DeskIssuers:
    return DeskIssuers(context, TrustStore(context.hall.folder.trust))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "goc.cer"
    path.write_bytes(make_issuer("nơi cấp thử").csca.der)
    return path


def sit(context: Context, role: Role) -> None:
    context.seat.take(officer_of(context.settings.settings, role))


def acts(context: Context) -> list[str]:
    with context.store.reading() as session:
        return [entry.action for entry in trail.entries(session, newest=2)]


def test_an_administrator_changes_the_list_and_the_chain_says_who(
    context: Context, issuers: DeskIssuers, file: Path
) -> None:
    sit(context, Role.ADMINISTRATOR)

    issuers.import_file(file)
    (entry,) = issuers.list()
    issuers.remove(entry.sha256)

    assert issuers.list() == ()
    assert sorted(acts(context)) == ["trust.import", "trust.remove"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.CASHIER])
def test_others_may_look_and_not_touch(
    context: Context, issuers: DeskIssuers, file: Path, role: Role
) -> None:
    sit(context, role)

    with pytest.raises(NotAllowed):
        issuers.import_file(file)
    with pytest.raises(NotAllowed):
        issuers.remove("00" * 32)

    assert issuers.list() == ()
    assert "trust.import" not in acts(context)


def test_an_empty_chair_sees_nothing(context: Context, issuers: DeskIssuers) -> None:
    context.seat.take(None)

    with pytest.raises(NotSignedIn):
        issuers.list()


def test_a_file_that_brings_nothing_is_not_noted(
    context: Context, issuers: DeskIssuers, file: Path
) -> None:
    sit(context, Role.ADMINISTRATOR)
    file.write_bytes(b"no certificate")

    with pytest.raises(BadTrustFile):
        issuers.import_file(file)

    assert "trust.import" not in acts(context)
