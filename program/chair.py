"""What signing in does: the window's chair joined with the officers of the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from counter.errors import NotSignedIn
from ui.officer.chair_state import ChairHands, SignInAsked

if TYPE_CHECKING:
    from counter.desk.context import Context
    from program.rooms import Rooms


def chair_hands(rooms: Callable[[], Rooms | None]) -> ChairHands:
    """Return what signs officers in and out.

    Args:
        rooms: Tells the rooms that are open; None before and after.
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

        if (now_open := rooms()) is not None:
            officers.sign_out(now_open.context, locked=paused)

    def change_password(old: str, new: str) -> None:
        from counter.desk.own_password import change_own_password

        change_own_password(context(), old, new)

    return ChairHands(sign_in, make_first, leave, change_password)
