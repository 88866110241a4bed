"""The first command installs what is missing, says what it cannot, and stops at a fault.

The interpreter of ``.venv`` is played by a small script that notes what it is asked to run.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import run

HOUSE = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="plays the interpreter by a shell script")
INTERPRETER = """#!/bin/sh
echo "$QT_QPA_PLATFORM $LC_ALL: $*" >> "{folder}/asked.txt"
case "$*" in *"{fails}"*) exit 3;; esac
"""
SUDO = """#!/bin/sh
echo "$*" >> "{folder}/sudo.txt"
exit {code}
"""


class Clone:
    """A clone that was set up before; its interpreter fails at one command."""

    def __init__(self, folder: Path, fails: str = "nothing") -> None:
        self.folder = folder
        for name in ("run.py", *sorted(path.name for path in HOUSE.glob("*.lock"))):
            shutil.copy(HOUSE / name, folder)
        write_script(
            folder / ".venv" / "bin" / "python", INTERPRETER.format(folder=folder, fails=fails)
        )
        (folder / ".venv" / "installed.txt").write_text(
            f"{run.stamp(run.PROGRAM)}\n{run.stamp(run.TOOLS)}\n", encoding="ascii"
        )

    def run(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """Run the clone's ``run.py`` as a person does; return exit code and what it said."""
        bare = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
        done = subprocess.run(
            [sys.executable, str(self.folder / "run.py"), *arguments],
            env=bare | environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def asked(self) -> list[str]:
        """Return what the interpreter was asked, each with its platform and language."""
        return (self.folder / "asked.txt").read_text(encoding="utf-8").splitlines()


def write_script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def test_test_runs_every_tool_in_order_without_a_display(tmp_path: Path) -> None:
    clone = Clone(tmp_path)

    code, _ = clone.run("test", "tests/house")

    assert code == 0
    assert clone.asked() == [
        "offscreen C.UTF-8: -m ruff format --check .",
        "offscreen C.UTF-8: -m ruff check .",
        "offscreen C.UTF-8: -m mypy",
        "offscreen C.UTF-8: -m pytest -m not prove tests/house",
    ]


def test_test_stops_at_the_first_tool_that_fails_and_keeps_its_exit_code(tmp_path: Path) -> None:
    clone = Clone(tmp_path, fails="-m mypy")

    code, said = clone.run("test")

    assert code == 3
    assert "KHÔNG ĐẠT: mypy" in said
    assert "pytest" not in clone.asked()[-1]


def test_the_quick_part_leaves_the_slow_tests_out(tmp_path: Path) -> None:
    clone = Clone(tmp_path)

    clone.run("test", "--quick")

    assert clone.asked()[-1].endswith(
        "-m pytest -m not prove and not slow -n logical --dist loadfile"
    )


def test_a_proof_is_run_by_its_name(tmp_path: Path) -> None:
    clone = Clone(tmp_path)

    clone.run("prove", "crash", "chaos")

    assert clone.asked()[-1].endswith("-m pytest -m prove --timeout=0 -v -k crash or chaos")

    clone.run("prove", "run.py", "chaos")

    assert clone.asked()[-1].endswith("-m pytest -m prove --timeout=0 -v run.py -k chaos")


def test_the_bundle_is_built_from_its_recipe(tmp_path: Path) -> None:
    clone = Clone(tmp_path)

    clone.run("bundle", "--advisories", "all.zip")

    checked, built = clone.asked()
    assert checked.endswith("packaging/parts.py --advisories all.zip")
    assert "-m PyInstaller" in built
    assert built.endswith("packaging/quay-mot-cua.spec")


def test_nothing_is_built_from_a_part_that_must_not_be_shipped(tmp_path: Path) -> None:
    clone = Clone(tmp_path, fails="packaging/parts.py")

    code, _ = clone.run("bundle", "--without-advisories")

    assert code == 3
    assert [asked.endswith("packaging/parts.py") for asked in clone.asked()] == [True]


def test_a_bundle_without_advisories_must_be_asked_for_aloud(tmp_path: Path) -> None:
    clone = Clone(tmp_path)

    code, said = clone.run("bundle", "--deb")

    assert code != 0
    assert "--without-advisories" in said
    assert not (tmp_path / "asked.txt").exists()


def test_the_demonstration_opens_its_window_where_there_is_a_display(tmp_path: Path) -> None:
    clone = Clone(tmp_path)

    code, _ = clone.run("demo", "--data", "here", DISPLAY=":7", QT_QPA_PLATFORM="xcb")

    assert code == 0
    assert clone.asked() == ["xcb C.UTF-8: main.py --demo --data here"]


def test_the_demonstration_says_so_and_takes_pictures_where_nothing_can_be_seen(
    tmp_path: Path,
) -> None:
    clone = Clone(tmp_path)

    code, said = clone.run("demo")

    assert code == 0
    assert "không có màn hình" in said
    assert str(tmp_path / "build" / "pictures") in said
    assert "tests/pictures/desk.py" in clone.asked()[0]


def test_an_unknown_task_is_wrong_usage(tmp_path: Path) -> None:
    code, said = Clone(tmp_path).run("dmeo")

    assert code == 2
    assert "demo" in said


def test_another_lock_file_is_another_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run.stamp(run.PROGRAM)
    (tmp_path / run.PROGRAM).write_text("requests==2.0\n", encoding="ascii")

    monkeypatch.setattr(run, "HOUSE", tmp_path)

    assert run.stamp(run.PROGRAM) != before


def test_line_ends_of_another_system_are_the_same_lock_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "HOUSE", tmp_path)
    (tmp_path / "unix.lock").write_bytes(b"a==1\nb==2\n")
    (tmp_path / "windows.lock").write_bytes(b"a==1\r\nb==2\r\n")

    assert run.stamp("unix.lock") == run.stamp("windows.lock")
    assert len(run.stamp("unix.lock")) == hashlib.sha256().digest_size * 2


