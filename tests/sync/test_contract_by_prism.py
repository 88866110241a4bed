"""The desk's client heard by Prism, which reads the contract with other eyes than ours.

Before the sandbox it judges every request of a desk at work and every answer; as a mock it answers
with the contract's own examples, which the client must be able to read.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from counter.acts import HandOver
from counter.desk import acts
from counter.desk.desk import Desk
from counter.errors import PortalRefusedMessage, PortalSilent
from counter.kiosk import Person
from counter.store.files import Unsent
from counter.store.outbox import DOSSIER, EVENT, Message, digest_of
from counter.store.reference import CATALOGUES
from counter.values import CitizenNumber, DossierId, now
from sync.batches import key_of, pack
from sync.contract import ChangePage, PostalManifest, read
from sync.courier import Courier
from sync.own_dossiers import OwnDossiers
from sync.portal import Portal
from sync.postal import PATH
from sync.sandbox.process import SECRET, SandboxProcess
from sync.tus import Files
from sync.verdicts import Taken, Wrong
from tests.sync.prism_process import Judgement, Prism, judged_portal
from tests.sync.sandbox.caller import AGENCY, OFFICER, contract
from tests.sync.small_portal import Hasty, SmallPortal
from tests.sync.test_desk_and_portal import Office

EXAMPLE_DESK = "H55.242-Q03"
KEY = UUID("01935a2e-0000-7111-8222-333344445556")
SYNC = Path(__file__).resolve().parents[2] / "sync"
OUR_OPERATIONS = {
    "issueToken",
    "getCapabilities",
    "listProcedures",
    "listAgencies",
    "listUnits",
    "listCalendar",
    "listForms",
    "listFees",
    "createSerialLease",
    "putDossiersBulk",
    "appendEventsBulk",
    "listChanges",
    "getDossier",
    "findDossiers",
    "searchDossiers",
    "listEvents",
    "headBlob",
    "getBlob",
    "createUpload",
    "getUploadOffset",
    "patchUpload",
    "createPayment",
    "getPayment",
    "cancelPayment",
    "createPostalManifest",
    "createReceipt",
    "voidReceipt",
}
"""Everything the client asks a portal; what is ``BEYOND`` is in no contract yet."""

BEYOND = {"trust-bundle", "audit-checkpoints"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    desks = {"H55.242-Q01": SECRET, "H55.242-Q02": SECRET}
    with SandboxProcess(tmp_path_factory.mktemp("judged") / "portal", desks=desks) as running:
        yield running


@pytest.fixture(scope="module")
def judge(sandbox: SandboxProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prism]:
    with Prism(tmp_path_factory.mktemp("judge") / "prism.log", before=sandbox.url) as prism:
        yield prism


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prism]:
    with Prism(tmp_path_factory.mktemp("mock") / "prism.log") as prism:
        yield prism


@pytest.fixture
def judgement() -> Judgement:
    return Judgement()


@pytest.fixture
def before_sandbox(judge: Prism, judgement: Judgement) -> Iterator[Portal]:
    with closing(judged_portal(judge.url, judgement)) as portal:
        yield portal


@pytest.fixture
def before_mock(mock: Prism, judgement: Judgement) -> Iterator[Portal]:
    with closing(judged_portal(mock.url, judgement, desk_id=EXAMPLE_DESK)) as portal:
        yield portal


def courier(office: Office, portal: Portal) -> Courier:
    return Courier(
        office.context.store,
        lambda: portal,
        agency="H55.242",
        version="1.4.0",
        clock=now,
        chance=Hasty(),
    )


def send_a_file(files: Files, dossier_id: UUID) -> None:
    """Carry a file of plain letters; Prism hands other bytes on as if they were UTF-8."""
    content = b"%PDF-1.7 a paper of plain letters"
    file = Unsent(
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        mime="application/pdf",
        filename="giay.pdf",
        dossier_id=dossier_id,
        paper_code=None,
        upload=None,
        attempts=0,
    )
    assert not files.has(file.sha256, file.size)
    upload = files.begin(file)
    half = len(content) // 2
    files.send(upload, files.offset(upload, file.size) or 0, content[:half], file.size)
    files.send(upload, half, content[half:], file.size)
    assert files.has(file.sha256, file.size)


def ask_for_a_payment(office: Office, codes: list[str]) -> UUID:
    """Ask for a VietQR code for the first dossier that owes something."""
    owing = next(code for code in codes if acts.possible(office.context, code).owed > 0)
    return Desk(office.context).payments().ask(DossierId(office.dossier(owing).id)).id


def make_and_void_a_receipt(portal: Portal) -> None:
    """Ask for the contract's own example of a legal receipt, as this desk, and have it voided."""
    asked = example("ReceiptRequest") | {"desk_id": "H55.242-Q01"}
    made = portal.create_receipt(json.dumps(asked).encode())
    void = {
        "reason": "Thu nhầm",
        "voided_at": asked["collected_at"],
        "officer": asked["officer"],
    }
    assert portal.void_receipt(made.receipt_id, json.dumps(void).encode()).state == "voided"


