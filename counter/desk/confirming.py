"""What only a leader decides: the leader signs in beside the officer, for that one act.

Where nobody has an account, as in the demonstration, the leader is named instead.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from counter.acts import (
    Act,
    ActKind,
    Confirmation,
    Confirmer,
    Correct,
    CorrectResult,
    CorrectReturn,
    GiveBack,
    Leader,
    Recall,
    SignLetter,
    Void,
)
from counter.desk import officers
from counter.desk.context import Context
from counter.errors import ConfirmationNeeded
from counter.people import Action, Officer, action_for, asking_for

_LED = CorrectResult | Recall | CorrectReturn | GiveBack | SignLetter | Correct | Void


def may_ask(officer: Officer, kind: ActKind) -> bool:
    """Tell whether *officer* may do an act of *kind*, a leader confirming where one must."""
    action = action_for(kind)
    return officer.may(action) or (action is Action.CONFIRM and officer.may(asking_for(kind)))


def confirmers(session: Session) -> tuple[Confirmer, ...]:
    """Return who may confirm here; nobody where the leader is only named."""
    return tuple(
        Confirmer(officer.id, officer.name)
        for officer in officers.active(session)
        if officer.may(Action.CONFIRM)
    )


def allowed(context: Context, asked: Act, confirmed: Confirmation | None) -> Act:
    """Return *asked* as it may be done, with the name of the leader who has signed in for it.

    Raises:
        NotSignedIn, NotAllowed: Whoever sits here may not even ask for it, or whoever signed in
            may not confirm it.
        ConfirmationNeeded: No leader signed in for it.
        WrongPassword, AccountClosed: The leader did not sign in rightly.
    """
    if not isinstance(asked, _LED):
        context.seat.require(action_for(asked.kind))
        return asked
    leader = led(
        context,
        asked.leader,
        confirmed,
        what=asked.kind.value,
        asks=asking_for(asked.kind),
    )
    return replace(asked, leader=Leader(leader))


def led(
    context: Context, named: Leader, confirmed: Confirmation | None, *, what: str, asks: Action
) -> str:
    """Return the name of the leader who agrees to *what*, signed in or, without accounts, named.

    Args:
        asks: What whoever sits here must be allowed who asks for it.

    Raises:
        As ``allowed``.
    """
    if confirmed is None:
        if not officers.is_new(context):
            raise ConfirmationNeeded
        context.seat.require(Action.CONFIRM)
        return named.name
    seated = context.seat.officer
    if seated is None or not seated.may(Action.CONFIRM):
        context.seat.require(asks)
    return officers.vouch(context, confirmed.account, confirmed.password, what).name
