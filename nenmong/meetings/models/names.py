"""The names sheet, in two tables: who was there or why not, and who said what. The cell's only.

Nothing above the cell reads these tables; they are read by `queries.names` alone.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import ChildKey, UidField
from nenmong.core.rules import given_name
from nenmong.meetings.models.meeting import Meeting
from nenmong.meetings.rules import attendance


class Attendance(models.Model):
    """One person on the roll of one meeting. The name is as it was on that day."""

    class Status(models.TextChoices):
        PRESENT = "present", _("present")
        LATE = "late", _("came late")
        LEFT_EARLY = "left_early", _("left early")
        EXCUSED = "excused", _("absent, excused")
        UNEXCUSED = "unexcused", _("absent, unexcused")
        SPECIAL_DUTY = "special_duty", _("on special duty")
        EXEMPT = "exempt", _("exempt")
        EXEMPT_PRESENT = "exempt_present", _("exempt, came all the same")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    member_uid = UidField()
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=400)
    membership = models.CharField(max_length=20)  # the member's status on that day
    group = models.CharField(max_length=120, blank=True)  # their party group on that day
    status = models.CharField(max_length=20, choices=Status.choices)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name_key", "uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "meeting", "member_uid"], name="meetings_once_on_a_roll"
            ),
        ]
        indexes = [models.Index(fields=["member_uid"], name="meetings_attendance_member")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.member_uid} {self.status}"

    @property
    def given(self) -> str:
        """The name people call each other by."""
        return given_name(self.name)

    @property
    def family(self) -> str:
        return self.name.removesuffix(self.given).strip()

    @property
    def choices(self) -> tuple[str, ...]:
        """The states this person can be noted in."""
        return attendance.choices_for(self.membership)


class Invitation(models.Model):
    """What one person answered before a meeting. Reasons are the cell's only."""

    class Answer(models.TextChoices):
        COMING = "coming", _("comes")
        ABSENT = "absent", _("cannot come")

    class Way(models.TextChoices):
        ACCOUNT = "account", _("signed in")
        LINK = "link", _("by the link")
        PHONE = "phone", _("said to the secretary")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    member_uid = UidField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "meeting", "member_uid"], name="meetings_one_answer_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.member_uid} {self.answer}"


class NameEntry(models.Model):
    """Who said one speech or raised one opinion."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="names")
    subject_uid = UidField()  # of the speech or the noted opinion
    member_uid = UidField(null=True)  # none for a guest
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "subject_uid"], name="meetings_one_name_a_subject"
            ),
        ]
        indexes = [models.Index(fields=["meeting"], name="meetings_names_of_meeting")]

    def __str__(self) -> str:
        return self.subject_uid
