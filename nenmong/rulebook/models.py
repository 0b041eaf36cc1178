"""Rules that units have set for what stands under them. The country's own are packs."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from nenmong.core.fields import UidField
from nenmong.org.models import Unit


class UnitRuleQuerySet(models.QuerySet["UnitRule"]):
    def standing(self) -> Self:
        """Leave out what was taken back before it began."""
        return self.filter(withdrawn_at=None)


class UnitRule(models.Model):
    """A rule of one unit from one day to another; it holds below, where nobody nearer set it."""

    uid = UidField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="own_rules")
    key = models.CharField(max_length=60)
    value = models.JSONField()
    document = models.CharField(max_length=200)  # where the committee said so
    short = models.CharField(max_length=60)  # as a screen quotes it
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    # When it was taken back before it began: it never held, and is kept for the history only.
    withdrawn_at = models.DateTimeField(null=True)

    objects = UnitRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "key"], condition=Q(last_day=None, withdrawn_at=None),
                name="rulebook_one_open_rule",
            ),
            models.UniqueConstraint(
                fields=["unit", "key", "first_day"], condition=Q(withdrawn_at=None),
                name="rulebook_one_rule_a_day",
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="rulebook_rule_ends_after_it_begins",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.key} {self.first_day}"


class CalendarDay(models.Model):
    """A day that works, or does not, otherwise than the country's calendar in the program says."""

    day = models.DateField(primary_key=True)
    works = models.BooleanField()
    name = models.CharField(max_length=120)  # why: "Làm bù cho ngày 02/01/2026"

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.works}"
