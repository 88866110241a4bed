"""A reading as the command ``read-card --json`` prints it."""

from __future__ import annotations

from counter.cards import CardReading, ChipText, FieldConflict, MrzText, Portrait


def reading_as_json(reading: CardReading) -> dict[str, object]:
    """Return *reading* in plain JSON values, its keys as the command promises them."""
    truth, timing = reading.authenticity, reading.timing
    return {
        "citizen": _citizen(reading.text) if reading.text else None,
        "mrz": _mrz(reading.mrz),
        "portrait": _portrait(reading.portrait) if reading.portrait else None,
        "access": str(reading.access),
        "authenticity": {
            "groups": str(truth.groups),
            "signature": str(truth.signature),
            "issuer": str(truth.issuer),
            "chip": str(truth.chip),
            "verdict": str(truth.verdict),
            "reasons": list(truth.reasons),
        },
        "conflicts": [_conflict(one) for one in reading.conflicts],
        "timing": {
            "apdus": timing.apdus,
            "apdus_to_first_text": timing.apdus_to_first_text,
            "bytes": timing.bytes_read,
            "first_text_ms": timing.first_text_ms,
            "total_ms": timing.total_ms,
        },
    }


def _citizen(text: ChipText) -> dict[str, object]:
    shown: dict[str, object] = {
        "id_number": text.id_number.digits,
        "full_name": text.full_name,
        "date_of_birth": text.date_of_birth.iso if text.date_of_birth else None,
        "sex": str(text.sex) if text.sex else None,
        "nationality": text.nationality,
        "ethnicity": text.ethnicity,
        "religion": text.religion,
        "place_of_origin": text.place_of_origin,
        "place_of_residence": text.place_of_residence,
        "identifying_features": text.identifying_features,
        "issued_on": text.issued_on.isoformat() if text.issued_on else None,
        "expires_on": text.expires_on.isoformat() if text.expires_on else None,
        "father_name": text.father_name,
        "mother_name": text.mother_name,
        "spouse_name": text.spouse_name,
        "old_id_number": text.old_id_number,
    }
    if text.expires_text:
        shown["expires_text"] = text.expires_text
    return shown


def _mrz(mrz: MrzText) -> dict[str, object]:
    return {
        "document_number": mrz.document_number,
        "full_name": mrz.full_name,
        "date_of_birth": mrz.date_of_birth.iso if mrz.date_of_birth else None,
        "sex": mrz.sex,
        "expires_on": mrz.expires_on.isoformat() if mrz.expires_on else None,
        "nationality": mrz.nationality,
    }


def _portrait(portrait: Portrait) -> dict[str, object]:
    return {
        "mime": portrait.mime,
        "width": portrait.width,
        "height": portrait.height,
        "sha256": portrait.sha256,
    }


def _conflict(conflict: FieldConflict) -> dict[str, object]:
    return {"field": conflict.name, "values": dict(conflict.values)}
