"""The kiosk asks the portal about a citizen only when the card has proved whose it is."""

from __future__ import annotations

from typing import NoReturn

import pytest

from counter.errors import CardNotAuthentic
from counter.kiosk import Person
from counter.values import CitizenNumber, PartialDate
from sync.own_dossiers import OwnDossiers


def unasked() -> NoReturn:
    """Stand for a line to the portal that nobody may open."""
    pytest.fail("the portal was asked")


@pytest.mark.parametrize("born", [None, PartialDate(1999, 1, 31)], ids=["code", "chip"])
def test_the_portal_is_not_asked_for_a_card_that_proved_nothing(born: PartialDate | None) -> None:
    claimed = Person(CitizenNumber("001199012345"), "Nguyễn Thị Mẫu", born, proven=False)

    with pytest.raises(CardNotAuthentic):
        OwnDossiers(unasked, {}, {}).own_dossiers(claimed)
