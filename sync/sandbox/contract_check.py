"""Requests held against the schemas of the portal's contract, as the contract words them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

CONTRACT = Path(__file__).parents[2] / "resources" / "portal" / "openapi.json"


def faults_of(value: object, schema: str, base: str = "") -> list[dict[str, str]]:
    """Return the contract's ``FieldError`` list for *value*; empty when it fits *schema*.

    Args:
        value: The parsed JSON.
        schema: Name under ``components/schemas``.
        base: JSON pointer that each pointer found begins with.
    """
    found = [
        {
            "pointer": base + "".join(f"/{_escaped(part)}" for part in error.absolute_path),
            "code": "unknown_field" if error.validator == "additionalProperties" else "invalid",
            "message": error.message[:300],
        }
        for error in _validator(schema).iter_errors(value)
    ]
    found += [
        {"pointer": base + pointer, "code": "not_nfc", "message": "chuỗi không ở dạng NFC"}
        for pointer in _decomposed(value, "")
    ]
    return found[:100]


@cache
def _validator(schema: str) -> Draft202012Validator:
    contract = json.loads(CONTRACT.read_text(encoding="utf-8"))
    root = {"$ref": f"#/components/schemas/{schema}", "components": contract["components"]}
    return Draft202012Validator(root, format_checker=FormatChecker())


def _decomposed(value: object, pointer: str) -> Iterator[str]:
    if isinstance(value, str) and not unicodedata.is_normalized("NFC", value):
        yield pointer
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _decomposed(part, f"{pointer}/{_escaped(key)}")
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _decomposed(part, f"{pointer}/{place}")


def _escaped(part: Any) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")
