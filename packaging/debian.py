"""Puts the finished bundle into a Debian package: ``build/quay-mot-cua_VERSION_ARCH.deb``.

Standard library and ``dpkg-deb`` only. The package holds the bundle in ``/opt/quay-mot-cua``, a
starter in ``/usr/bin``, the folder for updates that it looks into (only root writes there), the
folder where each account notes its starts, the menu entry, the files of a kiosk (docs/kiosk.md) and
the terms it is handed on under; removing it never touches a data folder, and purging it removes the
programs that were taken as updates.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
BUNDLE = HOUSE / "build" / "bundle" / "quay-mot-cua"

CONTROL = """\
Package: quay-mot-cua
Version: {version}
Architecture: {arch}
Maintainer: Quầy Một Cửa <ho-tro@example.vn>
Depends: libc6, libegl1, libgl1, libdrm2, libxcb1, libwayland-client0, libwayland-cursor0,
 libwayland-egl1, libxkbcommon0, libfontconfig1, libdbus-1-3, libpcsclite1, libcups2
Recommends: pcscd, libsecret-1-0
Section: misc
Priority: optional
Description: Reception desk of a commune's one-stop service
 Receives dossiers, reads citizen cards, prints receipts, and works without a network.
"""

PROGRAMS = "/var/lib/quay-mot-cua/program"
STARTS = "/var/lib/quay-mot-cua/starts"
TRIES = 3
"""So many starts in a row that do not come up make the starter go back."""

STARTER = """\
#!/bin/sh
# Starts the program that was taken last, or the one before when it does not come up here.
programs={programs}
mine={starts}/$(id -u)
way=window
for word in "$@"; do
    case $word in kiosk | board) way=$word ;; esac
done
unset MOTCUA_TRIAL MOTCUA_INSTEAD_OF

# Each account notes its own starts, in a folder that nobody else can put in its place.
mkdir -m 700 "$mine" 2>/dev/null
if [ -L "$mine" ] || ! [ -d "$mine" ] || ! [ -O "$mine" ]; then mine=/dev/null/none; fi