def hand_a_list_to_the_post(portal: Portal, dossier_id: UUID) -> None:
    """Tell of one parcel in the contract's own words, about a dossier the portal has."""
    asked = example("PostalManifestRequest")
    asked["parcels"][0]["dossier_id"] = str(dossier_id)
    body = json.dumps(asked).encode()
    headers = {"Idempotency-Key": str(key_of(PATH, body)), "Content-Type": "application/json"}
    answer = portal.exchange("POST", PATH, headers=headers, body=body, ok={200, 201})
    assert str(read(PostalManifest, answer.body).manifest_id) == asked["manifest_id"]


def test_prism_finds_no_fault_with_anything_a_desk_at_work_asks(
    before_sandbox: Portal,
    judge: Prism,
    judgement: Judgement,
    sandbox: SandboxProcess,
    tmp_path: Path,
) -> None:
    with closing(Office(tmp_path / "one", sandbox)) as office:
        ours = courier(office, before_sandbox)
        ours.run_until_idle(timeout_s=120)
        codes = office.receive(8, seed=3)
        ours.run_until_idle(timeout_s=120)
        dossier_id = UUID(office.id_of(codes[0]))
        send_a_file(Files(before_sandbox), dossier_id)
        acts.act(office.context, DossierId(dossier_id), HandOver("Tư pháp"))
        payment = ask_for_a_payment(office, codes)
        ours.run_until_idle(timeout_s=120)
        before_sandbox.find_payment(payment)
        before_sandbox.cancel_payment(payment)
        make_and_void_a_receipt(before_sandbox)
        hand_a_list_to_the_post(before_sandbox, dossier_id)
        sandbox.give_result(office.id_of(codes[0]), "Trích lục", b"%PDF-1.7 result")
        with closing(Office(tmp_path / "two", sandbox, "H55.242-Q02")) as sister:
            (theirs,) = sister.receive(1, seed=9)
            sister.sync()
            code = sister.dossier(theirs).code
        last = ours.run_until_idle(timeout_s=120)
        found = ours._rounds is not None and ours._rounds.look_up(str(code))
    kiosk = OwnDossiers(lambda: judged_portal(judge.url, judgement), OFFICER, {})
    own = kiosk.own_dossiers(Person(CitizenNumber("001085000123"), "Nguyễn Văn Mẫu", None, True))

    assert (last.idle, last.parked, found, own) == (True, 0, True, ())
    assert judgement.mistakes == []
    assert set(judgement.asked) == OUR_OPERATIONS


def test_no_place_is_asked_that_prism_did_not_hear() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SYNC.glob("*.py"))
    asked = {place.partition("?")[0] for place in re.findall(r'f?"/([a-z0-9-]+)', text)}
    heard = {
        path.split("/")[1]
        for path, entry in contract()["paths"].items()
        for operation in entry.values()
        if isinstance(operation, dict) and operation.get("operationId") in OUR_OPERATIONS
    }

    assert asked - BEYOND == heard


