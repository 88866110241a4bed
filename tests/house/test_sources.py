"""Every law and standard that the code cites can be looked up by docs/sources.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
CITED = re.compile(
    r"ICAO Doc 9303-[0-9]+|ISO/IEC [0-9]+(?:-[0-9]+)?|RFC [0-9]+|FIPS [0-9]+(?:-[0-9])?"
    r"|NIST SP [0-9]+-[0-9A-Z]+|BSI TR-0[0-9]+(?:-[0-9])?"
    r"|(?:NĐ|TT|QĐ|NQ) [0-9]+/[0-9]{4}/[A-ZĐ-]+[A-Za-z]*"
)
PROGRAM = [
    path for room in ("counter", "devices", "sync", "ui") for path in (HOUSE / room).rglob("*.py")
]
PAGE = (HOUSE / "docs" / "sources.md").read_text(encoding="utf-8")


def cited() -> dict[str, str]:
    """Return each source that the code names, and one file that does."""
    return {
        source: path.relative_to(HOUSE).as_posix()
        for path in PROGRAM
        for source in CITED.findall(path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize(("source", "file"), sorted(cited().items()))
def test_a_source_the_code_cites_can_be_found(source: str, file: str) -> None:
    assert re.search(rf"^\| {re.escape(source)} \|", PAGE, re.MULTILINE), f"cited in {file}"
