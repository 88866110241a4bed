"""JSON Schema as far as the portal's contract uses it, compiled once into quick checks.

The portal must name every mistake of a request by its place and by the contract's own codes, and
check hundreds of dossiers a second. A contract that uses a keyword not known here is refused, so
nothing is let through unseen; the tests hold the verdicts against another implementation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Schema = Mapping[str, Any]
Check = Callable[[Any, str, list["FieldFault"]], None]
"""Called with a value, its JSON pointer and the list that faults are added to."""

SILENT = {"title", "description", "examples", "default", "discriminator", "summary"}
PER_TYPE = {
    "object": ("required", "properties", "additionalProperties", "maxProperties"),
    "array": ("items", "minItems", "maxItems"),
    "string": ("minLength", "maxLength", "pattern", "format"),
    "number": ("minimum", "maximum"),
}
TYPES: Mapping[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: (
        (isinstance(value, int) and not isinstance(value, bool))
        or (isinstance(value, float) and value.is_integer())
    ),
}
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
)


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One mistake.

    Attributes:
        pointer: JSON pointer (RFC 6901) of the place; of the absent field when one is missing.
        code: One of the contract's codes, such as ``required``.
        message: For the officer.
    """

    pointer: str
    code: str
    message: str


def escaped(part: object) -> str:
    """Return one step of a JSON pointer."""
    return str(part).replace("~", "~0").replace("/", "~1")


