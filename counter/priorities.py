"""Priority groups of the queue, as the office's own rules list them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path


def load_priorities(folder: Path) -> Mapping[str, str]:
    """Return the name of each priority group by its code, in the office's order."""
    tree = tomllib.loads((folder / "priorities.toml").read_text(encoding="utf-8"))
    return {group["code"]: group["name"] for group in tree["group"]}
