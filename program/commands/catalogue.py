"""``catalogue``: compare an official catalogue with what stands here, take it in, undo that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from counter.curation import Taken
from counter.people import Action
from program.rooms import desk_signed_in
from ui import terminal

if TYPE_CHECKING:
    import argparse

    from counter.curation import Proposals
    from counter.desk.context import Context


def run(arguments: argparse.Namespace) -> int:
    """Compare, import or undo; only the parts that leave no doubt are taken in unseen."""
    from counter.desk import curating
    from counter.values import local_day

    with desk_signed_in(arguments, Action.CURATE) as context:
        if arguments.action == "undo":
            count = _undo(context, arguments.what)
            told: dict[str, object] = {"undone": count}
            terminal.answer(told, [f"Đã gỡ {count} phiên bản."], as_json=arguments.json)
            return terminal.DONE if count else terminal.DOES_NOT_HOLD
        found = curating.propose(context, Path(arguments.what))
        kept = 0
        batch: str | None = None
        if arguments.action == "import":
            taken = tuple(Taken(p, p.sure) for p in found.offered if p.current and p.sure)
            begins = arguments.begins or local_day(context.clock())
            kept = curating.accept(context, taken, begins) if taken else 0
            if taken:
                newest = curating.versions(context, taken[0].proposal.proposed.code)[0]
                batch = str(newest.batch)
    told = {
        "differ": [
            {
                "code": p.proposed.code,
                "new": p.current is None,
                "parts": [part.value for part in p.parts],
                "sure": [part.value for part in p.sure],
                "doubts": [doubt.value for doubt in p.doubts],
            }
            for p in found.offered
        ],
        "same": found.same,
        "unplaced": list(found.unplaced),
        "kept": kept,
        "batch": batch,
    }
    terminal.answer(told, list(_words(found, kept, batch)), as_json=arguments.json)
    return terminal.DONE


def _undo(context: Context, text: str) -> int:
    """Undo what was taken in under the name *text*; 0 when there is no such."""
    from counter.desk import curating

    try:
        batch = UUID(text)
    except ValueError:
        return 0
    return curating.undo(context, batch)


def _words(found: Proposals, kept: int, batch: str | None) -> list[str]:
    lines = [
        f"{p.proposed.code} {p.proposed.short_name}: "
        + (", ".join(part.value for part in p.parts) if p.current else "thủ tục mới")
        for p in found.offered
    ]
    lines.append(f"Khác {len(found.offered)}, giống {found.same} thủ tục.")
    if found.unplaced:
        lines.append(f"Chưa có lĩnh vực ở quầy: {', '.join(found.unplaced)}")
    if kept:
        lines.append(f"Đã nhận phần chắc chắn của {kept} thủ tục; gỡ bằng: catalogue undo {batch}")
    return lines