class Compiler:
    """Turns the schemas of one document into checks."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._known: dict[str, Check] = {}

    def check(self, schema: Schema) -> Check:
        """Return the check of *schema*.

        Raises:
            ValueError: It uses a keyword that is not known here.
        """
        if "$ref" in schema:
            return self._of_reference(str(schema["$ref"]))
        checks = [self._part(word, schema) for word in schema if word not in SILENT]
        found = [check for check in checks if check is not None]
        if len(found) == 1:
            return found[0]

        def every(value: Any, pointer: str, faults: list[FieldFault]) -> None:
            for check in found:
                check(value, pointer, faults)

        return every

    def _of_reference(self, reference: str) -> Check:
        if reference not in self._known:
            target: Any = self._document
            for part in reference.removeprefix("#/").split("/"):
                target = target[part]
            self._known[reference] = self.check(target)
        return self._known[reference]

    def _part(self, word: str, schema: Schema) -> Check | None:
        if word in {"properties", "additionalProperties", "required", "maxProperties"}:
            first = next(w for w in PER_TYPE["object"] if w in schema)
            return self._object(schema) if word == first else None
        makers: dict[str, Callable[[Any], Check]] = {
            "type": _type,
            "enum": _enum,
            "const": lambda value: _enum([value]),
            "pattern": _pattern,
            "format": _format,
            "minLength": _min_length,
            "maxLength": lambda most: _length(most, str, "ký tự"),
            "maxItems": lambda most: _length(most, list, "mục"),
            "minItems": _min_items,
            "minimum": lambda least: _range(lambda value: value >= least, f"phải từ {least}"),
            "maximum": lambda most: _range(lambda value: value <= most, f"không quá {most}"),
            "items": self._items,
            "allOf": self._all,
            "anyOf": self._any,
            "oneOf": self._one,
        }
        if word not in makers:
            raise ValueError(f"the contract uses {word!r}, which is not known here")
        return makers[word](schema[word])

    def _object(self, schema: Schema) -> Check:
        parts = {
            name: (self.check(part), f"/{escaped(name)}")
            for name, part in schema.get("properties", {}).items()
        }
        required: Sequence[str] = schema.get("required", ())
        is_closed = schema.get("additionalProperties") is False
        most = schema.get("maxProperties")

        def fits(value: Any, pointer: str, faults: list[FieldFault]) -> None:
            if not isinstance(value, dict):
                return
            for name in required:
                if name not in value:
                    faults.append(
                        FieldFault(f"{pointer}/{escaped(name)}", "required", "thiếu trường này")
                    )
            if most is not None and len(value) > most:
                faults.append(FieldFault(pointer, "max_length", f"không quá {most} mục"))
            for name, part in value.items():
                if name in parts:
                    check, step = parts[name]
                    check(part, pointer + step, faults)
                elif is_closed:
                    place = f"{pointer}/{escaped(name)}"
                    faults.append(FieldFault(place, "unknown_property", "không có trường này"))

        return fits

    def _items(self, schema: Schema) -> Check:
        check = self.check(schema)

        def fit(value: Any, pointer: str, faults: list[FieldFault]) -> None:
            if isinstance(value, list):
                for place, part in enumerate(value):
                    check(part, f"{pointer}/{place}", faults)

        return fit

    def _all(self, schemas: Sequence[Schema]) -> Check:
        checks = [self.check(schema) for schema in schemas]

        def fits(value: Any, pointer: str, faults: list[FieldFault]) -> None:
            for check in checks:
                check(value, pointer, faults)

        return fits

    def _any(self, schemas: Sequence[Schema]) -> Check:
        """At least one fits; the faults told are those of the one kind that is not null."""
        checks = [self.check(schema) for schema in schemas if schema.get("type") != "null"]
        or_null = len(checks) < len(schemas)

        def fits(value: Any, pointer: str, faults: list[FieldFault]) -> None:
            if value is None and or_null:
                return
            tried = [_faults(check, value, pointer) for check in checks]
            if all(tried):
                faults.extend(_nearest(tried))

        return fits

    def _one(self, schemas: Sequence[Schema]) -> Check:
        checks = [self.check(schema) for schema in schemas]

        def fits(value: Any, pointer: str, faults: list[FieldFault]) -> None:
            tried = [_faults(check, value, pointer) for check in checks]
            fitting = sum(not found for found in tried)
            if fitting == 0:
                faults.extend(_nearest(tried))
            elif fitting > 1:
                faults.append(FieldFault(pointer, "invalid", "không rõ là loại nào"))

        return fits


def _faults(check: Check, value: Any, pointer: str) -> list[FieldFault]:
    found: list[FieldFault] = []
    check(value, pointer, found)
    return found


def _nearest(tried: list[list[FieldFault]]) -> list[FieldFault]:
    """Return the faults of the alternative that was missed least."""
    return min(tried, key=len)


def _says(code: str, message: str, wrong: Callable[[Any], bool]) -> Check:
    """Return the check that adds one fault where *wrong* holds."""

    def fits(value: Any, pointer: str, faults: list[FieldFault]) -> None:
        if wrong(value):
            faults.append(FieldFault(pointer, code, message))

    return fits


def _type(names: str | list[str]) -> Check:
    wanted = [names] if isinstance(names, str) else names
    tests = [TYPES[name] for name in wanted]
    message = f"phải là {' hoặc '.join(wanted)}"
    if len(tests) == 1:
        (only,) = tests
        return _says("type", message, lambda value: not only(value))
    return _says("type", message, lambda value: not any(test(value) for test in tests))


def _enum(values: list[Any]) -> Check:
    allowed = {(type(value), value) for value in values}  # True is not 1 in JSON
    message = f"phải là một trong {', '.join(str(value) for value in values)}"[:500]

    def is_wrong(value: Any) -> bool:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return isinstance(value, list | dict) or (type(value), value) not in allowed

    return _says("enum", message, is_wrong)


def _pattern(pattern: str) -> Check:
    # "$" is the very end in the contract's dialect, but also before a last line feed in Python's
    found = re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", pattern))
    return _says("pattern", "không đúng dạng", lambda v: isinstance(v, str) and not found.search(v))


def _format(name: str) -> Check:
    tests: dict[str, Callable[[str], bool]] = {
        "date-time": is_moment,
        "date": is_date,
        "email": lambda text: re.fullmatch(r"[^@\s]+@[^@\s]+", text) is not None,
        "int64": lambda _text: True,
    }
    test = tests[name]
    return _says("invalid", "không có thật", lambda v: isinstance(v, str) and not test(v))


def is_moment(text: str) -> bool:
    """Tell whether *text* is a moment of RFC 3339 that exists."""
    if not MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text.replace(":60", ":59"))
    except ValueError:
        return False
    return True


def is_date(text: str) -> bool:
    """Tell whether *text* is a day that exists, written ``yyyy-mm-dd``."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _length(most: int, kind: type[str] | type[list[Any]], unit: str) -> Check:
    return _says(
        "max_length",
        f"không quá {most} {unit}",
        lambda value: isinstance(value, kind) and len(value) > most,
    )


def _min_length(least: int) -> Check:
    def fits(value: Any, pointer: str, faults: list[FieldFault]) -> None:
        if isinstance(value, str) and len(value) < least:
            code = "invalid" if value else "required"
            faults.append(FieldFault(pointer, code, f"phải có ít nhất {least} ký tự"))

    return fits


def _min_items(least: int) -> Check:
    return _says(
        "required",
        f"phải có ít nhất {least} mục",
        lambda value: isinstance(value, list) and len(value) < least,
    )


def _range(fits: Callable[[Any], bool], message: str) -> Check:
    return _says("range", message, lambda value: TYPES["number"](value) and not fits(value))
