"""The desk on a terminal: answers in Vietnamese for people, or as one JSON object for scripts.

The keys of the JSON are relied on by scripts (docs/commands.md); they are never renamed.
"""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from counter.errors import (
    AccountClosed,
    AnotherCard,
    BadSettings,
    CardNotAuthentic,
    CardPulled,
    DeskError,
    NoKey,
    NoSettings,
    NotAllowed,
    NotSignedIn,
    NotTraining,
    OfficerCardNeeded,
    OwnPasswordFirst,
    ReaderGone,
    SecretSeen,
    Unavailable,
    UnknownDossier,
    WrongCan,
    WrongFolder,
    WrongKey,
    WrongMrz,
    WrongPassword,
)
from counter.hall import QueueRenewed, QueueTicket, Service, TicketTaken
from counter.values import VIETNAM
from counter.work import Check, CheckState, DossierView, Violation
from ui import states, texts
from ui.queue_texts import queue_advice
from ui.said import said

if TYPE_CHECKING:
    from counter.cards import CardReading, IssuerEntry, RejectedEntry
    from counter.ports import SyncReport
    from counter.work import Copied

DONE, DOES_NOT_HOLD, USAGE, NO_DEVICE, NO_ACCESS, INTERRUPTED = range(6)

PROMPT = "Mật khẩu của quầy: "

_EXITS: tuple[tuple[type[DeskError], int], ...] = (
    (CardPulled, INTERRUPTED),
    (ReaderGone, INTERRUPTED),
    (WrongCan, NO_ACCESS),
    (WrongMrz, NO_ACCESS),
    (WrongKey, NO_ACCESS),
    (NoKey, NO_ACCESS),
    (SecretSeen, NO_ACCESS),
    (NotSignedIn, NO_ACCESS),
    (NotAllowed, NO_ACCESS),
    (WrongPassword, NO_ACCESS),
    (AccountClosed, NO_ACCESS),
    (OfficerCardNeeded, NO_ACCESS),
    (OwnPasswordFirst, NO_ACCESS),
    (AnotherCard, NO_ACCESS),
    (CardNotAuthentic, NO_ACCESS),
    (BadSettings, USAGE),
    (NoSettings, USAGE),
    (WrongFolder, USAGE),
    (NotTraining, USAGE),
    (UnknownDossier, DOES_NOT_HOLD),
    (Unavailable, NO_DEVICE),
)


def answer(payload: Mapping[str, object], words: Sequence[str], *, as_json: bool) -> None:
    """Print one answer: *payload* as a single JSON object, or *words*, one line each."""
    text = json.dumps(payload, ensure_ascii=False) if as_json else "\n".join(words)
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.flush()


def complain(error: DeskError, *, as_json: bool) -> int:
    """Print why a command failed and return its exit code."""
    said = texts.sentence(error)
    words = f"{said.what} {said.advice}".strip()
    if as_json:
        answer({"error": {"code": error.code, "message": words}}, (), as_json=True)
    sys.stderr.buffer.write(f"{words}\n".encode())
    sys.stderr.flush()
    return next((code for family, code in _EXITS if isinstance(error, family)), USAGE)


def iso(moment: datetime | None) -> str | None:
    """Write a moment as RFC 3339 with the country's offset, to the second."""
    return None if moment is None else moment.astimezone(VIETNAM).isoformat(timespec="seconds")


def checks_json(checks: Sequence[Check]) -> dict[str, object]:
    """Return the doctor's findings."""
    return {
        "checks": [
            {
                "name": check.name,
                "state": check.state.value,
                "message": _found(check),
                "advice": _advice(check),
            }
            for check in checks
        ],
        "ok": all(check.state is not CheckState.FAILED for check in checks),
    }


def checks_words(checks: Sequence[Check]) -> list[str]:
    """Say the doctor's findings, one line each."""
    return [
        f"[{said(states.CHECK_STATES[check.state])}]".ljust(14)
        + f"{said(states.CHECKS[check.name])}: {_found(check)} {_advice(check)}".rstrip()
        for check in checks
    ]


def _found(check: Check) -> str:
    if check.error is not None:
        return texts.sentence(check.error).what
    return check.facts or said(states.CHECK_STATES[check.state])


