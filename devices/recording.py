"""Makes placeholder clips with espeak-ng for an office that has not recorded a voice yet.

``python -m devices.recording`` writes one file for every line of ``resources/voice/clips.toml``
and leaves clips alone that are there already, so that a recording is never written over.
"""

from __future__ import annotations

import argparse
import io
import math
import subprocess
import sys
import wave
from array import array
from pathlib import Path

from counter.speech import load_clip_texts

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "voice"
RATE = 11_025
"""Samples per second of a placeholder: half of what espeak-ng gives, enough for speech."""

QUIET = 180
"""Samples below this level at both ends of a clip are silence and are cut off."""

PAUSE_S = 0.06
SPEED = {"vi": 145, "en": 150}
"""Words per minute: slower than espeak-ng's own 175, for older ears."""


def speak(text: str, language: str) -> array[int]:
    """Return *text* spoken by espeak-ng, 16-bit samples at ``RATE``, trimmed.

    Raises:
        OSError, subprocess.CalledProcessError: espeak-ng is not there or refuses.
    """
    command = ["espeak-ng", "-v", language, "-s", str(SPEED.get(language, 150)), "--stdout", text]
    told = subprocess.run(command, check=True, capture_output=True).stdout
    with wave.open(io.BytesIO(told), "rb") as clip:
        samples = array("h", clip.readframes(clip.getnframes()))
    halved = array("h", ((a + b) // 2 for a, b in zip(samples[::2], samples[1::2], strict=False)))
    return _trimmed(halved)


def chime() -> array[int]:
    """Return a gong of two falling tones, then a short pause."""
    samples = array("h")
    for tone, seconds in ((659.3, 0.35), (523.3, 0.7)):
        for place in range(int(seconds * RATE)):
            time = place / RATE
            wavy = math.sin(2 * math.pi * tone * time) + 0.3 * math.sin(4 * math.pi * tone * time)
            samples.append(int(11_000 * wavy * math.exp(-4.0 * time)))
    samples.extend([0] * int(0.25 * RATE))
    return samples


def _trimmed(samples: array[int]) -> array[int]:
    loud = [place for place, level in enumerate(samples) if abs(level) > QUIET]
    if not loud:
        return samples
    return samples[loud[0] : loud[-1] + 1] + array("h", [0] * int(PAUSE_S * RATE))


def _keep(samples: array[int], path: Path) -> None:
    with wave.open(str(path), "wb") as clip:
        clip.setnchannels(1)
        clip.setsampwidth(2)
        clip.setframerate(RATE)
        clip.writeframes(samples.tobytes())


def main(arguments: list[str]) -> int:
    """Make the clips that are not there; return 0 when all are."""
    parser = argparse.ArgumentParser(description="Tạo tiếng tạm cho những câu chưa ghi âm")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    folder: Path = parser.parse_args(arguments).folder
    for language, texts in load_clip_texts(folder).items():
        (folder / language).mkdir(exist_ok=True)
        gong = folder / language / "chime.wav"
        if not gong.exists():
            _keep(chime(), gong)
        for name, text in texts.items():
            path = folder / language / f"{name}.wav"
            if not path.exists():
                _keep(speak(text, language), path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
