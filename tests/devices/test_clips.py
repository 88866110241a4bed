"""The clips that ship are equally loud, without silence at their ends, and never too long."""

from __future__ import annotations

import math
import shutil
import wave
from array import array
from itertools import product
from pathlib import Path

import pytest

from counter.speech import LAST_COUNTER, call_clips, load_clip_texts
from devices.recording import (
    FOLDER,
    GONG,
    LOUDNESS_DB,
    PEAK_DB,
    level_all,
    levelled,
    loudness_db,
    main,
)
from devices.voice import join_clips

QUIET = 330
"""About -40 dB: what is below is silence at the ends of a clip."""

LONGEST_CALL_S = 8.0
PACKS = sorted(load_clip_texts(FOLDER))
CLIPS = sorted(path for path in FOLDER.glob("*/*.wav"))


def heard(path: Path) -> tuple[array[int], int]:
    with wave.open(str(path), "rb") as clip:
        assert (clip.getnchannels(), clip.getsampwidth()) == (1, 2)
        return array("h", clip.readframes(clip.getnframes())), clip.getframerate()


def seconds(path: Path) -> float:
    with wave.open(str(path), "rb") as clip:
        return clip.getnframes() / clip.getframerate()


@pytest.mark.parametrize("pack", PACKS)
def test_every_line_of_the_list_has_its_clip(pack: str) -> None:
    wanted = {GONG, *load_clip_texts(FOLDER)[pack]}

    assert {path.stem for path in (FOLDER / pack).glob("*.wav")} == wanted


def test_all_clips_are_equally_loud() -> None:
    far = {}
    for path in CLIPS:
        samples, rate = heard(path)
        peak_db = 20 * math.log10(max(map(abs, samples)) / 32_768)
        off = loudness_db(samples, rate) - LOUDNESS_DB
        if path.stem != GONG and abs(off) > 1.0 and peak_db < PEAK_DB - 0.2:
            far[f"{path.parent.name}/{path.stem}"] = round(off, 1)

    assert far == {}


def test_no_clip_begins_or_ends_with_silence() -> None:
    slow = {}
    for path in CLIPS:
        samples, rate = heard(path)
        loud = [place for place, level in enumerate(samples) if abs(level) > QUIET]
        before, after = loud[0] / rate, (len(samples) - 1 - loud[-1]) / rate
        if before > 0.08 or after > (0.6 if path.stem == GONG else 0.25):
            slow[f"{path.parent.name}/{path.stem}"] = (round(before, 2), round(after, 2))

    assert slow == {}


@pytest.mark.parametrize("pack", PACKS)
def test_a_call_is_as_long_as_its_clips_and_no_longer_than_people_listen(
    pack: str, tmp_path: Path
) -> None:
    lengths = {path.stem: seconds(path) for path in (FOLDER / pack).glob("*.wav")}
    calls = [
        call_clips(f"{letter}{number}", f"Quầy {counter}")
        for letter, number, counter in product(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ", ("001", "777", "999"), (1, 11, LAST_COUNTER)
        )
    ]
    longest = max(calls, key=lambda clips: sum(lengths[clip] for clip in clips))

    told_s = join_clips([FOLDER / pack / f"{clip}.wav" for clip in longest], tmp_path / "call.wav")

    assert told_s == pytest.approx(sum(lengths[clip] for clip in longest))
    assert seconds(tmp_path / "call.wav") == pytest.approx(told_s)
    assert told_s < LONGEST_CALL_S


def tone(level: int, rate: int = 11_025) -> array[int]:
    return array("h", (round(level * math.sin(0.3 * place)) for place in range(rate)))


@pytest.mark.parametrize("level", [300, 3_000, 30_000])
def test_a_quiet_and_a_loud_voice_become_alike(level: int) -> None:
    assert loudness_db(levelled(tone(level), 11_025), 11_025) == pytest.approx(LOUDNESS_DB, abs=0.2)


def test_nothing_is_raised_into_distortion() -> None:
    crackle = array("h", [30] * 11_025)
    crackle[500] = 9_000

    raised = levelled(crackle, 11_025)

    assert max(raised) <= 32_767 * 10 ** (PEAK_DB / 20) + 1


def test_silence_stays_silence() -> None:
    assert levelled(array("h", [0] * 100), 11_025) == array("h", [0] * 100)


def test_an_offices_own_clips_are_levelled_at_their_own_rate_and_once(tmp_path: Path) -> None:
    pack = tmp_path / "vi"
    pack.mkdir()
    shutil.copy(FOLDER / "vi" / "chime.wav", pack)
    gong = (pack / "chime.wav").read_bytes()
    with wave.open(str(pack / "sign.A.wav"), "wb") as clip:
        clip.setparams((1, 2, 22_050, 0, "NONE", ""))
        clip.writeframes((array("h", [0] * 9_000) + tone(900, 22_050)).tobytes())

    first = level_all(tmp_path)
    samples, rate = heard(pack / "sign.A.wav")
    second = level_all(tmp_path)

    assert (first, second, rate) == (1, 0, 22_050)
    assert loudness_db(samples, rate) == pytest.approx(LOUDNESS_DB, abs=0.2)
    assert abs(samples[5]) > 0
    assert (pack / "chime.wav").read_bytes() == gong


def test_the_command_tells_how_many_it_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--folder", str(tmp_path), "--level"]) == 0
    assert capsys.readouterr().out == "0\n"
