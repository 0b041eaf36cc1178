"""Holding a meeting: opened, the roll called, one item after another, votes, texts."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import BothEdited, DomainError
from nenmong.core.rules import clean, clean_lines
from nenmong.core.texts import fitting
from nenmong.meetings.actions.absences import excuse_absent
from nenmong.meetings.actions.locking import locked, locked_item, not_classified, not_on_the_roll
from nenmong.meetings.models import AgendaItem, Attendance, Meeting, NameEntry
from nenmong.meetings.models.meeting import NOT_SEALED, PLANNED, WORKING
from nenmong.meetings.queries.paper import roll_of
from nenmong.meetings.rules import attendance, kinds, texts
from nenmong.org import queries as org

ITEM_TEXTS = {"summary": 8000, "conclusion": 8000, "prompts": 2000}
MEETING_TEXTS = {"directions": 4000, "guests": 1000, "place": 200, "draft_resolution": 8000}
# A text that is prepared, and when it was there for the first time.
FIRST_THERE = {"prompts": "prompts_ready_at", "draft_resolution": "draft_ready_at"}
COUNTERS = [field.name for field in fields(attendance.Counts)]
STRETCH = ("state", "started_at", "ended_at", "taken_up_at", "seconds")


@action
def open_meeting(
    *, actor: Actor, meeting_uid: str, chair_uid: str = "", secretary_uid: str = ""
) -> Meeting:
    """Begin a meeting: the roll of the day is taken, all who are due stand as present.

    Who said before that they cannot come stands as excused, with their reason.
    Chair and minutes secretary are those named, else who holds the post. A second call changes
    nothing.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.empty_roll`, `meetings.not_on_the_roll`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", (*PLANNED, Meeting.Status.OPEN))
    if meeting.status == Meeting.Status.OPEN:
        return meeting
    meeting.opened_at = clock.now()
    meeting.held_on = clock.local(meeting.opened_at).date()
    roll = roll_of(meeting, meeting.held_on)
    if not roll:
        raise DomainError(
            "meetings.empty_roll",
            _("Nobody is on this cell's roll. Ask the office above to enter its members."),
        )
    names = {entry.member_uid: entry.name for entry in roll}
    _set_officers(meeting, names, chair_uid, secretary_uid)
    rows = [standing_on(meeting, entry) for entry in roll]
    excuse_absent(meeting, rows)
    Attendance.objects.bulk_create(rows)
    set_counts(meeting, rows)
    if first := meeting.items.first():
        first.take_up(meeting.opened_at)
        first.save(update_fields=STRETCH)
    meeting.status, meeting.entry = Meeting.Status.OPEN, Meeting.Entry.LIVE
    meeting.save()
    audit.record(actor, "meetings.opened", meeting, unit_path=meeting.unit.path)
    return meeting


def standing_on(meeting: Meeting, entry: org.RollEntry) -> Attendance:
    return Attendance(
        bucket=meeting.bucket, meeting=meeting, member_uid=entry.member_uid, name=entry.name,
        name_key=entry.name_key, membership=entry.status, group=entry.group,
        status=attendance.first_status(entry.status),
    )  # fmt: skip


def _set_officers(
    meeting: Meeting, names: Mapping[str, str], chair_uid: str, secretary_uid: str
) -> None:
    """Name chair and minutes secretary, with the chair's post as it stands under a signature."""
    day = meeting.held_on or clock.today()
    posts = org.posts(meeting.unit_id, day)
    presides = (org.holder(posts, role) for role in kinds.CHAIRS)
    chair = chair_uid or next((uid for uid in presides if uid), "")
    scribe = org.holder(posts, "scribe") or ""  # who may not sit on the committee that meets
    secretary = secretary_uid or (scribe if scribe in names else chair)
    if any(uid and uid not in names for uid in (chair_uid, secretary_uid)):
        raise not_on_the_roll()
    if chair in names:
        meeting.chair_uid, meeting.chair_name = chair, names[chair]
        meeting.chair_post = org.post_title(posts, chair)
    if secretary in names:
        meeting.secretary_uid, meeting.secretary_name = secretary, names[secretary]


def set_counts(meeting: Meeting, rows: list[Attendance]) -> None:
    counts = attendance.count((row.membership, row.status) for row in rows)
    for name, value in counts.as_dict().items():
        setattr(meeting, name, value)


@action
def refresh_roll(*, actor: Actor, meeting_uid: str) -> Meeting:
    """Bring the roll of a meeting under way up to what the organisation says of its day.

    Who was noted already keeps what was noted; who joined is added as present; who is on the roll
    no longer is taken off, unless they have spoken.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", WORKING)
    roll = {entry.member_uid: entry for entry in roll_of(meeting, meeting.held_on or clock.today())}
    rows = {row.member_uid: row for row in meeting.attendances.all()}
    spoke = set(meeting.names.values_list("member_uid", flat=True))
    gone = [row for uid, row in rows.items() if uid not in roll and uid not in spoke]
    joined = [standing_on(meeting, entry) for uid, entry in roll.items() if uid not in rows]
    changed = [
        row for uid, row in rows.items() if uid in roll and row.membership != roll[uid].status
    ]
    for row in changed:
        row.membership = roll[row.member_uid].status
        if row.status not in attendance.choices_for(row.membership):
            row.status = attendance.first_status(row.membership)
    if not (gone or joined or changed):
        return meeting
    Attendance.objects.filter(bucket=meeting.bucket, uid__in=[row.uid for row in gone]).delete()
    Attendance.objects.bulk_create(joined)
    Attendance.objects.bulk_update(changed, ["membership", "status"])
    set_counts(meeting, list(meeting.attendances.all()))
    meeting.save()
    audit.record(
        actor, "meetings.roll_refreshed", meeting, unit_path=meeting.unit.path,
        joined=len(joined), gone=len(gone), changed=len(changed),
    )  # fmt: skip
    return meeting


@dataclass(frozen=True)
class Called:
    """How one person on the roll is noted."""

    status: str
    reason: str = ""


@action
def record_roll(*, actor: Actor, meeting_uid: str, called: dict[str, Called]) -> Meeting:
    """Note how the persons named stand on the roll; others stay as they are.

    Nine queries, whatever the number of persons.

    Args:
        called: member uid → how they are noted.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.not_on_the_roll`, `meetings.unknown_status`,
            `meetings.has_spoken`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", WORKING)
    rows = {row.member_uid: row for row in meeting.attendances.all()}
    changed = []
    for uid, call in called.items():
        row = rows.get(uid)
        if row is None:
            raise not_on_the_roll()
        if note(row, call.status, call.reason):
            changed.append(row)
    if not changed:
        return meeting
    _none_has_spoken(meeting, [row for row in changed if row.status not in attendance.THERE])
    # One upsert of rows that are there already: a third of what `bulk_update` costs for thirty.
    Attendance.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["uid"],
        update_fields=["status", "reason"],
    )
    set_counts(meeting, list(rows.values()))
    meeting.save(update_fields=COUNTERS)
    audit.record(
        actor, "meetings.roll_called", meeting, unit_path=meeting.unit.path, changed=len(changed)
    )
    return meeting


