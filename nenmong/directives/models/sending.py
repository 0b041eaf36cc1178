"""A document on its way down: to whom it was sent, and what each unit made of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import ChildKey, UidField
from nenmong.directives.models.directive import Directive
from nenmong.org.models import Unit


class Sending(models.Model):
    """One sending of a document: by whom, to whom, for the meetings of which month.

    It goes out in batches; `reached` is the path up to which units have it, so that it goes on
    where a killed worker left off.
    """

    class State(models.TextChoices):
        GOING = "going", _("on its way")
        SENT = "sent", _("sent")
        WITHDRAWN = "withdrawn", _("withdrawn by who issued it")

    uid = UidField(primary_key=True)
    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="sendings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sendings")
    # The one whose document is passed on here, by a committee in between.
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="passed")
    root = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=30)  # of `rules.reach.Level`
    cell_kinds = models.JSONField(default=list)  # codes; none: all
    picked = models.JSONField(default=list)  # uids of units; none: all of the subtree
    pass_on = models.BooleanField(default=False)  # those reached pass it on to their cells
    words = models.CharField(max_length=1000, blank=True)  # the sender's own, read out with it
    month = models.DateField()  # for whose meetings
    asked = models.CharField(max_length=12, choices=Directive.Asked.choices)
    due_on = models.DateField(null=True)
    pages = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    fields = models.PositiveSmallIntegerField()
    over_why = models.CharField(max_length=500, blank=True)  # the head's reason to go over quota
    state = models.CharField(max_length=10, choices=State.choices, default=State.GOING)
    sent_at = models.DateTimeField()
    total = models.PositiveIntegerField()  # units to reach, counted when it began
    done = models.PositiveIntegerField(default=0)
    batches = models.PositiveIntegerField(default=0)  # that have gone out
    reached = models.CharField(max_length=200, blank=True)  # the path of the last unit

    class Meta:
        ordering = ["uid"]
        indexes = [
            models.Index(fields=["directive"], name="directives_sendings"),
            models.Index(fields=["unit", "month"], name="directives_sent_by"),
        ]

    def __str__(self) -> str:
        return f"{self.directive_id} {self.month:%Y-%m}"


class Delivery(models.Model):
    """A document with one unit: it waits for its meeting until it was discussed there."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the meeting")
        TO_PASS_ON = "to_pass_on", _("to be passed on")
        DISCUSSED = "discussed", _("discussed")
        PASSED_ON = "passed_on", _("passed on")
        WITHDRAWN = "withdrawn", _("withdrawn by who issued it")
        TAKEN_IN = "taken_in", _("waits with the unit it went on in")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="directives_received")
    # Where it came first, and the organisation it was counted in, whatever becomes of the cell.
    # Not counted: a part of a cell that was split while it waited has it, too.
    first_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    counted = models.BooleanField(default=True)
    grassroots = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="deliveries")
    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, related_name="deliveries")
    batch = models.PositiveIntegerField()  # of its sending
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    month = models.DateField()
    came_on = models.DateField()
    due_on = models.DateField(null=True)
    meeting_uid = UidField(null=True)
    discussed_on = models.DateField(null=True)
    told_on = models.DateField(null=True)  # the minutes were sealed: counted in that month
    speakers = models.PositiveSmallIntegerField(default=0)
    unclear = models.PositiveSmallIntegerField(default=0)
    carried = models.PositiveSmallIntegerField(default=0)  # how often left to the next meeting
    carried_at = UidField(null=True)  # the last meeting that left it
    carried_why = models.CharField(max_length=500, blank=True)
    reminded_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)  # withdrawn before it was discussed
    report = models.CharField(max_length=2000, blank=True)  # where one is asked to report back
    reported_on = models.DateField(null=True)

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "unit", "directive"], name="directives_each_unit_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="discussed") | Q(discussed_on__isnull=False),
                name="directives_discussed_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="directives_with_unit"),
            models.Index(fields=["directive", "state"], name="directives_coverage"),
            models.Index(fields=["sending", "batch"], name="directives_of_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.directive_id} {self.unit_id}"


class UnclearPoint(models.Model):
    """What a meeting found unclear in a document; it went up as a question to the issuer."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    delivery = ChildKey(Delivery, on_delete=models.CASCADE, related_name="unclear_points")
    source_uid = UidField()  # of the line noted in the meeting
    text = models.CharField(max_length=1000)
    noted_on = models.DateField()
    answer = models.CharField(max_length=4000, blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "source_uid"], name="directives_one_point_a_line"
            )
        ]
        indexes = [models.Index(fields=["delivery"], name="directives_unclear_of_one")]

    def __str__(self) -> str:
        return self.text[:60]
