"""What was answered before a meeting, as its roll takes it; and how it is forgotten."""

from datetime import timedelta

from nenmong.core import clock
from nenmong.core.actions import within_action
from nenmong.meetings.models import Attendance, Invitation, Meeting

KEPT = timedelta(days=30)  # answers to a meeting that never came about


@within_action
def excuse_absent(meeting: Meeting, rows: list[Attendance]) -> None:
    """Let stand as excused, with their reason, who said they cannot come. One query; not saved."""
    absent = meeting.invitations.filter(answer=Invitation.Answer.ABSENT)
    reasons = dict(absent.values_list("member_uid", "reason"))
    for row in rows:
        if row.status == Attendance.Status.PRESENT and row.member_uid in reasons:
            row.status, row.reason = Attendance.Status.EXCUSED, reasons[row.member_uid]


@within_action
def forget_answers(meeting: Meeting) -> None:
    """Erase what was answered, reasons and all: the roll has what the cell keeps of it."""
    meeting.invitations.all().delete()


def sweep_answers() -> None:
    """Erase the answers to meetings that were cancelled or never opened, a month after their day.

    Run daily; twice harms nothing.
    """
    unheld = [Meeting.Status.PLANNED, Meeting.Status.CANCELLED]
    old = Meeting.objects.filter(status__in=unheld, starts_at__lt=clock.now() - KEPT)
    asked = old.filter(invitations__isnull=False).order_by("uid").distinct()
    for meeting in asked:
        meeting.invitations.all().delete()