def test_a_library_that_is_not_there_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run, "SHARED_LIBRARIES", {"libnowhere.so.9": "libnowhere9"})

    assert run.missing_libraries() == [run.Missing("libnowhere.so.9", "libnowhere9")]


LACKING = [run.Missing("libGL.so.1", "libgl1"), run.Missing("gcc", "gcc")]


@pytest.fixture
def ordinary_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user who is not root on a Debian machine; returns the folder of the commands there are."""
    commands = tmp_path / "bin"
    write_script(commands / "apt-get", "#!/bin/sh\nexit 9\n")
    monkeypatch.setenv("PATH", str(commands))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(run, "SETUP_LOG", tmp_path / "build" / "setup.log")
    return commands


def test_who_may_not_install_is_given_the_exact_line(ordinary_user: Path) -> None:
    with pytest.raises(run.SetupFailed, match=r"apt-get install -y .* gcc libgl1\n"):
        run.install_system_packages(LACKING)


def test_sudo_without_a_question_is_used_at_once(ordinary_user: Path) -> None:
    write_script(ordinary_user / "sudo", SUDO.format(folder=ordinary_user, code=0))

    run.install_system_packages(LACKING)

    assert (ordinary_user / "sudo.txt").read_text(encoding="utf-8").splitlines() == [
        "-n true",
        "-n apt-get update",
        "-n apt-get install -y --no-install-recommends gcc libgl1",
    ]


def test_nobody_is_asked_for_a_password_where_nobody_sits(
    ordinary_user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_script(ordinary_user / "sudo", SUDO.format(folder=ordinary_user, code=1))

    with (ordinary_user / "apt-get").open(encoding="utf-8") as no_terminal:
        monkeypatch.setattr(sys, "stdin", no_terminal)
        with pytest.raises(run.SetupFailed, match="sudo apt-get update && sudo apt-get install"):
            run.install_system_packages(LACKING)

    assert (ordinary_user / "sudo.txt").read_text(encoding="utf-8") == "-n true\n"


def test_a_system_that_is_not_debian_is_told_what_is_missing(
    ordinary_user: Path,
) -> None:
    (ordinary_user / "apt-get").unlink()

    with pytest.raises(run.SetupFailed, match=r"gcc, libGL\.so\.1"):
        run.install_system_packages(LACKING)


def test_a_command_that_fails_shows_the_end_of_what_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "SETUP_LOG", tmp_path / "build" / "setup.log")
    script = "import sys; print('no route to host'); sys.exit(4)"

    with pytest.raises(run.SetupFailed, match="no route to host"):
        run.run_logged([sys.executable, "-c", script])