def note(row: Attendance, status: str, reason: str) -> bool:
    """Note how one person stands on the roll, not saved; say whether anything changed."""
    if status not in attendance.choices_for(row.membership):
        raise DomainError(
            "meetings.unknown_status",
            _("%(name)s cannot be noted like this. Choose one of the states shown.")
            % {"name": row.name},
        )
    keeps_reason = status not in {"present", "exempt", "exempt_present"}
    reason = fitting(clean(reason), 200) if keeps_reason else ""
    before = (row.status, row.reason)
    row.status, row.reason = status, reason
    return before != (status, reason)


def _none_has_spoken(meeting: Meeting, absent: list[Attendance]) -> None:
    """Refuse to note someone as absent under whose name something was said."""
    if not absent:
        return
    spoke = set(
        meeting.names.filter(member_uid__in=[row.member_uid for row in absent]).values_list(
            "member_uid", flat=True
        )
    )
    if names := [row.name for row in absent if row.member_uid in spoke]:
        raise DomainError(
            "meetings.has_spoken",
            _("%(names)s: a line is noted under this name. Mend that line first, then the roll.")
            % {"names": ", ".join(names)},
        )


@action
def go_to_item(*, actor: Actor, item_uid: str) -> AgendaItem:
    """Take up an item; the one under way ends. Going back opens an item again.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    meeting, item = locked_item(actor, item_uid, "meetings.work", (Meeting.Status.OPEN,))
    if item.state == AgendaItem.State.NOW:
        return item
    moment = clock.now()
    leave_items(meeting, moment)
    item.take_up(moment)
    item.save(update_fields=STRETCH)
    audit.record(actor, "meetings.item_taken_up", item, unit_path=meeting.unit.path)
    return item


@within_action
def leave_items(meeting: Meeting, moment: datetime) -> None:
    """End the item under way, if there is one."""
    for under_way in meeting.items.filter(state=AgendaItem.State.NOW):
        under_way.leave(moment)
        under_way.save(update_fields=STRETCH)


@action
def write_text(
    *, actor: Actor, meeting_uid: str, field: str, was: str, text: str, item_uid: str = ""
) -> Meeting:
    """Save one text of a meeting or of one of its items, as far as nobody else has changed it.

    Args:
        field: `summary`, `conclusion` or `prompts` of an item; `directions`, `guests`, `place` or
            `draft_resolution` of the meeting.
        was: the text the writer last saw saved.
        text: what they have written now.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.unknown_text`, `meetings.classified`,
            `core.too_long`.
        BothEdited: someone else has changed the text since `was`; nothing is written.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", NOT_SEALED)
    target: Meeting | AgendaItem = meeting
    limits = MEETING_TEXTS
    if item_uid:
        target = AgendaItem.objects.get(uid=item_uid, bucket=meeting.bucket, meeting=meeting)
        not_classified(target)
        limits = ITEM_TEXTS
    if field not in limits:
        raise DomainError("meetings.unknown_text", _("There is no such text. Open the page again."))
    saved: str = getattr(target, field)
    text, was = fitting(clean_lines(text), limits[field]), clean_lines(was)
    match texts.outcome(was=was, now=saved, new=text):
        case texts.Outcome.BOTH_EDITED:
            raise BothEdited(theirs=saved, mine=text)
        case texts.Outcome.WRITE:
            setattr(target, field, text)
            changed = [field]
            if isinstance(target, AgendaItem):
                target.saved_at = clock.now()
                changed.append("saved_at")
            target.save(update_fields=changed)
            first = FIRST_THERE.get(field)
            if first and text and getattr(meeting, first) is None:
                setattr(meeting, first, clock.now())
                meeting.save(update_fields=[first])
            audit.record(
                actor, "meetings.text_written", target, unit_path=meeting.unit.path, field=field
            )
    return meeting


def count_speakers(meeting: Meeting) -> int:
    """Return how many different members spoke, chair and guests left out. One query."""
    spoke = NameEntry.objects.filter(
        bucket=meeting.bucket, meeting=meeting, member_uid__isnull=False
    ).exclude(member_uid=meeting.chair_uid)
    return spoke.values("member_uid").distinct().count()
