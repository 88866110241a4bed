"""The page that shows a person what the sandbox portal has, and lets them break it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from sync.sandbox.faults import Fault
from sync.sandbox.operations import operations
from sync.sandbox.server import Line

MOST = 50
STATUSES = {
    1: "Mới đăng ký",
    2: "Được tiếp nhận",
    3: "Không được tiếp nhận",
    4: "Đang xử lý",
    5: "Yêu cầu bổ sung",
    6: "Chờ nghĩa vụ tài chính",
    7: "Công dân rút hồ sơ",
    8: "Dừng xử lý",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}
PAYMENTS = {
    "pending": "Chờ trả",
    "paid": "Đã trả",
    "expired": "Hết hạn",
    "cancelled": "Đã hủy",
    "refunded": "Đã hoàn",
}
KINDS = {
    "accepted": "Tiếp nhận",
    "refused": "Từ chối",
    "handed_over": "Bàn giao",
    "supplement_requested": "Yêu cầu bổ sung",
    "supplement_received": "Nhận bổ sung",
    "payment_requested": "Yêu cầu nộp tiền",
    "payment_done": "Đã nộp tiền",
    "due_extended": "Gia hạn",
    "withdrawn": "Rút hồ sơ",
    "stopped": "Dừng xử lý",
    "completed": "Xử lý xong",
    "result_received": "Nhận kết quả",
    "result_corrected": "Sửa kết quả",
    "returned": "Trả kết quả",
    "return_recalled": "Thu hồi việc trả",
    "notified": "Thông báo",
    "storage_moved": "Chuyển chỗ để",
    "note": "Ghi chú",
    "moved": "Chuyển trạng thái",
}
FAULTS = {
    Fault.TOOK_IT_THEN_HUNG_UP: "Nhận xong rồi ngắt",
    Fault.HANG_UP: "Ngắt trước khi nhận",
    Fault.SILENT: "Im lặng",
    Fault.SLOW: "Trả lời rất chậm",
    Fault.NARROW: "Đường truyền hẹp",
    Fault.DRIPPING: "Mỗi giây một byte",
    Fault.PROXY_LOGIN: "Proxy đòi đăng nhập 407",
    Fault.TRUNCATED: "Cắt nửa câu trả lời",
    Fault.CORRUPTED: "Làm hỏng câu trả lời",
    Fault.TWICE: "Nhận hai lần",
    Fault.OLD_REPLY: "Trả lời của yêu cầu khác",
    Fault.SERVER_ERROR: "Lỗi 500",
    Fault.HTML: "Lỗi 502, trang HTML",
    Fault.BUSY: "Bảo trì 503",
    Fault.TOO_MANY: "Quá nhanh 429",
    Fault.TOKEN_ENDED: "Thẻ hết hạn 401",
    Fault.CAPTIVE_PORTAL: "Trang đăng nhập wifi",
    Fault.EMPTY: "Trả lời rỗng",
    Fault.REDIRECT: "Chuyển hướng",
    Fault.TOOK_IT_THEN_SILENT: "Nhận xong rồi im lặng",
    Fault.DISORDER: "Thay đổi lặp và đảo",
    Fault.TOO_LARGE: "Quá lớn 413",
    Fault.GZIP_BOMB: "Câu trả lời phình to",
}
STYLE = """
:root { --ink: #16232f; --soft: #5a6b7b; --line: #dbe2e8; --paper: #fff; --desk: #f3f6f8;
  --accent: #0b5c8a; --good: #0a6b3d; --bad: #a3261b }
* { box-sizing: border-box }
body { font: 15px/1.5 "Be Vietnam Pro", "Segoe UI", "Noto Sans", sans-serif; color: var(--ink);
  background: var(--desk); margin: 0 }
main { max-width: 96rem; margin: 0 auto; padding: 1.2rem; display: grid; gap: 1rem;
  grid-template-columns: minmax(0, 1fr) 18.5rem }
header { background: var(--paper); border-bottom: 1px solid var(--line) }
header div { max-width: 96rem; margin: 0 auto; padding: .9rem 1.2rem; display: flex;
  align-items: center; gap: 1rem; flex-wrap: wrap }
h1 { font-size: 1.25rem; margin: 0 } h2 { font-size: 1rem; margin: 0 0 .6rem }
header p { margin: 0; color: var(--soft); flex: 1 }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 8px;
  padding: 1rem; overflow-x: auto }
