"""The contract's operations: which path and method each has, and what a request for it must bring.

All of it is read from the contract, so a path, a parameter or a body is what the contract says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

from sync.sandbox.contract_check import check_of, compiler, contract
from sync.sandbox.reply import Reply, bad_request, problem
from sync.sandbox.schema import Check, FieldFault

METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value a request brings beside its body."""

    name: str
    place: str
    is_required: bool
    is_integer: bool
    check: Check


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a desk can ask for.

    Attributes:
        title: What it does, in the contract's words.
        is_open: Needs no token.
        content_type: Of the body; None when there is none.
        schema: Name of the body's schema; None for bytes and for no body.
    """

    id: str
    title: str
    method: str
    pattern: re.Pattern[str]
    parameters: tuple[Parameter, ...]
    is_open: bool
    content_type: str | None
    schema: str | None

    def read(
        self, steps: Mapping[str, str], query: Mapping[str, str], headers: Mapping[str, str]
    ) -> dict[str, Any] | Reply:
        """Return the parameters by name, or what is answered when one is missing or wrong.

        Args:
            steps: Named parts of the path.
            headers: By name in small letters.
        """
        found: dict[str, Any] = {}
        for parameter in self.parameters:
            if parameter.place == "header":
                text = headers.get(parameter.name.lower())
            else:
                text = {"path": steps, "query": query}[parameter.place].get(parameter.name)
            if text is None:
                if parameter.is_required:
                    return _missing(parameter)
                continue
            value: Any = text
            if parameter.is_integer:
                if not re.fullmatch(r"-?[0-9]{1,18}", text):
                    return bad_request(f"{parameter.name} phải là số nguyên")
                value = int(text)
            faults: list[FieldFault] = []
            parameter.check(value, "", faults)
            if faults:
                return bad_request(f"{parameter.name}: {faults[0].message}")
            found[parameter.name] = value
        return found


BEYOND = (
    Operation(
        id="getTrustBundle",
        title="Gói tin cậy của tỉnh: các nơi cấp thẻ",
        method="GET",
        pattern=re.compile("/trust-bundle"),
        parameters=(),
        is_open=False,
        content_type=None,
        schema=None,
    ),
    Operation(
        id="putAuditCheckpoints",
        title="Dấu niêm phong nhật ký của máy quầy",
        method="POST",
        pattern=re.compile("/audit-checkpoints"),
        parameters=(),
        is_open=False,
        content_type="application/json",
        schema=None,
    ),
)
"""What a gateway may offer beyond the contract; it names it among its features while it does."""


def find_operation(method: str, path: str) -> tuple[Operation, dict[str, str]] | Reply:
    """Return what *method* on *path* asks for and the named parts of the path.

    Args:
        path: From the contract's base on, percent-encoded.
    """
    is_known = False
    for operation in (*operations(), *BEYOND):
        match = operation.pattern.fullmatch(path)
        if match is None:
            continue
        if operation.method == method:
            steps = {name: unquote(text) for name, text in match.groupdict().items()}
            return operation, steps
        is_known = True
    if is_known:
        return problem(405, "method-not-allowed", "Không có thao tác này ở đường dẫn này")
    return problem(404, "not-found", "Không có đường dẫn này")


@cache
def operations() -> tuple[Operation, ...]:
    """Return every operation of the contract; fixed paths come before those with named parts."""
    paths: dict[str, dict[str, Any]] = contract()["paths"]
    return tuple(
        _operation(path, method, paths[path])
        for path in sorted(paths, key=lambda path: ("{" in path, path))
        for method in METHODS
        if method in paths[path]
    )


def _operation(path: str, method: str, entry: dict[str, Any]) -> Operation:
    said = entry[method]
    content_type, schema = _body(said.get("requestBody"))
    if schema is not None:
        check_of(schema)
    return Operation(
        id=said["operationId"],
        title=said["summary"],
        method=method.upper(),
        pattern=re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", re.sub(r"\.", r"\.", path))),
        parameters=tuple(
            _parameter(one) for one in (*entry.get("parameters", ()), *said.get("parameters", ()))
        ),
        is_open=said.get("security") == [],
        content_type=content_type,
        schema=schema,
    )


def _body(said: dict[str, Any] | None) -> tuple[str | None, str | None]:
    if said is None:
        return None, None
    ((content_type, media),) = said["content"].items()
    reference = media["schema"].get("$ref")
    return content_type, reference.rpartition("/")[2] if reference else None


def _parameter(said: dict[str, Any]) -> Parameter:
    if "$ref" in said:
        said = contract()["components"]["parameters"][said["$ref"].rpartition("/")[2]]
    schema = said["schema"]
    return Parameter(
        name=said["name"],
        place=said["in"],
        is_required=said.get("required", False),
        is_integer=schema.get("type") == "integer",
        check=compiler().check(schema),
    )


def _missing(parameter: Parameter) -> Reply:
    if parameter.name == "Idempotency-Key":
        detail = "Yêu cầu ghi phải có tiêu đề Idempotency-Key"
        return problem(400, "idempotency-key-missing", "Thiếu Idempotency-Key", detail=detail)
    return bad_request(f"thiếu {parameter.name}")
