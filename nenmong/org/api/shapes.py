"""How units, members, posts and followings are written in the API, and what is sent to change them.

Rows name each other by uid, so that no answer grows with what hangs on a row.
"""

from datetime import date
from typing import Annotated

from ninja import Query, Schema
from pydantic import Field, StrictInt

from nenmong.org.models import Following, MemberStatus, Post, UnitKind
from nenmong.ui.api import MOST_ROWS, Day, Said, Uid

FROM = "The first day on which it holds."
TO = "The last day on which it holds, itself counted; null while no end is known."
FirstDay = Annotated[date, Field(description=FROM)]
LastDay = Annotated[date | None, Field(description=TO)]


class Listing(Schema):
    """What a list under a unit is asked for."""

    below: bool = Field(False, description="Also of the units below, as far as you see them.")
    day: Annotated[Day | None, Field(description="As of this day; left out: today.")] = None
    ever: bool = Field(False, description="Also what has ended, and what is still to come.")
    after: Annotated[Uid | None, Field(description="`next` of the page before.")] = None
    limit: int = Field(100, ge=1, le=MOST_ROWS, description="Rows of a page, at most.")


Listed = Annotated[Listing, Query()]


class UnitOut(Schema):
    """A unit as it is today; with a last day, as it was when it ended."""

    uid: Uid
    parent: Uid | None = Field(validation_alias="parent_id")
    kind: UnitKind
    cell_kind: str = Field(description="The kind of cell, for cells; else empty.")
    name: str
    organization_name: str = Field(description="As it stands in the head of a document.")
    locality: str = Field(description="Where its documents are dated.")
    code: str = Field(description="In the office's own lists.")
    registry_code: str = Field(description="In the national register of party organisations.")
    last_day: LastDay


class VersionOut(Schema):
    """A unit from one day to another."""

    first_day: FirstDay
    last_day: LastDay
    parent: Uid | None = Field(validation_alias="parent_id")
    kind: UnitKind
    cell_kind: str
    name: str
    organization_name: str
    locality: str


class NewUnitIn(Said):
    """A unit to be founded; an empty name of the organisation is the unit's own."""

    parent: Uid | None = Field(description="The unit above; null founds a province.")
    kind: UnitKind
    name: str = Field(max_length=200)
    organization_name: str = Field("", max_length=200)
    locality: str = Field("", max_length=100)
    cell_kind: str = Field("", max_length=30)
    code: str = Field("", max_length=40)
    first_day: Day


class NewNameIn(Said):
    """Another name from a day on; an empty name of the organisation is the unit's own."""

    name: str = Field(max_length=200)
    organization_name: str = Field("", max_length=200)
    from_day: Day


class PlaceOut(Schema):
    """A member's belonging to a cell, from one day to another, in one status."""

    unit: Uid = Field(validation_alias="unit_id")
    status: MemberStatus
    group: Uid | None = Field(validation_alias="group_uid", description="A party group of the cell")
    first_day: FirstDay
    last_day: LastDay


class RollLineOut(PlaceOut):
    """One line of a roll."""

    member: Uid = Field(validation_alias="member_id")
    full_name: str = Field(validation_alias="member.full_name")


class ContactOut(Schema):
    """What is known of a member beside their name."""

    birth_year: int | None
    phone: str
    email: str


class ChargeOut(Schema):
    """What posts and followings have in common."""

    uid: Uid
    member: Uid = Field(validation_alias="member_id")
    full_name: str = Field(validation_alias="member.full_name")
    unit: Uid = Field(validation_alias="unit_id")
    first_day: FirstDay
    last_day: LastDay


class PostOut(ChargeOut):
    """A post a member holds in a unit; the role it gives counts from its first day to its last."""

    role: str = Field(description="The role it gives, a code: secretary, office, …")
    title: str = Field(description="As it stands under a signature; may be empty.")
    manner: Post.Manner
    term: str = Field(description="As the term is called: 2025–2027; may be empty.")


class FollowingOut(ChargeOut):
    """A member in charge of a unit, or of a party group in it."""

    group: Uid | None = Field(validation_alias="group_uid")
    tier: Following.Tier


class MemberOut(Schema):
    """One member: where they belong and belonged, and which posts they hold and held."""

    uid: Uid
    full_name: str
    contact: ContactOut | None = Field(
        description="Null unless you manage the members of their cell."
    )
    memberships: list[PlaceOut] = Field(description="The latest first.")
    posts: list[PostOut] = Field(description="The latest first.")


BirthYear = Annotated[StrictInt | None, Field(ge=1900, le=2129)]


class NewMemberIn(Said):
    """A member to be entered on a cell's roll."""

    full_name: str = Field(max_length=120)
    status: MemberStatus
    first_day: Day
    birth_year: BirthYear = None


class MemberIn(Said):
    """All that is known of a member beside the roll: what is left empty is forgotten."""

    full_name: str = Field(max_length=120)
    birth_year: BirthYear
    phone: str = Field(max_length=20)
    email: str = Field(max_length=120)


class StatusIn(Said):
    """Another status from a day on."""

    status: MemberStatus
    from_day: Day


class MoveIn(Said):
    """Another cell from a day on."""

    unit: Uid
    from_day: Day


class EndIn(Said):
    """The last day, itself counted."""

    last_day: Day


class NewPostIn(Said):
    """A post to be given. With a last day the right ends by itself with the term."""

    member: Uid
    role: str = Field(max_length=20, description="The role it gives, a code: secretary, office, …")
    title: str = Field("", max_length=120)
    first_day: Day
    last_day: Day | None = None
    manner: Post.Manner = Post.Manner.FULL
    term: str = Field("", max_length=20)


class NewFollowingIn(Said):
    """A unit, or a party group in it, to be followed."""

    member: Uid
    group: Uid | None = None
    tier: Following.Tier
    first_day: Day
    last_day: Day | None = None
