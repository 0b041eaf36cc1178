"""A cell's plan of a year: its topics by month, reported to the committee above."""

from django.db import models
from django.db.models import Q

from nenmong.core.fields import ChildKey, UidField


class YearPlan(models.Model):
    """What a cell means to hold in a year. Once reported, a change is reported again."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="year_plans")
    year = models.PositiveSmallIntegerField()
    note = models.TextField(max_length=2000, blank=True)
    reported_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bucket", "unit", "year"], name="meetings_one_plan"),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2200)), name="meetings_plan_of_a_year"
            ),
        ]
        indexes = [models.Index(fields=["unit", "year"], name="meetings_plan_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"


class PlannedTopic(models.Model):
    """A thematic topic of a month; the meeting that took it up is named."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    plan = ChildKey(YearPlan, on_delete=models.CASCADE, related_name="topics")
    month = models.DateField()  # its first day
    title = models.CharField(max_length=300)
    presenter = models.CharField(max_length=120, blank=True)
    meeting_uid = UidField(null=True)

    class Meta:
        ordering = ["month", "uid"]
        indexes = [models.Index(fields=["plan"], name="meetings_topics_of_plan")]

    def __str__(self) -> str:
        return self.title
