"""The cards of the demonstration: invented citizens, read from ``resources/demo/cards``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from asn1crypto import x509

from counter.cards import Can, Issuer
from counter.values import CitizenNumber
from devices.card.issuers import is_issued_by
from devices.card.simulator.chip import ChipData, Limits, SimulatedChip
from devices.card.simulator.citizen import Citizen, make_chip
from devices.card.simulator.issuer import demonstration_issuer
from devices.card.simulator.portraits import Looks, draw
from devices.card.simulator.proofs import secrets_from

TEXT_GROUP = 0x010D
OTHER_BIRTH = "01/01/2001"


@dataclass(frozen=True)
class DemoCard:
    """One invented citizen's card, ready to be laid on a virtual reader.

    Attributes:
        name: Full name.
        number: The twelve digits.
        citizen: All that is printed on the card; the face is drawn when the chip is made.
    """

    name: str
    number: CitizenNumber
    citizen: Citizen
    looks: Looks

    @property
    def can(self) -> Can:
        """The six digits that open it."""
        return Can.of(self.number)

    @property
    def qr_text(self) -> str:
        """The text of the QR printed on the card of 2021: seven fields."""
        c = self.citizen
        born, issued = (day.replace("/", "") for day in (c.born, c.issued))
        fields = (c.number, c.old_number or "", c.name, born, c.sex, c.residence, issued)
        return "|".join(fields)

    def chip(self, limits: Limits = Limits()) -> SimulatedChip:  # noqa: B008 - frozen
        """Return its chip, powered for the first time."""
        return SimulatedChip(replace(self._data, limits=limits))

    def changed_chip(self) -> SimulatedChip:
        """Return a forgery: another birth date written into the signed texts."""
        other = make_chip(replace(self.citizen, born=OTHER_BIRTH)).files[TEXT_GROUP]
        return SimulatedChip(replace(self._data, files={**self._data.files, TEXT_GROUP: other}))

    def copied_chip(self) -> SimulatedChip:
        """Return a copy: every file of the true chip, but not its secret keys."""
        return SimulatedChip(replace(self._data, secrets=secrets_from("bản sao")))

    @cached_property
    def portrait(self) -> bytes:
        """The drawn face, a JPEG."""
        return draw(self.looks)

    @cached_property
    def _data(self) -> ChipData:
        return make_chip(
            replace(self.citizen, portrait=self.portrait),
            secrets=secrets_from(self.number.digits),
        )


def demo_issuer() -> bytes:
    """Return the issuer's certificate of these cards, which only a training desk may trust."""
    return demonstration_issuer().csca.der


class DemoAnchors:
    """Trusts the issuer of the demonstration and nobody else; keeps nothing."""

    def judge(self, signer: x509.Certificate, _moment: datetime | None) -> Issuer:
        """Say how *signer* stands."""
        issuer = x509.Certificate.load(demo_issuer())
        return Issuer.TRUSTED if is_issued_by(signer, issuer) else Issuer.UNKNOWN


def demo_cards(folder: Path) -> tuple[DemoCard, ...]:
    """Return the cards described by the TOML files in *folder*, in the order of their names."""
    return tuple(_card(path) for path in sorted(folder.glob("*.toml")))


def _card(path: Path) -> DemoCard:
    told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    looks = Looks(**told.pop("portrait"))
    absent: dict[str, Any] = dict.fromkeys(("father", "mother", "spouse", "old_number"))
    citizen = Citizen(**(absent | told), portrait=b"")
    return DemoCard(citizen.name, CitizenNumber(citizen.number), citizen, looks)
