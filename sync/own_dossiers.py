"""The dossiers of the citizen who stands at the kiosk, asked of the portal each time.

Nothing of the answer is kept. Every question is noted by the portal with its purpose
(Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

from counter.dossier import Status
from counter.errors import CardNotAuthentic, PortalSilent
from counter.kiosk import OwnDossier

if TYPE_CHECKING:
    from counter.kiosk import Person
    from sync.contract import Dossier
    from sync.portal import Portal

PURPOSE = "Công dân tự tra cứu hồ sơ của mình tại máy lấy số"
MOST = 20
"""Dossiers asked for; the newest come first on the screen."""


class OwnDossiers:
    """Implements ``counter.kiosk.PortalQuestions``; used on the kiosk's ``sync`` thread only.

    Args:
        portal: Opens a line to the portal; one question, one line.
        officer: Who answers for this kiosk, as the portal notes it.
        letters: Letter of the service by a procedure's code.
    """

    def __init__(
        self,
        portal: Callable[[], Portal],
        officer: Mapping[str, str],
        letters: Mapping[str, str],
    ) -> None:
        self._portal = portal
        self._officer = dict(officer)
        self._letters = letters

    def own_dossiers(self, person: Person) -> tuple[OwnDossier, ...]:
        """Return the person's dossiers, newest first.

        Raises:
            CardNotAuthentic: The card has not proved whose it is; the portal is not asked.
            PortalSilent: The portal does not answer.
            PortalRefusedDesk: It does not know this desk.
        """
        if not person.proven:
            raise CardNotAuthentic
        asked = {
            "citizen_id": person.number.digits,
            "purpose": PURPOSE,
            "officer": self._officer,
            "limit": MOST,
        }
        with closing(self._portal()) as portal:
            page = portal.search(json.dumps(asked, ensure_ascii=False).encode())
        found = sorted(page.items, key=lambda dossier: dossier.status_at, reverse=True)
        return tuple(self._own(dossier) for dossier in found if dossier.code)

    def dossier(self, code: str) -> OwnDossier | None:
        """Return how the dossier on a receipt stands, without saying whose it is.

        Raises:
            PortalSilent: The portal does not answer.
            PortalRefusedDesk: It does not know this desk.
        """
        with closing(self._portal()) as portal:
            page = portal.dossier_called(code)
        return next((self._own(found) for found in page.items if found.code == code), None)

    def _own(self, dossier: Dossier) -> OwnDossier:
        procedure: Any = dossier.content.get("procedure")
        told = procedure if isinstance(procedure, dict) else {}
        return OwnDossier(
            code=dossier.code or "",
            procedure_name=str(told.get("name", "")),
            status=Status(dossier.status),
            due_at=dossier.due_at,
            service=self._letters.get(str(told.get("code", "")), ""),
        )


class NoOwnDossiers:
    """Implements ``counter.kiosk.PortalQuestions`` where the portal cannot be asked by number."""

    def own_dossiers(self, person: Person) -> tuple[OwnDossier, ...]:
        """Say that nobody answers.

        Raises:
            PortalSilent: Always.
        """
        raise PortalSilent("this interface finds no dossiers by a citizen's number")

    def dossier(self, code: str) -> OwnDossier | None:
        """Say that nobody answers.

        Raises:
            PortalSilent: Always.
        """
        raise PortalSilent("this interface finds no dossiers by a code")
