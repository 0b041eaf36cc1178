"""Reorganisations that were applied, and which unit goes on in which."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import UidField
from nenmong.org.models.units import Unit


class Reorganisation(models.Model):
    """A plan that was applied: merging, splitting, renaming, moving, ending units, in one stroke.

    `journal` says of every row it made or changed how it was, so that all can be taken back.
    """

    uid = UidField(primary_key=True)
    code = models.CharField(max_length=80)
    day = models.DateField()
    text = models.TextField()
    applied_at = models.DateTimeField()
    applied_by_uid = UidField()
    undone_at = models.DateTimeField(null=True)
    journal = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(undone_at=None), name="org_one_plan_a_code"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.day}"


class UnitSuccession(models.Model):
    """A unit that ended, and one it goes on in."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merged")
        SPLIT = "split", _("split")
        DISSOLVE = "dissolve", _("dissolved")

    uid = UidField(primary_key=True)
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    day = models.DateField()  # the first of the new order
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # The moment it was entered: a seal after it follows the chains of both.
    since = models.DateTimeField()
    plan = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="successions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_unit", "to_unit"], name="org_one_succession_a_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_unit_id} {self.to_unit_id} {self.day}"
