"""What the first setting-up reaches the other rooms with; each runs on the ``counter`` thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter.desk.first_day import SetUp
    from counter.ports import Outcome
    from counter.setting_up import Answers, Secrets, Step
    from counter.work import Check


@dataclass(frozen=True, slots=True)
class DevicesFound:
    """What is connected: card readers, print queues, serial ports, ticket printers on USB."""

    readers: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()
    rolls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetupHands:
    """What the pages ask for.

    Attributes:
        start: Returns what was answered before.
        keep: Keeps what was answered.
        check: Returns what is wrong with the answers of one page; with secrets, checks those.
        call_portal: Signs in to the portal as answered, and says how portal and clock stand.
        find_devices: Looks what is connected.
        print_trial: Prints one paper on the printer of that role; returns what is known of it and
            where it is.
        finish: Makes the desk.
        asks_passphrase: Whether the database's passphrase is typed; not where a file gives it.
    """

    start: Callable[[], Answers]
    keep: Callable[[Answers], None]
    check: Callable[[Answers, Step, Secrets | None], tuple[str, ...]]
    call_portal: Callable[[Answers, str], tuple[Check, ...]]
    find_devices: Callable[[], DevicesFound]
    print_trial: Callable[[Answers, str], tuple[Outcome, str]]
    finish: Callable[[Answers, Secrets], SetUp]
    asks_passphrase: bool = True
