"""What is asked of a cell in a month, and the month table of a grassroots organisation."""

from django.db import models

from nenmong.core.fields import UidField
from nenmong.org.fields import PathField

SUMS = ("delivered", "discussed", "late", "unclear", "withdrawn")
LOADS = ("documents", "pages", "minutes", "fields")


class CellLoad(models.Model):
    """What documents ask of one cell in one month: counted when they are sent, not when read."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="loads")
    month = models.DateField()
    documents = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)
    fields = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "unit", "month"], name="directives_one_load_a_month"
            )
        ]
        indexes = [models.Index(fields=["month", "unit"], name="directives_loads_of_month")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m}"


class DirectiveMonth(models.Model):
    """Sums over the cells under one grassroots organisation, as it was, in one month."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="directive_months")
    path = PathField()
    month = models.DateField()
    delivered = models.PositiveIntegerField(default=0)
    discussed = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)  # of those, behind their day
    unclear = models.PositiveIntegerField(default=0)  # points that went up
    withdrawn = models.PositiveIntegerField(default=0)  # before they were discussed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "unit", "month"], name="directives_one_row_a_month"
            )
        ]
        indexes = [models.Index(fields=["month", "path"], name="directives_months_by_path")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m}"
