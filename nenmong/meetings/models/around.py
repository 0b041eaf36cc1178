"""What lies around a meeting: notices, documents, who helps, what was put off, who sits with it."""

from datetime import UTC
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import ChildKey, UidField
from nenmong.core.keeping import FileKind
from nenmong.meetings.models.meeting import Meeting


class Postponement(models.Model):
    """A meeting put off or cancelled: why, and who agreed. Its month stays its month."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="postponements")
    was_at = models.DateTimeField()
    now_at = models.DateTimeField(null=True)  # none: cancelled
    reason = models.CharField(max_length=500)
    agreed_by = models.CharField(max_length=200)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["uid"]
        indexes = [models.Index(fields=["meeting"], name="meetings_postponed")]

    def __str__(self) -> str:
        return self.reason[:60]


class Notice(models.Model):
    """That a meeting was made known: to whom, how, and when."""

    class To(models.TextChoices):
        MEMBERS = "members", _("the members")
        UPPER = "upper", _("the follower from the committee above")

    class Way(models.TextChoices):
        PRINT = "print", _("on paper")
        CHAT = "chat", _("in the group chat")
        MAIL = "mail", _("by e-mail")
        PHONE = "phone", _("by phone")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="notices")
    to = models.CharField(max_length=10, choices=To.choices)
    way = models.CharField(max_length=10, choices=Way.choices)
    sent_at = models.DateTimeField()
    by_uid = UidField()

    class Meta:
        ordering = ["uid"]
        indexes = [models.Index(fields=["meeting"], name="meetings_notices")]

    def __str__(self) -> str:
        return f"{self.to} {self.way}"


class MeetingDocument(models.Model):
    """A file of a meeting: what members read before it, or the signed scan after the seal.

    The file itself lies outside the web root, under its hash; this row says whose it is.
    """

    class Sort(models.TextChoices):
        DOCUMENT = "document", _("document")
        SCAN = "scan", _("signed scan")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="documents")
    sort = models.CharField(max_length=10, choices=Sort.choices, default=Sort.DOCUMENT)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    by_uid = UidField()
    # Attached by mistake: the row stays, the file is served to nobody any more.
    taken_off_at = models.DateTimeField(null=True)
    taken_off_by_uid = UidField(null=True)
    taken_off_by = models.CharField(max_length=120, blank=True)
    taken_off_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "meeting", "sort", "sha256"], name="meetings_a_file_once"
            ),
            models.CheckConstraint(
                condition=Q(taken_off_at=None) | ~Q(taken_off_why=""),
                name="meetings_taken_off_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GivenRight(models.Model):
    """Someone who may work on one meeting only: a helper who types, a member who chairs it."""

    class Role(models.TextChoices):
        HELPER = "helper", _("helper")
        CHAIR = "chair", _("chair")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="given")
    role = models.CharField(max_length=10, choices=Role.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    given_at = models.DateTimeField()
    given_by_uid = UidField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "meeting", "role", "user"], condition=Q(ended_at=None),
                name="meetings_given_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.role} {self.name}"


class JointPart(models.Model):
    """Another cell asked to sit with this meeting; it counts its own members in its own minutes."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        ACCEPTED = "accepted", _("sits with us")
        DECLINED = "declined", _("does not come")
        WITHDRAWN = "withdrawn", _("withdrawn: one of the two cells was reorganised")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()  # the host's
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="parts")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    part_uid = UidField(null=True)  # that cell's own meeting; its bucket may be another
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "meeting", "unit"], name="meetings_asked_once"
            )
        ]
        indexes = [models.Index(fields=["unit", "state"], name="meetings_asked")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.unit_id}"


class CorrectionNote(models.Model):
    """A mistake in sealed minutes, said beside them; linked to the seal and the notes before it."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(max_length=2000)
    written_at = models.DateTimeField()
    by_uid = UidField()
    by_name = models.CharField(max_length=120)
    link = models.CharField(max_length=64)

    class Meta:
        ordering = ["uid"]
        indexes = [models.Index(fields=["meeting"], name="meetings_notes_of_meeting")]

    def __str__(self) -> str:
        return self.text[:60]

    def own_columns(self) -> dict[str, Any]:
        """Return what the note's link covers."""
        return {
            "uid": self.uid,
            "bucket": self.bucket,
            "meeting": self.meeting_id,
            "text": self.text,
            "written_at": self.written_at.astimezone(UTC).isoformat(),
            "by": self.by_uid,
            "by_name": self.by_name,
        }
