"""Who raised an opinion: the cell's own, read by `queries.raiser` alone. And what is not kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import ChildKey, UidField
from nenmong.opinions.models.opinion import Opinion
from nenmong.org.models import Unit


class Raiser(models.Model):
    """Who raised an opinion between two meetings; of what was said in one, see its names sheet."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    opinion = ChildKey(Opinion, on_delete=models.CASCADE, related_name="raisers")
    member_uid = UidField(null=True)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bucket", "opinion"], name="opinions_one_raiser")
        ]

    def __str__(self) -> str:
        return self.opinion_id


class TakenElsewhere(models.Model):
    """That something was not taken here, and of what sort: a number and a day, no word of it."""

    class Sort(models.TextChoices):
        COMPLAINT = "complaint", _("complaint")
        DENUNCIATION = "denunciation", _("denunciation")
        CLASSIFIED = "classified", _("classified matter")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="taken_elsewhere")
    sort = models.CharField(max_length=12, choices=Sort.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()  # within the unit and year
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "unit", "year", "number"], name="opinions_one_number_a_year"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.sort}"
