"""Who is told of a meeting and what they answered. Names and reasons: for the cell only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max

from nenmong.core import clock, events
from nenmong.core.models import AuditEntry
from nenmong.meetings.events import NoticeToMail
from nenmong.meetings.models import Attendance, Invitation, Meeting, Notice
from nenmong.meetings.rules import kinds
from nenmong.org.queries import RollEntry
from nenmong.org.queries import contacts as org
from nenmong.org.queries.contacts import Contact


def day_of(meeting: Meeting) -> date:
    """Return the day a meeting is to be held on: whoever is on the roll then is invited."""
    return clock.local(meeting.starts_at).date()


@dataclass(frozen=True)
class Changes:
    """How often day, hour or place changed, and when last: what was told before is out of date."""

    times: int
    last_at: datetime | None

    def outdates(self, moment: datetime | None) -> bool:
        """Say whether what was told at `moment` holds no longer, or nothing was told."""
        return moment is None or (self.last_at is not None and moment < self.last_at)


def changes(meeting: Meeting) -> Changes:
    """Return how often a meeting was given another time or place, or cancelled. Two queries."""
    audited = AuditEntry.objects.filter(subject_uid=meeting.uid, verb="meetings.time_set")
    set_anew = audited.aggregate(times=Count("uid"), last_at=Max("at"))
    put_off = meeting.postponements.aggregate(times=Count("uid"), last_at=Max("noted_at"))
    moments = [row["last_at"] for row in (set_anew, put_off) if row["last_at"]]
    return Changes(set_anew["times"] + put_off["times"], max(moments, default=None))


@dataclass(frozen=True)
class Invited:
    """One person who is told of a meeting."""

    contact: Contact
    invitation: Invitation | None
    job: events.Job | None  # of the e-mail to them
    outdated: bool  # the last e-mail to them says another time or place, or there was none

    @property
    def mail(self) -> str:
        """How the e-mail stands: `none` (no address), `sent`, `waiting`, `again`, `failed`, `due`.

        `again`: it failed and is tried again by itself. `due`: nothing was sent, or what was sent
        is out of date.
        """
        if not self.contact.email:
            return "none"
        if not self.outdated:
            return "sent"
        if self.job is None:
            return "due"
        if self.job.failed:
            return "failed"
        return "again" if self.job.next_at else "waiting"

    @property
    def to_mail(self) -> bool:
        """Whether pressing now sends them an e-mail: never while one is under way."""
        return self.mail in {"due", "failed"}

    @property
    def answer(self) -> str:
        return self.invitation.answer if self.invitation else ""


def invited(
    meeting: Meeting, roll: Sequence[RollEntry], followers: Sequence[Contact]
) -> tuple[list[Invited], list[Invited]]:
    """Return those on the roll and those who follow the unit, each as told. Five queries."""
    said = changes(meeting)
    rows = {row.member_uid: row for row in meeting.invitations.all()}
    jobs = {
        job.event["member_uid"]: job
        for job in events.unfinished(NoticeToMail, meeting_uid=meeting.uid)
    }
    known = org.contacts(entry.member_uid for entry in roll)

    def one(contact: Contact) -> Invited:
        row = rows.get(contact.member_uid)
        outdated = said.outdates(row.mailed_at if row else None)
        return Invited(contact, row, jobs.get(contact.member_uid), outdated)

    members = [
        one(known.get(entry.member_uid) or Contact(entry.member_uid, entry.name)) for entry in roll
    ]
    return members, [one(contact) for contact in followers]


@dataclass(frozen=True)
class Told:
    """Notices to one side, the latest last, and whether the latest is out of date."""

    rows: list[Notice]
    outdated: bool


def told(meeting: Meeting, said: Changes) -> dict[str, Told]:
    """Return what was told to the members and to the follower above. One query."""
    by_side: dict[str, list[Notice]] = defaultdict(list)
    for row in meeting.notices.all():
        by_side[row.to].append(row)
    return {
        to: Told(by_side[to], bool(by_side[to]) and said.outdates(by_side[to][-1].sent_at))
        for to in Notice.To.values
    }


@dataclass(frozen=True)
class Own:
    """The invitation of who is signed in."""

    meeting: Meeting
    member_uid: str
    invitation: Invitation | None


def standing(meeting: Meeting, user_uid: str) -> str | None:
    """Return as which member an account is on the roll of a meeting to come. One query."""
    day = day_of(meeting)
    if meeting.unit.is_cell and not kinds.of(meeting.kind).of_committee:
        return org.member_here(user_uid, meeting.unit_id, day)
    return org.seated_here(user_uid, meeting.unit_id, day, kinds.SEATS)


def own(meeting: Meeting, user_uid: str) -> Own | None:
    """Return the invitation of an account to a planned meeting; None where it is not theirs.

    Nor once its day is past: nobody says then whether they will come. At most two queries.
    """
    past = clock.local(meeting.starts_at).date() < clock.today()
    if meeting.status != Meeting.Status.PLANNED or past:
        return None
    if (member_uid := standing(meeting, user_uid)) is None:
        return None
    return Own(meeting, member_uid, meeting.invitations.filter(member_uid=member_uid).first())


def said_before(meeting: Meeting, rows: Sequence[Attendance]) -> Mapping[str, Invitation]:
    """Return who of those noted as excused had said so before the meeting, and how.

    One query, none where nobody is excused or the answers are gone with the seal.
    """
    excused = [row.member_uid for row in rows if row.status == Attendance.Status.EXCUSED]
    if not excused or meeting.status == Meeting.Status.SEALED:
        return {}
    answers = meeting.invitations.filter(answer=Invitation.Answer.ABSENT, member_uid__in=excused)
    return {row.member_uid: row for row in answers}
