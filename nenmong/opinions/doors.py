"""What every door here does first, page or API: does it exist for who asks (404)."""

from collections.abc import Collection

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.core.actions import answered
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.opinions import access
from nenmong.opinions.models import Answer, DeskStay, Issue, Opinion, OpinionFile
from nenmong.opinions.queries.issues import IssueDetail, issue_detail
from nenmong.opinions.queries.shown import hidden
from nenmong.org import access as org
from nenmong.org import doors as at_units
from nenmong.org.models import Unit
from nenmong.ui import formats


def opinion_for(actor: Actor, uid: str) -> Opinion:
    """Return an opinion with its unit and desk, as far as it exists for `actor`."""
    rows = Opinion.objects.visible_to(actor).select_related("unit__parent", "desk__parent")
    return get_object_or_404(rows, uid=uid)


def cell_to_raise_in(actor: Actor, uid: str) -> Unit:
    """Return a cell in which `actor` may raise something; who follows a group sees no more of it.

    Raises:
        Http404, NotAllowed: it does not exist for them; they see it, and do not belong to it.
    """
    unit = get_object_or_404(Unit.objects.select_related("parent"), uid=uid)
    if not access.may_raise(actor, unit):
        at_units.unit_for(actor, uid, access.RAISE)
    if not unit.is_cell or unit.last_day:
        raise Http404
    return unit


def all_seen(actor: Actor, uids: Collection[str]) -> None:
    """Refuse opinions of which one does not exist for `actor`: a refusal would quote its words."""
    wanted = set(uids)
    if Opinion.objects.visible_to(actor).filter(uid__in=wanted).count() != len(wanted):
        raise Http404


def opinion_to_move(actor: Actor, uid: str) -> Opinion:
    """Return an opinion as `opinion_for`; of one that left the desk of who writes, say that.

    For forms of a desk, which sees only what lies on it: a colleague's answer would else turn what
    one was writing into a page that was not found.

    Raises:
        Http404, DomainError: `opinions.left_the_desk`.
    """
    try:
        return opinion_for(actor, uid)
    except Http404:
        of_desk = org.scope(actor, access.DESK, path="desk__path")
        rows = DeskStay.objects.filter(of_desk, opinion=uid, left_on__isnull=False)
        if (stay := rows.select_related("desk").order_by("-uid").first()) is None:
            raise
        raise _left(stay) from None


def _left(stay: DeskStay) -> DomainError:
    """Say what became of an opinion on a desk: answered there, or passed on."""
    signed = Answer.objects.filter(
        bucket=stay.bucket, opinion=stay.opinion_id, desk=stay.desk_id, signed_on=stay.left_on
    )
    said = {"desk": stay.desk.name}
    if (given := signed.order_by("-uid").first()) is None:
        sentence = _(
            "This opinion lies with %(desk)s no longer: it was passed on or returned meanwhile. "
            "Nothing was changed by you; ask a colleague who has it now."
        )
        return DomainError("opinions.left_the_desk", sentence % said)
    said |= {"day": formats.day(given.signed_on or clock.today()), "name": given.signed_by}
    sentence = _(
        "%(desk)s has answered this opinion already: %(name)s signed on %(day)s. That answer "
        "stands, and is read out in the cell; talk to your colleague if yours is the better one."
    )
    return DomainError("opinions.left_the_desk", sentence % said)


def moving(actor: Actor, key: str, uid: str) -> None:
    """Refuse to move an opinion that does not exist for `actor`; one moved under this key did."""
    if not answered(actor, key):
        opinion_for(actor, uid)


def answer_for(actor: Actor, uid: str) -> Answer:
    """Return an answer with its opinion and desk: a signed one for who sees the opinion.

    For its desk it stays, signed or not, wherever the opinion lies now; and for who signs there.
    """
    rows = Answer.objects.select_related("desk__parent", "opinion__unit__parent", "opinion__desk")
    row = get_object_or_404(rows, uid=uid)
    if not _works_on(actor, row):
        opinion_for(actor, row.opinion_id)
        if row.state != Answer.State.SIGNED:
            raise Http404
    return row


def _works_on(actor: Actor, answer: Answer) -> bool:
    desk = answer.desk
    if answer.desk_id == answer.opinion.unit_id:
        return org.may(actor, access.CELL, desk.path)
    return org.may(actor, access.DESK, desk.path) or access.signs(actor, desk)


def file_for(actor: Actor, uid: str) -> OpinionFile:
    """Return a file: of an answer for who sees that, of a cell for who sees the opinion.

    What a cell has not sent yet is there for the cell alone.
    """
    row = get_object_or_404(OpinionFile, uid=uid)
    if row.answer_uid is not None:
        answer_for(actor, row.answer_uid)
    else:
        opinion = opinion_for(actor, row.opinion_id)
        if not row.beyond and not access.of_cell(actor, opinion):
            raise Http404
    return row


def not_hidden(actor: Actor, unit: Unit) -> None:
    """Refuse to list a small cell by itself: it would be known what is said there.

    Raises:
        NotAllowed: `access.denied`.
    """
    if hidden(actor, unit):
        raise NotAllowed(
            "access.denied",
            _(
                "%(unit)s has few members. Beyond the cell its opinions stand only in the list of "
                "the committee above, so that nobody is told apart. Look there."
            )
            % {"unit": unit.name},
        )


def issue_for(actor: Actor, uid: str) -> IssueDetail:
    """Return an issue of which `actor` sees a part."""
    found = issue_detail(actor, get_object_or_404(Issue.objects.select_related("unit"), uid=uid))
    if found is None:
        raise Http404
    return found


def desk_unit_for(actor: Actor, uid: str) -> Unit:
    """Return a unit whose desk is `actor`'s to look at: its own, or one it routes for."""
    unit = at_units.unit_for(actor, uid, "org.view_unit")
    if not org.may(actor, access.ROUTE, unit.path):
        org.require(actor, access.DESK, unit)
    return unit
