"""What the officer's window says about the desk it stands on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from program import VERSION, trial

if TYPE_CHECKING:
    from counter.desk.context import Context
    from counter.errors import DeskError
    from ui.officer.chair_state import Chair
    from ui.officer.hands import DeskInfo

TOLD_FOR = timedelta(days=1)
"""How long a desk that came from another computer says so when it is opened."""


def info_of(context: Context, chair: Chair, trouble: DeskError | None = None) -> DeskInfo:
    """Return what the window says about the desk, and why it can only be read."""
    from counter.desk import rekeying
    from ui.officer.hands import DeskInfo

    settings = context.settings.settings
    instead_of = trial.find_went_back()
    return DeskInfo(
        office=f"{settings.office.center_name} · {settings.office.name}",
        agency_code=settings.office.agency_code,
        desk=settings.desk.name,
        officer=settings.desk.officer_name,
        training=context.training,
        version=VERSION,
        tray=str(context.hall.folder.tray),
        settings_path=str(context.settings.path),
        settings_text=context.settings.path.read_text(encoding="utf-8"),
        chair=chair,
        trouble=trouble,
        is_moved=_is_moved(context),
        kept_old_key=rekeying.has_failed(context),
        went_back=None if instead_of is None else instead_of.error,
    )


def _is_moved(context: Context) -> bool:
    from counter.desk import going_on

    with context.store.reading() as session:
        moved = going_on.moved_at(session)
    return moved is not None and context.clock() - moved < TOLD_FOR
