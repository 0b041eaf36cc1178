"""What must come before a cell, and the tasks it gives itself."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import ChildKey, UidField
from nenmong.meetings.models.meeting import AgendaItem, Meeting


class MatterQuerySet(models.QuerySet["Matter"]):
    def waiting_for(self, unit_uid: str) -> Self:
        """What waits for a unit's next meeting, oldest due first; what has no day comes last."""
        return self.filter(unit=unit_uid, state=Matter.State.WAITING).order_by(
            models.F("due_on").asc(nulls_last=True), "uid"
        )

    def before(self, meeting: Meeting) -> Self:
        return self.filter(unit=meeting.unit_id, meeting_uid=meeting.uid)


class Matter(models.Model):
    """What must come before a unit's next meeting. It waits until it is discharged or withdrawn."""

    class Kind(models.TextChoices):
        TASK = "task", _("task")
        TOPIC = "topic", _("topic")
        ANSWER = "answer", _("answer to an opinion")
        DIRECTIVE = "directive", _("document sent down")

    class Asked(models.TextChoices):
        INFORM = "inform", _("be informed")
        DISCUSS = "discuss", _("discuss")
        DECIDE = "decide", _("decide")
        REPORT_BACK = "report_back", _("report")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ON_AGENDA = "on_agenda", _("on the agenda")
        DISCHARGED = "discharged", _("discharged")
        WITHDRAWN = "withdrawn", _("withdrawn")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="matters")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    source_uid = UidField(null=True)
    title = models.CharField(max_length=300)
    text = models.CharField(max_length=4000, blank=True)  # what is read out
    asked = models.CharField(max_length=12, choices=Asked.choices)
    due_on = models.DateField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)  # of a meeting that it asks for
    sender = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    meeting_uid = UidField(null=True)  # on whose agenda it stands, or stood last
    carried = models.PositiveSmallIntegerField(default=0)  # how often, at sealed meetings
    since = models.DateField()
    ended_why = models.CharField(max_length=500, blank=True)  # why it waits no more

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "unit", "kind", "source_uid"],
                condition=Q(source_uid__isnull=False),
                name="meetings_one_matter_a_source",
            ),
            models.CheckConstraint(
                condition=~Q(state="on_agenda") | Q(meeting_uid__isnull=False),
                name="meetings_on_agenda_of_a_meeting",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "due_on"], name="meetings_waiting")]

    def __str__(self) -> str:
        return self.title


class CarryOver(models.Model):
    """A choice to leave a matter to the next meeting, with the reason, in sight."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="carryovers")
    matter_uid = UidField()
    title = models.CharField(max_length=300)
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "meeting", "matter_uid"], name="meetings_carried_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Verdict(models.TextChoices):
    SOLVED = "solved", _("solved")
    PARTLY = "partly", _("partly solved")
    NOT_SOLVED = "not_solved", _("not solved")


class AnswerRead(models.Model):
    """An answer that came before one meeting: what was read out, and what the cell made of it.

    How many hands went up for what is three numbers or none; whose they were is written nowhere.
    """

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="answers_read")
    matter_uid = UidField()
    source_uid = UidField()  # the answer
    title = models.CharField(max_length=300)
    text = models.CharField(max_length=4000, blank=True)
    sender = models.CharField(max_length=200, blank=True)
    asks = models.BooleanField(default=True)  # the cell is to judge it; else it only hears it
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    solved = models.PositiveSmallIntegerField(null=True)
    partly = models.PositiveSmallIntegerField(null=True)
    not_solved = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)  # what still is wrong

    class Meta:
        verbose_name_plural = _("answers read")
        ordering = ["uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "meeting", "matter_uid"], name="meetings_one_answer_a_matter"
            )
        ]

    def __str__(self) -> str:
        return self.title


class TaskState(models.TextChoices):
    OPEN = "open", _("not begun")
    DOING = "doing", _("under way")
    DONE = "done", _("done")
    NOT_DONE = "not_done", _("not done")


class OwnerKind(models.TextChoices):
    MEMBER = "member", _("a member")
    GROUP = "group", _("a party group")
    COMMITTEE = "committee", _("the cell committee")


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> Self:
        """What still comes before a meeting: neither done, nor closed without being done."""
        return self.filter(done_on=None).exclude(state=TaskState.DONE)


class Task(models.Model):
    """What a meeting resolved that someone does by a day. It is judged as work, not its owner."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="tasks")
    meeting = ChildKey(Meeting, on_delete=models.PROTECT, related_name="assigned")
    item = ChildKey(AgendaItem, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)  # a member, or "Chi ủy", "Chi đoàn", …
    owner_kind = models.CharField(max_length=10, choices=OwnerKind.choices, blank=True)
    owner_uid = UidField(null=True)  # of the member or the party group
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    result = models.CharField(max_length=500, blank=True)
    # The meeting that found it done; or, while the state says otherwise, that closed it: given anew
    # as another task, or of a resolution that was not passed.
    done_on = models.DateField(null=True)
    declared_on = models.DateField(null=True)  # its owner says it is done; the meeting judges

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["uid"]
        indexes = [
            models.Index(fields=["unit", "state"], name="meetings_tasks_of_unit"),
            models.Index(fields=["meeting"], name="meetings_tasks_of_meeting"),
            models.Index(fields=["owner_uid"], name="meetings_tasks_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title


class TaskReport(models.Model):
    """What one meeting was told of one earlier task; a row of its table task · state · result."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="reports")
    task_uid = UidField()
    matter_uid = UidField()
    title = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)
    due_on = models.DateField(null=True)
    state_at_start = models.CharField(max_length=10, choices=TaskState.choices)
    state = models.CharField(max_length=10, choices=TaskState.choices, blank=True)  # "" = not said
    result = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "meeting", "task_uid"], name="meetings_one_report_a_task"
            )
        ]

    def __str__(self) -> str:
        return self.title


class TaskProgress(models.Model):
    """A word on how a task goes, between two meetings."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    task = ChildKey(Task, on_delete=models.CASCADE, related_name="progress")
    text = models.CharField(max_length=500)
    said_at = models.DateTimeField()
    by_uid = UidField()
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["uid"]
        indexes = [models.Index(fields=["task"], name="meetings_progress_of_task")]

    def __str__(self) -> str:
        return self.text[:60]
