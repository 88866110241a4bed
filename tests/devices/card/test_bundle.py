"""A province's bundle is installed in one step, replaces the last, and nobody else can make one."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counter.cards import Issuer
from counter.errors import BadTrustFile, BundleNotVouched, OlderBundle
from devices.card.simulator.issuer import make_issuer
from devices.card.trust import TrustStore
from tests.devices.card.bundles import PROVINCE, bundle, fingerprint
from tests.devices.card.test_trust import SIGNED_AT, revoke, signer

OLD, NEW, OTHER = (make_issuer(f"gói thử {name}") for name in ("cũ", "mới", "khác"))
SOURCE = "goi.p7m"


@pytest.fixture
def store(tmp_path: Path) -> TrustStore:
    return TrustStore(tmp_path / "trust", (fingerprint(),))


def test_one_step_installs_issuers_and_revocation_lists(store: TrustStore) -> None:
    revoked = revoke(signer(NEW.document_signer).serial_number, SIGNED_AT, NEW.csca)

    added, rejected = store.import_bytes(bundle(1, OLD.csca.der, NEW.csca.der, revoked), SOURCE)

    assert (added, rejected) == (3, ())
    assert store.judge(signer(OLD.document_signer), SIGNED_AT) is Issuer.TRUSTED
    assert store.judge(signer(NEW.document_signer), SIGNED_AT) is Issuer.REVOKED


def test_the_next_bundle_takes_the_place_of_the_last(store: TrustStore) -> None:
    store.import_bytes(bundle(1, OLD.csca.der), SOURCE)

    store.import_bytes(bundle(2, NEW.csca.der), SOURCE)

    assert store.judge(signer(OLD.document_signer), SIGNED_AT) is Issuer.UNKNOWN
    assert store.judge(signer(NEW.document_signer), SIGNED_AT) is Issuer.TRUSTED


def test_what_was_imported_by_hand_outlives_every_bundle(store: TrustStore) -> None:
    store.import_bytes(OTHER.csca.der, "tay.cer")
    store.import_bytes(bundle(1, OTHER.csca.der, OLD.csca.der), SOURCE)

    store.import_bytes(bundle(2, NEW.csca.der), SOURCE)

    assert store.judge(signer(OTHER.document_signer), SIGNED_AT) is Issuer.TRUSTED
    assert len(store.list()) == 2


@pytest.mark.parametrize("serial", [1, 2], ids=["older", "same number, other content"])
def test_an_older_bundle_brings_nothing_back(store: TrustStore, serial: int) -> None:
    store.import_bytes(bundle(2, NEW.csca.der), SOURCE)

    with pytest.raises(OlderBundle):
        store.import_bytes(bundle(serial, OLD.csca.der), SOURCE)

    assert store.judge(signer(OLD.document_signer), SIGNED_AT) is Issuer.UNKNOWN


def test_the_same_bundle_again_changes_nothing(store: TrustStore) -> None:
    same = bundle(3, NEW.csca.der)
    store.import_bytes(same, SOURCE)
    before = store.list()

    assert store.import_bytes(same, SOURCE) == (0, ())
    assert store.list() == before


def test_a_bundle_by_anybody_else_is_refused(store: TrustStore, tmp_path: Path) -> None:
    forged = bundle(9, OTHER.csca.der, by=OTHER.document_signer)

    with pytest.raises(BundleNotVouched):
        store.import_bytes(forged, SOURCE)
    with pytest.raises(BundleNotVouched):
        TrustStore(tmp_path / "nobody").import_bytes(bundle(1, OLD.csca.der), SOURCE)

    assert store.list() == ()


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8, 0.97])
def test_a_bundle_that_was_changed_is_refused(store: TrustStore, place: float) -> None:
    spoilt = bytearray(bundle(1, OLD.csca.der))
    spoilt[int(len(spoilt) * place)] ^= 1

    with pytest.raises((BadTrustFile, BundleNotVouched)):
        store.import_bytes(bytes(spoilt), SOURCE)

    assert store.list() == ()


@pytest.mark.parametrize("serial", ["1", 0, -1, True, 1.5, None])
def test_a_bundle_without_a_number_is_refused(store: TrustStore, serial: object) -> None:
    with pytest.raises(BadTrustFile):
        store.import_bytes(bundle(serial, OLD.csca.der), SOURCE)


def test_another_paper_of_the_same_signer_is_no_bundle(store: TrustStore) -> None:
    with pytest.raises(BadTrustFile):
        store.import_bytes(bundle(1, OLD.csca.der, kind="motcua.notice"), SOURCE)


def test_only_a_bundle_goes_where_only_bundles_go(store: TrustStore) -> None:
    with pytest.raises(BadTrustFile):
        store.install_bundle(OLD.csca.der, "cong")

    assert store.list() == ()


def test_an_installation_broken_off_is_finished_by_the_next_one(
    store: TrustStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.import_bytes(bundle(1, OLD.csca.der), SOURCE)
    later = bundle(2, NEW.csca.der)

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(TrustStore, "_drop", power_cut)
        with pytest.raises(KeyboardInterrupt):
            store.import_bytes(later, SOURCE)
    store.import_bytes(later, SOURCE)
    store.import_bytes(bundle(3, OTHER.csca.der), SOURCE)

    assert [entry.sha256 for entry in store.list()] == [fingerprint(OTHER.csca)]


def test_changes_from_several_sides_lose_nothing(store: TrustStore) -> None:
    issuers = [make_issuer(f"cùng lúc {number}") for number in range(6)]
    sides = [
        threading.Thread(target=store.import_bytes, args=(issuer.csca.der, SOURCE), name="side")
        for issuer in issuers
    ]

    for side in sides:
        side.start()
    for side in sides:
        side.join()

    assert len(store.list()) == len(issuers)


def test_who_signs_for_the_province_is_no_issuer_of_cards(store: TrustStore) -> None:
    store.import_bytes(bundle(1, OLD.csca.der), SOURCE)

    assert store.judge(signer(PROVINCE), datetime(2026, 11, 1, tzinfo=UTC)) is Issuer.UNKNOWN
