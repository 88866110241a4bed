"""A day in the audit chain of an invented desk."""

from __future__ import annotations

from datetime import datetime, timedelta

from counter.auditing import AuditLine, AuditView
from counter.values import VIETNAM

MORNING = datetime(2026, 11, 25, 9, 12, tzinfo=VIETNAM)
TOLD = (
    ("cb-0007", "Đỗ Văn Thử", "dossier.read", "H55.242-261125-0001", ""),
    ("cb-0007", "Đỗ Văn Thử", "dossier.received", "H55.242-261125-0001", "line 1 2"),
    ("portal", "", "dossier.code_assigned", "H55.242-261125-0001", "line 2 2"),
    ("cb-0007", "Đỗ Văn Thử", "people.signed_in", "cb-0007", "after truong"),
    ("truong", "Lý Thị Mẫu", "people.changed", "cb-0007", "cashier,officer"),
    ("program", "", "people.refused", "cb-0007", "3"),
    ("program", "", "desk.backed_up", "", ""),
)
A_DAY = AuditView(
    lines=tuple(
        AuditLine(1204 - place, MORNING - timedelta(minutes=7 * place), *told)
        for place, told in enumerate(TOLD)
    ),
    officers=("cb-0007", "portal", "program", "truong"),
    actions=tuple(sorted({told[2] for told in TOLD})),
    count=1204,
    broken=(),
    sealed_at=MORNING - timedelta(minutes=9),
    told_at=MORNING - timedelta(minutes=9),
)
