"""How an opinion comes to be: from the minutes of a meeting, or raised between two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events, rules
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.texts import fitting
from nenmong.opinions import access
from nenmong.opinions.actions import months
from nenmong.opinions.actions.attaching import Attached, OfCell, add
from nenmong.opinions.actions.moving import Calendar, arrive, write
from nenmong.opinions.events import OpinionMoved
from nenmong.opinions.models import Opinion, OpinionMove, Raiser, TakenElsewhere
from nenmong.opinions.models.opinion import LONGEST
from nenmong.org import access as org
from nenmong.org.models import Membership, Unit, in_force
from nenmong.org.queries import grassroots_of

SHORTEST = 10


@dataclass(frozen=True)
class Noted:
    """A line of sealed minutes that is an opinion. Who said it stays on the names sheet there."""

    uid: str
    unit_uid: str
    meeting_uid: str
    held_on: date
    item: str
    text: str
    kind: str = ""  # where it is known: a question to who issued a document


def words(text: str) -> str:
    """Return an opinion's words as they are kept.

    Raises:
        DomainError: `opinions.no_words`, `core.too_long`.
    """
    text = fitting(rules.clean(text), LONGEST)
    if len(text) < SHORTEST:
        raise DomainError(
            "opinions.no_words",
            _("What is it about? Write a sentence, so that a stranger understands it."),
        )
    return text


@within_action
def opened(unit: Unit, text: str, way: str, **columns: object) -> Opinion:
    """Write an opinion at the desk of its cell, the first line of its timeline, its month."""
    today = clock.today()
    opinion = Opinion(
        bucket=unit.bucket, unit=unit, grassroots=grassroots_of(unit), text=text, way=way,
        desk=unit, since=today, raised_on=today, **columns,
    )  # fmt: skip
    opinion.save(force_insert=True)
    arrive(opinion, unit, Calendar())
    write(opinion, OpinionMove.What.RAISED, subject_uid=opinion.meeting_uid)
    months.add(opinion, raised=1)
    events.emit(OpinionMoved(opinion_uid=opinion.uid))
    return opinion


@action
def open_noted(*, actor: Actor, noted: Noted) -> Opinion:
    """Open what sealed minutes note as an opinion; a second call answers with the first one.

    Raises:
        NotAllowed: only the program does this, when minutes are sealed.
    """
    if not getattr(actor, "is_program", False):
        raise NotAllowed(
            "access.denied", _("Opinions of a meeting go on by themselves when it is sealed.")
        )
    unit = Unit.objects.select_related("parent").get(uid=noted.unit_uid)
    if found := Opinion.objects.filter(bucket=unit.bucket, source_uid=noted.uid).first():
        return found
    opinion = opened(
        unit, noted.text, Opinion.Way.MEETING, source_uid=noted.uid,
        meeting_uid=noted.meeting_uid, item=noted.item, kind=noted.kind,
    )  # fmt: skip
    audit.record(actor, "opinions.raised", opinion, unit_path=unit.path)
    return opinion


@action
def raise_opinion(
    *,
    actor: Actor,
    unit_uid: str,
    text: str,
    kind: str = "",
    member_uid: str = "",
    files: Sequence[Attached] = (),
) -> Opinion:
    """Raise an opinion between two meetings: one's own, or for a member who cannot.

    The same words again on the same day are answered with the first, so that no key that names a
    person need be kept.

    Args:
        member_uid: whose it is, where a secretary or who follows their group raises it for them.
        files: what shows it; at most as many as an opinion has.

    Raises:
        NotAllowed: `actor` neither belongs to the cell nor follows a group of it.
        DomainError: `opinions.no_words`, `opinions.unknown_kind`, `opinions.not_a_member`,
            `opinions.for_whom`, `core.too_long`; as `attaching.add`.
    """
    units = Unit.objects.select_related("parent")
    unit = units.select_for_update(no_key=True, of=("self",)).get(uid=unit_uid)
    if not access.may_raise(actor, unit):
        raise NotAllowed(
            "access.denied",
            _("Only members of %(unit)s raise opinions here. Tell the secretary of the cell.")
            % {"unit": unit.name},
        )
    text = words(text)
    if kind and kind not in Opinion.Kind.values:
        raise DomainError("opinions.unknown_kind", _("Choose what kind of opinion it is."))
    today = clock.today()
    same = Opinion.objects.filter(bucket=unit.bucket, unit=unit, raised_on=today, text=text)
    if found := same.first():
        return _with_files(found, unit, files)
    belongs = Membership.objects.filter(in_force(today), unit=unit).select_related("member")
    own = not member_uid
    raiser = belongs.filter(**({"member__user": actor.uid} if own else {"member": member_uid}))
    row = raiser.first()
    if row is None:
        _refuse_raiser(own=own)
    elif not own and not _for_another(actor, unit, row.group_uid):
        raise DomainError(
            "opinions.for_whom",
            _("Only the secretary, or who follows the group, raises something for another."),
        )
    follower = not own and not org.may(actor, access.RAISE, unit.path)
    way = Opinion.Way.FOLLOWER if follower else Opinion.Way.BETWEEN
    opinion = opened(unit, text, way, kind=kind)
    if row is not None:
        Raiser.objects.create(
            bucket=unit.bucket, opinion=opinion, member_uid=row.member_id, name=row.member.full_name
        )
    add(opinion, files)
    audit.record(OfCell(unit), "opinions.raised", opinion, unit_path=unit.path)
    return opinion


def _with_files(opinion: Opinion, unit: Unit, files: Sequence[Attached]) -> Opinion:
    """Add what came with the same words a second time, as long as they are with the cell."""
    if opinion.state == Opinion.State.AT_CELL and add(opinion, files)[1]:
        audit.record(OfCell(unit), "opinions.file_attached", opinion, unit_path=unit.path)
    return opinion


def _for_another(actor: Actor, unit: Unit, group_uid: str | None) -> bool:
    """Say whether `actor` raises for a member of this group: its follower, or the secretary."""
    if org.may(actor, access.CELL, unit.path):
        return True
    return group_uid is not None and group_uid in access.groups_followed(actor, unit)


def _refuse_raiser(*, own: bool) -> None:
    if own:
        raise DomainError(
            "opinions.for_whom",
            _("Whose opinion is it? Choose the member of the cell who raises it."),
        )
    raise DomainError(
        "opinions.not_a_member", _("This person does not belong to the cell. Choose a name.")
    )


@action
def take_elsewhere(*, actor: Actor, unit_uid: str, sort: str) -> TakenElsewhere:
    """Note that a complaint, a denunciation or a classified matter was not taken: only a number.

    Raises:
        NotAllowed: as `raise_opinion`.
        DomainError: `opinions.unknown_sort`.
    """
    unit = Unit.objects.select_for_update(no_key=True).get(uid=unit_uid)
    if not access.may_raise(actor, unit):
        raise NotAllowed(
            "access.denied",
            _("Only members of %(unit)s raise opinions here. Tell the secretary of the cell.")
            % {"unit": unit.name},
        )
    if sort not in TakenElsewhere.Sort.values:
        raise DomainError("opinions.unknown_sort", _("Choose what it is, from those shown."))
    today = clock.today()
    rows = TakenElsewhere.objects.filter(bucket=unit.bucket, unit=unit, year=today.year)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    noted = TakenElsewhere.objects.create(
        bucket=unit.bucket,
        unit=unit,
        sort=sort,
        year=today.year,
        number=last + 1,
        on=today,
    )
    audit.record(OfCell(unit), "opinions.taken_elsewhere", noted, unit_path=unit.path)
    return noted
