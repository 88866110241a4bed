"""A copy of the queue goes into each backup of the desk, for the day its file is damaged."""

from __future__ import annotations

import logging

from counter.desk import reserving
from counter.desk.context import Context
from counter.errors import DeskError
from counter.office import copying

log = logging.getLogger(__name__)


def copy_queue(context: Context) -> None:
    """Write a fresh copy beside the desk's files, for the backup that is about to be made.

    A queue on a server has its own backup. One that cannot be copied holds no backup up: the copy
    of before goes into it. This place is enrolled first: a copy with nobody in the queue it was
    made of means that another queue was at work here (see ``reserving.py``).
    """
    if context.hall.office.is_shared:
        return
    try:
        reserving.keep_in_touch(context.hall)
        copying.write_copy(context.hall.office, context.hall.folder.queue_copy, context.store.key)
    except (DeskError, OSError) as error:
        log.info("the queue is not copied: %s", type(error).__name__)
