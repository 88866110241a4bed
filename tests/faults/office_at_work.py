"""One desk in a process of its own, made to be killed: it receives, notes events and syncs.

Run as ``python office_at_work.py FOLDER URL SEED TASK BUG``. TASK ``work`` goes on until it is
killed; a number of seconds receives nothing, and ends after them or when nothing is left to do.
Each dossier is printed as ``CODE ID`` once its receipt would be on paper. BUG names a mistake
built in on purpose, so that the harness can be seen to find it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.opening import Opening, open_desk
from counter.desk.rehearsal import rehearse
from counter.folder import DataFolder
from counter.store import files, key, life, outbox
from counter.store.dossiers import get_by_code
from counter.store.tables import DossierRow
from counter.values import Dong, DossierId, now, rfc3339, uuid7
from sync.courier import Courier
from sync.portal import Access, Portal
from sync.sandbox.process import SECRET
from tests.faults import mistakes
from tests.sync.small_portal import Hasty

HOUSE = Path(__file__).resolve().parents[2]
RESOURCES = HOUSE / "resources"
BREATH_S = 0.03
HASTE_S, PATIENCE_S = 1.0, 20.0
"""How long an answer is waited for while some never come, and where each comes sooner or later."""
FEE = Dong(8000)


def note_events(session: Session, dossier_id: UUID, desk_id: str) -> None:
    """Put two events of a dossier into the outbox, as two actions of an officer do."""
    for seq, words in enumerate(("Đã gọi công dân", "Đã chuyển kho"), 1):
        moment = now()
        event_id = uuid7(moment)
        outbox.put(
            session,
            key=event_id,
            dossier_id=dossier_id,
            kind=outbox.EVENT,
            facts={
                "event_id": str(event_id),
                "dossier_id": str(dossier_id),
                "desk_id": desk_id,
                "seq": seq,
                "kind": "note",
                "at": rfc3339(moment),
                "officer": {"officer_id": "cb-0001", "full_name": "Trần Thị Mẫu", "title": None},
                "text": words,
                "status_before": 2,
                "status_after": 2,
            },
            moment=moment,
        )


def attach_paper(session: Session, folder: Path, dossier_id: UUID, number: int) -> None:
    """Keep a scanned paper with a dossier, as an officer at the scanner does."""
    chance = Random(number)
    files.attach(
        session,
        folder,
        session.scalars(select(DossierRow).where(DossierRow.id == dossier_id)).one(),
        b"%PDF-1.4\n" + chance.randbytes(chance.randint(100, 20_000)),
        filename=f"scan-{number}.pdf",
        mime="application/pdf",
        paper_code=None,
        moment=now(),
    )


def paid(context: Context, dossier_id: UUID) -> bool:
    """Tell whether a dossier's fee was taken already."""
    with context.store.reading() as session:
        row = session.scalars(select(DossierRow).where(DossierRow.id == dossier_id)).one()
        return life.owed(session, row) <= 0


def receive_for_ever(context: Context, seed: int, wake: Callable[[], None]) -> None:
    """Receive dossiers of invented citizens until somebody kills this process."""
    desk_id = context.settings.settings.desk.id
    names = RESOURCES / "demo" / "names.toml"
    breath = threading.Event()
    number = seed * 1_000_000
    while True:
        number += 1
        (code,) = rehearse(context, dossiers=1, seed=number, names=names)
        with context.store.writing() as session:
            row = get_by_code(session, code)
            dossier_id = row.id
            told = not row.system  # else it is another system's, and the portal hears nothing
            if told and number % 2:  # these heal a lost dossier, so half have none
                note_events(session, dossier_id, desk_id)
            if told and number % 3 == 0:
                row.fee_total = FEE
            if told and number % 4 == 1:
                attach_paper(session, context.store.files, dossier_id, number)
        if told and number % 3 == 0 and not paid(context, dossier_id):
            Desk(context).payments().ask(DossierId(dossier_id))
        Desk(context).payments().settle()
        print(code, dossier_id, flush=True)  # noqa: T201 - the receipt comes out of the printer
        wake()
        breath.wait(BREATH_S)


def main(folder: str, url: str, seed: str, task: str, bug: str) -> None:
    """Work, or drain what is left."""
    mistakes.BUGS[bug]()
    key.MEMORY_KIB, key.ITERATIONS, key.LANES = 64, 1, 1  # a passphrase is no part of the proof
    opening = Opening(
        folder=DataFolder(Path(folder)),
        settings_path=RESOURCES / "demo" / "site.toml",
        training=True,
        resources=RESOURCES,
        clock=now,
        portal_url=url,
    )
    with open_desk(opening) as context:
        settings = context.settings.settings
        access = Access(
            url=settings.portal.url,
            desk_id=settings.desk.id,
            secret=SECRET,
            version="0.1.0",
            timeout_s=HASTE_S if task == "work" else PATIENCE_S,
        )
        courier = Courier(
            context.store,
            lambda: Portal(access, clock=now),
            agency=settings.office.agency_code,
            version="0.1.0",
            clock=now,
            chance=Hasty(),
        )
        if task != "work":
            courier.run_until_idle(float(task))
            Desk(context).payments().settle()
            courier.run_until_idle(float(task))
            courier.close()
            return
        courier.start(lambda event: None)
        receive_for_ever(context, int(seed), courier.wake)


if __name__ == "__main__":
    main(*sys.argv[1:])
