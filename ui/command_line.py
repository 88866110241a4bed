"""The command line as people and scripts type it; every command explains itself with --help."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from ui.usage import Parser

MOST_ATTACHMENTS = 20
"""Of one dossier that is rehearsed."""

ELSEWHERE = "@TỆP hoặc - (đầu vào chuẩn) để tài khoản khác cùng máy không thấy"


def parse(argv: list[str], version: str) -> argparse.Namespace:
    """Read the command line.

    Raises:
        BadUsage: It is no command of the program; how it is written was shown.
    """
    common = Parser(add_help=False)
    common.add_argument("--json", action="store_true", help="in ra đúng một đối tượng JSON")
    parser = Parser(
        prog="main.py",
        description="Quầy Một Cửa: tiếp nhận hồ sơ tại Trung tâm Phục vụ hành chính công cấp xã.",
        epilog="Không có lệnh nào: mở cửa sổ của cán bộ.",
    )
    parser.add_argument("--version", action="version", version=f"Quầy Một Cửa {version}")
    parser.add_argument("--data", type=Path, metavar="DIR", help="thư mục dữ liệu của quầy")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="tệp cài đặt TOML")
    parser.add_argument(
        "--demo", action="store_true", help="quầy trình diễn: công dân hư cấu, không có giá trị"
    )
    parser.set_defaults(json=False)  # a window is no command, and is complained of all the same
    commands = parser.add_subparsers(dest="command", metavar="LỆNH")

    def command(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=words, description=words, parents=[common])

    read = command("read-card", "đọc và xác thực một thẻ căn cước trên đầu đọc")
    read.add_argument("--reader", default="", metavar="TÊN", help="một phần tên đầu đọc")
    secret = read.add_mutually_exclusive_group()
    secret.add_argument("--id", metavar="12SỐ", help=f"số định danh cá nhân; {ELSEWHERE}")
    secret.add_argument("--can", metavar="6SỐ", help=f"sáu số cuối trên thẻ; {ELSEWHERE}")
    secret.add_argument(
        "--mrz", metavar="TEXT", help=f"90 ký tự MRZ, hoặc SỐ,YYMMDD,YYMMDD; {ELSEWHERE}"
    )
    read.add_argument("--wait", type=float, default=10.0, metavar="GIÂY", help="chờ thẻ (10)")
    read.add_argument("--portrait", type=Path, metavar="FILE", help="ghi ảnh chân dung ra tệp")
    read.add_argument(
        "--session",
        type=Path,
        metavar="FILE",
        help="ghi các lệnh đã trao đổi cho bộ phận hỗ trợ, không có dữ liệu cá nhân",
    )

    _add_units(command("units", "bảng đơn vị hành chính cũ: xem, nhập"))
    _add_trust(command("trust", "chứng thư của nơi cấp thẻ mà quầy tin"))
    _add_catalogue(command("catalogue", "danh mục thủ tục: so với danh mục chính thức, nhận, gỡ"))

    command("doctor", "kiểm tra đầu đọc, máy in, dữ liệu, đồng hồ, cổng, phông chữ, ổ đĩa")

    _add_rehearse(command("rehearse", "tập dượt: tiếp nhận N hồ sơ của công dân hư cấu"))

    _add_sync(command("sync", "gửi và nhận với cổng của tỉnh"))

    verify = command("verify", "kiểm tra toàn vẹn dữ liệu của quầy")
    verify.add_argument(
        "--seal", type=_seal, metavar="CHỮ", help="số và dấu trên giấy niêm phong nhật ký"
    )
    backup = command("backup", "sao lưu quầy, có mã hóa, vào một tệp mới")
    backup.add_argument("file", type=Path, metavar="TỆP")
    restore = command("restore", "khôi phục quầy từ một tệp sao lưu; dữ liệu cũ được giữ bên cạnh")
    restore.add_argument("file", type=Path, metavar="TỆP")
    _add_person(command("person", "ghi mọi dữ liệu quầy giữ về một công dân ra tệp"))
    _add_key(command("key", "đổi khóa mã hóa của quầy, hoặc mật khẩu dữ liệu mở khóa ấy"))
    _add_update(command("update", "nhận một gói cập nhật do tỉnh ký"))
    _add_fleet(command("fleet", "tình trạng của mọi quầy ghi vào một thư mục chung"))
    show = command("show", "một hồ sơ với lịch sử của nó")
    show.add_argument("code", metavar="MÃ")
    _add_export(command("export", "xuất sổ theo dõi hồ sơ ra tệp"))
    command("services", "các dịch vụ có thể lấy số")
    _add_ticket(command("ticket", "lấy số thứ tự cho một dịch vụ"))
    _add_ruler(command("ruler", "in thước đo khổ giấy của máy in phiếu, hoặc ghi khổ đã đọc được"))
    _add_queue(command("queue", "hàng đợi của máy này: làm lại khi tệp giữ số bị hỏng"))
    _add_call(command("call", "gọi số tiếp theo đến một quầy"))
    kiosk = command("kiosk", "máy lấy số cho người dân, toàn màn hình")
    kiosk.add_argument("--staffed", action="store_true", help="cán bộ cấp số tại cửa")
    command("board", "bảng gọi số, toàn màn hình, có tiếng đọc")
    return _of_text(parser.parse_args(argv))


def _of_text(arguments: argparse.Namespace) -> argparse.Namespace:
    """Put question marks for bytes of a shell that are no text; paths stay as they are."""
    for name, value in vars(arguments).items():
        if isinstance(value, str):
            setattr(arguments, name, value.encode("utf-8", "replace").decode())
    return arguments


def _add_units(units: argparse.ArgumentParser) -> None:
    units.add_argument("action", choices=("list", "import"))
    units.add_argument("what", nargs="?", help="tệp CSV (import)")


def _add_trust(trust: argparse.ArgumentParser) -> None:
    trust.add_argument("action", choices=("list", "import", "remove"))
    trust.add_argument("what", nargs="?", help="tệp (import) hoặc dấu vân tay SHA-256 (remove)")


def _add_catalogue(catalogue: argparse.ArgumentParser) -> None:
    catalogue.add_argument("action", choices=("compare", "import", "undo"))
    catalogue.add_argument("what", help="tệp JSON (compare, import) hoặc mã lần nhận (undo)")
    catalogue.add_argument(
        "--begins", type=_day, metavar="NGÀY", help="ngày bắt đầu hiệu lực (hôm nay)"
    )


def _add_sync(sync: argparse.ArgumentParser) -> None:
    how = sync.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help="một vòng rồi thôi")
    how.add_argument("--until-idle", action="store_true", help="cho đến khi không còn gì chờ")
    sync.add_argument("--timeout", type=float, default=60.0, metavar="GIÂY")


def _add_rehearse(rehearse: argparse.ArgumentParser) -> None:
    rehearse.add_argument("--dossiers", type=_count(1), required=True, metavar="N")
    rehearse.add_argument("--seed", type=int, default=1, metavar="S")
    rehearse.add_argument("--attachments", type=_count(0, MOST_ATTACHMENTS), default=0, metavar="K")


def _add_person(person: argparse.ArgumentParser) -> None:
    whose = person.add_mutually_exclusive_group(required=True)
    whose.add_argument("--id", metavar="12SỐ", help=f"số định danh; {ELSEWHERE}")
    whose.add_argument("--dossier", metavar="MÃ", help="mã một hồ sơ của người ấy")
    whose.add_argument(
        "--named", metavar="TÊN,NGÀY", help=f"họ tên, ngày sinh cách nhau dấu phẩy; {ELSEWHERE}"
    )
    person.add_argument("--output", required=True, type=Path, metavar="TỆP")
    person.add_argument(
        "--identity-checked", action="store_true", help="đã xem giấy tờ của người ấy"
    )


def _add_key(key: argparse.ArgumentParser) -> None:
    key.add_argument("what", choices=("change", "passphrase"), metavar="change|passphrase")


def _add_update(update: argparse.ArgumentParser) -> None:
    update.add_argument("file", type=Path, metavar="TỆP")
    update.add_argument("--now", action="store_true", help="không đợi tới lượt")


def _add_fleet(fleet: argparse.ArgumentParser) -> None:
    fleet.add_argument(
        "--folder", required=True, type=Path, metavar="THƯ_MỤC", help="nơi các quầy ghi vào"
    )


def _add_ruler(ruler: argparse.ArgumentParser) -> None:
    ruler.add_argument("--last", type=int, metavar="SỐ", help="số của dòng cuối còn đủ ô đen")


def _add_ticket(ticket: argparse.ArgumentParser) -> None:
    ticket.add_argument("--service", required=True, metavar="MÃ")
    ticket.add_argument("--priority", metavar="LÝ_DO", help="mã đối tượng ưu tiên")
    ticket.add_argument("--print", action="store_true", dest="on_paper", help="in phiếu số")


def _add_call(call: argparse.ArgumentParser) -> None:
    call.add_argument("--counter", required=True, metavar="TÊN")


def _add_queue(queue: argparse.ArgumentParser) -> None:
    queue.add_argument("what", choices=("renew",), metavar="renew")


def _add_export(export: argparse.ArgumentParser) -> None:
    export.add_argument("what", choices=("register",))
    export.add_argument("--from", required=True, type=_day, dest="first", metavar="NGÀY")
    export.add_argument("--to", required=True, type=_day, dest="last", metavar="NGÀY")
    export.add_argument("--format", required=True, choices=("xlsx", "csv", "pdf"))
    export.add_argument("--output", required=True, type=Path, metavar="TỆP")


def _day(text: str) -> date:
    """Read ``2026-11-25``."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        with suppress(ValueError):  # such as a thirtieth of February
            return date.fromisoformat(text)
    raise argparse.ArgumentTypeError("cần một ngày viết như 2026-11-25")


def _count(least: int, most: int | None = None) -> Callable[[str], int]:
    """Return what reads a whole number of these bounds."""
    told = f"cần một số nguyên từ {least}" + ("" if most is None else f" đến {most}")

    def read(text: str) -> int:
        number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1
        if number < least or (most is not None and number > most):
            raise argparse.ArgumentTypeError(told)
        return number

    return read


def _seal(text: str) -> tuple[int, str]:
    """Read a seal as a paper says it: the entry's number and its link."""
    found = re.fullmatch(r"\s*([0-9]{1,12})\s+([0-9a-f]{64})\s*", text, re.IGNORECASE)
    if found is None:
        raise argparse.ArgumentTypeError("cần số việc, một dấu cách, rồi 64 chữ số hệ 16")
    return int(found[1]), found[2].lower()