def example(name: str) -> dict[str, Any]:
    """Return one of the contract's own examples."""
    found: dict[str, Any] = contract()["components"]["examples"][name]["value"]
    return deepcopy(found)


def message(kind: str, facts: dict[str, Any]) -> Message:
    dossier_id = UUID(facts.get("dossier_id") or facts["id"])
    body = json.dumps(facts, ensure_ascii=False)
    return Message(
        seq=1,
        key=KEY,
        dossier_id=dossier_id,
        dossier_seq=1,
        kind=kind,
        body=body,
        digest=digest_of(KEY, dossier_id, 1, body),
        written_at=now(),
        attempts=0,
    )


def dossiers_of_the_example() -> tuple[Message, Message]:
    """Return the two dossiers that the contract's example answer is about."""
    first = example("DossierBulkRequest")["items"][0]["dossier"]
    second = {**first, "id": example("DossierBulkResult")["results"][1]["id"], "code": None}
    return message(DOSSIER, first), message(DOSSIER, second)


def test_the_client_reads_every_answer_that_prism_makes_of_the_contract(
    before_mock: Portal, judgement: Judgement
) -> None:
    lease = before_mock.lease(KEY, AGENCY, date(2026, 11, 23), 50)
    dossiers = before_mock.deliver(pack(dossiers_of_the_example()))
    events = before_mock.deliver(pack([message(EVENT, example("EventsRequest")["events"][0])]))
    told = before_mock.find_dossier(UUID(example("Dossier")["id"]))
    news = before_mock.changes(None, wait_s=0, unless=lambda: False)
    pages = [before_mock.catalogue(name, since=None) for name in CATALOGUES]

    assert before_mock.capabilities().desk.desk_id == EXAMPLE_DESK
    assert (lease.first, lease.last) == (51, 100)
    assert [type(verdict) for verdict in dossiers] == [Taken, Wrong]
    assert [type(verdict) for verdict in events] == [Taken]
    assert told is not None
    assert isinstance(news, ChangePage)
    assert all(isinstance(page, tuple) and page[0].items for page in pages)
    assert before_mock.find_code("H55.242-261123-0051") is None
    assert before_mock.dossiers_since(now(), None).items == ()
    assert before_mock.events_of(UUID(example("Dossier")["id"]), 0) == ()
    assert judgement.mistakes == []


def without_a_procedure(facts: dict[str, Any]) -> None:
    del facts["procedure"]


def with_a_fee_in_words(facts: dict[str, Any]) -> None:
    facts["sets"] = "hai"


def with_a_state_nobody_knows(facts: dict[str, Any]) -> None:
    facts["initial_status"] = 99


def with_a_field_of_its_own(facts: dict[str, Any]) -> None:
    facts["mood"] = "good"


@pytest.mark.parametrize(
    "spoil",
    [without_a_procedure, with_a_fee_in_words, with_a_state_nobody_knows, with_a_field_of_its_own],
)
def test_a_client_that_sends_a_wrong_body_is_found_out(
    before_mock: Portal, judgement: Judgement, spoil: Callable[[dict[str, Any]], None]
) -> None:
    facts = example("DossierBulkRequest")["items"][0]["dossier"]
    spoil(facts)

    with pytest.raises((PortalRefusedMessage, PortalSilent)):
        before_mock.deliver(pack([message(DOSSIER, facts)]))

    assert any(mistake.startswith("putDossiersBulk: ") for mistake in judgement.mistakes)


def test_an_answer_of_the_portal_that_breaks_the_contract_is_found_out(
    tmp_path: Path, judgement: Judgement, server: SmallPortal
) -> None:
    server.spoiled = "/capabilities"
    server.faults.append("nonsense")
    with (
        Prism(tmp_path / "prism.log", before=server.url) as prism,
        closing(judged_portal(prism.url, judgement)) as portal,
        pytest.raises(PortalSilent),
    ):
        portal.capabilities()

    assert any(mistake.startswith("getCapabilities: ") for mistake in judgement.mistakes)