def _advice(check: Check) -> str:
    return "" if check.error is None else texts.sentence(check.error).advice


def backup_json(copied: Copied) -> dict[str, object]:
    """Return a backup's size and digest."""
    return {"bytes": copied.size, "sha256": copied.sha256}


def backup_words(copied: Copied) -> list[str]:
    """Say where a backup lies."""
    return [f"Đã sao lưu vào {copied.path} ({copied.size} byte)", f"SHA-256 {copied.sha256}"]


def queue_json(renewed: QueueRenewed) -> dict[str, object]:
    """Tell what became of the queue."""
    return {
        "damaged": list(renewed.damaged),
        "letter": renewed.letter,
        "lost_tickets": renewed.lost_tickets,
        "lost_bookings": renewed.lost_bookings,
    }


def queue_words(renewed: QueueRenewed) -> list[str]:
    """Say that the queue works again, and what people with a number on paper must know."""
    return [
        f"Đã làm lại hàng đợi; tệp hỏng được giữ nguyên: {', '.join(renewed.damaged)}.",
        *queue_advice(renewed),
    ]


def key_words(copied: Copied) -> list[str]:
    """Say that the key was changed, and what becomes of older backups."""
    return [
        "Đã đổi khóa mã hóa của quầy; mật khẩu dữ liệu vẫn như cũ.",
        f"Bản sao lưu với khóa mới: {copied.path}",
        "Bản sao lưu cũ vẫn mở được bằng mật khẩu cũ; hãy hủy chúng nếu nghi khóa cũ bị lộ.",
    ]


def passphrase_words(is_kept: bool) -> list[str]:
    """Say that the passphrase was changed, and who knows it now."""
    if is_kept:
        return ["Đã đổi mật khẩu dữ liệu; máy tính này đã nhớ mật khẩu mới."]
    return ["Đã đổi mật khẩu dữ liệu; máy tính này không nhớ, lần mở sau hãy nhập mật khẩu mới."]


def ask_new_passphrase() -> str:
    """Ask the person at the terminal twice for a passphrase to come; empty when they differ."""
    first = getpass.getpass("Mật khẩu dữ liệu mới: ")
    return first if first == getpass.getpass("Nhập lại mật khẩu mới: ") else ""


