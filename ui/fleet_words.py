"""The health of many desks on a terminal: those that want somebody first, then the versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime

from counter.fleet import CHECKS, BadFile, DeskJudged, Fleet, Trouble, Unreadable
from ui.said import QT_TRANSLATE_NOOP, said
from ui.terminal import iso

TROUBLES: dict[Trouble, str] = {
    Trouble.TWO_MACHINES: QT_TRANSLATE_NOOP("texts", "hai máy cùng mở một quầy"),
    Trouble.READING_ONLY: QT_TRANSLATE_NOOP("texts", "chỉ đọc được, không ghi được"),
    Trouble.SILENT: QT_TRANSLATE_NOOP("texts", "im tiếng {silent}"),
    Trouble.CHECK_FAILED: QT_TRANSLATE_NOOP("texts", "hỏng: {failed}"),
    Trouble.BACKUP_FAILED: QT_TRANSLATE_NOOP("texts", "không ghi được bản sao lưu"),
    Trouble.BACKUP_OLD: QT_TRANSLATE_NOOP("texts", "bản sao lưu cũ: {backup}"),
    Trouble.UNSENT_OLD: QT_TRANSLATE_NOOP("texts", "chưa gửi được từ {unsent} trước"),
    Trouble.DISK_LOW: QT_TRANSLATE_NOOP("texts", "ổ đĩa còn {disk} MB"),
    Trouble.CLOCK_WRONG: QT_TRANSLATE_NOOP("texts", "đồng hồ sai"),
    Trouble.WENT_BACK: QT_TRANSLATE_NOOP("texts", "gói {serial} không mở được, chạy bản trước"),
    Trouble.BEHIND: QT_TRANSLATE_NOOP("texts", "chưa có bản mới nhất"),
}

PARTS: dict[str, str] = {
    "reader": QT_TRANSLATE_NOOP("texts", "đầu đọc thẻ"),
    "receipts": QT_TRANSLATE_NOOP("texts", "máy in giấy tiếp nhận"),
    "tickets": QT_TRANSLATE_NOOP("texts", "máy in số thứ tự"),
    "scanner": QT_TRANSLATE_NOOP("texts", "máy quét mã"),
    "database": QT_TRANSLATE_NOOP("texts", "dữ liệu của quầy"),
    "portal": QT_TRANSLATE_NOOP("texts", "cổng dịch vụ công"),
    "trust": QT_TRANSLATE_NOOP("texts", "chứng thư nơi cấp thẻ"),
}

REASONS: dict[Unreadable, str] = {
    Unreadable.NO_FILE: QT_TRANSLATE_NOOP("texts", "không phải tệp thường hoặc không đọc được."),
    Unreadable.TOO_LARGE: QT_TRANSLATE_NOOP("texts", "lớn hơn tệp của một quầy."),
    Unreadable.NO_JSON: QT_TRANSLATE_NOOP("texts", "không đúng cú pháp JSON."),
    Unreadable.NEWER: QT_TRANSLATE_NOOP("texts", "do bản chương trình mới hơn ghi."),
    Unreadable.NO_HEALTH: QT_TRANSLATE_NOOP("texts", "không phải tình trạng của một quầy."),
    Unreadable.OTHER_NAME: QT_TRANSLATE_NOOP("texts", "tên tệp không phải của quầy ghi bên trong."),
}

WELL = QT_TRANSLATE_NOOP("texts", "tốt")


def fleet_json(fleet: Fleet) -> dict[str, object]:
    """Return every desk with its troubles, the versions, and the files that tell nothing."""
    return {
        "desks": [_desk_json(one) for one in fleet.desks],
        "versions": [{"version": name, "machines": count} for name, count in fleet.versions],
        "replaced": fleet.replaced,
        "unreadable": [{"file": one.name, "reason": one.reason.value} for one in fleet.bad_files],
        "ok": fleet.is_well,
    }


def fleet_words(fleet: Fleet) -> list[str]:
    """Say it as a table, one desk a line, the troubled first; then the summary."""
    rows = [_row(one) for one in fleet.desks]
    heads = ("Quầy", "Máy", "Bản", "Lần cuối", "Chờ gửi", "Chờ xử lý", "Số còn", "Tình trạng")
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    table = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (heads, *rows)
    ]
    desks = {(one.health.office, one.health.desk) for one in fleet.desks}
    troubled = {(one.health.office, one.health.desk) for one in fleet.desks if one.troubles}
    return [
        *(table if rows else ["Chưa có quầy nào ghi tình trạng vào thư mục này."]),
        "",
        f"{len(desks)} quầy, {len(troubled)} quầy cần xem.",
        *(f"  bản {name}: {count} máy" for name, count in fleet.versions),
        *_left_out(fleet.replaced),
        *_unread(fleet.bad_files),
    ]


def span(seconds: int | None) -> str:
    """Say a time that has passed in its largest unit, such as ``3 giờ``."""
    if seconds is None:
        return "chưa có"
    for unit, size in (("ngày", 86400), ("giờ", 3600)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds // 60} phút"


def _desk_json(one: DeskJudged) -> dict[str, object]:
    told: dict[str, object] = {
        field.name: getattr(one.health, field.name) for field in fields(one.health)
    }
    moments = {key: iso(value) for key, value in told.items() if isinstance(value, datetime)}
    judged = {"silent_s": one.silent_s, "troubles": list(one.troubles), "failed": list(one.failed)}
    return told | moments | judged


def _row(one: DeskJudged) -> tuple[str, ...]:
    health = one.health
    closed = "" if health.is_open else " (đã đóng)"
    return (
        health.desk if health.desk.startswith(health.office) else f"{health.office} {health.desk}",
        health.machine,
        health.version,
        f"{span(one.silent_s)} trước{closed}",
        str(health.unsent),
        str(health.parked),
        str(health.numbers_left),
        "; ".join(_trouble(one, trouble) for trouble in one.troubles) or said(WELL),
    )


def _trouble(one: DeskJudged, trouble: Trouble) -> str:
    health = one.health
    facts: dict[Trouble, Callable[[], dict[str, str]]] = {
        Trouble.SILENT: lambda: {"silent": span(one.silent_s)},
        Trouble.CHECK_FAILED: lambda: {
            "failed": ", ".join(said(PARTS[name]) for name in CHECKS if name in one.failed)
        },
        Trouble.BACKUP_OLD: lambda: {"backup": span(health.backup_age_s)},
        Trouble.UNSENT_OLD: lambda: {"unsent": span(health.oldest_unsent_s)},
        Trouble.WENT_BACK: lambda: {"serial": str(health.went_back_from)},
        Trouble.DISK_LOW: lambda: {"disk": str(health.disk_free_mb)},
    }
    return said(TROUBLES[trouble]).format(**facts.get(trouble, dict)())


def _left_out(replaced: int) -> list[str]:
    return [f"  bỏ qua {replaced} máy cũ mà quầy đã chuyển đi"] if replaced else []


def _unread(bad_files: Sequence[BadFile]) -> list[str]:
    if not bad_files:
        return []
    return [
        "",
        f"{len(bad_files)} tệp không đọc được:",
        *(f"  {one.name}: {said(REASONS[one.reason])}" for one in bad_files),
    ]
