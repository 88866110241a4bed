"""A citizen gets everything the desk keeps about them, and somebody answers for it."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from counter.acts import HandOver
from counter.desk.context import Context
from counter.desk.data_desk import DataDesk
from counter.desk.desk import Desk
from counter.desk.others import hide_others
from counter.errors import IdentityNotChecked, NotAllowed
from counter.people import Officer, Role
from counter.store import about, trail
from counter.store.tables import CopyRow
from counter.store.whose import Whose
from counter.values import CitizenNumber, DossierId, uuid7
from counter.visits import PersonTyped, Visit
from counter.work import FeeQuantity, PaperBrought
from tests.counter.desk.conftest import SetClock, asked, person
from tests.counter.desk.test_erased_everywhere import OF_THE_DESK, tables

NUMBER = CitizenNumber("001199012345")
OTHER = "079188055501"


def test_everything_about_the_citizen_is_in_the_file_and_nothing_of_another(
    context: Context, clock: SetClock, tmp_path: Path
) -> None:
    desk = Desk(context)
    dossier = desk.receive(asked(clock)).dossier_id
    desk.act(dossier, HandOver("Công chức Tư pháp", "Lê Văn Mẫu"))
    desk.receive(asked(clock, applicant=person("Phan Văn Khác", "079188055501")))
    (line, *_) = desk.find_dossiers(NUMBER.digits)
    desk.show(line.code)

    count = desk.data().export_person(NUMBER, tmp_path / "out.json", identity_checked=True)

    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    (told,) = json.loads(text)["dossiers"]
    assert count == 1
    assert (told["applicant_name"], told["phone"]) == ("Nguyễn Thị Mẫu", "0912000001")
    assert [paper["name"] for paper in told["papers"]]
    assert told["handed_over"][0]["unit"] == "Công chức Tư pháp"
    assert "dossier.read" in {one["action"] for one in told["who_saw_it"]}
    assert "Phan Văn Khác" not in text
    with context.store.reading() as session:
        assert trail.entries(session, newest=1)[0].action == "person.exported"


def test_payments_by_code_and_visits_laid_aside_are_in_the_file(
    context: Context, clock: SetClock, tmp_path: Path
) -> None:
    desk = Desk(context)
    wanted = replace(
        asked(clock, "2.000815"),
        papers=(PaperBrought(0, 1, 0, 0),),
        quantities=(FeeQuantity("CT-BS-1", 2),),
    )
    dossier = desk.receive(wanted).dossier_id
    payment = desk.payments().ask(dossier)
    for number in (NUMBER.digits, "079188055501"):
        typed = PersonTyped(full_name="Người Đang Chờ", number=number)
        desk.visits().keep(Visit(DossierId(uuid7()), clock(), typed))

    desk.data().export_person(NUMBER, tmp_path / "out.json", identity_checked=True)

    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [one["id"] for one in told["dossiers"][0]["payments"]] == [str(payment.id)]
    assert [NUMBER.digits in one["body"] for one in told["visits"]] == [True]


def test_numbers_of_other_people_are_hidden_and_the_citizens_own_are_whole() -> None:
    own_id = "01939a11-0000-7000-8000-123456789012"
    dossier = {
        "id": own_id,
        "applicant_number": NUMBER.digits,
        "phone": "0912000001",
        "people": [
            {"number": OTHER, "phone": "0987654321", "full_name": "Phan Văn Khác"},
            {"number": NUMBER.digits, "phone": "0912000001"},
        ],
        "declared": [{"key": "mother.number", "value": OTHER}],
        "payments": [{"body": json.dumps({"payer": OTHER, "amount": 25000})}],
    }
    anothers = {
        "applicant_number": OTHER,
        "phone": "0987654321",
        "people": [{"number": OTHER, "document_number": "P00123456"}],
        "legal_receipts": [{"body": json.dumps({"payer": OTHER, "phone": "0987654321"})}],
    }

    own, brought = hide_others([dossier, anothers], Whose(number=NUMBER.digits), "dossiers")

    assert (own["id"], own["applicant_number"], own["phone"]) == (
        own_id,
        NUMBER.digits,
        "0912000001",
    )
    assert own["people"][0]["full_name"] == "Phan Văn Khác"
    assert own["people"][1] == dossier["people"][1]
    assert OTHER not in json.dumps([own, brought])
    assert "0987654321" not in json.dumps([own, brought])
    assert "P00123456" not in json.dumps([own, brought])


def test_a_passport_of_another_and_the_telephone_of_who_gets_the_parcel_are_hidden() -> None:
    dossier = {
        "applicant_number": NUMBER.digits,
        "people": [{"number": None, "document_number": "C7402918"}],
        "return_wish": [
            {"receiver": "Người Nhận Hộ", "phone": "0976540918"},
            {"receiver": "", "phone": "0912000001"},
        ],
    }

    (told,) = hide_others([dossier], Whose(number=NUMBER.digits), "dossiers")

    assert told["people"][0]["document_number"] == "C7••••918"
    assert [wish["phone"] for wish in told["return_wish"]] == ["097••••••918", "0912000001"]


def test_a_number_of_another_is_hidden_however_it_was_typed_into_a_note() -> None:
    spaced = [" ".join(re.findall("...", one)) for one in (OTHER, NUMBER.digits)]
    rows = [
        {"applicant_number": NUMBER.digits, "note": f"{spaced[0]}, {spaced[1]}; 0912 000 001"},
        {"applicant_number": OTHER, "note": "gọi 0987 654 321 hay +84.987.654.321 lúc 2026-11-25"},
    ]

    own, anothers = hide_others(rows, Whose(number=NUMBER.digits), "dossiers")

    assert own["note"] == f"{OTHER[:3]}••••••{OTHER[-3:]}, {spaced[1]}; 0912 000 001"
    assert anothers["note"] == "gọi 098••••••321 hay +849••••••321 lúc 2026-11-25"


def test_the_file_tells_no_number_of_another_and_says_so(
    context: Context, clock: SetClock, tmp_path: Path
) -> None:
    desk = Desk(context)
    typed = PersonTyped("Người Đang Chờ", NUMBER.digits, address=f"nhà của {OTHER}")
    desk.visits().keep(Visit(DossierId(uuid7()), clock(), typed))

    (tmp_path / "out.json").write_text("of somebody before", encoding="utf-8")
    (tmp_path / "out.json").chmod(0o644)

    desk.data().export_person(NUMBER, tmp_path / "out.json", identity_checked=True)

    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    assert (tmp_path / "out.json").stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    assert [path.name for path in tmp_path.glob("*out.json*")] == ["out.json"]
    assert "nhà của 079••••••501" in text
    assert OTHER not in text
    assert "được che phần giữa" in json.loads(text)["others"]


def test_a_dossiers_words_hide_the_number_of_another_in_the_file_and_on_the_paper(
    context: Context, clock: SetClock, tmp_path: Path
) -> None:
    desk = Desk(context)
    desk.receive(asked(clock, applicant=replace(person(), address=f"nhà của {OTHER}")))

    desk.data().export_person(NUMBER, tmp_path / "out.json", identity_checked=True)
    record = desk.data().read_person(NUMBER, identity_checked=True)

    written = (tmp_path / "out.json").read_text(encoding="utf-8")
    said = str([line for part in record.parts for line in part.lines])
    for told in (written, said):
        assert OTHER not in told
        assert "nhà của 079••••••501" in told
        assert NUMBER.digits in told


def test_a_citizen_the_desk_does_not_know_gets_a_file_that_says_so(
    context: Context, tmp_path: Path
) -> None:
    count = DataDesk(context).export_person(NUMBER, tmp_path / "out.json", identity_checked=True)

    assert count == 0
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["dossiers"] == []


def test_nothing_is_written_before_the_card_was_looked_at(context: Context, tmp_path: Path) -> None:
    with pytest.raises(IdentityNotChecked):
        DataDesk(context).export_person(NUMBER, tmp_path / "out.json", identity_checked=False)

    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CASHIER, Role.ADMINISTRATOR])
def test_only_a_supervisor_hands_data_over(context: Context, tmp_path: Path, role: Role) -> None:
    context.seat.take(Officer("cb-9", "Người Mẫu", "", frozenset({role})))

    with pytest.raises(NotAllowed):
        DataDesk(context).export_person(NUMBER, tmp_path / "out.json", identity_checked=True)


def test_an_administrator_asks_for_a_new_key_and_that_is_noted(context: Context) -> None:
    context.seat.take(Officer("cb-9", "Người Mẫu", "", frozenset({Role.ADMINISTRATOR})))

    DataDesk(context).ask_for_new_key()

    assert context.hall.folder.key_change.exists()
    with context.store.reading() as session:
        assert trail.entries(session, newest=1)[0].action == "desk.key_change_asked"


def test_what_is_read_for_the_paper_is_what_the_file_holds_and_is_noted(
    context: Context, clock: SetClock
) -> None:
    desk = Desk(context)
    desk.receive(asked(clock))

    record = desk.data().read_person(NUMBER, identity_checked=True)

    dossier = dict(record.parts[0].lines)
    assert (record.count, record.parts[0].kind) == (1, "dossier")
    assert (dossier["applicant_name"], dossier["phone"]) == ("Nguyễn Thị Mẫu", "0912000001")
    assert {"papers", "history", "who_saw_it"} <= {part.kind for part in record.parts}
    assert "Nguyễn Thị Mẫu" not in repr(record)
    with context.store.reading() as session:
        assert trail.entries(session, newest=1)[0].action == "person.exported"


def test_nothing_is_read_for_the_paper_before_the_card_was_looked_at(context: Context) -> None:
    with pytest.raises(IdentityNotChecked):
        DataDesk(context).read_person(NUMBER, identity_checked=False)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CASHIER, Role.ADMINISTRATOR])
def test_only_a_supervisor_reads_it_for_the_paper(context: Context, role: Role) -> None:
    context.seat.take(Officer("cb-9", "Người Mẫu", "", frozenset({role})))

    with pytest.raises(NotAllowed):
        DataDesk(context).read_person(NUMBER, identity_checked=True)


ELSEWHERE = {
    "outbox": "what the portal was told repeats the dossier; when it was told is in the file",
    "print": "when a paper was made of a dossier; the papers are in it",
    "file_piece": "how far a file was sent",
    "file": "bytes under their hash; the attachments that name them are in the file",
    "post_list": "a list of parcels; the citizen's own wish and return are in the file",
    "post_parcel": "ids that tie a dossier to its list",
}
"""Tables about citizens of which the file has what it needs elsewhere, and why."""


def test_no_table_about_citizens_is_left_out_of_the_file() -> None:
    parts = {row.__tablename__ for _, row in about._PARTS}
    parts |= {"dossier", "payment", "guidance", "draft", "wanted_paper", "portal_copy"}

    left_out = {one.name for one in tables()} - parts - OF_THE_DESK.keys() - ELSEWHERE.keys()

    assert left_out == set()


def test_what_the_portal_told_of_another_desks_dossier_is_in_the_file(
    context: Context, clock: SetClock, tmp_path: Path
) -> None:
    body = json.dumps({"owner": {"number": NUMBER.digits}, "subject": "khai sinh"})
    with context.store.writing() as session:
        session.add(CopyRow(dossier_id=uuid7(), version=1, code="H55.242-261125-0099", body=body))

    Desk(context).data().export_person(NUMBER, tmp_path / "out.json", identity_checked=True)

    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [one["code"] for one in told["told_by_the_portal"]] == ["H55.242-261125-0099"]
