"""What is wrong in a file that people write, one line for each mistake, beginning with its place.

Settings and the office's own data are checked by pydantic, which finds every mistake at once; here
its findings become lines for the person who wrote the file.
"""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from counter.datafiles import Place

_WORDS = {
    "missing": "thiếu mục này",
    "extra_forbidden": "không có mục nào tên như vậy",
    "unexpected_keyword_argument": "không có mục nào tên như vậy",
    "string_type": "phải là chữ, viết trong dấu nháy kép",
    "string_pattern_mismatch": "không đúng dạng",
    "string_too_short": "không được để trống",
    "string_too_long": "quá dài",
    "bool_type": "phải là true hoặc false",
    "int_type": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "float_type": "phải là số",
    "float_parsing": "phải là số",
    "date_type": "phải là ngày, viết như 2026-03-01",
    "date_parsing": "phải là ngày, viết như 2026-03-01",
    "date_from_datetime_parsing": "phải là ngày, viết như 2026-03-01",
    "time_type": "phải là giờ, viết như 07:30:00",
    "time_parsing": "phải là giờ, viết như 07:30:00",
    "greater_than_equal": "nhỏ quá, ít nhất là {ge}",
    "less_than_equal": "lớn quá, nhiều nhất là {le}",
    "literal_error": "phải là một trong: {expected}",
    "enum": "phải là một trong: {expected}",
    "tuple_type": "phải là một danh sách, viết trong [ ]",
    "model_type": "phải là một nhóm [..] có các mục bên trong",
    "model_attributes_type": "phải là một nhóm [..] có các mục bên trong",
    "dataclass_type": "phải là một nhóm có các mục bên trong, viết trong {{ }}",
}


def mistakes(error: ValidationError, name: Callable[[Place], str]) -> tuple[str, ...]:
    """Return one line for each finding, in order; *name* says where it stands in the file."""
    return tuple(sorted({f"{name(e['loc'])}: {_said(e)}" for e in error.errors()}))


def _said(error: ErrorDetails) -> str:
    words = _WORDS.get(error["type"])
    if words is None:
        cause = error.get("ctx", {}).get("error")
        return str(cause) if cause else str(error["msg"])
    return words.format(**error.get("ctx", {}))
