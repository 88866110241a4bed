"""Set a fresh clone up and run one task.

Standard library only, because nothing else is there yet. What is missing is installed once: system
libraries by Debian's package manager, Python packages into ``.venv`` from a lock file with hashes.
A second run finds everything in place and starts at once, without network.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import NamedTuple

HOUSE = Path(__file__).resolve().parent
VENV = (HOUSE / ".venv").resolve()
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.txt"
SETUP_LOG = HOUSE / "build" / "setup.log"
PICTURES = HOUSE / "build" / "pictures"
PICTURE_SCRIPTS = ("desk.py", "hall.py", "people.py")
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
SUPPORTED = ("3.11", "3.12", "3.13")
PROGRAM, TOOLS = "requirements.lock", "requirements-dev.lock"  # the second holds all of the first
BUILD = "requirements-build.lock"  # what compiles pyscard, which has no Linux wheel
TASKS = """\
  demo      mở quầy trình diễn (không có màn hình: chụp ảnh các trang)
  test      kiểm tra toàn bộ: ruff, mypy, pytest; --quick bỏ các bài chậm
  prove     chạy các bài chứng minh dài; có thể ghi tên bài
  bench     chạy các phép đo trong tests/benchmarks
  pictures  chụp lại ảnh các trang
  bundle    kiểm tra thành phần rồi đóng gói thành một thư mục chạy được; cần
            --advisories TỆP hoặc --without-advisories; --deb thêm gói Debian
  parts     liệt kê thành phần, kiểm tra giấy phép và cảnh báo (--advisories)
  setup     chỉ cài đặt, không chạy gì"""

SHARED_LIBRARIES = {  # what Qt, printing and card readers load, and the package that brings it
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libcups.so.2": "libcups2",
    "libpcsclite.so.1": "libpcsclite1",
}


class SetupFailed(Exception):
    """The machine could not be set up; the text says what a person can do."""


class Missing(NamedTuple):
    """One thing the machine lacks and the Debian package that brings it."""

    thing: str
    package: str


def missing_libraries() -> list[Missing]:
    """Return the shared libraries that the loader does not find."""
    lacking = []
    for library, package in SHARED_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            lacking.append(Missing(library, package))
    return lacking


def missing_build_parts() -> list[Missing]:
    """Return what is lacking to make ``.venv`` and to compile pyscard in it."""
    headers = Path(sysconfig.get_paths()["include"])
    parts = {
        Missing("ensurepip", f"python{VERSION}-venv"): bool(importlib.util.find_spec("ensurepip")),
        Missing("Python.h", f"python{VERSION}-dev"): (headers / "Python.h").exists(),
        Missing("gcc", "gcc"): bool(shutil.which("gcc")),
        Missing("stdio.h", "libc6-dev"): Path("/usr/include/stdio.h").exists(),
        Missing("winscard.h", "libpcsclite-dev"): Path("/usr/include/PCSC/winscard.h").exists(),
    }
    return [part for part, found in parts.items() if not found]


def install_system_packages(lacking: list[Missing]) -> None:
    """Install the Debian packages for what is *lacking*.

    Raises:
        SetupFailed: This is not Debian or its family, or nobody may install.
    """
    if not shutil.which("apt-get"):
        things = ", ".join(sorted(part.thing for part in lacking))
        raise SetupFailed(f"Máy này thiếu: {things}.\nHãy cài bằng công cụ của hệ điều hành.")
    packages = sorted({part.package for part in lacking})
    update = ["apt-get", "update"]
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    by_hand = f"sudo {' '.join(update)} && sudo {' '.join(install)}"
    as_root = root_prefix(by_hand)
    say(f"Cài thư viện hệ thống: {' '.join(packages)}")
    run_logged([*as_root, *update])
    run_logged([*as_root, *install])


def root_prefix(by_hand: str) -> list[str]:
    """Return what to put before a command that needs root; sudo may ask a person, once.

    Raises:
        SetupFailed: Nobody may install; the text holds the line *by_hand* for the administrator.
    """
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        unasked = ["sudo", "-n"]
        if subprocess.run([*unasked, "true"], capture_output=True, check=False).returncode == 0:
            return unasked
        if sys.stdin.isatty():
            say("Cần quyền quản trị để cài thư viện hệ thống, chỉ một lần này.")
            return ["sudo"]
    raise SetupFailed(
        "Máy còn thiếu thư viện hệ thống. Người quản trị máy chạy dòng này:\n"
        f"  {by_hand}\nrồi chạy lại lệnh vừa rồi."
    )


def install_python_packages(lock: str) -> None:
    """Make ``.venv`` and put the packages of *lock* into it, each checked against its hash.

    Raises:
        SetupFailed: A package could not be fetched or built.
    """
    say(f"Cài các gói Python của {lock} vào .venv, khoảng một phút")
    run_logged([sys.executable, "-m", "venv", str(VENV)])
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--require-hashes"]
    if sys.platform == "linux":
        run_logged([*pip, "-r", str(HOUSE / BUILD)])
    run_logged([*pip, "--no-deps", "--no-build-isolation", "-r", str(HOUSE / lock)])
    held = (PROGRAM, TOOLS) if lock == TOOLS else (PROGRAM,)
    STAMP.write_text("\n".join(stamp(name) for name in held) + "\n", encoding="ascii")


def stamp(lock: str) -> str:
    """Return what identifies an installation: the lock file's content and the Python version."""
    content = (HOUSE / lock).read_bytes().replace(b"\r\n", b"\n")
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def stamps() -> set[str]:
    """Return the stamps of what is installed now."""
    return set(STAMP.read_text(encoding="ascii").split()) if STAMP.exists() else set()


