"""Makes placeholder clips with espeak-ng for an office that has not recorded a voice yet.

``python -m devices.recording`` writes one file for every line of ``resources/voice/clips.toml``
and leaves clips alone that are there already, so that a recording is never written over.
``--level`` brings the clips that are there to one loudness and cuts silence off their ends.
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
LOUDNESS_DB = -20.0
"""Loudness of every clip, as the mean power of what is not silence, 0 dB being full scale."""

PEAK_DB = -1.0
"""No sample is raised above this."""

GONG = "chime"
"""Is no speech and keeps its loudness and the pause behind it."""

_FRAME_S = 0.02
_WORTH_CUTTING_S = 0.05
_WORTH_LEVELLING_DB = 0.3
_SILENT_PART = 0.1
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
    return levelled(_trimmed(halved), RATE)


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


def _trimmed(samples: array[int], rate: int = RATE) -> array[int]:
    loud = [place for place, level in enumerate(samples) if abs(level) > QUIET]
    if not loud:
        return samples
    return samples[loud[0] : loud[-1] + 1] + array("h", [0] * int(PAUSE_S * rate))


def loudness_db(samples: array[int], rate: int) -> float:
    """Return the mean power of the frames of 20 ms that are not silence, in dB of full scale."""
    size = max(1, int(_FRAME_S * rate))
    powers = [
        sum(level * level for level in samples[start : start + size]) / size
        for start in range(0, max(1, len(samples) - size + 1), size)
    ]
    loudest = max(powers)
    if not loudest:
        return -math.inf
    heard = [power for power in powers if power > loudest * _SILENT_PART**2]
    return 10 * math.log10(sum(heard) / len(heard) / 32_768**2)


def levelled(samples: array[int], rate: int) -> array[int]:
    """Return *samples* at the loudness of every clip, as far as the highest peak allows."""
    now = loudness_db(samples, rate)
    if now == -math.inf:
        return samples
    peak = max(abs(level) for level in samples)
    most = 32_767 * 10 ** (PEAK_DB / 20) / peak
    gain = min(10 ** ((LOUDNESS_DB - now) / 20), most)
    return array("h", (round(level * gain) for level in samples))


def level_all(folder: Path) -> int:
    """Bring every clip below *folder* to one loudness and trim it; return how many changed."""
    changed = 0
    for path in sorted(folder.glob("*/*.wav")):
        if path.stem == GONG:
            continue
        with wave.open(str(path), "rb") as clip:
            rate = clip.getframerate()
            samples = array("h", clip.readframes(clip.getnframes()))
        made = _trimmed(levelled(samples, rate), rate)
        is_cut = len(samples) - len(made) > rate * _WORTH_CUTTING_S
        is_off = abs(loudness_db(samples, rate) - loudness_db(made, rate)) > _WORTH_LEVELLING_DB
        if is_cut or is_off:
            _keep(made, path, rate)
            changed += 1
    return changed


def _keep(samples: array[int], path: Path, rate: int = RATE) -> None:
    with wave.open(str(path), "wb") as clip:
        clip.setnchannels(1)
        clip.setsampwidth(2)
        clip.setframerate(rate)
        clip.writeframes(samples.tobytes())


def main(arguments: list[str]) -> int:
    """Make the clips that are not there; return 0 when all are."""
    parser = argparse.ArgumentParser(description="Tạo tiếng tạm cho những câu chưa ghi âm")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument(
        "--level", action="store_true", help="đưa mọi tiếng đã có về một độ to và cắt lặng hai đầu"
    )
    asked = parser.parse_args(arguments)
    folder: Path = asked.folder
    if asked.level:
        sys.stdout.write(f"{level_all(folder)}\n")
        return 0
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
