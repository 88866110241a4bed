"""A reader on the cable is told apart from one the service can use."""

from __future__ import annotations

from pathlib import Path

from devices.card.usb import plugged_readers


def plug(bus: Path, device: str, product: str, *classes: str) -> None:
    """Lay a device with interfaces of *classes* into a folder like the system's."""
    (bus / device).mkdir(parents=True)
    (bus / device / "product").write_text(f"{product}\n", encoding="utf-8")
    for number, kind in enumerate(classes):
        (bus / f"{device}:1.{number}").mkdir()
        (bus / f"{device}:1.{number}" / "bInterfaceClass").write_text(f"{kind}\n", encoding="ascii")


def test_readers_are_found_by_the_class_of_their_interfaces(tmp_path: Path) -> None:
    plug(tmp_path, "1-4", "ACR1252 Dual Reader", "0b", "0b")
    plug(tmp_path, "1-5", "Keyboard", "03")
    plug(tmp_path, "2-1.3", "Token and storage", "08", "0b")

    assert plugged_readers(tmp_path) == ("ACR1252 Dual Reader", "Token and storage")


def test_a_reader_without_a_name_is_called_by_its_place(tmp_path: Path) -> None:
    plug(tmp_path, "1-4", "", "0b")

    assert plugged_readers(tmp_path) == ("1-4",)


def test_a_system_that_does_not_tell_has_none(tmp_path: Path) -> None:
    assert plugged_readers(tmp_path / "absent") == ()