def set_up(lock: str) -> None:
    """Make the machine ready for a task that needs the packages of *lock*; usually does nothing."""
    ready = PYTHON.exists() and stamp(lock) in stamps()
    if sys.platform == "linux":
        lacking = missing_libraries() + ([] if ready else missing_build_parts())
        if lacking:
            install_system_packages(lacking)
    if not ready:
        install_python_packages(lock)


def run_logged(command: list[str]) -> None:
    """Run *command* with its chatter kept in the set-up log.

    Raises:
        SetupFailed: It failed; the text holds the end of the log.
    """
    SETUP_LOG.parent.mkdir(exist_ok=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet["PATH"] = f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}"  # swig lies there
    with SETUP_LOG.open("w", encoding="utf-8") as log:
        done = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, env=quiet, check=False)
    if done.returncode != 0:
        text = SETUP_LOG.read_text(encoding="utf-8", errors="replace")
        end = "\n".join(text.splitlines()[-20:])
        raise SetupFailed(f"{end}\nKhông chạy được: {' '.join(command[:6])} …\nXem {SETUP_LOG}")


def run(*command: str, offscreen: bool) -> int:
    """Run a program of ``.venv`` in the house and return its exit code."""
    environment = {**os.environ, "PYTHONPATH": str(HOUSE), "PYTHONUTF8": "1"}
    if offscreen:
        environment |= {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    return subprocess.call([str(PYTHON), *command], cwd=HOUSE, env=environment)


def demo(arguments: list[str]) -> int:
    """Open the demonstration desk; where nothing can be seen, say so and take its pictures."""
    has_display = os.name == "nt" or sys.platform == "darwin"
    if has_display or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return run("main.py", "--demo", *arguments, offscreen=False)
    say("Máy này không có màn hình: quầy trình diễn chạy ẩn và được chụp ảnh.")
    say("(No display here: the demonstration runs unseen and is photographed.)")
    code = pictures(["--output", str(PICTURES)])
    if code == 0:
        say(f"Ảnh các trang nằm ở {PICTURES}")
    return code


def test(arguments: list[str]) -> int:
    """Check form, types and behaviour; stop at the first that fails and return its exit code."""
    quick = "--quick" in arguments
    marks = "not prove and not slow" if quick else "not prove"
    for tool in (["ruff", "format", "--check", "."], ["ruff", "check", "."], ["mypy"]):
        started = time.monotonic()
        code = run("-m", *tool, offscreen=True)
        name = " ".join(tool[:2]).rstrip(" .")
        if code != 0:
            say(f"KHÔNG ĐẠT: {name} (mã {code}); pytest chưa chạy")
            return code
        say(f"đạt: {name} ({time.monotonic() - started:.1f} giây)")
    asked = [one for one in arguments if one != "--quick"]
    # The tests of one file stay together: they share what is dear to make (a server, a window).
    together = [] if asked else ["-n", "logical", "--dist", "loadfile"]
    return run("-m", "pytest", "-m", marks, *together, *asked, offscreen=True)


def prove(arguments: list[str]) -> int:
    """Run the long proofs, all or those given by file or by name, without a time limit."""
    files = [one for one in arguments if (HOUSE / one.split("::")[0]).exists()]
    names = [one for one in arguments if one not in files]
    named = [*files, *(["-k", " or ".join(names)] if names else [])]
    return run("-m", "pytest", "-m", "prove", "--timeout=0", "-v", *named, offscreen=True)


def bench(arguments: list[str]) -> int:
    """Run every measurement of ``tests/benchmarks``, or those named: ``bench card save``."""
    folder = HOUSE / "tests" / "benchmarks"
    names = sorted(script.stem.removeprefix("bench_") for script in folder.glob("bench_*.py"))
    unknown = [name for name in arguments if name not in names]
    if unknown:
        say(f"Không có phép đo nào tên {', '.join(unknown)}. Có: {', '.join(names)}")
        return 2
    return max(
        run("-m", f"tests.benchmarks.bench_{name}", offscreen=True) for name in arguments or names
    )


def pictures(arguments: list[str]) -> int:
    """Take pictures of every page."""
    folder = HOUSE / "tests" / "pictures"
    scripts = (str(folder / script) for script in PICTURE_SCRIPTS)
    return max(run(script, *arguments, offscreen=True) for script in scripts)


def bundle(arguments: list[str]) -> int:
    """Build the one-folder bundle in ``build/bundle``; with ``--deb`` a Debian package too.

    Nothing is built from a part that ``parts`` stops at, and nothing without advisories of known
    faults unless that is said aloud.
    """
    asked = argparse.ArgumentParser(prog="run.py bundle", allow_abbrev=False)
    asked.add_argument("--deb", action="store_true")
    advisories = asked.add_mutually_exclusive_group(required=True)
    advisories.add_argument("--advisories", metavar="THƯ_MỤC_HOẶC_ZIP")
    advisories.add_argument("--without-advisories", action="store_true")
    told = asked.parse_args(arguments)
    code = parts(["--advisories", told.advisories] if told.advisories else [])
    if code != 0:
        return code
    built = HOUSE / "build"
    code = run(
        "-X",
        "no_debug_ranges",  # columns of faults are told nowhere, and every process would hold them
        "-m",
        "PyInstaller",
        "--noconfirm",
        f"--distpath={built / 'bundle'}",
        f"--workpath={built / 'pyinstaller'}",
        "--log-level=WARN",
        str(HOUSE / "packaging" / "quay-mot-cua.spec"),
        offscreen=True,
    )
    if code == 0 and told.deb:
        code = subprocess.call([sys.executable, str(HOUSE / "packaging" / "debian.py")])
    return code


def parts(arguments: list[str]) -> int:
    """List what the program is made of; stop at a part that must not be shipped."""
    return run(str(HOUSE / "packaging" / "parts.py"), *arguments, offscreen=True)


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, flush=True)


