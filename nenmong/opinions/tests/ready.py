"""A ward with a cell, its office and a desk beside it, and an opinion on its way."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from nenmong.core.actions import SYSTEM
from nenmong.core.ids import new_uid
from nenmong.opinions import actions
from nenmong.opinions.actions.judging import Told
from nenmong.opinions.models import DeskField
from nenmong.opinions.rules.answers import Draft, Result
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory
from nenmong.rulebook.models import UnitRule

TEXT = "Sáu đèn ngõ 12 hỏng từ tháng 5, trẻ em đi học thêm về tối."
DONE = Draft(
    Result.DONE, "Đã thay 6 bóng đèn và sửa tủ điện ngõ 12.", who="Tổ quản lý đô thị",
    done_on=date(2026, 11, 20),
)  # fmt: skip
WILL_DO = Draft(
    Result.WILL_DO, "Sẽ thay 6 bóng đèn và sửa tủ điện ngõ 12.", who="Tổ quản lý đô thị",
    promised_on=date(2026, 12, 20), means="vốn sự nghiệp của phường",
)  # fmt: skip
PARTLY = Draft(
    Result.PARTLY, "Đã thay 4 bóng đèn ngõ 12, còn 2 bóng.", who="Tổ quản lý đô thị",
    rest="Hai bóng cuối ngõ chờ vật tư.",
)  # fmt: skip
CANNOT = Draft(
    Result.CANNOT, "Ngõ 12 nằm trong hành lang lưới điện, không dựng thêm cột được.",
    basis="Nghị định 62/2025/NĐ-CP",
)  # fmt: skip
HEARD = Draft(Result.HEARD, "Đảng ủy phường đã đọc và trao đổi trong giao ban tuần.")


def evening(day):
    return datetime(day.year, day.month, day.day, 12, 30, tzinfo=UTC)


@dataclass
class Place:
    """Who is who where an opinion goes round."""

    cell: Any
    ward: Any
    desk: Any
    secretary: Any
    member: Any
    office: Any
    head: Any
    clerk: Any


def place(ward=None) -> Place:
    ward = ward or WardFactory(parent=UnitFactory(kind="provincial_committee", parent=None))
    cell = UnitFactory(parent=ward)
    desk = UnitFactory(kind="authority", parent=ward, name="Văn phòng Ủy ban nhân dân phường")
    for field in ("works", "land"):
        DeskField.objects.create(unit=desk, field=field)
    return Place(
        cell, ward, desk, UserFactory.holding("secretary", cell),
        UserFactory.holding("member", cell), UserFactory.holding("office", ward),
        UserFactory.holding("head", ward), UserFactory.holding("desk", desk),
    )  # fmt: skip


def raised(at: Place, text=TEXT, kind="proposal"):
    return actions.raise_opinion(actor=at.secretary, unit_uid=at.cell.uid, text=text, kind=kind)


def sent(at: Place, text=TEXT, kind="proposal"):
    opinion = raised(at, text, kind)
    actions.sort(actor=at.secretary, opinion_uid=opinion.uid, kind=kind, field="works")
    return actions.send(actor=at.secretary, opinion_uid=opinion.uid)


def on_desk(at: Place, text=TEXT, kind="proposal"):
    opinion = sent(at, text, kind)
    return actions.forward(
        actor=at.office, opinion_uid=opinion.uid, desk_uid=at.desk.uid, reason="Thuộc hạ tầng"
    )


def accepted(at: Place, text=TEXT, kind="proposal"):
    opinion = on_desk(at, text, kind)
    return actions.accept(actor=at.clerk, opinion_uid=opinion.uid)


def answered(at: Place, draft=DONE, text=TEXT, kind="proposal"):
    opinion = accepted(at, text, kind)
    return actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=draft)


def told(verdict="", on=date(2026, 11, 24), **said):
    return Told(meeting_uid=new_uid(), on=on, verdict=verdict, **said)


def judged(answer, verdict="solved", **said):
    return actions.judge(actor=SYSTEM, answer_uid=answer.uid, told=told(verdict, **said))


def asked(at: Place):
    opinion = accepted(at)
    return actions.ask(actor=at.clerk, opinion_uid=opinion.uid, question="Ngõ 12 nào?")


def ended(at: Place):
    answer = judged(answered(at), "solved")
    answer.opinion.refresh_from_db()
    return answer.opinion


def head_signs(at: Place):
    """Let the head of the ward sign what its desks answer."""
    UnitRule.objects.create(
        unit=at.ward, key="opinions.head_signs", value=1, document="Quy chế", short="Quy chế",
        first_day=date(2026, 1, 1),
    )  # fmt: skip
