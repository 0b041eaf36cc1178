"""Fields, and which desk handles which of them."""

from django.db import models

from nenmong.core.fields import UidField
from nenmong.org.models import Unit


class OpinionField(models.Model):
    """A field that was added to the built-in list (`rules.fields`), or changed in it."""

    code = models.CharField(max_length=30, primary_key=True)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    retired = models.BooleanField(default=False)  # kept by opinions that have it, no longer offered

    def __str__(self) -> str:
        return self.name_vi


class DeskField(models.Model):
    """A unit's desk handles a field for the committee it stands under, within so many days."""

    uid = UidField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="desk_fields")
    field = models.CharField(max_length=30)
    # Working days to answer; without, those of the rulebook.
    answer_days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "field"], name="opinions_one_field_a_desk")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.field}"
