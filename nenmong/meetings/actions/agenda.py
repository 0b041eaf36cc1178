"""The agenda of a meeting in preparation: its items, what waits, what is left to the next one."""

from typing import Any

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.meetings.actions.locking import locked, locked_item
from nenmong.meetings.actions.planning import put_on_agenda
from nenmong.meetings.models import AgendaItem, CarryOver, Matter, Meeting
from nenmong.meetings.models.meeting import NOT_SEALED, PLANNED, PLANNED_OR_OPEN
from nenmong.meetings.rules import agenda
from nenmong.org import access
from nenmong.org.models import Unit


def title_of(text: str) -> str:
    if not (title := fitting(clean(text), agenda.LONGEST_TITLE)):
        raise DomainError(
            "meetings.no_title", _("The item has no words yet. Write what it is about.")
        )
    return title


def _minutes(minutes: int) -> int:
    if not 0 < minutes <= agenda.MAX_MINUTES:
        raise DomainError(
            "meetings.bad_minutes",
            _("An item lasts from 1 to %(most)s minutes. Enter a whole number.")
            % {"most": agenda.MAX_MINUTES},
        )
    return minutes


@action
def add_item(*, actor: Actor, meeting_uid: str, title: str, minutes: int) -> AgendaItem:
    """Add an item before the closing one.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_title`, `meetings.bad_minutes`,
            `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED_OR_OPEN)
    item = insert_item(meeting, title_of(title), _minutes(minutes), None)
    audit.record(actor, "meetings.item_added", item, unit_path=meeting.unit.path)
    return item


@within_action
def insert_item(meeting: Meeting, title: str, minutes: int, matter_uid: str | None) -> AgendaItem:
    """Write an item where topics go, and move those behind it on by one."""
    items = list(meeting.items.all())
    behind = next((i for i in items if i.step in agenda.AT_THE_END), None)
    position = behind.position if behind else len(items) + 1
    later = [item for item in items if item.position >= position]
    for item in later:
        item.position += 1
    AgendaItem.objects.bulk_update(later, ["position"])
    return AgendaItem.objects.create(
        bucket=meeting.bucket, meeting=meeting, position=position, step=agenda.TOPIC,
        title=title, minutes=minutes, matter_uid=matter_uid,
    )  # fmt: skip


@action
def change_item(*, actor: Actor, item_uid: str, title: str, minutes: int) -> AgendaItem:
    """Change the words or the minutes of an item.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_title`, `meetings.bad_minutes`,
            `core.too_long`.
    """
    meeting, item = locked_item(actor, item_uid, "meetings.prepare", PLANNED_OR_OPEN)
    title, minutes = title_of(title), _minutes(minutes)
    if (item.title, item.minutes) != (title, minutes):
        item.title, item.minutes = title, minutes
        item.save(update_fields=["title", "minutes"])
        audit.record(actor, "meetings.item_changed", item, unit_path=meeting.unit.path)
    return item


@action
def move_item(*, actor: Actor, item_uid: str, by: int) -> AgendaItem:
    """Move an item up (negative) or down.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    meeting, item = locked_item(actor, item_uid, "meetings.prepare", PLANNED)
    items = {other.uid: other for other in meeting.items.all()}
    order = agenda.moved(list(items), item_uid, by)
    if order == list(items):
        return item
    for position, uid in enumerate(order, start=1):
        items[uid].position = position
    AgendaItem.objects.bulk_update(items.values(), ["position"])
    audit.record(actor, "meetings.item_moved", item, unit_path=meeting.unit.path)
    return items[item_uid]


@action
def drop_item(*, actor: Actor, item_uid: str) -> Meeting:
    """Take an item off the agenda. One that a matter stands behind is carried over instead.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.matter_needs_reason`.
    """
    meeting, item = locked_item(actor, item_uid, "meetings.prepare", PLANNED)
    if item.matter_uid:
        raise DomainError(
            "meetings.matter_needs_reason",
            _("A matter waits behind this item. Leave it to the next meeting, with the reason."),
        )
    audit.record(actor, "meetings.item_dropped", item, unit_path=meeting.unit.path)
    item.delete()
    return meeting


@action
def propose_topic(*, actor: Actor, unit_uid: str, title: str) -> Matter:
    """Put a topic before a cell's next meeting.

    Raises:
        NotAllowed: `actor` may not prepare meetings there.
        DomainError: `meetings.no_title`, `core.too_long`.
    """
    unit = Unit.objects.get(uid=unit_uid)
    access.require(actor, "meetings.prepare", unit)
    matter = Matter.objects.create(
        bucket=unit.bucket, unit=unit, kind=Matter.Kind.TOPIC, title=title_of(title),
        asked=Matter.Asked.DISCUSS, since=clock.today(),
    )  # fmt: skip
    audit.record(actor, "meetings.topic_proposed", matter, unit_path=unit.path)
    return matter


@action
def take_matter(*, actor: Actor, meeting_uid: str, matter_uid: str) -> Meeting:
    """Put a waiting matter on this agenda, or take back that it was left to the next meeting.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.not_waiting`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED_OR_OPEN)
    matter = Matter.objects.select_for_update().get(uid=matter_uid, unit=meeting.unit_id)
    waiting = matter.state == Matter.State.WAITING
    here = (Matter.State.ON_AGENDA, meeting.uid)
    if not waiting and (matter.state, matter.meeting_uid) != here:
        raise DomainError(
            "meetings.not_waiting",
            _("This is done already, or another meeting has taken it up. Open the page again."),
        )
    choice = CarryOver.objects.filter(bucket=meeting.bucket, meeting=meeting, matter_uid=matter_uid)
    taken_back, _by_table = choice.delete()
    if waiting:
        put_on_agenda(meeting, [matter])
    missing = not meeting.items.filter(matter_uid=matter_uid).exists()
    if insert := matter.kind != Matter.Kind.TASK and missing:
        insert_item(meeting, matter.title, agenda.MATTER_MINUTES, matter.uid)
    if not (waiting or taken_back or insert):
        return meeting
    audit.record(actor, "meetings.matter_taken", matter, unit_path=meeting.unit.path)
    return meeting


@action
def carry_over(
    *, actor: Actor, meeting_uid: str, reason: str, matter_uid: str = "", item_uid: str = ""
) -> CarryOver:
    """Leave a matter to the next meeting, with the reason. It stays in sight until it is done.

    An item no matter stands behind becomes one: a topic of the next meeting.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_reason`, `meetings.already_reported`,
            `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", NOT_SEALED)
    if not (reason := fitting(clean(reason), 500)):
        raise DomainError(
            "meetings.no_reason",
            _("Why is it left to the next meeting? A few words are enough."),
        )
    matter = matter_of(meeting, matter_uid, item_uid)
    if meeting.reports.filter(matter_uid=matter.uid).exclude(state="").exists():
        raise DomainError(
            "meetings.already_reported",
            _(
                "This task has a result already. Change the result instead: what is not done "
                "comes back at the next meeting by itself."
            ),
        )
    choice: dict[str, Any] = {
        "bucket": meeting.bucket, "meeting": meeting, "matter_uid": matter.uid,
    }  # fmt: skip
    if same := CarryOver.objects.filter(**choice, reason=reason).first():
        return same
    carried, made = CarryOver.objects.update_or_create(
        **choice, defaults={"reason": reason, "title": matter.title}
    )
    if meeting.status == Meeting.Status.PLANNED:
        meeting.items.filter(matter_uid=matter.uid).delete()
    audit.record(actor, "meetings.matter_carried", matter, unit_path=meeting.unit.path, first=made)
    return carried


@within_action
def matter_of(meeting: Meeting, matter_uid: str, item_uid: str) -> Matter:
    """Return the matter named, or the one behind the item, made where there was none."""
    if matter_uid:
        return Matter.objects.get(uid=matter_uid, unit=meeting.unit_id, meeting_uid=meeting.uid)
    item = AgendaItem.objects.get(uid=item_uid, bucket=meeting.bucket, meeting=meeting)
    if item.matter_uid:
        return Matter.objects.get(uid=item.matter_uid, unit=meeting.unit_id)
    matter = Matter.objects.create(
        bucket=meeting.bucket, unit=meeting.unit, kind=Matter.Kind.TOPIC, source_uid=item.uid,
        title=item.title, asked=Matter.Asked.DISCUSS, state=Matter.State.ON_AGENDA,
        meeting_uid=meeting.uid, since=clock.today(),
    )  # fmt: skip
    item.matter_uid = matter.uid
    item.save(update_fields=["matter_uid"])
    return matter
