"""Who works at the desk, in which roles, and what each role may do.

The roles are those of the state machine's actors. What a role may do is one table; the desk asks
it before every action, so no window and no command can get round it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from counter.acts import ActKind
from counter.errors import ConfirmAgain, NotAllowed, NotSignedIn
from counter.settings import Settings, SettingsFile


class Role(StrEnum):
    """What somebody is at this desk; one person may be several."""

    OFFICER = "officer"
    CASHIER = "cashier"
    SUPERVISOR = "supervisor"
    POST_OFFICE = "post-office clerk"
    KIOSK = "kiosk"
    ADMINISTRATOR = "administrator"
    PROGRAM = "program"


class Action(StrEnum):
    """What can be done at a desk."""

    LOOK_UP = "look up"
    """Ask what the catalogue, the queue and the numbers say; no citizen's record."""
    RECEIVE = "receive"
    READ = "read"
    """See dossiers."""
    PRINT = "print"
    ACT = "act on a dossier"
    """Do something to a dossier after its reception; what, decides which of the next three."""
    PROCESS = "process"
    """Ask for papers, take results, return them."""
    HAND_OVER = "hand over"
    """Pass on to the resolving unit what was received; who may not read, only what they received
    themselves."""
    CONFIRM = "confirm"
    """What needs a leader: letters, stops, corrections, voiding."""
    COLLECT = "collect"
    """Take money and close the drawer."""
    TAKE_TICKET = "take a ticket"
    CALL = "call"
    SEND = "send"
    """Put parked messages back into the line."""
    REPORT = "report"
    AUDIT = "audit"
    """See who did what."""
    CHECK = "check"
    """Check the desk's integrity."""
    PEOPLE = "people"
    """Make officers, give roles, set passwords anew."""
    CURATE = "curate the catalogue"
    """Keep versions of procedures, take in official catalogues, put notices up."""
    ASSIGN = "assign counters"
    """Say what each counter serves and which of them call numbers."""
    MAINTAIN = "maintain"
    """Back up, restore, rotate keys, erase what the law says."""
    EXPORT_PERSON = "export a person"
    """Hand a citizen everything the desk keeps about them, or correct it."""


_DESK_WORK = frozenset(
    {
        Action.LOOK_UP,
        Action.RECEIVE,
        Action.READ,
        Action.PRINT,
        Action.ACT,
        Action.PROCESS,
        Action.HAND_OVER,
        Action.COLLECT,
        Action.TAKE_TICKET,
        Action.CALL,
        Action.SEND,
        Action.REPORT,
        Action.CHECK,
    }
)

MAY: dict[Role, frozenset[Action]] = {
    Role.OFFICER: _DESK_WORK,
    Role.CASHIER: frozenset(
        {
            Action.LOOK_UP,
            Action.READ,
            Action.PRINT,
            Action.ACT,
            Action.COLLECT,
            Action.CALL,
            Action.REPORT,
            Action.CHECK,
        }
    ),
    Role.SUPERVISOR: _DESK_WORK
    | {Action.CONFIRM, Action.AUDIT, Action.EXPORT_PERSON, Action.CURATE, Action.ASSIGN},
    Role.POST_OFFICE: frozenset(
        {
            Action.LOOK_UP,
            Action.RECEIVE,
            Action.PRINT,
            Action.HAND_OVER,
            Action.TAKE_TICKET,
            Action.CALL,
            Action.CHECK,
        }
    ),
    Role.KIOSK: frozenset({Action.LOOK_UP, Action.TAKE_TICKET}),
    Role.ADMINISTRATOR: frozenset(
        {
            Action.LOOK_UP,
            Action.CHECK,
            Action.PEOPLE,
            Action.MAINTAIN,
            Action.AUDIT,
            Action.CURATE,
        }
    ),
    Role.PROGRAM: frozenset(
        {
            Action.LOOK_UP,
            Action.CHECK,
            Action.MAINTAIN,
            Action.SEND,
            Action.TAKE_TICKET,
            Action.CALL,
        }
    ),
}
"""What each role may do; what does not stand here is refused. ``PROGRAM`` is a command that runs
unattended on this computer: it keeps the desk going and sees no citizen's record. The post-office
clerk prints again and hands over only what the clerk has received (``counter.desk.own_dossiers``);
see docs/decisions/0068."""


