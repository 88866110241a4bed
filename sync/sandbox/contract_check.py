"""Requests and answers held against the schemas of the portal's contract."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sync.sandbox.schema import Check, Compiler, FieldFault, escaped

CONTRACT = Path(__file__).parents[2] / "resources" / "portal" / "openapi.json"
MOST_FAULTS = 100


def faults_of(value: object, schema: str, base: str = "") -> list[dict[str, str]]:
    """Return the contract's ``FieldError`` list for *value*; empty when it fits *schema*.

    Args:
        value: The parsed JSON.
        schema: Name under ``components/schemas``.
        base: JSON pointer that each pointer found begins with.
    """
    found: list[FieldFault] = []
    check_of(schema)(value, base, found)
    if not unicodedata.is_normalized("NFC", json.dumps(value, ensure_ascii=False)):
        found += [
            FieldFault(pointer, "not_nfc", "chuỗi không ở dạng NFC")
            for pointer in _decomposed(value, base)
        ]
    return [error(fault.pointer, fault.code, fault.message) for fault in found[:MOST_FAULTS]]


def error(pointer: str, code: str, message: str) -> dict[str, str]:
    """Return one ``FieldError`` of the contract; an overlong pointer ends at its last whole step.

    *pointer* may name a field of a foreign body, whose names can be of any length.
    """
    while len(pointer) > 500:
        pointer = pointer.rpartition("/")[0]
    return {"pointer": pointer, "code": code, "message": message[:500]}


@cache
def contract() -> dict[str, Any]:
    """Return the whole contract (OpenAPI 3.1)."""
    found: dict[str, Any] = json.loads(CONTRACT.read_text(encoding="utf-8"))
    return found


@cache
def compiler() -> Compiler:
    """Return what makes checks of the contract's schemas."""
    return Compiler(contract())


@cache
def check_of(schema: str) -> Check:
    """Return the check of the schema with this name under ``components/schemas``."""
    return compiler().check({"$ref": f"#/components/schemas/{schema}"})


def _decomposed(value: object, pointer: str) -> Iterator[str]:
    if isinstance(value, str):
        if not unicodedata.is_normalized("NFC", value):
            yield pointer
    elif isinstance(value, dict):
        for key, part in value.items():
            place = f"{pointer}/{escaped(key)}"
            if not unicodedata.is_normalized("NFC", key):
                yield place
            yield from _decomposed(part, place)
    elif isinstance(value, list):
        for place_in_list, part in enumerate(value):
            yield from _decomposed(part, f"{pointer}/{place_in_list}")
