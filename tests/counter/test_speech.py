"""What is said when a number is called, and that a clip is there for all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter.speech import call_clips, load_clip_texts, number_clips
from devices.voice import join_clips

VOICE = Path(__file__).resolve().parents[2] / "resources" / "voice"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_a_number_is_read_sign_by_sign() -> None:
    assert number_clips("C012") == ("sign.C", "sign.0", "sign.1", "sign.2")


@pytest.mark.parametrize(
    ("counter", "said"),
    [
        ("Quầy 3", ("call.counter", "number.3")),
        ("Quầy 20", ("call.counter", "number.20")),
        ("Quầy 112", ("call.counter", "sign.1", "sign.1", "sign.2")),
        ("Quầy đất đai", ("call.board",)),
        ("Quầy 0", ("call.counter", "sign.0")),
    ],
)
def test_a_call_leads_to_the_counter(counter: str, said: tuple[str, ...]) -> None:
    assert call_clips("A1", counter) == ("chime", "call.number", "sign.A", "sign.1", *said)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sentence_of_the_list_has_its_clip_and_all_fit_together(
    language: str, tmp_path: Path
) -> None:
    names = ["chime", *load_clip_texts(VOICE)[language]]

    seconds = join_clips([VOICE / language / f"{name}.wav" for name in names], tmp_path / "all.wav")

    assert seconds > 60


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_number_to_every_counter_can_be_called(language: str) -> None:
    known = {"chime", *load_clip_texts(VOICE)[language]}

    said = {clip for letter in LETTERS for clip in call_clips(f"{letter}0123456789", "Quầy 7")}
    said |= {clip for number in range(1, 30) for clip in call_clips("A1", f"Quầy {number}")}

    assert said <= known
