"""Units and their dated versions, members, posts."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import ChildKey, FoldedField, UidField
from nenmong.org.fields import PathField


def in_force(day: date, prefix: str = "") -> Q:
    """Return the condition that a dated row holds on `day`; both its days are counted."""
    last = prefix + "last_day"
    return Q(**{prefix + "first_day__lte": day}) & (Q(**{last: None}) | Q(**{last + "__gte": day}))


class UnitKind(models.TextChoices):
    PROVINCIAL_COMMITTEE = "provincial_committee", _("provincial committee")
    DISTRICT_COMMITTEE = "district_committee", _("district committee")
    COMMUNE_COMMITTEE = "commune_committee", _("commune committee")
    GRASSROOTS_COMMITTEE = "grassroots_committee", _("grassroots committee")
    GRASSROOTS_CELL = "grassroots_cell", _("grassroots cell")
    CELL = "cell", _("cell")


class CellKind(models.TextChoices):
    VILLAGE = "village", _("village")
    RESIDENTIAL_GROUP = "residential_group", _("residential group")
    ADMINISTRATIVE_OFFICE = "administrative_office", _("administrative office")
    PUBLIC_SERVICE = "public_service", _("public service unit")
    STATE_ENTERPRISE = "state_enterprise", _("state enterprise")
    PRIVATE_ENTERPRISE = "private_enterprise", _("private enterprise")
    POLICE = "police", _("police")
    ARMY = "army", _("army")
    STUDENTS = "students", _("students")
    WARD_OFFICE = "ward_office", _("cell directly under a ward's committee")


CELLS = (UnitKind.CELL, UnitKind.GRASSROOTS_CELL)
GRASSROOTS = (
    UnitKind.COMMUNE_COMMITTEE, UnitKind.GRASSROOTS_COMMITTEE, UnitKind.GRASSROOTS_CELL,
)  # fmt: skip


class UnitShape(models.Model):
    """What is dated about a unit: its name and its place in the tree."""

    kind = models.CharField(max_length=30, choices=UnitKind.choices)
    cell_kind = models.CharField(max_length=30, choices=CellKind.choices, blank=True)
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
    code = models.CharField(max_length=40, blank=True)
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


class Member(models.Model):
    """Only what a meeting needs of a person."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    user = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, related_name="members"
    )
    full_name = models.CharField(_("full name"), max_length=120)
    name_fold = FoldedField(source="full_name", max_length=120)
    name_key = FoldedField(source="full_name", rule="name_key", max_length=400)
    birth_year = models.PositiveSmallIntegerField(_("birth year"), null=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bucket", "user"], name="org_one_member_an_account")
        ]

    def __str__(self) -> str:
        return self.full_name


class MemberStatus(models.TextChoices):
    OFFICIAL = "official", _("official member")
    PROBATIONARY = "probationary", _("probationary member")
    TEMPORARY = "temporary", _("temporarily attached")
    EXEMPT = "exempt", _("exempt")
    SPECIAL_DUTY = "special_duty", _("on special duty")
    AWAY = "away", _("away")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> Self:
        return self.filter(in_force(day))


class Membership(models.Model):
    """A member's belonging to one cell, from one day to another, in one status."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()  # the member's
    member = ChildKey(Member, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    status = models.CharField(max_length=20, choices=MemberStatus.choices)
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "member"], condition=Q(last_day=None),
                name="org_one_open_membership",
                violation_error_message=_("This member belongs to a cell already."),
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="org_membership_ends_after_it_begins",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.member_id} {self.unit_id} {self.status}"


class Post(models.Model):
    """A post a member holds in a unit; the role it gives counts from its first day to its last."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()  # the member's
    member = ChildKey(Member, on_delete=models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20)
    title = models.CharField(max_length=120)  # as it stands under a signature: "Bí thư"
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "member", "unit", "role"], condition=Q(last_day=None),
                name="org_one_open_post_a_role",
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="org_post_ends_after_it_begins",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title} {self.unit_id}"


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
