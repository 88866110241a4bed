"""Who sits at the window's desk: its chair joined with the officers of the desk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from counter.errors import DeskError, NotSignedIn
from ui.officer.chair_state import Chair, ChairHands, SignInAsked

if TYPE_CHECKING:
    from counter.desk.context import Context
    from counter.people import Officer
    from program.rooms import Rooms


class Sitting:
    """Keeps who sits at a desk that is closed to be opened anew, and who leaves meanwhile.

    Touched by the ``counter`` thread only.
    """

    def __init__(self) -> None:
        self._officer: Officer | None = None
        self._left: bool | None = None

    def keep(self, context: Context) -> None:
        """Keep who sits there now."""
        self._officer, self._left = context.seat.officer, None

    def leave(self, paused: bool) -> None:
        """Let nobody go on sitting; *paused* as ``ChairHands.leave`` is told."""
        self._left = paused

    def go_on(self, context: Context) -> Chair:
        """Return who sits at a desk just opened; that somebody left is noted in it."""
        from counter.desk.officers import sign_out

        chair = chair_of(context)
        officer, left, self._officer, self._left = self._officer, self._left, None, None
        if officer is None or chair is not Chair.EMPTY:
            return chair
        context.seat.take(officer)
        if left is None:
            return Chair.TAKEN
        with suppress(DeskError):  # the chair is empty all the same
            sign_out(context, locked=left)
        return Chair.EMPTY


def chair_of(context: Context) -> Chair:
    """Return who sits at a desk just opened; a real one's chair is emptied for its officers."""
    from counter.desk import officers

    if context.training:
        return Chair.TAKEN
    context.seat.take(None)
    return Chair.NEW if officers.is_new(context) else Chair.EMPTY


def chair_hands(
    rooms: Callable[[], Rooms | None], leave_closed: Callable[[bool], None]
) -> ChairHands:
    """Return what signs officers in and out.

    Args:
        rooms: Tells the rooms that are open; None before and after.
        leave_closed: Told as ``ChairHands.leave`` is while none are.
    """

    def context() -> Context:
        now_open = rooms()
        if now_open is None:
            raise NotSignedIn
        return now_open.context

    def sign_in(asked: SignInAsked) -> str:
        from counter.desk import officers

        officer = officers.sign_in(
            context(), asked.account, asked.password, asked.card, new=asked.new
        )
        return officer.name

    def make_first(account: str, name: str, password: str) -> str:
        from counter.desk import officers

        return officers.begin(context(), account, name, password).name

    def leave(paused: bool) -> None:
        from counter.desk import officers

        if (now_open := rooms()) is None:
            leave_closed(paused)
        else:
            officers.sign_out(now_open.context, locked=paused)

    def change_password(old: str, new: str) -> None:
        from counter.desk.own_password import change_own_password

        change_own_password(context(), old, new)

    return ChairHands(sign_in, make_first, leave, change_password)
