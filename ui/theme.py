"""How the program looks: colours, type sizes and spacing, each named once by its role.

Nothing else in the house writes a colour or a size. Another look is another ``Palette``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FAMILY = "Be Vietnam Pro"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by role, as ``#rrggbb``.

    Every ``on_…`` colour is read on the colour it is named after; a ``…_soft`` colour is the calm
    ground of a badge or notice in that tone. The contrast of each pair is held by a test.
    """

    page: str
    surface: str
    sunken: str
    line: str
    line_strong: str
    text: str
    muted: str
    faint: str
    primary: str
    primary_hover: str
    primary_down: str
    on_primary: str
    primary_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    rail: str
    rail_hover: str
    rail_chosen: str
    on_rail: str
    rail_key: str
    band: str
    on_band: str
    focus: str
    pick: str


LIGHT = Palette(
    page="#EEF2F7",
    surface="#FFFFFF",
    sunken="#F6F8FB",
    line="#D8DFE8",
    line_strong="#78879A",
    text="#15212E",
    muted="#4C5B6C",
    faint="#5F6E80",
    primary="#12578F",
    primary_hover="#0E4876",
    primary_down="#0B3A60",
    on_primary="#FFFFFF",
    primary_soft="#E3EEF8",
    good="#17693A",
    good_soft="#E2F3E8",
    warn="#7F4A00",
    warn_soft="#FDF0D8",
    bad="#A81C1C",
    bad_soft="#FBE6E5",
    rail="#10304F",
    rail_hover="#1B4268",
    rail_chosen="#2A5D8F",
    on_rail="#FFFFFF",
    rail_key="#B9CDE2",
    band="#FFCB45",
    on_band="#3D2900",
    focus="#1877C9",
    pick="#D8E8F7",
)

HIGH_CONTRAST = replace(
    LIGHT,
    page="#FFFFFF",
    text="#000000",
    muted="#1F2A36",
    line_strong="#000000",
    primary="#003A70",
    primary_hover="#003A70",
    primary_down="#001F3D",
    band="#FFCC00",
    on_band="#000000",
    pick="#FFE680",
    good="#0A4D26",
    bad="#8A0F0F",
    rail="#001F3D",
)
"""For kiosk and board, read from afar and by everybody: every pair of words reaches 7 : 1."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes in points and lengths in device-independent pixels."""

    small: float = 10.5
    body: float = 11.0
    title: float = 12.5
    large: float = 15.0
    huge: float = 22.0
    giant: float = 34.0
    gap: int = 8
    room: int = 12
    margin: int = 16
    radius: int = 10
    radius_small: int = 6
    field: int = 38
    key: int = 46


SIZES = Sizes()


def style_sheet(palette: Palette) -> str:
    """Return the style sheet with the names of *palette* and the sizes filled in."""
    template = Template((RESOURCES / "style" / "desk.qss").read_text(encoding="utf-8"))
    folder = (RESOURCES / "icons").as_posix()
    return template.substitute(asdict(palette), **asdict(SIZES), icons=folder, family=FAMILY)


def apply(app: QApplication, palette: Palette = LIGHT) -> None:
    """Give *app* its font and *palette*, and dress what there is of it."""
    prepare(app, palette)
    dress(app)


def dress(app: QApplication) -> None:
    """Put the style sheet on; after a large window was built this costs a third of before."""
    app.setStyleSheet(style_sheet(chosen()))


def prepare(app: QApplication, palette: Palette = LIGHT) -> None:
    """Give *app* its font and *palette*; painted widgets ask ``colour`` for it later."""
    app.setStyle(QStyleFactory.create("Fusion"))
    font = QFont(FAMILY)
    font.setPointSizeF(SIZES.body)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
    app.setPalette(_qt_palette(palette))
    app.setProperty("palette", palette)


def chosen() -> Palette:
    """Return the palette the program wears now."""
    app = QApplication.instance()
    palette = app.property("palette") if app else None
    return palette if isinstance(palette, Palette) else LIGHT


def colour(role: str) -> QColor:
    """Return the colour of *role*, a field of ``Palette``."""
    return QColor(str(getattr(chosen(), role)))


def font(points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the program's font for painted text."""
    made = QFont(FAMILY)
    made.setPointSizeF(points)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def _qt_palette(palette: Palette) -> QPalette:
    roles = QPalette.ColorRole
    made = QPalette()
    for role, value in (
        (roles.Window, palette.page),
        (roles.Base, palette.surface),
        (roles.AlternateBase, palette.sunken),
        (roles.WindowText, palette.text),
        (roles.Text, palette.text),
        (roles.ButtonText, palette.text),
        (roles.Button, palette.surface),
        (roles.PlaceholderText, palette.faint),
        (roles.Highlight, palette.primary),
        (roles.HighlightedText, palette.on_primary),
        (roles.Link, palette.primary),
        (roles.ToolTipBase, palette.text),
        (roles.ToolTipText, palette.surface),
    ):
        made.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.faint))
    return made
