"""What an entry of the audit chain says, in words: the act, and the detail the program wrote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from counter.acts import ActKind
from counter.people import Role
from counter.roster import CardGone
from counter.values import Dong
from ui import states, written
from ui.said import said

if TYPE_CHECKING:
    from counter.auditing import AuditLine

SHORT = 12
"""So much of a fingerprint tells two apart."""


def who(line: AuditLine) -> str:
    """Return who acted: name and account, or what the program calls itself."""
    if line.name:
        return f"{line.name} ({line.officer})"
    return said(states.ACTORS[line.officer]) if line.officer in states.ACTORS else line.officer


def act(action: str) -> str:
    """Return what was done; an act of a newer program keeps its own name."""
    word = states.AUDITED.get(action) or states.EVENTS.get(action)
    return said(word) if word else action


def detail(line: AuditLine) -> str:
    """Return what more is known of it; empty when nothing is."""
    told, read_only = line.detail, ""
    if told.startswith("read only at "):
        at, _, told = told.removeprefix("read only at ").partition(" ")
        read_only = _tr("lúc chỉ đọc, %1").replace("%1", _moment(at))
    try:
        words = _worded(line.action, told) if told else ""
    except (ValueError, KeyError):
        words = told  # as another version of the program writes it
    return " · ".join(filter(None, (words, read_only)))


def _worded(action: str, told: str) -> str:
    if told.startswith("line "):
        status = states.STATUSES.get(int(told.rsplit(maxsplit=1)[-1]))
        return said(status) if status else ""
    word = _DETAILS.get(action)
    return word(told) if word else told


def _roles(told: str) -> str:
    return ", ".join(said(states.ROLES[role]) for role in Role if role.value in told.split(","))


def _after(told: str) -> str:
    return _tr("sau %1").replace("%1", told.removeprefix("after "))


def _why_gone(told: str) -> str:
    return said(states.CARDS_GONE[CardGone(told)]).replace("&", "")


def _tries(told: str) -> str:
    count = told.removeprefix("unknown ")
    if count != told:
        return _tr("không có tài khoản này, lần %1").replace("%1", count)
    return _tr("sai lần %1").replace("%1", count)


def _agreed(told: str) -> str:
    kinds = {kind.value: kind for kind in ActKind}
    return said(states.ACTS[kinds[told]]) if told in kinds else _tr("Nhập bù")


def _counted(told: str) -> str:
    expected, counted = (written.money(Dong(int(amount))) for amount in told.split())
    return _tr("sổ %1, đếm %2").replace("%1", expected).replace("%2", counted)


def _assigned(told: str) -> str:
    letters, state = told.split()
    fields = _tr("mọi lĩnh vực") if letters == "*" else ", ".join(letters)
    return f"{fields}; {_tr('đang mở') if state == 'open' else _tr('đóng')}"


def _made(told: str) -> str:
    return _tr("từ bản sao lưu lúc %1").replace("%1", _moment(told.removeprefix("made ")))


def _left(told: str) -> str:
    return _tr("việc cuối ở máy cũ mà máy này biết: %1").replace(
        "%1", _moment(told.removeprefix("made "))
    )


def _block(told: str) -> str:
    last, count = told.split()
    return _tr("đến số %1, %2 số").replace("%1", last).replace("%2", count)


def _renewed(told: str) -> str:
    damaged, file, letter, *_lost = told.split()
    words = _tr("%1 hỏng, đi tiếp bằng %2, số trong ngày mang chữ %3")
    return words.replace("%1", damaged).replace("%2", file).replace("%3", letter)


def _dots(told: str) -> str:
    return _tr("%1 chấm").replace("%1", told)


def _files(told: str) -> str:
    return _tr("%1 tệp").replace("%1", told)


def _register(told: str) -> str:
    return _tr("sổ chứng thực") if told == "certified_book" else _tr("sổ theo dõi hồ sơ")


def _mark(told: str) -> str:
    return f"{told[:SHORT]}…" if len(told) > SHORT else told


def _lines(told: str) -> str:
    return _tr("%1 dòng").replace("%1", told)


def _moment(text: str) -> str:
    return written.moment(datetime.fromisoformat(text))


def _tr(text: str) -> str:
    return QCoreApplication.translate("AuditWords", text)


_DETAILS: dict[str, Callable[[str], str]] = {
    "people.made": _roles,
    "people.changed": _roles,
    "people.password_set": _roles,
    "people.service_ended": _roles,
    "people.signed_in": _after,
    "people.refused": _tries,
    "people.confirmed": _agreed,
    "people.card_dropped": _why_gone,
    "drawer.closed": _counted,
    "counter.assigned": _assigned,
    "desk.restored": _made,
    "desk.moved": _left,
    "serials.taken_up": _block,
    "serials.voided": _block,
    "queue.renewed": _renewed,
    "printer.width": _dots,
    "files.fetched": _files,
    "file.saved": _mark,
    "register.written": _register,
    "units.imported": _lines,
    "trust.import": _mark,
    "trust.remove": _mark,
}
"""How a detail is read, for the acts whose detail is no plain word."""
