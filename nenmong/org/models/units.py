"""Units and their dated versions, and the kinds of cell a province knows."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import FoldedField, UidField
from nenmong.org.fields import PathField


class UnitKind(models.TextChoices):
    PROVINCIAL_COMMITTEE = "provincial_committee", _("provincial committee")
    DISTRICT_COMMITTEE = "district_committee", _("district committee")
    COMMUNE_COMMITTEE = "commune_committee", _("commune committee")
    DIRECT_SUPERIOR = "direct_superior", _("committee directly above the grassroots")
    GRASSROOTS_COMMITTEE = "grassroots_committee", _("grassroots committee")
    SECTIONAL_COMMITTEE = "sectional_committee", _("sectional committee")
    GRASSROOTS_CELL = "grassroots_cell", _("grassroots cell")
    CELL = "cell", _("cell")
    PARTY_BUILDING_BOARD = "party_building_board", _("party-building board")
    INSPECTION_COMMITTEE = "inspection_committee", _("inspection committee")
    AUTHORITY = "authority", _("authority outside the Party")


CELLS = (UnitKind.CELL, UnitKind.GRASSROOTS_CELL)
GRASSROOTS = (
    UnitKind.COMMUNE_COMMITTEE, UnitKind.GRASSROOTS_COMMITTEE, UnitKind.GRASSROOTS_CELL,
)  # fmt: skip
# Where a post below asks for a second factor at sign-in.
ABOVE_GRASSROOTS = (
    UnitKind.PROVINCIAL_COMMITTEE, UnitKind.DISTRICT_COMMITTEE, UnitKind.DIRECT_SUPERIOR,
)  # fmt: skip
# Desks and advisers of a committee: they have no cells under them.
OFFICES = (UnitKind.PARTY_BUILDING_BOARD, UnitKind.INSPECTION_COMMITTEE, UnitKind.AUTHORITY)


class UnitShape(models.Model):
    """What is dated about a unit: its name and its place in the tree."""

    kind = models.CharField(max_length=30, choices=UnitKind.choices)
    cell_kind = models.CharField(max_length=30, blank=True)  # a code of `rules.kinds`
    name = models.CharField(max_length=200)
    # As it stands in the head of a document: a committee is "Đảng ủy …", its body "Đảng bộ …".
    organization_name = models.CharField(max_length=200)
    locality = models.CharField(max_length=100)  # where its documents are dated: "Xuân Hòa, ngày …"
    path = PathField()

    class Meta:
        abstract = True


class UnitQuerySet(models.QuerySet["Unit"]):
    def under(self, path: str) -> Self:
        return self.filter(path__under=path)

    def cells(self) -> Self:
        return self.filter(kind__in=CELLS)


class Unit(UnitShape):
    """A unit as it is today. Its past stands in its versions; its `bucket` never changes."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    code = models.CharField(max_length=40, blank=True)  # the office's own
    # The 14 digits under which the national register of party organisations knows it.
    registry_code = models.CharField(max_length=14, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    path = PathField(unique=True)
    name_fold = FoldedField(source="name", max_length=200)
    last_day = models.DateField(null=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="org_one_unit_a_code",
                violation_error_message=_("Another unit has this code already."),
            ),
            models.UniqueConstraint(
                fields=["registry_code"], condition=~Q(registry_code=""),
                name="org_one_unit_a_registry_code",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_cell(self) -> bool:
        return self.kind in CELLS


class UnitVersion(UnitShape):
    """A unit from one day to another, both counted: reports read the unit of their day."""

    uid = UidField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="versions")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="org_version_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(last_day=None), name="org_one_open_version"
            ),
            models.UniqueConstraint(fields=["unit", "first_day"], name="org_one_version_a_day"),
        ]
        indexes = [models.Index(fields=["path"], name="org_version_path")]

    def __str__(self) -> str:
        return f"{self.name} {self.first_day}"


class CellKind(models.Model):
    """A kind of cell that was added to the built-in list (`rules.kinds`), or changed in it."""

    code = models.CharField(max_length=30, primary_key=True)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    retired = models.BooleanField(default=False)  # kept by units that have it, given to none anew

    def __str__(self) -> str:
        return self.name_vi
