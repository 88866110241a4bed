"""The library of reasons that ships with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter.acts import ActKind
from counter.errors import BadData
from counter.reasons import load_reasons, reasons_of

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.mark.parametrize(
    "act", [ActKind.ASK_SUPPLEMENT, ActKind.REFUSE, ActKind.DRAFT_STOP, ActKind.VOID]
)
def test_an_act_that_must_say_why_has_reasons_to_choose_from(act: ActKind) -> None:
    reasons = load_reasons(RESOURCES / "acts")

    assert reasons_of(reasons, act)


def test_a_reason_for_an_act_that_does_not_exist_is_a_mistake_with_its_place(
    tmp_path: Path,
) -> None:
    (tmp_path / "reasons.toml").write_text('[[reason]]\nact = "nothing"\ntext = "Sai"\n')

    with pytest.raises(BadData) as caught:
        load_reasons(tmp_path)

    assert "reasons.toml: reason.1.act" in caught.value.mistakes[0]
