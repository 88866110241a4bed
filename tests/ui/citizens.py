"""Invented citizens as their cards would tell them."""

from __future__ import annotations

from datetime import date, datetime

from counter.cards import (
    Access,
    Authenticity,
    CardReading,
    Chip,
    ChipText,
    FieldConflict,
    Groups,
    Issuer,
    MrzText,
    Portrait,
    QrText,
    ReadTiming,
    Signature,
)
from counter.values import CitizenNumber, DossierId, PartialDate, Sex, uuid7
from counter.work import Applicant, IdentitySource, PaperBrought, ReceptionAsked

AUTHENTIC = Authenticity(Groups.MATCH, Signature.VALID, Issuer.TRUSTED, Chip.GENUINE)
UNVERIFIED = Authenticity(
    Groups.MATCH, Signature.VALID, Issuer.UNKNOWN, Chip.GENUINE, ("issuer.unknown",)
)
FORGED = Authenticity(
    Groups.MISMATCH,
    Signature.VALID,
    Issuer.TRUSTED,
    Chip.NOT_CHECKED,
    ("groups.dg2", "groups.dg13", "chip.not_checked"),
)

THU = ChipText(
    id_number=CitizenNumber("001099012345"),
    full_name="Nguyễn Văn Thử",
    date_of_birth=PartialDate(1999, 1, 31),
    sex=Sex.MALE,
    nationality="Việt Nam",
    ethnicity="Kinh",
    religion="Không",
    place_of_origin="Xã Thử Nghiệm, Huyện Mẫu, Tỉnh Ví Dụ",
    place_of_residence="Thôn Đông, Xã Thử Nghiệm, Tỉnh Mẫu",
    identifying_features=None,
    issued_on=date(2021, 5, 10),
    expires_on=date(2039, 1, 31),
    expires_text=None,
    father_name="Nguyễn Văn Cha",
    mother_name="Trần Thị Mẹ",
    spouse_name=None,
    old_id_number="012345678",
)

TON_NU = ChipText(
    id_number=CitizenNumber("046150000321"),
    full_name="Công Tằng Tôn Nữ Hoàng Thị Diễm Phương Quỳnh Thử",
    date_of_birth=PartialDate(1950),
    sex=Sex.FEMALE,
    nationality="Việt Nam",
    ethnicity="Kinh",
    religion="Phật giáo",
    place_of_origin="Phường Ví Dụ, Thành phố Mẫu",
    place_of_residence="Số nhà 128/46/9 kiệt 3 đường Nguyễn Thị Minh Khai, Tổ dân phố 12, Phường "
    "Thử Nghiệm Hạ, Thành phố Mẫu",
    identifying_features=None,
    issued_on=date(2021, 8, 2),
    expires_on=None,
    expires_text="Không thời hạn",
    father_name=None,
    mother_name=None,
    spouse_name=None,
    old_id_number=None,
)

THU_QR = QrText(
    id_number=THU.id_number,
    old_id_number=THU.old_id_number,
    full_name=THU.full_name,
    date_of_birth=THU.date_of_birth,
    sex=THU.sex,
    place_of_residence=THU.place_of_residence,
    issued_on=THU.issued_on,
)
THU_QR_TEXT = (
    "001099012345|012345678|Nguyễn Văn Thử|31011999|Nam|Thôn Đông, Xã Thử Nghiệm, Tỉnh Mẫu|10052021"
)

BIRTH_CONFLICT = FieldConflict("date_of_birth", (("dg13", "31/01/1999"), ("mrz", "30/01/1999")))


def reading(
    text: ChipText,
    *,
    authenticity: Authenticity = UNVERIFIED,
    portrait: Portrait | None = None,
    conflicts: tuple[FieldConflict, ...] = (),
    chip_key: str = "5c" * 32,
) -> CardReading:
    """Return what the card of *text* tells when it is read to the end."""
    return CardReading(
        text=text,
        mrz=MrzText(
            document_number=text.id_number.digits[3:],
            personal_number=text.id_number.digits,
            full_name="NGUYEN VAN THU",
            date_of_birth=text.date_of_birth,
            sex="M",
            expires_on=text.expires_on,
            nationality="VNM",
        ),
        portrait=portrait,
        access=Access.PACE_CAN,
        authenticity=authenticity,
        conflicts=conflicts,
        timing=ReadTiming(19, 9, 18500, 310, 620),
        chip_key=chip_key,
    )


def brought(number: str, moment: datetime, procedure: str = "1.001193") -> ReceptionAsked:
    """A dossier that a citizen brings, ready to be received."""
    return ReceptionAsked(
        dossier_id=DossierId(uuid7(moment)),
        applicant=Applicant(
            full_name="Nguyễn Thị Mẫu",
            number=CitizenNumber(number),
            birth_date=None,
            sex=None,
            address=None,
            phone=None,
            email=None,
            source=IdentitySource.MANUAL,
            verdict=None,
        ),
        procedure_code=procedure,
        papers=(PaperBrought(0, 1, 0, 0), PaperBrought(1, 1, 0, 0)),
        noticed_at=moment,
    )
