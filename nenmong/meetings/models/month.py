"""The month table: what a grassroots organisation's cells did in a month, added up on the way."""

from django.db import models

from nenmong.core.fields import UidField
from nenmong.org.fields import PathField

# What a sealed meeting adds of its own counters, and all that is summed.
FROM_MEETING = ("due", "present", "excused", "unexcused", "speakers", "opinions", "tasks")
SUMS = ("planned", "cancelled", "held", "sealed", "filed", *FROM_MEETING)


class MeetingMonth(models.Model):
    """Sums over the regular meetings of a month under one grassroots organisation, as it was."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="meeting_months")
    path = PathField()
    month = models.DateField()
    planned = models.PositiveIntegerField(default=0)  # those cancelled since among them
    cancelled = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    sealed = models.PositiveIntegerField(default=0)
    filed = models.PositiveIntegerField(default=0)
    # Of sealed meetings only: what is not sealed may still change.
    due = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)
    excused = models.PositiveIntegerField(default=0)
    unexcused = models.PositiveIntegerField(default=0)
    speakers = models.PositiveIntegerField(default=0)
    opinions = models.PositiveIntegerField(default=0)
    tasks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "unit", "month"], name="meetings_one_row_a_month"
            )
        ]
        indexes = [models.Index(fields=["month", "path"], name="meetings_months_by_path")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m}"
