"""The officers' page, joined with the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from counter.roster import OfficerLine, Service
from ui.officer.people.form import AccountAsked, PeopleForm

if TYPE_CHECKING:
    from counter.roster import PeopleWork
    from ui.officer.people.page import PeoplePage
    from ui.officer.surroundings import Surroundings


class PeopleTalk(QObject):
    """Lets an administrator keep the officers' accounts."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around

    @cached_property
    def page(self) -> PeoplePage:
        """Who works here."""
        from ui.officer.people.page import PeoplePage

        page = PeoplePage(self._around.frame.pages)
        page.make_asked.connect(self._make)
        page.change_asked.connect(self._change)
        page.password_asked.connect(self._reset)
        page.lock_asked.connect(self._lock)
        page.end_asked.connect(self._end)
        return page

    def opened(self) -> None:
        """Show who works here now."""
        self.page.focus()
        self._refresh()

    def _refresh(self) -> None:
        self._around.asking.ask(lambda desk: desk.people().list(), self.page.show_officers)

    @Slot()
    def _make(self) -> None:
        form = PeopleForm(self.page)

        def asked(given: object) -> None:
            if isinstance(given, AccountAsked):
                told = self.tr("Đã thêm %1. Hãy báo mật khẩu cho đúng người.")
                self._do(
                    lambda people: people.make(given.account, given.password),
                    told.replace("%1", given.account.name),
                    form,
                )

        form.asked.connect(asked)
        form.open()

    @Slot(object)
    def _change(self, line: OfficerLine) -> None:
        form = PeopleForm(self.page, line)

        def asked(given: object) -> None:
            if isinstance(given, AccountAsked):
                told = self.tr("Đã sửa %1. Việc được làm có hiệu lực từ lần đăng nhập tới.")
                self._do(
                    lambda people: people.change(given.account),
                    told.replace("%1", given.account.name),
                    form,
                )

        form.asked.connect(asked)
        form.open()

    @Slot(object)
    def _reset(self, line: OfficerLine) -> None:
        form = PeopleForm(self.page, line, only_password=True)

        def asked(given: object) -> None:
            if isinstance(given, AccountAsked):
                told = self.tr("Đã đặt lại mật khẩu của %1.").replace("%1", line.officer.name)
                self._do(
                    lambda people: people.set_password(line.officer.id, given.password), told, form
                )

        form.asked.connect(asked)
        form.open()

    @Slot(object)
    def _lock(self, line: OfficerLine) -> None:
        account = line.officer.id
        if line.service is Service.LOCKED:
            told = self.tr("Đã mở khóa %1.").replace("%1", line.officer.name)
            self._do(lambda people: people.unlock(account), told)
        else:
            told = self.tr("Đã khóa %1.").replace("%1", line.officer.name)
            self._do(lambda people: people.lock(account), told)

    @Slot(object)
    def _end(self, line: OfficerLine) -> None:
        told = self.tr("%1 đã thôi việc.").replace("%1", line.officer.name)
        self._do(lambda people: people.end_service(line.officer.id), told)

    def _do(
        self,
        work: Callable[[PeopleWork], object],
        told: str,
        form: PeopleForm | None = None,
    ) -> None:
        """Do *work*, say *told* and show the list again; a form stays open until it was done."""

        def done(lines: tuple[OfficerLine, ...]) -> None:
            if form is not None:
                form.accept()
            self.page.show_officers(lines)
            self.page.say(told)

        def act_and_list(people: PeopleWork) -> tuple[OfficerLine, ...]:
            work(people)
            return people.list()

        failed = self._around.notice.complain if form is None else form.show_refused
        self._around.notice.clear()
        self._around.asking.ask(lambda desk: act_and_list(desk.people()), done, failed)
