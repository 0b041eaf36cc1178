"""A meeting and the items of its agenda."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.audit import Actor
from nenmong.core.fields import ChildKey, UidField
from nenmong.org import access


class MeetingKind(models.TextChoices):
    REGULAR = "regular", _("regular meeting")
    REGULAR_THEMATIC = "regular_thematic", _("regular meeting with a thematic part")
    THEMATIC = "thematic", _("thematic meeting")
    EXTRAORDINARY = "extraordinary", _("extraordinary meeting")
    CELL_COMMITTEE = "cell_committee", _("meeting of the cell committee")
    COMMITTEE = "committee", _("meeting of the committee")
    CONGRESS = "congress", _("congress")


# One of these a month: the month's own meeting, with a thematic part or without.
REGULAR_KINDS = [MeetingKind.REGULAR, MeetingKind.REGULAR_THEMATIC]
# Their roll is who holds a post of the committee; what they say is not every member's to read.
COMMITTEE_KINDS = [MeetingKind.CELL_COMMITTEE, MeetingKind.COMMITTEE]
COMMITTEE = "meetings.committee"  # the permission to read a committee's own meetings


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, actor: Actor, permission: str = "meetings.view") -> Self:
        """Those that exist for `actor`; a committee's own only for who may read what it says."""
        seen = self.filter(access.scope(actor, permission, path="unit__path"))
        if access.reaches_alike(actor, permission, COMMITTEE):
            return seen
        committees = access.scope(actor, COMMITTEE, path="unit__path")
        return seen.filter(~Q(kind__in=COMMITTEE_KINDS) | committees)

    def regular(self) -> Self:
        return self.filter(kind__in=REGULAR_KINDS)

    def of_unit(self, unit_uid: str) -> Self:
        return self.filter(unit=unit_uid)

    def in_month(self, first_day: date) -> Self:
        return self.filter(month=first_day)

    def sealed(self) -> Self:
        return self.filter(status=Meeting.Status.SEALED)

    def held_before(self, day: date) -> Self:
        return self.filter(held_on__lt=day)


