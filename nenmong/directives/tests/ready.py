"""A province with a commune and two cells, and a document on its way."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.ids import new_uid
from nenmong.directives import actions
from nenmong.directives.actions.discussing import Told, Unclear
from nenmong.directives.actions.drafting import Decided
from nenmong.directives.actions.issuing import About, Issued
from nenmong.directives.models import Delivery, Directive
from nenmong.directives.queries.targets import To
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory

TITLE = "Hướng dẫn nội dung sinh hoạt chi bộ tháng 12"
TEXT = (
    "Các chi bộ quán triệt kế hoạch rà soát hộ nghèo.\n"
    "Mỗi chi bộ phân công đảng viên giúp một hộ.\n"
    "Kết quả báo cáo trước ngày 25."
)
GIST = "Rà soát hộ nghèo trước ngày 25; mỗi chi bộ giúp một hộ."
ABOUT = About(
    gist=GIST, asked="discuss", questions=("Hộ nào ở tổ mình cần giúp trước?",),
    changes={"": "Danh sách do chi bộ lập.", "residential_group": "Tổ dân phố ký xác nhận."},
    due_on=date(2026, 12, 31), pages=3, minutes=15,
)  # fmt: skip


def evening(day):
    return datetime(day.year, day.month, day.day, 12, 30, tzinfo=UTC)


@dataclass
class Place:
    """Who is who where a document goes down."""

    province: Any
    ward: Any
    cell: Any
    other: Any
    head: Any  # of the ward
    office: Any
    above: Any  # the province's office
    leader: Any  # its head
    secretary: Any  # of `cell`
    member: Any


def place() -> Place:
    province = UnitFactory(kind="provincial_committee", parent=None, name="Tỉnh ủy")
    ward = WardFactory(parent=province)
    cell, other = UnitFactory(parent=ward), UnitFactory(parent=ward, cell_kind="public_service")
    return Place(
        province, ward, cell, other, UserFactory.holding("head", ward),
        UserFactory.holding("office", ward), UserFactory.holding("office", province),
        UserFactory.holding("head", province), UserFactory.holding("secretary", cell),
        UserFactory.holding("member", cell),
    )  # fmt: skip


def month():
    return clock.today().replace(day=1)


def draft(at: Place, kind="guidance", unit=None, actor=None) -> Directive:
    return actions.start_draft(
        actor=actor or at.office, unit_uid=(unit or at.ward).uid, kind=kind, title=TITLE, text=TEXT
    )


def described(at: Place, about=ABOUT, kind="guidance") -> Directive:
    return actions.describe(actor=at.office, directive_uid=draft(at, kind).uid, about=about)


def regulation(at: Place) -> Directive:
    return draft(at, "regulation")


def submitted(at: Place) -> Directive:
    return actions.submit_draft(actor=at.office, directive_uid=regulation(at).uid)


def decided(passed=True) -> Decided:
    return Decided(new_uid(), clock.today(), 9 if passed else 3, 10, passed)


def adopted(at: Place) -> Directive:
    return actions.note_decided(actor=SYSTEM, directive_uid=submitted(at).uid, decided=decided())


def numbered(number="05-HD/ĐU", **said) -> Issued:
    today = clock.today()
    return Issued(number=number, issued_on=today, valid_from=today, **said)


def issued(at: Place, about=ABOUT, number="05-HD/ĐU", **said) -> Directive:
    one = described(at, about)
    return actions.issue(actor=at.head, directive_uid=one.uid, issued=numbered(number, **said))


def sent(at: Place, to=None, about=ABOUT, one=None, **said):
    one = one or issued(at, about)
    return actions.send(
        actor=at.head, directive_uid=one.uid, unit_uid=at.ward.uid, to=to or To(), month=month(),
        **said,
    )  # fmt: skip


def delivered(at: Place, **said):
    sending = sent(at, **said)
    deliver(sending)
    sending.refresh_from_db()
    return sending


def delivery(at: Place, **said) -> Delivery:
    return delivered(at, **said).deliveries.get(unit=at.cell)


def told(at: Place, one: Delivery, unclear=(), **said) -> Told:
    lines = [Unclear(new_uid(), text) for text in unclear]
    return Told(at.cell.uid, one.directive_id, new_uid(), clock.today(), unclear=lines, **said)


def discussed(at: Place, **said) -> Delivery:
    one = delivery(at)
    return actions.note_told(actor=SYSTEM, told=told(at, one, **said))


def asked(at: Place):
    """The province asks the ward to comment on a draft; return the request."""
    one = draft(at, "regulation", at.province, at.above)
    actions.ask_comments(
        actor=at.above, directive_uid=one.uid, unit_uids=[at.ward.uid],
        due_on=clock.today() + timedelta(days=10),
    )  # fmt: skip
    return one.requests.get()


def commented(at: Place, paragraph=2):
    return actions.comment(
        actor=at.office, request_uid=asked(at).uid, text="Giao rõ ai giúp hộ nào.",
        paragraph=paragraph,
    )  # fmt: skip


def deliver(sending):
    while actions.deliver_batch(actor=SYSTEM, sending_uid=sending.uid).state == "going":
        pass


def passed_down(at):
    """The province's document at the ward, to be passed on."""
    one = actions.start_draft(
        actor=at.above, unit_uid=at.province.uid, kind="guidance", title=TITLE,
        text=TEXT,
    )  # fmt: skip
    actions.describe(actor=at.above, directive_uid=one.uid, about=ABOUT)
    one = actions.issue(
        actor=at.leader, directive_uid=one.uid,
        issued=numbered("12-HD/TU"),
    )  # fmt: skip
    sending = actions.send(
        actor=at.leader, directive_uid=one.uid, unit_uid=at.province.uid,
        to=To("grassroots", pass_on=True), month=month(),
    )  # fmt: skip
    deliver(sending)
    return one