def use_supported_python() -> None:
    """Go on under a supported Python when this one is too old or too new.

    Raises:
        SetupFailed: None is installed.
    """
    if VERSION in SUPPORTED:
        return
    for version in SUPPORTED:
        other = shutil.which(f"python{version}")
        if other:
            sys.exit(subprocess.call([other, *sys.argv]))
    raise SetupFailed(f"Cần Python {SUPPORTED[0]} đến {SUPPORTED[-1]}; máy này có {VERSION}.")


def main() -> int:
    """Read the command line, set up, run the task and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # typed as TextIO
    tasks = {
        "demo": demo,
        "test": test,
        "prove": prove,
        "bench": bench,
        "pictures": pictures,
        "bundle": bundle,
        "parts": parts,
    }
    parser = argparse.ArgumentParser(
        prog="run.py", epilog=TASKS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("task", choices=[*tasks, "setup"], metavar="VIỆC")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="…")
    chosen = parser.parse_args()
    try:
        use_supported_python()
        set_up(PROGRAM if chosen.task == "demo" else TOOLS)
    except SetupFailed as failure:
        say(str(failure))
        return 1
    if chosen.task == "setup":
        say("Đã cài đặt xong.")
        return 0
    return tasks[chosen.task](chosen.arguments)


if __name__ == "__main__":
    sys.exit(main())