_BY_ACT = {
    ActKind.ACCEPT: Action.RECEIVE,
    ActKind.COLLECT: Action.COLLECT,
    ActKind.HAND_OVER: Action.HAND_OVER,
    ActKind.SIGN_LETTER: Action.CONFIRM,
    ActKind.CORRECT_RESULT: Action.CONFIRM,
    ActKind.RECALL: Action.CONFIRM,
    ActKind.CORRECT_RETURN: Action.CONFIRM,
    ActKind.GIVE_BACK: Action.CONFIRM,
    ActKind.CORRECT: Action.CONFIRM,
    ActKind.VOID: Action.CONFIRM,
}


def action_for(kind: ActKind) -> Action:
    """Return what somebody must be allowed who does this act to a dossier."""
    return _BY_ACT.get(kind, Action.PROCESS)


def asking_for(kind: ActKind) -> Action:
    """Return what somebody must be allowed who asks for this act, a leader confirming it."""
    is_money = kind in {ActKind.GIVE_BACK, ActKind.SETTLE_RECEIPT}
    return Action.COLLECT if is_money else Action.PROCESS


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who may work here.

    Attributes:
        id: The code that stands in every record this person makes.
        title: The office held, as papers say it.
    """

    id: str
    name: str = field(repr=False)
    title: str
    roles: frozenset[Role]

    def may(self, action: Action) -> bool:
        """Tell whether one of this person's roles allows *action*."""
        return any(action in MAY[role] for role in self.roles)


THE_PROGRAM = Officer("program", "Chương trình", "", frozenset({Role.PROGRAM}))
"""Who stands in the records for what a command does unattended; no account has its id."""


def officer_of(settings: Settings, *roles: Role) -> Officer:
    """Return the officer that the settings name, in *roles*."""
    desk = settings.desk
    return Officer(desk.officer_id, desk.officer_name, desk.officer_title, frozenset(roles))


CONFIRMED_FOR = timedelta(seconds=60)
"""How long a password typed once more holds, and then for one grave act only."""


class Seat:
    """The chair at the desk: who sits there now. Touched by the ``counter`` thread only."""

    def __init__(self, settings: SettingsFile, officer: Officer | None) -> None:
        self._base = settings
        self.settings = settings
        self.officer: Officer | None = None
        self._confirmed_at: datetime | None = None
        self.take(officer)

    def take(self, officer: Officer | None) -> None:
        """Let *officer* sit down; None leaves the chair empty.

        From then on every record carries this officer: papers, history and messages take the name
        from the settings, where it now stands.
        """
        self.officer = officer
        self._confirmed_at = None
        if officer is None:
            self.settings = self._base
            return
        named = {
            "officer_id": officer.id,
            "officer_name": officer.name,
            "officer_title": officer.title,
        }
        settings = self._base.settings
        desk = settings.desk.model_copy(update=named)
        self.settings = replace(self._base, settings=settings.model_copy(update={"desk": desk}))

    def of_the_program(self) -> Seat:
        """Return a chair of the same desk with the program in it; who sits in this one stays."""
        return Seat(self._base, THE_PROGRAM)

    def confirm(self, moment: datetime) -> None:
        """Note that who sits here has just typed the password once more."""
        self._confirmed_at = moment

    def use_confirmation(self, moment: datetime) -> None:
        """Use up the password that was typed once more, for one grave act.

        Raises:
            ConfirmAgain: None was typed, or too long ago.
        """
        confirmed, self._confirmed_at = self._confirmed_at, None
        if confirmed is None or not timedelta(0) <= moment - confirmed <= CONFIRMED_FOR:
            raise ConfirmAgain

    def require(self, action: Action) -> Officer:
        """Return who sits here when they may do *action*.

        Raises:
            NotSignedIn: Nobody sits here.
            NotAllowed: None of this officer's roles allows it; nothing was changed.
        """
        if self.officer is None:
            raise NotSignedIn
        if not self.officer.may(action):
            raise NotAllowed(f"{self.officer.id} may not {action}")
        return self.officer


class Seated(Protocol):
    """Something with a chair in it."""

    @property
    def seat(self) -> Seat:
        """Where the officer sits."""


S = TypeVar("S", bound=Seated)
P = ParamSpec("P")
R = TypeVar("R")


def may(
    action: Action,
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """Guard a method of the desk: it runs only for an officer who may do *action*."""

    def guard(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        @wraps(method)
        def guarded(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            self.seat.require(action)
            return method(self, *args, **kwargs)

        vars(guarded)["action"] = action
        return guarded

    return guard


def action_of(method: Any) -> Action | None:
    """Return what a method of the desk is guarded for; None when it is not guarded."""
    found = getattr(method, "action", None)
    return found if isinstance(found, Action) else None
