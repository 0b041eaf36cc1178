"""The month table: what became of a grassroots organisation's opinions, added up on the way."""

from django.db import models

from nenmong.core.fields import UidField
from nenmong.org.fields import PathField

# What is counted in the month it happened.
SUMS = (
    "raised", "sent", "answered", "late", "solved", "partly", "not_solved", "heard", "withdrawn",
    "reopened", "desk_days",
)  # fmt: skip


class OpinionMonth(models.Model):
    """Sums over the opinions of the cells under one grassroots organisation, as it was."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="opinion_months")
    path = PathField()
    month = models.DateField()
    raised = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)  # beyond the cell
    answered = models.PositiveIntegerField(default=0)  # answers signed
    late = models.PositiveIntegerField(default=0)  # of those, behind their day
    solved = models.PositiveIntegerField(default=0)  # as the cells found
    partly = models.PositiveIntegerField(default=0)
    not_solved = models.PositiveIntegerField(default=0)
    heard = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)
    desk_days = models.PositiveIntegerField(default=0)  # working days that the answers took

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "unit", "month"], name="opinions_one_row_a_month"
            )
        ]
        indexes = [models.Index(fields=["month", "path"], name="opinions_months_by_path")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m}"
