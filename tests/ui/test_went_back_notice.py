"""An officer reads at the window that the program before the last one runs."""

from __future__ import annotations

from dataclasses import replace

from counter.errors import UpdateWentBack
from tests.ui.conftest import Office
from tests.ui.fake_desk import INFO


def test_the_officer_reads_that_the_program_before_runs(closed_office: Office) -> None:
    error = UpdateWentBack(version="0.4.0")

    closed_office.window.desk_opened(closed_office.desk, replace(INFO, went_back=error))

    assert closed_office.window.notice.isVisible()
    assert "Bản 0.4.0 vừa nhận không mở được" in closed_office.window.notice.text
    assert "Hãy báo tỉnh" in closed_office.everything_shown()
