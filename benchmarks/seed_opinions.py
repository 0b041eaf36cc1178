"""The opinions that are measured: a ward's 100, one of them answered, and 20,000 to be likened."""

from dataclasses import asdict, dataclass
from datetime import date
from random import Random
from typing import Any

from benchmarks.copying import Copy
from nenmong.core.actions import SYSTEM
from nenmong.core.ids import new_uid
from nenmong.core.rules import fold
from nenmong.opinions import actions
from nenmong.opinions.actions.raising import Noted
from nenmong.opinions.models import Opinion, Raiser
from nenmong.opinions.queries.fields import fields
from nenmong.opinions.tests import ready
from nenmong.org.models import Unit
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory

MEANT = (
    "Đề nghị phường sửa nắp cống trước số nhà {n}, đã hỏng từ tháng 7, trẻ em đi học dễ ngã.",
    "Đề nghị phường báo ngày khởi công ngõ {n} để các hộ dỡ mái vẩy trước mùa mưa.",
    "Camera ở ngõ {n} hỏng đã ba tuần, đề nghị công an phường trả lời cho bà con.",
    "Đề nghị cấp trên gửi tài liệu trước buổi sinh hoạt ít nhất {n} ngày.",
)
DAY = date(2026, 10, 3)
OF_ANSWER = (  # columns that stand on its page
    "result", "text", "who", "basis", "signed_by", "signed_on", "number", "told_on", "verdict",
    "solved", "partly", "not_solved",
)  # fmt: skip


@dataclass
class Opinions:
    """What a run needs to know of them."""

    cell: str  # in which one is raised
    ward: str
    answered: str  # the one whose page is read
    likened: str  # the one that is compared with many others
    looker: str  # whose account it is that sees them
    floor: dict[str, Any]  # what the floor's addresses are made of

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def seed(copy: Copy, opinions: int, many: int) -> tuple[Opinions, ready.Place]:
    """Write them, `opinions` by the actions, and put the floor's rows; return them and who acts."""
    at = ready.place()
    cells = [UnitFactory(parent=at.ward) for _ in range(opinions - 1)]
    for number, cell in enumerate(cells):
        noted = Noted(
            new_uid(), cell.uid, new_uid(), DAY, "Thảo luận", MEANT[number % 4].format(n=number)
        )
        opinion = actions.open_noted(actor=SYSTEM, noted=noted)
        if number % 4:  # else it is still with its cell
            actions.sort(actor=SYSTEM, opinion_uid=opinion.uid, kind="proposal", field="works")
            actions.send(actor=SYSTEM, opinion_uid=opinion.uid, looked=True)
        if number % 4 > 1:
            actions.forward(
                actor=at.office, opinion_uid=opinion.uid, desk_uid=at.desk.uid,
                reason="Thuộc lĩnh vực của đơn vị",
            )  # fmt: skip
    answered = ready.answered(at).opinion
    other = WardFactory()
    likened, looker = _many(other, many), UserFactory.holding("office", other)
    for code, known in fields().items():
        copy.put("Field", code, name=known.name_vi)
    for ward in (at.ward, other):
        _copy(copy, ward)
    for raiser in Raiser.objects.all():
        copy.put("Raiser", raiser.uid, voice_id=copy.ids[raiser.opinion_id], name=raiser.name)
    return Opinions(
        at.cell.uid, at.ward.uid, answered.uid, likened.uid, looker.uid,
        {
            "voice": copy.ids[answered.uid], "sayer": copy.ids[at.cell.uid],
            "office": copy.ids[at.ward.uid], "voices": at.ward.path,
        },
    ), at  # fmt: skip


def _copy(copy: Copy, ward: Unit) -> None:
    for unit in Unit.objects.under(ward.path).order_by("path"):
        copy.put("Unit", unit.uid, name=unit.name, path=unit.path)
    with_all = ("stays", "moves", "answers", "files")
    rows = Opinion.objects.filter(unit__path__under=ward.path).prefetch_related(*with_all)
    for row in rows.order_by("uid").iterator(500):
        own = copy.put(
            "Voice", row.uid, unit_id=copy.ids[row.unit_id], words=row.text, kind=row.kind,
            field_id=copy.ids[row.field] if row.field else None, state=row.state,
            desk_id=copy.ids[row.desk_id], raised_on=row.raised_on, sent_on=row.sent_on,
            due_on=row.due_on,
        )  # fmt: skip
        for stay in row.stays.all():
            copy.put("Stay", stay.uid, voice_id=own, desk_id=copy.ids[stay.desk_id],
                     arrived_on=stay.arrived_on, days=stay.answer_days,
                     left_on=stay.left_on)  # fmt: skip
        for move in row.moves.all():
            copy.put("Move", move.uid, voice_id=own, what=move.what,
                     desk_id=copy.ids[move.desk_id], by=move.by, reason=move.reason,
                     at=move.at)  # fmt: skip
        for answer in row.answers.all():
            same = {name: getattr(answer, name) for name in OF_ANSWER}
            copy.put("Answer", answer.uid, voice_id=own, desk_id=copy.ids[answer.desk_id], **same)
        for file in row.files.all():
            copy.put("File", file.uid, voice_id=own, title=file.title, size=file.size)


def _many(ward: Unit, many: int) -> Opinion:
    """Write many opinions of a cell without what goes with them; return one of them."""
    cell, random = UnitFactory(parent=ward), Random(1)  # noqa: S311 -- no secret
    words = sorted({word for text in MEANT for word in text.split()})
    made = []
    for number in range(many):
        text = MEANT[number % 4].format(n=number).split()
        for place in random.sample(range(len(text)), 6):
            text[place] = random.choice(words)
        made.append(
            Opinion(
                bucket=cell.bucket, unit=cell, grassroots=ward, kind="proposal", field="works",
                text=" ".join(text), text_fold=fold(" ".join(text)), way="meeting", raised_on=DAY,
                state="accepted", desk=ward, since=DAY, due_on=DAY,
            )
        )  # fmt: skip
    return Opinion.objects.bulk_create(made, batch_size=1000)[-1]
