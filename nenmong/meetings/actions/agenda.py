"""The agenda of a meeting in preparation: its items, what waits, what is left to the next one."""

from typing import Any

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.meetings.actions.locking import locked, locked_item, not_classified
from nenmong.meetings.actions.standing import put_on_agenda
from nenmong.meetings.models import AgendaItem, CarryOver, Matter, Meeting
from nenmong.meetings.models.meeting import NOT_SEALED, PLANNED, PLANNED_OR_OPEN, Business
from nenmong.meetings.rules import agenda
from nenmong.meetings.rules import business as rules
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


def _business(business_: str) -> str:
    if business_ and business_ not in Business.values:
        raise DomainError(
            "meetings.unknown_business", _("Choose what kind of item it is, from those shown.")
        )
    return business_


def presenter_of(name: str) -> str:
    return fitting(clean(name), 120)


@action
def add_item(
    *,
    actor: Actor,
    meeting_uid: str,
    title: str,
    minutes: int,
    business: str = "",
    presenter: str = "",
) -> AgendaItem:
    """Add an item before the closing one; the delegate's behind the documents.

    Of a classified item only its place is kept: no title, nobody who presents it.

    Args:
        business: of `Business`, or nothing for a matter to discuss.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.unknown_business`, `meetings.no_title`,
            `meetings.bad_minutes`, `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED_OR_OPEN)
    lined = {"business": _business(business)} | _words(business, title, presenter)
    item = insert_item(meeting, lined | {"minutes": _minutes(minutes)})
    audit.record(actor, "meetings.item_added", item, unit_path=meeting.unit.path)
    return item


def _words(business: str, title: str, presenter: str) -> dict[str, str]:
    """Return the words of an item; of a classified one none that was typed."""
    if business == Business.CLASSIFIED:
        return {"title": _("Classified item"), "presenter": ""}
    return {"title": title_of(title), "presenter": presenter_of(presenter)}


@within_action
def insert_item(meeting: Meeting, lined: dict[str, Any]) -> AgendaItem:
    """Write an item where its kind goes, and move those behind it on by one."""
    items = list(meeting.items.all())
    before = agenda.AT_THE_END
    if lined.get("business") == Business.DELEGATE:
        before |= {rules.BEFORE_DELEGATE}
    behind = next((i for i in items if i.step in before), None)
    position = behind.position if behind else len(items) + 1
    later = [item for item in items if item.position >= position]
    for item in later:
        item.position += 1
    AgendaItem.objects.bulk_update(later, ["position"])
    return AgendaItem.objects.create(
        bucket=meeting.bucket, meeting=meeting, position=position, step=agenda.TOPIC, **lined
    )


@action
def change_item(
    *,
    actor: Actor,
    item_uid: str,
    title: str,
    minutes: int,
    business: str | None = None,
    presenter: str | None = None,
) -> AgendaItem:
    """Change the words or the minutes of an item; what is None stays as it is.

    One that becomes classified loses every word it had; under one that is, nothing stands.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.unknown_business`, `meetings.no_title`,
            `meetings.bad_minutes`, `meetings.words_under_it`, `meetings.subject_says_it`,
            `core.too_long`.
    """
    meeting, item = locked_item(actor, item_uid, "meetings.prepare", PLANNED_OR_OPEN)
    business = item.business if business is None else _business(business)
    presenter = item.presenter if presenter is None else presenter
    lined = {"business": business, "minutes": _minutes(minutes)}
    lined |= _words(business, title, presenter)
    if business == Business.CLASSIFIED != item.business:
        _nothing_under(item)
        _not_the_subject(meeting, item)
        lined |= {"prompts": "", "summary": "", "conclusion": ""}
    if any(getattr(item, name) != value for name, value in lined.items()):
        for name, value in lined.items():
            setattr(item, name, value)
        item.save(update_fields=list(lined))
        audit.record(actor, "meetings.item_changed", item, unit_path=meeting.unit.path)
    return item


def _nothing_under(item: AgendaItem) -> None:
    """Refuse to make an item classified whose words stand elsewhere too."""
    under = (item.speeches, item.opinions_noted, item.votes, item.tasks)
    if item.matter_uid or any(rows.exists() for rows in under):
        raise DomainError(
            "meetings.words_under_it",
            _(
                "Something is written of this item already, or a matter waits behind it. Take "
                "those lines back first, or add a new item for the state secret."
            ),
        )


def _not_the_subject(meeting: Meeting, item: AgendaItem) -> None:
    """Refuse to make the item classified whose words are the subject of the whole meeting."""
    if item.step == agenda.THEMATIC or (meeting.subject and meeting.subject in item.title):
        raise DomainError(
            "meetings.subject_says_it",
            _(
                "The words of this item are the subject of the meeting: they stand in notices and "
                "in the year's plan as well. Take the thematic part off, or cancel this meeting, "
                "then add a new item for the state secret."
            ),
        )


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
        insert_item(
            meeting,
            {
                "title": matter.title, "minutes": matter.minutes or agenda.MATTER_MINUTES,
                "matter_uid": matter.uid,
            },
        )  # fmt: skip
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
            `meetings.classified`, `core.too_long`.
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
    if meeting.answers_read.filter(matter_uid=matter.uid).exclude(verdict="").exists():
        raise DomainError(
            "meetings.already_reported",
            _("The cell has judged this answer already. Change what it found instead."),
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
    not_classified(item)
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
