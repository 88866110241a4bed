"""Training and acceptance: invented citizens bring dossiers, received as at the window.

It refuses on a desk that serves real citizens. Everybody it makes is invented: names from a list
of parts, marked as samples, and numbers drawn at random.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Any

from counter.calendar import OTHER
from counter.desk import reception
from counter.desk.context import Context
from counter.errors import NotTraining
from counter.procedures import Procedure
from counter.scans import Scan
from counter.values import CitizenNumber, DossierId, PartialDate, Sex, local_day, uuid7
from counter.work import Applicant, IdentitySource, PaperBrought, ReceptionAsked

SMALLEST_SCAN, LARGEST_SCAN = 20_000, 200_000
"""Bytes of an invented scan: one page in grey, a few pages in colour."""


def rehearse(
    context: Context, *, dossiers: int, seed: int, names: Path, attachments: int = 0
) -> list[str]:
    """Receive *dossiers* dossiers of invented citizens; the same *seed* makes the same ones.

    Only of procedures that this desk tells the portal itself.

    Args:
        names: The file of name parts, ``resources/demo/names.toml``.
        attachments: Invented PDF files that come with the papers of each dossier.

    Returns:
        Their codes, in order.

    Raises:
        NotTraining: This desk serves real citizens.
    """
    if not context.training:
        raise NotTraining
    parts = tomllib.loads(names.read_text(encoding="utf-8"))
    random = Random(seed)  # noqa: S311 - invented people need no secrecy
    today = local_day(context.clock())
    procedures = [
        p for p in context.catalogue.in_force(today) if p.term.unit != OTHER and not p.system
    ]
    if attachments:
        procedures = [p for p in procedures if any(paper.required for paper in p.papers)]
    codes = []
    for _ in range(dossiers):
        procedure = random.choice(procedures)
        moment = context.clock()
        received = reception.receive(
            context,
            ReceptionAsked(
                dossier_id=DossierId(uuid7(moment)),
                applicant=_citizen(random, parts),
                procedure_code=procedure.code,
                papers=tuple(
                    PaperBrought(position, paper.originals, paper.certified, paper.copies)
                    for position, paper in enumerate(procedure.papers)
                    if paper.required
                ),
                noticed_at=moment,
                scans=_scans(random, procedure, attachments),
            ),
        )
        codes.append(received.code)
    return codes


def _scans(random: Random, procedure: Procedure, number: int) -> tuple[Scan, ...]:
    """Invent scans of the papers that are brought, one paper after the other."""
    brought = [place for place, paper in enumerate(procedure.papers) if paper.required]
    return tuple(
        Scan(brought[n % len(brought)], _pdf(random), "application/pdf") for n in range(number)
    )


def _pdf(random: Random) -> bytes:
    """Make an empty page with random ballast, as large as a scan; no two are the same."""
    ballast = random.randbytes(random.randint(SMALLEST_SCAN, LARGEST_SCAN))
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(ballast), ballast),
    )
    made, places = b"%PDF-1.4\n% MAU\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(parts) + 1, table, len(parts) + 1, len(made))
    )


def _citizen(random: Random, parts: dict[str, Any]) -> Applicant:
    """Invent a grown-up with a number whose third to sixth digits fit sex and birth year."""
    sex = random.choice((Sex.MALE, Sex.FEMALE))
    kind = "male" if sex is Sex.MALE else "female"
    born = PartialDate(random.randint(1940, 2006), random.randint(1, 12), random.randint(1, 28))
    century = (2 if born.year >= 2000 else 0) + (sex is Sex.FEMALE)
    digits = f"0{random.randint(1, 96):02}{century}{born.year % 100:02}{random.randrange(10**6):06}"
    name = (
        f"{random.choice(parts['surnames'])} {random.choice(parts[f'middles_{kind}'])} "
        f"{random.choice(parts[f'given_{kind}'])} {parts['mark']}"
    )
    return Applicant(
        full_name=name,
        number=CitizenNumber(digits),
        birth_date=born,
        sex=sex,
        address=f"{random.choice(parts['hamlets'])}, {parts['commune']}",
        phone=f"09{random.randrange(10**8):08}",
        email=None,
        source=IdentitySource.MANUAL,
        verdict=None,
    )
