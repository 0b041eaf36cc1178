"""What cells made of a document: discussed, left to the next meeting, unclear, reported back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.directives.access import DRAFT
from nenmong.directives.actions import months
from nenmong.directives.actions.moving import only_the_program, text_of
from nenmong.directives.models import Delivery, UnclearPoint
from nenmong.org import access
from nenmong.org.models import Unit

LONGEST_REPORT = 2000


@dataclass(frozen=True)
class Unclear:
    """A line of sealed minutes that asks the issuer what is meant."""

    source_uid: str
    text: str


@dataclass(frozen=True)
class Told:
    """What sealed minutes say of a document that came before a meeting."""

    unit_uid: str
    directive_uid: str
    meeting_uid: str
    on: date
    speakers: int = 0
    unclear: Sequence[Unclear] = ()
    carried_why: str = ""  # left to the next meeting, and why; else it was discussed


def _delivery(told: Told) -> Delivery | None:
    """Return the delivery a meeting speaks of, locked; None where the unit has none."""
    unit = Unit.objects.get(uid=told.unit_uid)
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("unit", "directive")
    return rows.filter(unit=unit, directive=told.directive_uid).first()


@action
def note_told(*, actor: Actor, told: Told) -> Delivery | None:
    """Write what a meeting made of a document: discussed, or left to the next one with the reason.

    Told again by the same meeting it changes nothing.

    Raises:
        NotAllowed: only the program does this, when minutes are sealed.
    """
    only_the_program(actor)
    row = _delivery(told)
    if row is None or row.state != Delivery.State.WAITING:
        return row
    if told.carried_why:
        if row.carried_at != told.meeting_uid:
            row.carried += 1
            row.carried_at, row.carried_why = told.meeting_uid, told.carried_why[:500]
            row.save(update_fields=["carried", "carried_at", "carried_why"])
            audit.record(
                actor, "directives.carried", row, unit_path=row.unit.path, meeting=told.meeting_uid
            )
        return row
    row.state, row.meeting_uid = Delivery.State.DISCUSSED, told.meeting_uid
    row.discussed_on, row.told_on = told.on, clock.today()
    row.speakers, row.unclear = told.speakers, len(told.unclear)
    row.save(
        update_fields=["state", "meeting_uid", "discussed_on", "told_on", "speakers", "unclear"]
    )
    UnclearPoint.objects.bulk_create(
        UnclearPoint(
            bucket=row.bucket, delivery=row, source_uid=line.source_uid, text=line.text[:1000],
            noted_on=told.on,
        )
        for line in told.unclear
    )  # fmt: skip
    late = row.due_on is not None and told.on > row.due_on
    months.add([row], "discussed")
    months.add([row], "late", [int(late)])
    months.add([row], "unclear", [len(told.unclear)])
    audit.record(
        actor, "directives.discussed", row, unit_path=row.unit.path, meeting=told.meeting_uid
    )
    return row


@action
def note_answered(*, actor: Actor, bucket: int, source_uid: str, text: str) -> UnclearPoint | None:
    """Write what the issuer answered to an unclear point, beside the document.

    Raises:
        NotAllowed: only the program does this, when the answer is signed.
    """
    only_the_program(actor)
    point = (
        UnclearPoint.objects.select_for_update(of=("self",))
        .select_related("delivery__unit")
        .filter(bucket=bucket, source_uid=source_uid)
        .first()
    )
    if point is not None and point.answer != text[:4000]:
        point.answer, point.answered_on = text[:4000], clock.today()
        point.save(update_fields=["answer", "answered_on"])
        audit.record(
            actor, "directives.unclear_answered", point, unit_path=point.delivery.unit.path
        )
    return point


@action
def report_back(*, actor: Actor, delivery_uid: str, text: str) -> Delivery:
    """Say what a cell did with a document it was asked to report on.

    Raises:
        NotAllowed, DomainError: `directives.not_discussed`, `directives.no_report`,
            `core.too_long`.
    """
    row = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("unit", "directive")
        .get(uid=delivery_uid)
    )
    access.require(actor, DRAFT, row.unit)
    if row.state != Delivery.State.DISCUSSED:
        raise DomainError(
            "directives.not_discussed",
            _("“%(title)s” was not discussed here yet. Report after the meeting on it.")
            % {"title": row.directive.title},
        )
    if not (text := text_of(text, LONGEST_REPORT)):
        raise DomainError("directives.no_report", _("What came of it? A few sentences are enough."))
    if row.report != text:
        row.report, row.reported_on = text, clock.today()
        row.save(update_fields=["report", "reported_on"])
        audit.record(actor, "directives.reported", row, unit_path=row.unit.path)
    return row