.side { display: grid; gap: 1rem; align-content: start } .wide { display: grid; gap: 1rem;
  align-content: start }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
th { color: var(--soft); font-weight: 500 }
td, th { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid var(--line);
  vertical-align: top }
tr:last-child td { border-bottom: 0 } td.one { white-space: nowrap }
td.code { white-space: nowrap; font-weight: 600 }
td.long { max-width: 11rem; width: 40% } td.long div { overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap }
form { display: inline-block; margin: 0 }
button { font: inherit; font-size: .87rem; padding: .3rem .65rem; margin: 0 .25rem .35rem 0;
  color: var(--accent); background: var(--paper); border: 1px solid #a9bdca; border-radius: 6px;
  cursor: pointer }
button:hover, button:focus-visible { background: #e8f1f7 }
button.bad { color: var(--bad); border-color: #d9aaa5 } td button { margin: -.15rem .2rem -.15rem 0;
  padding: .1rem .5rem }
button.main { color: #fff; background: var(--accent); border-color: var(--accent) }
.badge { padding: .15rem .7rem; border-radius: 1rem; font-weight: 600; color: #fff }
.on { background: var(--good) } .off { background: var(--bad) }
.none { color: var(--soft); margin: 0 }
dl { display: grid; grid-template-columns: 1fr auto; gap: .2rem 1rem; margin: 0 }
dd { margin: 0; font-weight: 600 }
@media (max-width: 60rem) { main { grid-template-columns: minmax(0, 1fr) } }
"""


def write(line: Line) -> str:
    """Return the page as it is now."""
    books = line.gateway.books
    dossiers = books.bodies("SELECT body FROM dossier ORDER BY rowid DESC LIMIT ?", (MOST,))
    events = books.rows(
        "SELECT d.code, e.desk, e.body FROM event e JOIN dossier d ON d.id = e.dossier "
        "ORDER BY e.rowid DESC LIMIT ?",
        (MOST,),
    )
    leases = books.bodies(
        "SELECT body FROM lease WHERE desk IS NOT NULL ORDER BY day DESC, first DESC LIMIT ?",
        (MOST,),
    )
    word, sign, other, label = (
        ("đang mở", "on", "off", "Tắt cổng") if line.is_on else ("đang tắt", "off", "on", "Mở cổng")
    )
    return (
        '<!DOCTYPE html><html lang="vi"><meta charset="utf-8">'
        '<meta http-equiv="refresh" content="5"><title>Cổng thử nghiệm</title>'
        f"<style>{STYLE}</style>"
        f'<header><div><h1>Cổng thử nghiệm</h1><span class="badge {sign}">{word}</span>'
        "<p>Chỉ để trình diễn và kiểm thử. Mọi công dân ở đây đều hư cấu.</p>"
        f"{_button(other, label, style='main')}</div></header><main>"
        f'<div class="wide">{_dossiers(dossiers)}{_payments(line)}'
        f"{_events(events)}{_requests(line)}</div>"
        f'<div class="side">{_counts(line)}{_faults(line)}{_acts()}{_leases(leases)}</div>'
        "</main></html>"
    )


def _dossiers(dossiers: Sequence[Mapping[str, Any]]) -> str:
    rows = (
        (
            f'<td class="code">{escape(d["code"] or d["content"].get("provisional_code") or "")}',
            _long(d["content"]["procedure"]["name"]),
            f'<td class="one">{escape(d["content"]["owner"]["full_name"])}',
            f'<td class="one">{STATUSES[d["status"]]}',
            f'<td class="one">{_time(d["created_at"])[:5]}',
            f'<td class="one">{_of_the_unit(d)}',
        )
        for d in dossiers
    )
    heads = ("Mã hồ sơ", "Thủ tục", "Chủ hồ sơ", "Trạng thái", "Lúc", "Đơn vị xử lý")
    return _section("Hồ sơ", heads, rows, "Chưa có hồ sơ nào.")


def _payments(line: Line) -> str:
    found = line.gateway.books.rows(
        "SELECT p.body, d.code FROM paper p "
        "LEFT JOIN dossier d ON d.id = json_extract(p.body, '$.dossier_id') "
        "WHERE p.kind = 'payment' ORDER BY p.rowid DESC LIMIT ?",
        (MOST,),
    )
    rows = []
    for row in found:
        payment = json.loads(row["body"])
        rows.append(
            (
                f'<td class="code">{escape(row["code"] or "")}',
                f'<td class="one">{_money(payment["amount"])}',
                f'<td class="one">{PAYMENTS[payment["state"]]}',
                f'<td class="one">{_time(payment["created_at"])[:5]}',
                f'<td class="one">{_of_the_bank(payment)}',
            )
        )
    heads = ("Mã hồ sơ", "Số tiền", "Trạng thái", "Lúc", "Ngân hàng báo")
    return _section("Thanh toán VietQR", heads, rows, "Chưa có khoản thanh toán nào.")


def _of_the_bank(payment: Mapping[str, Any]) -> str:
    """Return the buttons with which money comes, in time, too late, or not as it was asked."""
    name = {"payment_id": payment["payment_id"]}
    if payment["state"] == "paid":
        return _button("refund", "Hoàn tiền", style="bad", **name)
    if payment["state"] == "refunded":
        return ""
    if payment["state"] != "pending":
        return _button("pay", "Trả muộn", **name)
    return (
        _button("pay", "Đã trả", **name)
        + _button("pay", "Trả thiếu", amount=max(1, payment["amount"] // 2), **name)
        + _button("pay", "Trả thừa", amount=payment["amount"] * 10, **name)
        + _button("expire-payment", "Hết hạn", style="bad", **name)
    )


def _money(amount: int) -> str:
    return f"{amount:,} đ".replace(",", ".")


def _events(events: Iterable[Any]) -> str:
    rows = []
    for row in events:
        stored = json.loads(row["body"])
        rows.append(
            (
                f'<td class="code">{escape(row["code"])}',
                f'<td class="one">{KINDS.get(stored["kind"], escape(stored["kind"]))}',
                _long(stored["text"] or ""),
                f'<td class="one">{escape(row["desk"] or "Đơn vị xử lý")}',
                f'<td class="one">{_time(stored["at"])}',
            )
        )
    heads = ("Mã hồ sơ", "Việc", "Nội dung", "Ai làm", "Lúc")
    return _section("Quá trình xử lý", heads, rows, "Chưa có sự kiện nào.")


def _requests(line: Line) -> str:
    names = {operation.id: operation.title for operation in operations()}
    rows = (
        (
            f'<td class="one">{_time(entry["at"])}',
            f"<td>{escape(names.get(entry['operation'], 'Đường dẫn lạ'))}",
            f"<td>{entry['status'] or '–'}",
            f"<td>{_fault(entry['fault'] or '')}",
        )
        for entry in list(line.seen)[-20:][::-1]
    )
    heads = ("Lúc", "Thao tác", "Trả lời", "Lỗi đặt sẵn")
    return _section("Yêu cầu gần đây", heads, rows, "Chưa có yêu cầu nào.")


def _counts(line: Line) -> str:
    books = line.gateway.books
    counts = {
        "Hồ sơ": "dossier",
        "Sự kiện": "event",
        "Tệp": "blob",
        "Thay đổi đã báo": "change",
    }
    lines = "".join(
        f"<dt>{name}<dd>{books.rows(f'SELECT count(*) AS n FROM {table}')[0]['n']}"  # noqa: S608
        for name, table in counts.items()
    )
    asked = sum(line.operations.values())
    return f"<section><h2>Đếm</h2><dl>{lines}<dt>Yêu cầu<dd>{asked}</dl></section>"


def _faults(line: Line) -> str:
    buttons = "".join(_button("faults", words, names=fault) for fault, words in FAULTS.items())
    waiting = line.faults.waiting()
    said = ", ".join(_fault(name) for name in waiting) or "không có"
    return (
        f"<section><h2>Lỗi cho yêu cầu kế tiếp</h2>{buttons}"
        f'<p class="none">Đang chờ: {said}</p>{_button("no-faults", "Bỏ mọi lỗi")}</section>'
    )


def _acts() -> str:
    day = 24 * 3600
    buttons = (
        _button("always", "Bảo trì 503 liên tục", name=Fault.BUSY),
        _button("forget-tokens", "Hủy mọi thẻ"),
        _button("clock", "Đồng hồ nhanh một ngày", seconds=day),
        _button("clock", "Đồng hồ đúng", seconds=0),
        _button("backup", "Sao lưu"),
        _button("restore", "Khôi phục bản sao lưu", style="bad"),
        _button("reset", "Xóa sạch", style="bad"),
    )
    online = _button("submit-online", "Một hồ sơ trực tuyến mới")
    return (
        f"<section><h2>Công dân ở nhà</h2>{online}</section>"
        f"<section><h2>Toàn cổng</h2>{''.join(buttons)}</section>"
    )


def _leases(leases: Iterable[Mapping[str, Any]]) -> str:
    rows = (
        (
            f'<td class="one">{_day(lease["date"])}',
            f'<td class="code">{lease["first"]}–{lease["last"]}',
            f'<td class="one">{escape(lease["desk_id"])}',
        )
        for lease in leases
    )
    return _section("Dải số đã cấp", ("Ngày", "Số", "Quầy"), rows, "Chưa cấp dải nào.")


def _section(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], nothing: str) -> str:
    body = "".join(f"<tr>{''.join(cells)}" for cells in rows)
    if not body:
        return f'<section><h2>{title}</h2><p class="none">{nothing}</p></section>'
    head = "".join(f"<th>{name}" for name in heads)
    return f"<section><h2>{title}</h2><table><tr>{head}{body}</table></section>"


def _button(switch: str, words: str, *, style: str = "", **facts: object) -> str:
    hidden = "".join(f'<input type="hidden" name="{n}" value="{v}">' for n, v in facts.items())
    return (
        f'<form method="post" action="/_sandbox/{switch}">{hidden}'
        f'<button class="{style}">{words}</button></form>'
    )


def _of_the_unit(dossier: Mapping[str, Any]) -> str:
    """Return the buttons with which the deciding unit works on a dossier."""
    if dossier["status"] not in {2, 4}:
        return ""
    name = {"dossier_id": dossier["id"]}
    return _button("move", "Cần bổ sung", status=5, text="Thiếu giấy tờ", **name) + _button(
        "move", "Xong", status=9, text="Đã giải quyết", **name
    )


def _long(text: str) -> str:
    return f'<td class="long"><div title="{escape(text)}">{escape(text)}</div>'


def _fault(name: str) -> str:
    """Return a fault in words; what follows its name stays."""
    word, _, rest = name.partition(" ")
    known = {fault.value: words for fault, words in FAULTS.items()}
    return escape(f"{known.get(word, word)} {rest}".strip())


def _day(text: str) -> str:
    """Return ``23/11/2026`` of a day written in ISO 8601."""
    return "/".join(reversed(text.split("-")))


def _time(text: str) -> str:
    """Return ``08:15 23/11`` of a moment written in RFC 3339."""
    return f"{text[11:16]} {text[8:10]}/{text[5:7]}"
