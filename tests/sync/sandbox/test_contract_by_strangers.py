"""The sandbox asked by software nobody here wrote, with everything the contract allows and more.

Schemathesis reads the contract, invents questions that fit it and questions that do not, and judges
status, media type and body of each answer.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from sync.sandbox.process import SandboxProcess
from tests.sync.sandbox.caller import Caller

CONTRACT = Path(__file__).resolve().parents[3] / "resources" / "portal" / "openapi.json"
WORDS = json.loads(CONTRACT.read_text(encoding="utf-8"))
METHODS = {"get", "put", "post", "patch", "delete", "head", "options"}
OPERATIONS = [
    (path, method) for path, item in WORDS["paths"].items() for method in item if method in METHODS
]
FEW, MANY = 2, 70
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
PATIENCE_S = 20.0
RULES_BEYOND_THE_SHAPE = [
    checks.positive_data_acceptance,  # a dossier of the right shape may still be unknown or closed
    checks.negative_data_rejection,  # a batch is answered item by item, the wrong ones among them
    checks.missing_required_header,  # and so is one without its key
]
"""What shape alone cannot decide; our own tests of each operation do."""


@schemathesis.serializer("application/offset+octet-stream")
def a_piece_of_a_file(_context: Any, value: Any) -> bytes:
    """Return the bytes of an upload (tus 1.0) as they are."""
    piece = getattr(value, "data", value)
    return piece if isinstance(piece, bytes) else str(piece).encode()


@pytest.fixture(scope="module")
def contract(running: SandboxProcess) -> Any:
    """The contract, with the running sandbox behind it."""
    schema = schemathesis.openapi.from_path(CONTRACT)
    schema.config.update(base_url=running.url)
    return schema


def ask(contract: Any, caller: Caller, path: str, method: str, examples: int) -> None:
    """Ask one operation *examples* times each way: as the contract allows, and as it does not."""
    operation = contract[path][method.upper()]
    for mode in MODES if [*operation.iter_parameters(), *operation.body] else MODES[:1]:
        strategy = operation.as_strategy(generation_mode=mode)

        @seed(20261126)
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(case=strategy)
        def judge(case: Any) -> None:
            if "wait" in (case.query or {}):
                case.query["wait"] = "0"
            answer = case.call(headers=caller.bearer, timeout=PATIENCE_S)
            case.validate_response(answer, excluded_checks=RULES_BEYOND_THE_SHAPE)

        judge()


@pytest.mark.slow
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_operation_keeps_to_the_contract(
    contract: Any, caller: Caller, path: str, method: str
) -> None:
    ask(contract, caller, path, method, FEW)


@pytest.mark.prove
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_operation_keeps_to_the_contract_for_long(
    contract: Any, caller: Caller, path: str, method: str
) -> None:
    ask(contract, caller, path, method, MANY)
