"""Units, members and people for tests: written straight to the tables, believable, small."""

from datetime import date
from itertools import count

import factory
from factory.django import DjangoModelFactory

from nenmong.accounts.models import User
from nenmong.core import clock
from nenmong.org import rules
from nenmong.org.models import (
    Administrator,
    Following,
    Member,
    Membership,
    Opening,
    Post,
    Reorganisation,
    Unit,
    UnitSuccession,
    UnitVersion,
)

LONG_AGO = date(2020, 1, 1)
_roots = count(1)


class UnitFactory(DjangoModelFactory):
    """A cell under a ward of its own, unless told otherwise."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    kind = "cell"
    cell_kind = factory.LazyAttribute(
        lambda unit: "residential_group" if unit.kind == "cell" else ""
    )
    name = factory.Sequence(lambda n: f"Chi bộ Tổ dân phố số {n + 1}")
    organization_name = factory.SelfAttribute("name")
    locality = "Xuân Hòa"
    bucket = factory.LazyAttribute(lambda unit: unit.parent.bucket if unit.parent else 1)
    parent = factory.LazyAttribute(lambda unit: WardFactory() if unit.kind in {"cell"} else None)

    @factory.lazy_attribute
    def path(self):
        if self.parent is None:
            return rules.child_path("", next(_roots))
        taken = Unit.objects.filter(parent=self.parent).count()
        return rules.child_path(self.parent.path, taken + 1)

    @factory.post_generation
    def version(self, create, extracted, **kwargs):
        UnitVersion.objects.create(
            unit=self, parent=self.parent, first_day=LONG_AGO, kind=self.kind,
            cell_kind=self.cell_kind, name=self.name, organization_name=self.organization_name,
            locality=self.locality, path=self.path,
        )  # fmt: skip


class WardFactory(UnitFactory):
    kind = "commune_committee"
    name = factory.Sequence(lambda n: f"Đảng ủy phường số {n + 1}")
    organization_name = factory.LazyAttribute(lambda unit: unit.name.replace("Đảng ủy", "Đảng bộ"))
    parent = None


FAMILY = ["Trần Thị", "Lê Đức", "Phạm Thị", "Đỗ Tiến", "Nguyễn Thị", "Bùi Văn", "Hoàng Thị"]
GIVEN = ["Bình", "Cường", "Dung", "Dũng", "Đào", "Đạt", "Giang", "Hà", "Hải", "Hạnh", "Ái"]


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = Member

    bucket = 1
    full_name = factory.Sequence(lambda n: f"{FAMILY[n % len(FAMILY)]} {GIVEN[n % len(GIVEN)]}")

    @classmethod
    def of(cls, unit, status="official", first_day=LONG_AGO, **fields):
        """A member on a cell's roll."""
        member = cls(bucket=unit.bucket, **fields)
        Membership.objects.create(
            bucket=unit.bucket, member=member, unit=unit, status=status, first_day=first_day
        )
        return member


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"nguoi{n}")
    full_name = factory.Sequence(lambda n: f"Người Dùng {n}")
    bucket = 1

    @classmethod
    def holding(cls, role, unit, title="", **fields):
        """Someone who holds a role in a unit; in a cell they are on its roll."""
        user = cls(bucket=unit.bucket, **fields)
        if role == "administrator":
            Administrator.objects.create(user=user, first_day=LONG_AGO)
            return user
        if role in {"heir", "keeper"}:  # of a cell that this one went on in
            now = UnitFactory(parent=unit.parent)
            plan = Reorganisation.objects.create(
                code=f"hop-nhat-{now.uid}", day=LONG_AGO, text="", applied_at=clock.now(),
                applied_by_uid=user.uid,
            )  # fmt: skip
            UnitSuccession.objects.create(
                from_unit=unit, to_unit=now, day=LONG_AGO, kind="merge", since=clock.now(),
                plan=plan,
            )  # fmt: skip
            member = MemberFactory.of(now, full_name=user.full_name, user=user)
            if role == "keeper":
                Post.objects.create(
                    bucket=now.bucket, member=member, unit=now, role="secretary", title="",
                    first_day=LONG_AGO,
                )  # fmt: skip
            return user
        if role == "reader":
            Opening.objects.create(
                bucket=unit.bucket, user_uid=user.uid, unit=unit, reason="Thử",
                opened_at=clock.now(), opened_by_uid=user.uid,
                first_day=LONG_AGO, last_day=clock.today(),
            )  # fmt: skip
            return user
        if role == "visitor":
            member = MemberFactory(bucket=unit.bucket, full_name=user.full_name, user=user)
            Following.objects.create(
                bucket=unit.bucket, member=member, unit=unit, tier="superior", first_day=LONG_AGO
            )
            return user
        if unit.is_cell:
            member = MemberFactory.of(unit, full_name=user.full_name, user=user)
        else:
            member = MemberFactory(bucket=unit.bucket, full_name=user.full_name, user=user)
        if role != "member":
            Post.objects.create(
                bucket=unit.bucket, member=member, unit=unit, role=role, title=title,
                first_day=LONG_AGO,
            )  # fmt: skip
        return user
