"""The switches of a running sandbox portal, for tests and for the demonstration's panel."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import requests

from counter.errors import PortalSilent
from sync.sandbox.faults import Fault

PATIENCE_S = 30.0


class SandboxControl:
    """Speaks to the sandbox's own door, which answers also while the portal is off.

    Every method raises ``PortalSilent`` when the sandbox does not run, and ``ValueError`` when it
    does not understand.

    Args:
        page_url: Address of the sandbox's page, as ``SandboxProcess.panel_url`` gives it.
    """

    def __init__(self, page_url: str) -> None:
        self._base = f"{page_url}_sandbox/"
        self._session = requests.Session()
        self._session.trust_env = False

    def close(self) -> None:
        """Give the connection back."""
        self._session.close()

    def switch_off(self) -> None:
        """Refuse connections and cut those that are open."""
        self.act("off")

    def switch_on(self) -> None:
        """Take requests again."""
        self.act("on")

    def strike(self, faults: Sequence[Fault], operation: str | None = None) -> None:
        """Let *faults* strike the next requests, one each.

        Args:
            operation: ``operationId`` of the contract they wait for; any when it is None.
        """
        self.act("faults", names=[fault.value for fault in faults], operation=operation)

    def strike_always(self, fault: Fault) -> None:
        """Let *fault* strike every request until faults are cleared."""
        self.act("always", name=fault.value)

    def clear_faults(self) -> None:
        """Let nothing strike any more."""
        self.act("no-faults")

    def delay(self, seconds: float) -> None:
        """Let each answer take so long on its way."""
        self.act("delay", seconds=seconds)

    def set_clock(self, seconds: float) -> None:
        """Set the portal's clock so many seconds ahead of the right time."""
        self.act("clock", seconds=seconds)

    def set_policy(self, **policy: object) -> None:
        """Change what the province decides: ``min_client``, ``max_block``, ``max_days_ahead``."""
        self.act("policy", **policy)

    def poison(self, names: Sequence[str]) -> None:
        """Call these dossiers, by id or code, wrong whenever they come."""
        self.act("poison", names=list(names))

    def cure(self) -> None:
        """Call no dossier wrong any more."""
        self.act("no-poison")

    def forget_tokens(self) -> None:
        """Let every token end now."""
        self.act("forget-tokens")

    def forget_keys(self) -> None:
        """Forget what was answered under each key, as after 72 hours."""
        self.act("forget-keys")

    def expire_cursors(self) -> None:
        """Keep nothing of the feed's past."""
        self.act("expire-cursors")

    def expire_since(self) -> None:
        """Give no catalogue deltas from before now."""
        self.act("expire-since")

    def expire_uploads(self) -> None:
        """Let every unfinished upload end now."""
        self.act("expire-uploads")

    def revoke(self, desk: str) -> None:
        """Turn an enrolled desk away."""
        self.act("revoke", desk=desk)

    def let_in_again(self, desk: str) -> None:
        """Take back a revocation."""
        self.act("let-in-again", desk=desk)

    def serve_for(self, desk: str, agencies: Sequence[str]) -> None:
        """Let a desk receive for other agencies too."""
        self.act("serve-for", desk=desk, agencies=list(agencies))

    def keep_backup(self) -> None:
        """Keep a copy of everything as it is now: yesterday's backup."""
        self.act("backup")

    def restore_backup(self) -> None:
        """Go back to the copy, or to nothing when there is none; numbers once lent stay lent."""
        self.act("restore")

    def reset(self) -> None:
        """Forget everything, as a newly installed portal."""
        self.act("reset")

    def heal(self) -> None:
        """Let nothing be wrong any more: on, right clock, no faults, usual policy, no desk away."""
        self.act("heal")

    def submit_online(self, content: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Let a citizen send a dossier from home, an invented one when none is given.

        Returns:
            Its ``id`` and ``code``.
        """
        return self.act("submit-online", content=content)  # type: ignore[no-any-return]  # its JSON

    def move(self, dossier_id: str, status: int, text: str = "", **more: object) -> None:
        """Let the deciding unit change a dossier's status; *more* may name ``due_at``, ``unit``."""
        self.act("move", dossier_id=dossier_id, status=status, text=text, **more)

    def give_result(
        self, dossier_id: str, name: str, content: bytes, result_code: str | None = None
    ) -> str:
        """Let the deciding unit finish a dossier with a PDF; return the file's SHA-256."""
        told = self.act(
            "give-result",
            dossier_id=dossier_id,
            name=name,
            content=base64.b64encode(content).decode(),
            result_code=result_code,
        )
        return str(told["sha256"])

    def give_file(self, agency: str, filename: str, content: bytes) -> dict[str, Any]:
        """Let somebody upload a PDF for an agency's desks; return its ``FileRef``."""
        packed = base64.b64encode(content).decode()
        return self.act("give-file", agency=agency, filename=filename, content=packed)  # type: ignore[no-any-return]  # its JSON

    def supplement(self, dossier_id: str, components: Sequence[Mapping[str, Any]]) -> None:
        """Let the citizen add papers from home."""
        self.act("supplement", dossier_id=dossier_id, components=list(components))

    def edit(self, dossier_id: str, content: Mapping[str, Any], **more: object) -> None:
        """Let the citizen change parts of a dossier's content from home."""
        self.act("edit", dossier_id=dossier_id, content=content, **more)

    def national_portal(self, dossier_id: str, state: str, **more: object) -> None:
        """Let the national portal take or refuse a dossier."""
        self.act("national-portal", dossier_id=dossier_id, state=state, **more)

    def pay(self, payment_id: str, amount: int | None = None) -> None:
        """Let somebody pay, also too late; *amount* when it is not what was asked for."""
        self.act("pay", payment_id=payment_id, amount=amount)

    def refund(self, payment_id: str) -> None:
        """Let the money of a payment go back to who paid it."""
        self.act("refund", payment_id=payment_id)

    def cancel_payment(self, payment_id: str) -> None:
        """Let the province take back a payment that nobody has paid."""
        self.act("cancel-payment", payment_id=payment_id)

    def expire_payment(self, payment_id: str) -> None:
        """Let the time of a payment be over."""
        self.act("expire-payment", payment_id=payment_id)

    def pay_at_home(self, dossier_id: str, amount: int) -> str:
        """Let a citizen pay for a dossier from home; return the payment's id."""
        told = self.act("pay-at-home", dossier_id=dossier_id, amount=amount)
        return str(told["payment_id"])

    def payments(self) -> list[dict[str, Any]]:
        """Return every payment the portal has, in the order they were opened."""
        return self.ask("payments")  # type: ignore[no-any-return]  # the sandbox's own JSON

    def papers(self) -> list[dict[str, Any]]:
        """Return every payment, receipt, hand-over list, parcel and rating the portal has."""
        return self.ask("papers")  # type: ignore[no-any-return]  # the sandbox's own JSON

    def change_catalogue(self, catalogue: str, code: str, item: Mapping[str, Any] | None) -> None:
        """Put an item into a catalogue, or take it out when it is None."""
        self.act("change-catalogue", catalogue=catalogue, code=code, item=item)

    def announce(self, kind: str, data: Mapping[str, Any]) -> None:
        """Put anything into the feed, also of a kind that no desk knows."""
        self.act("announce", kind=kind, data=data)

    def dossiers(self) -> list[dict[str, Any]]:
        """Return every dossier the portal has, in the order they first came."""
        return self.ask("dossiers")  # type: ignore[no-any-return]  # the sandbox's own JSON

    def events(self) -> list[dict[str, Any]]:
        """Return every event that desks sent, in the order they came."""
        return self.ask("events")  # type: ignore[no-any-return]  # the sandbox's own JSON

    def leases(self) -> list[dict[str, Any]]:
        """Return every block of numbers the portal lent."""
        return self.ask("leases")  # type: ignore[no-any-return]  # the sandbox's own JSON

    def requests(self) -> dict[str, int]:
        """Return how often each method and path was asked for."""
        return self.ask("requests")  # type: ignore[no-any-return]  # the sandbox's own JSON

    def counters(self) -> dict[str, int]:
        """Return how often each operation of the contract was asked for."""
        return self.ask("operations")  # type: ignore[no-any-return]  # the sandbox's own JSON

    def state(self) -> dict[str, Any]:
        """Return whether it is on, which faults and how many requests wait, epoch and clock."""
        return self.ask("state")  # type: ignore[no-any-return]  # the sandbox's own JSON

    def act(self, switch: str, **facts: object) -> Any:
        """Press *switch*; return what it tells.

        Raises:
            PortalSilent: The sandbox does not run.
            ValueError: It does not understand.
        """
        return self._answer("POST", switch, facts)

    def ask(self, view: str) -> Any:
        """Return what *view* shows.

        Raises:
            PortalSilent: The sandbox does not run.
            ValueError: It has no such view.
        """
        return self._answer("GET", view, None)

    def _answer(self, method: str, name: str, facts: Mapping[str, object] | None) -> Any:
        try:
            answer = self._session.request(
                method, self._base + name, json=facts, timeout=PATIENCE_S
            )
        except requests.RequestException as error:
            raise PortalSilent("the sandbox does not run") from error
        if answer.status_code != 200:
            raise ValueError(answer.text)
        return answer.json()