def ask_account() -> tuple[str, str]:
    """Ask the officer at the terminal for sign-in name and password; the question is no answer."""
    sys.stderr.write("Việc này cần một cán bộ đứng tên.\nTên đăng nhập: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip(), getpass.getpass("Mật khẩu của cán bộ: ")


def ask_own_card() -> str:
    """Ask the officer at the terminal for the six digits that open the own card."""
    sys.stderr.write("Tài khoản này cần thẻ căn cước của cán bộ; hãy đặt thẻ lên đầu đọc.\n")
    sys.stderr.flush()
    return getpass.getpass("Sáu số cuối của dãy 12 số trên thẻ: ").strip()


def update_words(kind: str, version: str, by_hand: Path | None) -> list[str]:
    """Say what an update changed, and when that is seen.

    Args:
        kind: ``program`` or ``settings``.
        version: Of the program.
        by_hand: Where a program lies that the command ``quay-mot-cua`` does not look for.
    """
    what = "chương trình" if kind == "program" else "cài đặt của tỉnh"
    if by_hand is not None:
        return [
            f"Đã nhận {what}, bản {version}, vào {by_hand}.",
            "Lệnh «quay-mot-cua» không tìm ở đó: bản này chỉ chạy khi mở từ thư mục ấy.",
        ]
    return [f"Đã nhận {what}, bản {version}. Có hiệu lực khi mở lại chương trình."]


def restore_words(copied: Copied) -> list[str]:
    """Say what was restored, and what to do now."""
    return [
        f"Đã khôi phục từ {copied.path} (SHA-256 {copied.sha256}).",
        "Hãy chạy «sync» để lấy lại tình trạng hồ sơ từ cổng; số hồ sơ cũ không dùng lại.",
    ]


def dossier_json(view: DossierView) -> dict[str, object]:
    """Return one dossier with its history."""
    return {
        "code": view.line.code,
        "id": str(view.line.id),
        "status": view.line.status,
        "procedure": {"code": view.procedure_code, "name": view.line.procedure_name},
        "owner": {
            "id_number": view.applicant.number.digits if view.applicant.number else None,
            "full_name": view.applicant.full_name,
            "phone": view.applicant.phone,
        },
        "received_at": iso(view.line.received_at),
        "due_at": iso(view.line.due_at),
        "fees": [
            {"name": fee.name, "amount": fee.amount, "exempt_reason": fee.exempt_reason}
            for fee in view.fees
        ],
        "papers": [
            {
                "name": paper.name,
                "originals": paper.originals,
                "certified": paper.certified,
                "copies": paper.copies,
            }
            for paper in view.papers
        ],
        "history": [
            {"at": iso(line.at), "event": line.event, "officer": line.officer}
            for line in view.history
        ],
        "sync": view.line.standing.value,
    }


def dossier_words(view: DossierView) -> list[str]:
    """Say one dossier; the citizen's number stays masked on a screen."""
    number = view.applicant.number
    return [
        f"Mã hồ sơ:    {view.line.code}" + (" (mã tạm)" if view.line.provisional else ""),
        f"Thủ tục:     {view.line.procedure_name} ({view.procedure_code})",
        f"Chủ hồ sơ:   {view.applicant.full_name}" + (f", {number.masked}" if number else ""),
        f"Trạng thái:  {said(states.STATUSES[view.line.status])}",
        f"Tiếp nhận:   {written(view.line.received_at)}",
        f"Hẹn trả:     {written(view.line.due_at)}",
        f"Với cổng:    {said(states.STANDINGS[view.line.standing])}",
        "Giấy tờ:",
        *(
            f"  - {p.name}: {p.originals} bản chính, {p.certified} chứng thực, {p.copies} sao"
            for p in view.papers
        ),
        "Diễn biến:",
        *(
            f"  - {written(h.at)}  {said(states.EVENTS[h.event])}  ({h.officer})"
            for h in view.history
        ),
    ]


def services_json(services: Sequence[Service]) -> dict[str, object]:
    """Return what a ticket can be taken for."""
    return {"services": [{"code": s.code, "name": s.name, "waiting": s.waiting} for s in services]}


def services_words(services: Sequence[Service]) -> list[str]:
    """Say what a ticket can be taken for."""
    return [f"{s.code}  {s.name}  (đang chờ: {s.waiting})" for s in services]


def ticket_json(ticket: TicketTaken, service: str, printed: str) -> dict[str, object]:
    """Return a ticket that was taken."""
    return {
        "ticket": ticket.number,
        "service": service,
        "issued_at": iso(ticket.issued_at),
        "printed": printed,
    }


def verify_json(checked: Mapping[str, int], found: Sequence[Violation]) -> dict[str, object]:
    """Return what was checked and what was found wrong."""
    return {
        "checked": dict(checked),
        "violations": [
            {"invariant": v.invariant, "where": v.where, "message": v.message} for v in found
        ],
        "ok": not found,
    }


def verify_words(checked: Mapping[str, int], found: Sequence[Violation]) -> list[str]:
    """Say what was checked and what was found wrong."""
    counts = ", ".join(f"{name} {number}" for name, number in checked.items())
    if not found:
        return [f"Dữ liệu toàn vẹn ({counts})."]
    return [
        f"CÓ {len(found)} ĐIỂM SAI. Ngừng dùng quầy này và gọi hỗ trợ ({counts}).",
        *(f"  {v.invariant}  {v.where}: {v.message}" for v in found),
    ]


def written(moment: datetime | None) -> str:
    """Write a moment as Vietnamese papers do: ``08:15 25/11/2026``."""
    return "chưa hẹn" if moment is None else f"{moment.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def rehearsed_words(codes: Sequence[str], seconds: float) -> list[str]:
    """Say what a rehearsal did."""
    return [f"Đã tiếp nhận {len(codes)} hồ sơ tập dượt trong {seconds:.1f} giây.", *codes[:20]]


def sync_json(report: SyncReport) -> dict[str, object]:
    """Return what was exchanged with the portal and what is left."""
    return {
        "sent": report.sent,
        "fetched": report.fetched,
        "uploaded_files": report.uploaded_files,
        "parked": report.parked,
        "conflicts": report.conflicts,
        "waiting": report.waiting,
        "oldest_waiting_at": iso(report.oldest_waiting_at),
        "idle": report.idle,
    }


def sync_words(report: SyncReport) -> list[str]:
    """Say what was exchanged with the portal and what is left."""
    words = [f"Đã gửi {report.sent}, còn chờ {report.waiting}, cổng trả lại {report.parked}."]
    if not report.reached:
        words.append("Chưa liên lạc được với cổng; dữ liệu vẫn an toàn, hãy thử lại sau.")
    return words


def ticket_words(ticket: TicketTaken, printed: str) -> list[str]:
    """Say which number was given out."""
    paper = {"printed": "đã in", "unknown": "đã gửi máy in", "failed": "CHƯA IN ĐƯỢC"}.get(printed)
    words = f"Số {ticket.number}: {ticket.service_name}, trước có {ticket.ahead} người"
    return [f"{words} ({paper})." if paper else f"{words}."]


def called_json(called: QueueTicket | None, counter: str, moment: datetime) -> dict[str, object]:
    """Return which number was called."""
    if called is None:
        return {"ticket": None}
    return {"ticket": called.number, "counter": counter, "called_at": iso(moment)}


def called_words(called: QueueTicket | None, counter: str) -> list[str]:
    """Say which number was called."""
    if called is None:
        return ["Không có ai đang chờ."]
    return [f"Mời số {called.number} đến {counter}."]


def reading_words(reading: CardReading) -> list[str]:
    """Say what a card told and what was proven; the number stays masked on a screen."""
    truth = reading.authenticity
    verdict = said(states.VERDICTS[truth.verdict])
    reasons = list(dict.fromkeys(texts.reason(code) for code in truth.reasons))
    lines = [f"{verdict}: {', '.join(reasons)}" if reasons else verdict]
    if reading.text is not None:
        text = reading.text
        lines += [
            f"Họ và tên:   {text.full_name}",
            f"Số định danh: {text.id_number.masked}",
            f"Ngày sinh:   {text.date_of_birth.written if text.date_of_birth else '—'}",
            f"Nơi cư trú:  {text.place_of_residence or '—'}",
        ]
    else:
        lines.append(f"Họ và tên:   {reading.mrz.full_name}")
    lines += [f"Không khớp: {said(states.FIELDS.get(c.name, c.name))}" for c in reading.conflicts]
    timing = reading.timing
    lines.append(
        f"{timing.apdus} lệnh, {timing.total_ms} ms, chữ đầu tiên {timing.first_text_ms} ms"
    )
    return lines


def trust_json(
    certificates: Sequence[IssuerEntry], added: int, rejected: Sequence[RejectedEntry]
) -> dict[str, object]:
    """Return the certificates this desk trusts and what an import brought."""
    return {
        "certificates": [
            {
                "sha256": entry.sha256,
                "subject": entry.subject,
                "country": entry.country,
                "not_before": iso(entry.not_before),
                "not_after": iso(entry.not_after),
                "source": entry.source,
                "kind": str(entry.kind),
            }
            for entry in certificates
        ],
        "added": added,
        "rejected": [{"subject": r.subject, "reason": r.reason} for r in rejected],
    }


def trust_words(
    certificates: Sequence[IssuerEntry], added: int, rejected: Sequence[RejectedEntry]
) -> list[str]:
    """Say which certificates this desk trusts and what an import brought."""
    lines = [f"{e.sha256[:16]}…  {e.country:3} {e.subject}" for e in certificates]
    if not certificates:
        lines = ["Chưa cài chứng thư nơi cấp thẻ nào. Cài bằng: trust import TỆP"]
    if added or rejected:
        lines.append(f"Thêm {added}, không nhận {len(rejected)}.")
    lines += [f"Không nhận {r.subject}: {said(states.TRUST_REASONS[r.reason])}." for r in rejected]
    return lines
