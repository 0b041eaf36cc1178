"""Members, the cells they belong to, party groups, and posts with their terms."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import ChildKey, FoldedField, UidField
from nenmong.org.models.dated import in_force
from nenmong.org.models.units import Unit


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
    email = models.EmailField(_("e-mail"), max_length=120, blank=True)
    code = models.CharField(max_length=40, blank=True)  # in the office's own lists

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bucket", "user"], name="org_one_member_an_account"),
            models.UniqueConstraint(
                fields=["bucket", "code"], condition=~Q(code=""), name="org_one_member_a_code"
            ),
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


class PartyGroup(models.Model):
    """A party group inside a cell: some of its members, who live or work together."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()  # the cell's
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=120)
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "unit", "name"], condition=Q(last_day=None),
                name="org_one_open_group_a_name",
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="org_group_ends_after_it_begins",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A member's belonging to one cell, from one day to another, in one status."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()  # the member's
    member = ChildKey(Member, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    status = models.CharField(max_length=20, choices=MemberStatus.choices)
    # By uid without a key: the group's bucket is the cell's, which may not be the member's.
    group_uid = UidField(null=True)
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
    """A post a member holds in a unit; the role it gives counts from its first day to its last.

    A term has its last day from the start: the right ends with it, and nobody has to remember.
    """

    class Manner(models.TextChoices):
        FULL = "full", _("elected or appointed")
        ACTING = "acting", _("acting")  # until someone is elected or appointed
        SUBSTITUTE = "substitute", _("in someone's place")  # while they are away

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()  # the member's
    member = ChildKey(Member, on_delete=models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20)
    title = models.CharField(max_length=120)  # as it stands under a signature: "Bí thư"
    manner = models.CharField(max_length=10, choices=Manner.choices, default=Manner.FULL)
    term = models.CharField(max_length=20, blank=True)  # as it is called: "2025–2027"
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
