"""The province's bundle of card issuers comes through the portal, and only that bundle does."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter.errors import DeskError
from counter.store.store import Store
from counter.values import now
from devices.card.simulator.issuer import make_issuer
from devices.card.trust import TrustStore
from sync.portal import Access, Portal
from sync.rounds import Rounds
from sync.sandbox.process import SECRET, SandboxProcess
from tests.conftest import ExpectedLog
from tests.devices.card.bundles import bundle, fingerprint
from tests.sync.small_portal import Hasty

OLD, NEW = (make_issuer(f"gói qua cổng {name}") for name in ("cũ", "mới"))

Go = Callable[[], DeskError | None]


@pytest.fixture
def anchors(tmp_path: Path) -> TrustStore:
    return TrustStore(tmp_path / "trust", (fingerprint(),))


@pytest.fixture
def go(store: Store, sandbox: SandboxProcess, anchors: TrustStore, expected_log: ExpectedLog) -> Go:
    """Let the desk set out as after a restart; return what it warns of."""
    expected_log.allow("bundle of card issuers was not taken")

    def set_out() -> DeskError | None:
        access = Access(url=sandbox.url, desk_id="H55.242-Q01", secret=SECRET, version="0.1.0")
        portal = Portal(access, clock=now)
        rounds = Rounds(
            store,
            portal,
            agency="H55.242",
            version="0.1.0",
            clock=now,
            chance=Hasty(),
            is_working=lambda _day: False,
            tell=lambda _done: None,
            tell_news=lambda _dossiers: None,
            install_bundle=lambda content: anchors.install_bundle(content, "trust-bundle.p7m"),
        )
        rounds.go(lambda: True)
        rounds.go(lambda: True)
        portal.close()
        return rounds.warning

    return set_out


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path / "sandbox", desks={"H55.242-Q01": SECRET}) as running:
        yield running


def publish(sandbox: SandboxProcess, content: bytes) -> None:
    sandbox.set_policy(trust_bundle=base64.b64encode(content).decode("ascii"))


def trusted(anchors: TrustStore) -> list[str]:
    return [entry.sha256 for entry in anchors.list()]


def test_a_portal_without_bundles_is_no_error(go: Go, anchors: TrustStore) -> None:
    assert go() is None
    assert trusted(anchors) == []


def test_a_new_bundle_takes_the_place_of_the_old_one(
    go: Go, sandbox: SandboxProcess, anchors: TrustStore
) -> None:
    publish(sandbox, bundle(1, OLD.csca.der))
    assert go() is None
    assert trusted(anchors) == [fingerprint(OLD.csca)]

    publish(sandbox, bundle(2, NEW.csca.der))
    assert go() is None
    assert trusted(anchors) == [fingerprint(NEW.csca)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bundle(2, NEW.csca.der, by=NEW.document_signer), "trust.unknown_signer"),
        (bundle(1, NEW.csca.der), "trust.older_bundle"),
        (NEW.csca.der, "trust.bad_file"),
        (b"<html>", "trust.bad_file"),
    ],
    ids=["signed by another", "older", "a bare certificate", "no bundle"],
)
def test_what_the_province_did_not_sign_changes_nothing_and_is_told(
    go: Go,
    sandbox: SandboxProcess,
    anchors: TrustStore,
    content: bytes,
    code: str,
) -> None:
    publish(sandbox, bundle(1, OLD.csca.der))
    go()
    publish(sandbox, content)

    warning = go()

    assert warning is not None
    assert warning.code == code
    assert trusted(anchors) == [fingerprint(OLD.csca)]