# Whether $1 was taken, and neither this package nor its release is newer.
may_start() {{
    rest=${{1#*-}}
    version=${{rest%-back}}
    [ -x "$programs/$1/quay-mot-cua" ] || return 1
    [ "${{1%%-*}}" -gt {least} ] 2>/dev/null || return 1
    [ "$rest" = "$version" ] || return 0
    [ "$(printf '%s\\n%s\\n' "{version}" "$version" | sort -V | head -n 1)" = "{version}" ]
}}

# Whether too many starts of $1 have ended without coming up; one that stands clears them away.
has_failed() {{
    [ -e "$mine/$1.failed" ] && return 0
    ended=0
    for try in "$mine/$1.$way.try."*; do
        [ -e "$try" ] || continue
        runs=$(cat "/proc/${{try##*.}}/comm" 2>/dev/null)
        [ "$runs" = quay-mot-cua ] || ended=$((ended + 1))
    done
    [ "$ended" -ge {tries} ] || return 1
    touch "$mine/$1.failed" 2>/dev/null
    return 0
}}

newest=$(cat "$programs/current" 2>/dev/null)
older=$(ls "$programs" 2>/dev/null | grep -Ex '[0-9]+-[0-9.]+(-back)?' | sort -t - -k 1,1nr)
for name in "$newest" $older; do
    [ "$name" = "$newest" ] || [ "${{name%%-*}}" -lt "${{newest%%-*}}" ] 2>/dev/null || continue
    if may_start "$name"; then
        if ! has_failed "$name"; then
            try="$mine/$name.$way.try.$(date +%s).$$"
            if ! [ -e "$mine/$name.$way.stood" ] && touch "$try" 2>/dev/null; then
                export MOTCUA_TRIAL="$try"
            fi
            exec "$programs/$name/quay-mot-cua" "$@"
        fi
        export MOTCUA_INSTEAD_OF="${{MOTCUA_INSTEAD_OF:-$name}}"
        echo "quay-mot-cua: bản $name không mở được {tries} lần liền, mở bản trước thay." >&2
    elif [ "$name" = "$newest" ]; then
        break
    fi
    case $name in *-back) break ;; esac
done
exec {opt}/quay-mot-cua "$@"
"""
"""Starts the program that was taken last, unless this package brought a newer one.

``current`` holds ``SERIAL-VERSION``, or ``SERIAL-VERSION-back`` when the province takes a program
back; what was signed before this package's own release does not start again.

A program that has not stood here yet leaves a file for each start, which it takes away when it came
up (``program/trial.py``). When too many are left whose process has ended, the programs taken before
are tried in their order, and this package's own last. What the province took back is not among
them: nothing before a ``-back`` is started.
"""

PURGE = """\
#!/bin/sh
set -e
if [ "$1" = purge ]; then
    rm -rf {programs} {starts}
    rmdir --ignore-fail-on-non-empty {above} 2>/dev/null || true
fi
"""

MENU = """\
[Desktop Entry]
Type=Application
Name=Quầy Một Cửa
Exec=/usr/bin/quay-mot-cua
Icon=quay-mot-cua
Categories=Office;
"""


def main() -> int:
    """Build the package and return the exit code of ``dpkg-deb``."""
    if not BUNDLE.exists():
        sys.stderr.write("build/bundle is missing: run the task bundle first\n")
        return 1
    source = (HOUSE / "program" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^VERSION = "([0-9.]+)"\nLEAST_SERIAL = ([0-9]+)$', source, re.MULTILINE)
    assert found is not None  # noqa: S101 - the program has a version
    arch = subprocess.check_output(["dpkg", "--print-architecture"], text=True).strip()
    tree = HOUSE / "build" / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(BUNDLE, tree / "opt" / "quay-mot-cua", symlinks=True)
    write(tree / "DEBIAN" / "control", CONTROL.format(version=found[1], arch=arch))
    purge = tree / "DEBIAN" / "postrm"
    write(purge, PURGE.format(programs=PROGRAMS, starts=STARTS, above=Path(PROGRAMS).parent))
    purge.chmod(0o755)
    write(tree / "usr" / "share" / "doc" / "quay-mot-cua" / "copyright", terms())
    write(tree / "usr" / "share" / "applications" / "quay-mot-cua.desktop", MENU)
    icon = tree / "usr" / "share" / "icons" / "hicolor" / "scalable" / "apps"
    icon.mkdir(parents=True)
    shutil.copyfile(HOUSE / "resources" / "icons" / "program.svg", icon / "quay-mot-cua.svg")
    starter = tree / "usr" / "bin" / "quay-mot-cua"
    write(starter, starter_of(found[1], int(found[2])))
    starter.chmod(0o755)
    (tree / PROGRAMS.lstrip("/")).mkdir(parents=True, mode=0o755)
    starts = tree / STARTS.lstrip("/")
    starts.mkdir()
    starts.chmod(0o1777)
    shared = tree / "usr" / "share" / "quay-mot-cua"
    shutil.copytree(HOUSE / "packaging" / "kiosk", shared / "kiosk")
    package = HOUSE / "build" / f"quay-mot-cua_{found[1]}_{arch}.deb"
    command = ["dpkg-deb", "--root-owner-group", "--build", "-Zgzip", str(tree), str(package)]
    return subprocess.call(command)


def starter_of(
    version: str,
    least: int,
    *,
    programs: str = PROGRAMS,
    starts: str = STARTS,
    opt: str = "/opt/quay-mot-cua",
) -> str:
    """Return the script that starts the newer of two programs, or the one before when it fails.

    Args:
        version: Of the program this package brings.
        least: The serial it is released under.
        programs: The folder of the programs that were taken.
        starts: The folder each account notes its starts in.
        opt: The folder of the program this package brings.
    """
    return STARTER.format(
        version=version, least=least, programs=programs, starts=starts, opt=opt, tries=TRIES
    )


def terms() -> str:
    """Return under which terms the package is handed on, and where the full texts lie."""
    notice = (HOUSE / "NOTICE").read_text(encoding="utf-8").strip()
    return (
        f"{notice}\n\nThe full texts: /opt/quay-mot-cua/_internal/LICENSE,\n"
        "/opt/quay-mot-cua/_internal/THIRD_PARTY.md and /opt/quay-mot-cua/_internal/licences.\n"
    )


def write(path: Path, text: str) -> None:
    """Write one small file of the package."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