class Meeting(models.Model):
    """One sitting of one unit. Sealed minutes are never edited; a note beside them corrects."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("being prepared")
        OPEN = "open", _("in session")
        HELD = "held", _("held, minutes not yet sealed")
        SEALED = "sealed", _("sealed")
        CANCELLED = "cancelled", _("cancelled")

    class Entry(models.TextChoices):
        LIVE = "live", _("recorded while it was held")
        PAPER = "paper", _("typed in from paper")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="meetings")
    # As it was when the meeting was planned: month tables add up under it.
    grassroots = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=MeetingKind.choices)
    month = models.DateField()  # its first day
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    starts_at = models.DateTimeField()
    fixed_day = models.DateField()  # the day the committee has fixed for this month
    place = models.CharField(max_length=200, blank=True)
    guests = models.TextField(max_length=1000, blank=True)
    subject = models.CharField(max_length=300, blank=True)  # of a thematic or extraordinary one
    joint_uid = UidField(null=True)  # the host's meeting, where several cells sit together

    # When each was there first: recorded as it happened, never ticked.
    notice_at = models.DateTimeField(null=True)
    documents_at = models.DateTimeField(null=True)
    upper_notified_at = models.DateTimeField(null=True)
    draft_ready_at = models.DateTimeField(null=True)
    prompts_ready_at = models.DateTimeField(null=True)
    draft_resolution = models.TextField(max_length=8000, blank=True)

    entry = models.CharField(max_length=10, choices=Entry.choices, default=Entry.LIVE)
    typed_by_uid = UidField(null=True)  # who typed for the cell: a helper, the office above
    typed_by = models.CharField(max_length=120, blank=True)

    held_on = models.DateField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    chair_uid = UidField(null=True)
    chair_name = models.CharField(max_length=120, blank=True)
    chair_post = models.CharField(max_length=120, blank=True)
    secretary_uid = UidField(null=True)  # the minutes secretary
    secretary_name = models.CharField(max_length=120, blank=True)
    directions = models.TextField(max_length=4000, blank=True)

    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.CharField(max_length=120, blank=True)
    minutes_number = models.PositiveIntegerField(null=True)
    resolution_number = models.PositiveIntegerField(null=True)
    filed_at = models.DateTimeField(null=True)
    filed_how = models.CharField(max_length=20, blank=True)
    filed_on = models.DateField(null=True)  # as it was said, where it was filed elsewhere

    # Counters, written by the actions that change them; `nenmong recount` rebuilds them.
    total = models.PositiveIntegerField(default=0)
    official = models.PositiveIntegerField(default=0)
    probationary = models.PositiveIntegerField(default=0)
    temporary = models.PositiveIntegerField(default=0)
    exempt = models.PositiveIntegerField(default=0)
    exempt_present = models.PositiveIntegerField(default=0)  # of the exempt, those who came
    special_duty = models.PositiveIntegerField(default=0)
    due = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)
    official_present = models.PositiveIntegerField(default=0)
    excused = models.PositiveIntegerField(default=0)
    unexcused = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    speakers = models.PositiveIntegerField(default=0)
    opinions = models.PositiveIntegerField(default=0)
    tasks = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "unit", "month"],
                condition=Q(kind__in=REGULAR_KINDS),
                name="meetings_one_regular_a_month",
                violation_error_message=_("This unit already has its regular meeting this month."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "open", "cancelled"])
                | Q(held_on__isnull=False, opened_at__isnull=False, closed_at__isnull=False),
                name="meetings_held_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(status="sealed") | Q(sealed_at__isnull=False, minutes_number__gt=0),
                name="meetings_sealed_has_a_number",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-month"], name="meetings_by_unit"),
            models.Index(fields=["month", "status"], name="meetings_by_month"),
            models.Index(fields=["joint_uid"], name="meetings_joint"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m}"


class Business(models.TextChoices):
    """What an item is beside a matter to discuss: it asks for its own numbers, or for none."""

    ADMISSION = "admission", _("admission of a member")
    MAKE_OFFICIAL = "make_official", _("making a probationary member official")
    EXEMPTION = "exemption", _("exemption from meetings and work")
    DUES = "dues", _("party dues")
    DELEGATE = "delegate", _("the delegate of the committee above speaks")
    CLASSIFIED = "classified", _("classified, recorded elsewhere")


class AgendaItem(models.Model):
    """One line of the agenda, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("not yet begun")
        NOW = "now", _("being discussed")
        DONE = "done", _("done")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=20)  # of the order of a meeting; "topic" for what is added
    title = models.CharField(max_length=300)
    business = models.CharField(max_length=15, choices=Business.choices, blank=True)
    presenter = models.CharField(max_length=120, blank=True)
    prompts = models.TextField(max_length=2000, blank=True)  # questions to discuss, a line each
    minutes = models.PositiveSmallIntegerField()  # planned
    matter_uid = UidField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    started_at = models.DateTimeField(null=True)  # taken up the first time
    ended_at = models.DateTimeField(null=True)  # left the last time
    taken_up_at = models.DateTimeField(null=True)  # the last time; a stretch runs from here
    seconds = models.PositiveIntegerField(default=0)  # spent on it, in stretches that have ended
    summary = models.TextField(max_length=8000, blank=True)
    conclusion = models.TextField(max_length=8000, blank=True)
    saved_at = models.DateTimeField(null=True)
    dues_members = models.PositiveIntegerField(null=True)  # who paid their dues
    dues_amount = models.PositiveBigIntegerField(null=True)  # in đồng

    class Meta:
        ordering = ["position", "uid"]
        indexes = [models.Index(fields=["meeting", "position"], name="meetings_item_order")]

    def __str__(self) -> str:
        return self.title

    def take_up(self, moment: datetime) -> None:
        """Begin a stretch of time on this item; not saved."""
        self.state, self.ended_at = self.State.NOW, None
        self.started_at, self.taken_up_at = self.started_at or moment, moment

    def leave(self, moment: datetime) -> None:
        """End the stretch under way; not saved."""
        self.state, self.ended_at = self.State.DONE, moment
        if self.taken_up_at is not None:
            self.seconds += max(0, int((moment - self.taken_up_at) / timedelta(seconds=1)))


# The states in which something may still be done.
PLANNED = (Meeting.Status.PLANNED,)
PLANNED_OR_OPEN = (Meeting.Status.PLANNED, Meeting.Status.OPEN)
WORKING = (Meeting.Status.OPEN, Meeting.Status.HELD)
NOT_SEALED = (*PLANNED_OR_OPEN, Meeting.Status.HELD)
