"""The officers' page, joined with the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog

from counter.roster import CardGone, OfficerLine, Service
from ui.officer.people.form import AccountAsked, PeopleForm

if TYPE_CHECKING:
    from counter.cards import CardReading
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
        page.card_asked.connect(self._card)
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
                told = self.tr(
                    "Đã thêm %1. Hãy báo mật khẩu cho đúng người; lần đăng nhập đầu phải đổi."
                )
                self._do(
                    lambda people: people.make(given.account, given.password),
                    told.replace("%1", given.account.name),
                    form,
                    form.show_refused,
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
                    form.show_refused,
                )

        form.asked.connect(asked)
        form.open()

    @Slot(object)
    def _reset(self, line: OfficerLine) -> None:
        form = PeopleForm(self.page, line, only_password=True)

        def asked(given: object) -> None:
            if isinstance(given, AccountAsked):
                told = self.tr(
                    "Đã đặt lại mật khẩu của %1; người khác đặt thì chủ tài khoản phải đổi ở lần "
                    "đăng nhập tới."
                ).replace("%1", line.officer.name)
                self._do(
                    lambda people: people.set_password(line.officer.id, given.password),
                    told,
                    form,
                    form.show_refused,
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
    def _card(self, line: OfficerLine) -> None:
        if line.needs_card:
            self._drop_card(line)
        else:
            self._enrol_card(line)

    def _enrol_card(self, line: OfficerLine) -> None:
        from ui.officer.people.card_form import EnrolCardForm
        from ui.parts.own_card import OwnCardTalk

        form, around = EnrolCardForm(self.page, line), self._around
        told = self.tr("%1 phải dùng thẻ từ lần đăng nhập tới.").replace("%1", line.officer.name)

        def read(reading: CardReading) -> None:
            self._do(
                lambda people: people.enrol_card(line.officer.id, reading),
                told,
                form,
                talk.refused,
            )

        def over() -> None:
            around.cards.give_back()
            around.expect(None)

        talk = OwnCardTalk(form.panel, around.expect, read)
        around.cards.take(talk.on_card)
        form.finished.connect(over)
        form.open()

    def _drop_card(self, line: OfficerLine) -> None:
        from ui.officer.people.card_form import DropCardForm

        form = DropCardForm(self.page, line)
        told = self.tr("Đã bỏ thẻ của %1.").replace("%1", line.officer.name)

        def asked(why: object) -> None:
            if isinstance(why, CardGone):
                self._do(
                    lambda people: people.drop_card(line.officer.id, why),
                    told,
                    form,
                    form.show_refused,
                )

        form.asked.connect(asked)
        form.open()

    @Slot(object)
    def _end(self, line: OfficerLine) -> None:
        told = self.tr("%1 đã thôi việc.").replace("%1", line.officer.name)
        self._do(lambda people: people.end_service(line.officer.id), told)

    def _do(
        self,
        work: Callable[[PeopleWork], object],
        told: str,
        form: QDialog | None = None,
        refused: Callable[[BaseException], object] | None = None,
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

        failed = refused or self._around.notice.complain
        self._around.notice.clear()
        self._around.asking.ask(lambda desk: act_and_list(desk.people()), done, failed)
