"""Who is in charge of what beside a post: following, administration, openings by exception."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import ChildKey, UidField
from nenmong.org.models.people import Member
from nenmong.org.models.units import Unit


class Following(models.Model):
    """A member in charge of a unit, or of a party group in a cell, from one day to another."""

    class Tier(models.TextChoices):
        PROVINCE = "province", _("the province follows grassroots organisations")
        SUPERIOR = "superior", _("the direct superior follows cells")
        GRASSROOTS = "grassroots", _("the grassroots committee follows members")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()  # the follower's
    member = ChildKey(Member, on_delete=models.CASCADE, related_name="followings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="followings")
    # A party group of the unit, by uid without a key: its bucket is the cell's.
    group_uid = UidField(null=True)
    tier = models.CharField(max_length=12, choices=Tier.choices)
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            # Two, since SQLite holds no constraint in which two nulls are the same.
            models.UniqueConstraint(
                fields=["bucket", "member", "unit"], condition=Q(last_day=None, group_uid=None),
                name="org_one_open_following_of_a_unit",
            ),
            models.UniqueConstraint(
                fields=["bucket", "member", "unit", "group_uid"],
                condition=Q(last_day=None, group_uid__isnull=False),
                name="org_one_open_following_of_a_group",
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="org_following_ends_after_it_begins",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.member_id} {self.unit_id}"


class Administrator(models.Model):
    """Who keeps the installation: accounts, first posts, imports; no record, no names sheet."""

    uid = UidField(primary_key=True)
    user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="administrations"
    )
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(last_day=None), name="org_one_open_administration"
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="org_administration_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.first_day}"


class Opening(models.Model):
    """One unit's records opened to one person by exception: why and until when, for all to see."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()  # the unit's
    user_uid = UidField()  # by uid without a key: accounts lie elsewhere
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="openings")
    reason = models.CharField(max_length=300)
    opened_by_uid = UidField()
    opened_at = models.DateTimeField()
    first_day = models.DateField()
    last_day = models.DateField()
    closed_at = models.DateTimeField(null=True)  # at once, before its last day

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="org_opening_ends_after_it_begins",
            )
        ]
        indexes = [models.Index(fields=["user_uid", "last_day"], name="org_opening_by_user")]

    def __str__(self) -> str:
        return f"{self.user_uid} {self.unit_id}"
