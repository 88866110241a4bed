"""Officers of a desk: made, changed, signed in and out. Every one of these is noted in the chain.

A desk without accounts is new: the first one made is its administrator, and until then nobody
works there.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from counter import own_cards, passwords
from counter.cards import CardReading
from counter.desk import own_choice, tries
from counter.desk.context import Context
from counter.errors import (
    AnotherCard,
    BadAccount,
    CardNotAuthentic,
    LastAdministrator,
    NotAllowed,
    NotSignedIn,
    NotYourself,
    OfficerCardNeeded,
    OwnPasswordFirst,
    ServiceEnded,
    WrongPassword,
)
from counter.people import THE_PROGRAM, Action, Officer, Role
from counter.roster import Account, OfficerLine, Service
from counter.store import trail
from counter.store.people_tables import OfficerRow
from counter.values import tidy_name


def is_new(context: Context) -> bool:
    """Tell whether no account was ever made here."""
    with context.store.reading() as session:
        return session.scalar(select(func.count()).select_from(OfficerRow)) == 0


def officers(context: Context) -> tuple[OfficerLine, ...]:
    """Return every officer, by name."""
    with context.store.reading() as session:
        rows = session.scalars(select(OfficerRow).order_by(OfficerRow.name)).all()
    return tuple(
        OfficerLine(_officer(r), _service(r), r.card is not None, must_change=r.initial)
        for r in rows
    )


def make_officer(context: Context, account: Account, password: str) -> Officer:
    """Make an account; the first one of a desk must be an administrator's.

    A password that an administrator has set for another is initial: ``sign_in`` asks for the
    officer's own first (OWASP ASVS 5.0, chapter V6).

    Raises:
        NotSignedIn, NotAllowed: Only an administrator makes the others.
        BadAccount: The name has a wrong form or is taken.
        WeakPassword: The password is too easy.
        LastAdministrator: The first account is no administrator's.
    """
    first = is_new(context)
    if not first:
        context.seat.require(Action.PEOPLE)
    elif Role.ADMINISTRATOR not in account.roles:
        raise LastAdministrator
    _check(account)
    passwords.check_new(password, told=(account.id, account.name))
    kept = passwords.keep(password)
    with context.store.writing() as session:
        if session.get(OfficerRow, account.id) is not None:
            raise BadAccount
        row = OfficerRow(
            id=account.id, name="", title="", roles="", password=kept, initial=not first
        )
        _fill(session, row, account)
        session.add(row)
        note(context, session, "people.made", account.id, row.roles)
        officer = _officer(row)
    context.hall.folder.note_accounts()
    return officer


def begin(context: Context, account: str, name: str, password: str) -> Officer:
    """Make the first account of a new desk and let it sit down.

    It is administrator, officer and supervisor at once, so that a desk with one person works from
    the first hour; the administrator takes roles away when others come.

    Raises:
        As ``make_officer``; NotSignedIn when the desk has accounts already.
    """
    if not is_new(context):
        raise NotSignedIn
    roles = frozenset({Role.ADMINISTRATOR, Role.OFFICER, Role.SUPERVISOR, Role.CASHIER})
    title = context.settings.settings.desk.officer_title
    make_officer(context, Account(account, name, title, roles), password)
    return sign_in(context, account, password)


def change_officer(context: Context, account: Account) -> Officer:
    """Give an account other roles, another name or title; never another id.

    Raises:
        NotSignedIn, NotAllowed: Only an administrator does.
        BadAccount: There is none of this name.
        ServiceEnded: The account is closed for good.
        LastAdministrator: The desk would have no administrator left.
    """
    context.seat.require(Action.PEOPLE)
    _check(account)
    with context.store.writing() as session:
        row = working(session, account.id)
        _fill(session, row, account)
        session.flush()
        if not administrators(session):
            raise LastAdministrator
        note(context, session, "people.changed", account.id, row.roles)
        return _officer(row)


def set_password(context: Context, account: str, password: str) -> None:
    """Set a password or PIN anew and forget the failed tries; another's is initial.

    Raises:
        NotSignedIn, NotAllowed: Only an administrator does.
        BadAccount, ServiceEnded: There is none of this name, or it is closed for good.
        WeakPassword: The password is too easy.
    """
    administrator = context.seat.require(Action.PEOPLE)
    with context.store.reading() as session:
        name = working(session, account).name
    passwords.check_new(password, told=(account, name))
    kept = passwords.keep(password)
    with context.store.writing() as session:
        row = working(session, account)
        row.password, row.initial = kept, account != administrator.id
        tries.forget(session, account)
        note(context, session, "people.password_set", account, row.roles)


def set_open(context: Context, account: str, *, is_open: bool) -> None:
    """Lock an account, or open a locked one.

    Raises:
        NotSignedIn, NotAllowed: Only an administrator does.
        BadAccount, ServiceEnded: There is none of this name, or it is closed for good.
        NotYourself: Nobody locks the own account.
    """
    officer = context.seat.require(Action.PEOPLE)
    if not is_open and account == officer.id:
        raise NotYourself
    with context.store.writing() as session:
        row = working(session, account)
        row.active = is_open
        tries.forget(session, account)
        session.flush()
        if not administrators(session):
            raise LastAdministrator
        note(context, session, "people.opened" if is_open else "people.closed", account, "")


def end_service(context: Context, account: str) -> None:
    """Close an account for good: password and card are erased, the name stays in every record.

    Raises:
        As ``set_open``.
    """
    officer = context.seat.require(Action.PEOPLE)
    if account == officer.id:
        raise NotYourself
    with context.store.writing() as session:
        row = working(session, account)
        row.active, row.initial = False, False
        row.password, row.card = passwords.NOBODY, None
        tries.forget(session, account)
        session.flush()
        if not administrators(session):
            raise LastAdministrator
        note(context, session, "people.service_ended", account, row.roles)


def sign_in(
    context: Context,
    account: str,
    password: str,
    card: CardReading | None = None,
    *,
    new: str = "",
) -> Officer:
    """Let an officer sit down.

    Args:
        card: What the card on the reader told, where the account has asked for it.
        new: The officer's own password or PIN, in place of one that somebody else has set; it
            holds from the moment the officer sits down.

    Raises:
        WrongPassword: Account and password do not belong together.
        AccountClosed: Too many failed tries; ``seconds`` says how long it lasts.
        OwnPasswordFirst: All is right, but somebody else has set the password.
        SamePassword, WeakPassword: The new one is the old one, or too easy.
        OfficerCardNeeded: All is right, but the account asks for the card too.
        AnotherCard, CardNotAuthentic: It is not this officer's card, or a copy of it; each counts
            as a failed try.
    """
    account = account.strip().lower()
    moment = context.clock()
    tries.check_open(context, account, moment)
    with context.store.reading() as session:
        row = session.get(OfficerRow, account)
        secret = trail.secret(session) if row is not None and row.card else b""
    right = passwords.holds(password, passwords.NOBODY if row is None else row.password)
    if row is None or not row.active or not right:
        tries.count_failure(context, account, moment)
        raise WrongPassword
    if row.initial and not new:
        raise OwnPasswordFirst
    if new:
        own_choice.check(_officer(row), password, new)
    if row.card is not None:
        _check_card(context, row, card, secret)
    if new:
        kept = passwords.keep(new)
        with context.store.writing() as session:
            own_choice.keep(session, working(session, account), kept, moment)
    return _sit_down(context, row)


def _check_card(context: Context, row: OfficerRow, card: CardReading | None, secret: bytes) -> None:
    account, moment = row.id, context.clock()
    if card is None:
        raise OfficerCardNeeded
    if not own_cards.is_own_proof(card):
        tries.count_failure(context, account, moment)
        raise CardNotAuthentic
    if not hmac.compare_digest(own_cards.digest(card, secret), row.card or ""):
        tries.count_failure(context, account, moment)
        raise AnotherCard


def sign_out(context: Context, *, locked: bool = False) -> None:
    """Leave the chair empty; *locked* says that the screen did it after a pause.

    Raises:
        DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: It could not be noted; the chair is empty
            all the same.
    """
    if context.seat.officer is None:
        return
    try:
        with context.store.noting() as session:
            note(context, session, "people.locked" if locked else "people.signed_out", "", "")
    finally:
        context.seat.take(None)


def confirm_again(context: Context, password: str) -> None:
    """Ask who sits here for the password once more, before something grave.

    Raises:
        NotSignedIn: Nobody sits here.
        WrongPassword, AccountClosed: It is not this officer.
    """
    officer = context.seat.officer
    if officer is None:
        raise NotSignedIn
    moment = context.clock()
    tries.check_open(context, officer.id, moment)
    with context.store.reading() as session:
        row = session.get(OfficerRow, officer.id)
    if not passwords.holds(password, passwords.NOBODY if row is None else row.password):
        tries.count_failure(context, officer.id, moment)
        raise WrongPassword
    context.seat.confirm(moment)


def require_confirmed(context: Context) -> None:
    """Refuse a grave act until who sits here has typed the password once more.

    The demonstration's invented officer has no account to confirm with. A command that runs
    unattended has none either and does nothing grave.

    Raises:
        NotSignedIn: Nobody sits here.
        ConfirmAgain: It was not typed within the last minute.
    """
    officer = context.seat.officer
    if officer is None:
        raise NotSignedIn
    with context.store.reading() as session:
        has_account = session.get(OfficerRow, officer.id) is not None
    if has_account or Role.PROGRAM in officer.roles:
        context.seat.use_confirmation(context.clock())


def vouch(context: Context, account: str, password: str, what: str) -> Officer:
    """Let somebody who may confirm sign in for one act, *what*; who sits here stays.

    Raises:
        WrongPassword: Account and password do not belong together.
        AccountClosed: Too many failed tries; ``seconds`` says how long it lasts.
        NotAllowed: This person may not confirm.
        OwnPasswordFirst: Somebody else has set this person's password.
    """
    account = account.strip().lower()
    moment = context.clock()
    tries.check_open(context, account, moment)
    with context.store.reading() as session:
        row = session.get(OfficerRow, account)
    right = passwords.holds(password, passwords.NOBODY if row is None else row.password)
    if row is None or not row.active or not right:
        tries.count_failure(context, account, moment)
        raise WrongPassword
    officer = _officer(row)
    if not officer.may(Action.CONFIRM):
        raise NotAllowed(f"{account} may not confirm")
    if row.initial:
        raise OwnPasswordFirst
    with context.store.writing() as session:
        tries.forget(session, account)
        note(context, session, "people.confirmed", account, what)
    return officer


def active(session: Session) -> tuple[Officer, ...]:
    """Return everybody whose account is open, by name."""
    rows = session.scalars(
        select(OfficerRow).where(OfficerRow.active).order_by(OfficerRow.name)
    ).all()
    return tuple(_officer(row) for row in rows)


def _sit_down(context: Context, row: OfficerRow) -> Officer:
    officer = _officer(row)
    before = context.seat.officer
    with context.store.noting() as session:
        tries.forget(session, row.id)
        trail.note(
            session,
            officer=officer.id,
            action="people.signed_in",
            moment=context.clock(),
            subject=row.id,
            detail="" if before is None else f"after {before.id}",
        )
    context.seat.take(officer)
    return officer


def is_account_name(text: str) -> bool:
    """Tell whether *text* can be a sign-in name; the program's own is nobody's."""
    return text != THE_PROGRAM.id and re.fullmatch(r"[0-9a-z][0-9a-z._-]{1,63}", text) is not None


def _check(account: Account) -> None:
    if not is_account_name(account.id) or not account.roles:
        raise BadAccount
    if account.roles & {Role.PROGRAM, Role.KIOSK}:
        raise BadAccount  # no person is one of these
    tidy_name(account.name)


def _fill(session: Session, row: OfficerRow, account: Account) -> None:
    row.name, row.title = tidy_name(account.name), account.title.strip()
    row.roles = ",".join(sorted(role.value for role in account.roles))


def working(session: Session, account: str) -> OfficerRow:
    """Return the account of this name that is not closed for good."""
    row = session.get(OfficerRow, account)
    if row is None:
        raise BadAccount
    if _service(row) is Service.ENDED:
        raise ServiceEnded
    return row


def _service(row: OfficerRow) -> Service:
    if row.password == passwords.NOBODY:
        return Service.ENDED
    return Service.OPEN if row.active else Service.LOCKED


def _officer(row: OfficerRow) -> Officer:
    roles = frozenset(Role(word) for word in row.roles.split(","))
    return Officer(row.id, row.name, row.title, roles)


def administrators(session: Session) -> Collection[str]:
    """Return who may keep accounts and is not locked."""
    rows = session.scalars(select(OfficerRow).where(OfficerRow.active))
    return [row.id for row in rows if Role.ADMINISTRATOR in _officer(row).roles]


def note(context: Context, session: Session, action: str, subject: str, detail: str) -> None:
    """Note in the chain what whoever sits here did."""
    officer = context.seat.officer
    trail.note(
        session,
        officer="program" if officer is None else officer.id,
        action=action,
        moment=context.clock(),
        subject=subject,
        detail=detail,
    )
