"""Joining opinions that are one matter, and taking one out again: always by a person."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.opinions import access
from nenmong.opinions.actions.moving import Calendar, Turn, locked, step, with_units, write
from nenmong.opinions.models import Issue, IssuePart, Opinion, OpinionMove
from nenmong.opinions.rules.states import Move, State
from nenmong.org import access as org
from nenmong.org.models import Unit

TOGETHER = (State.WAITING, State.ACCEPTED)
MOST = 200  # opinions in one issue


def _title(text: str) -> str:
    title = fitting(clean(text), 300)
    if not title:
        raise DomainError("opinions.no_title", _("Call the issue by what it is about."))
    return title


def _desk(actor: Actor, unit_uid: str) -> Unit:
    """Return the desk at which opinions are joined.

    Raises:
        NotAllowed: it is not `actor`'s.
    """
    unit = Unit.objects.get(uid=unit_uid)
    if not (org.may(actor, access.DESK, unit.path) or org.may(actor, access.ROUTE, unit.path)):
        raise NotAllowed(
            "access.denied",
            _("Only %(unit)s joins what lies on its desk.") % {"unit": unit.name},
        )
    return unit


@action
def join(
    *, actor: Actor, desk_uid: str, opinion_uids: Collection[str], title: str, issue_uid: str = ""
) -> Issue:
    """Join opinions that are one matter, on one desk: what lies below it comes up to it.

    They share every move and one answer from now on. Parts of another issue come along alone.

    Args:
        issue_uid: of an issue they are added to; without it a new one is opened.

    Raises:
        NotAllowed: the desk is not `actor`'s, or an opinion is neither on it nor on one under it.
        DomainError: `opinions.no_title`, `opinions.one_is_no_issue`, `opinions.not_to_join`,
            `opinions.too_many`, `core.too_long`.
    """
    desk = _desk(actor, desk_uid)
    opinions = [locked(uid) for uid in sorted(set(opinion_uids))]
    issue = Issue.objects.select_for_update().get(uid=issue_uid) if issue_uid else None
    added = [one for one in opinions if issue is None or one.issue_uid != issue.uid]
    if issue is not None and not added:
        return issue
    here = Opinion.objects.filter(issue_uid=issue.uid).count() if issue else 0
    if here + len(added) < 2:  # noqa: PLR2004 -- two are joined
        raise DomainError(
            "opinions.one_is_no_issue", _("Choose at least two opinions that are one matter.")
        )
    if here + len(added) > MOST:
        raise DomainError(
            "opinions.too_many",
            _("An issue holds at most %(most)s opinions. Open a second one.") % {"most": MOST},
        )
    for one in added:
        _may_join(actor, one, desk)
    calendar = Calendar()
    if issue is None:
        issue = Issue.objects.create(
            unit=desk, title=_title(title), field=added[0].field, opened_on=clock.today()
        )
    for one in added:
        _leave(one)
        if one.desk_id != desk.uid:
            reason = _("Joined to the issue “%(title)s”") % {"title": issue.title}
            step(one, Turn(Move.FORWARD, reason=reason, by=str(actor), to=desk), calendar)
        IssuePart.objects.create(
            bucket=one.bucket, opinion=one, issue_uid=issue.uid, joined_on=clock.today()
        )
        one.issue_uid = issue.uid
        one.version += 1
        one.save(update_fields=["issue_uid", "version"])
        write(one, OpinionMove.What.JOINED, by=str(actor), subject_uid=issue.uid)
    _level(actor, issue, desk, calendar)
    audit.record(actor, "opinions.joined", issue, unit_path=desk.path, count=len(added))
    return issue


def _level(actor: Actor, issue: Issue, desk: Unit, calendar: Calendar) -> None:
    """Bring the parts on the desk to one state: where one was accepted there, all are."""
    parts = list(
        Opinion.objects.select_for_update()
        .filter(issue_uid=issue.uid, desk=desk, state__in=TOGETHER)
        .order_by("uid")
    )
    with_units(parts, desk)
    if {one.state for one in parts} == set(TOGETHER):
        for one in parts:
            if one.state == State.WAITING:
                step(one, Turn(Move.ACCEPT, by=str(actor)), calendar)


def _may_join(actor: Actor, opinion: Opinion, desk: Unit) -> None:
    if opinion.state not in TOGETHER:
        raise DomainError(
            "opinions.not_to_join",
            _("“%(text)s” is %(state)s now; only what waits or is being dealt with is joined.")
            % {"text": opinion.text[:60], "state": opinion.get_state_display()},
        )
    at_desk = opinion.desk_id == desk.uid
    if not at_desk and not org.may(actor, access.ROUTE, opinion.desk.path):
        raise NotAllowed(
            "access.denied",
            _("“%(text)s” lies with %(desk)s. Ask them to pass it on first.")
            % {"text": opinion.text[:60], "desk": opinion.desk.name},
        )


def _leave(opinion: Opinion) -> None:
    """End the part an opinion has in an issue, and the issue with its last part."""
    if opinion.issue_uid is None:
        return
    IssuePart.objects.filter(bucket=opinion.bucket, opinion=opinion, left_on=None).update(
        left_on=clock.today()
    )
    left = Opinion.objects.filter(issue_uid=opinion.issue_uid).exclude(uid=opinion.uid)
    if not left.exists():
        Issue.objects.filter(uid=opinion.issue_uid).update(ended_on=clock.today())


@action
def part(*, actor: Actor, opinion_uid: str, reason: str = "") -> Opinion:
    """Take an opinion out of its issue: from now on it goes its own way, with all its history.

    Raises:
        NotAllowed: it does not lie on a desk of `actor`'s.
        DomainError: `core.too_long`.
    """
    opinion = locked(opinion_uid)
    if not (
        org.may(actor, access.DESK, opinion.desk.path)
        or org.may(actor, access.ROUTE, opinion.desk.path)
    ):
        raise NotAllowed(
            "access.denied",
            _("This is not yours to do: the opinion lies with %(desk)s now. Ask there.")
            % {"desk": opinion.desk.name},
        )
    if opinion.issue_uid is None:
        return opinion
    issue_uid = opinion.issue_uid
    _leave(opinion)
    opinion.issue_uid = None
    opinion.version += 1
    opinion.save(update_fields=["issue_uid", "version"])
    reason = fitting(clean(reason), 300)
    write(opinion, OpinionMove.What.PARTED, reason=reason, by=str(actor), subject_uid=issue_uid)
    audit.record(actor, "opinions.parted", opinion, unit_path=opinion.unit.path)
    return opinion


@action
def rename_issue(*, actor: Actor, issue_uid: str, title: str) -> Issue:
    """Call an issue otherwise.

    Raises:
        NotAllowed: it was not opened at a desk of `actor`'s.
        DomainError: `opinions.no_title`, `core.too_long`.
    """
    issue = Issue.objects.select_for_update(of=("self",)).select_related("unit").get(uid=issue_uid)
    _desk(actor, issue.unit_id)
    title = _title(title)
    if title != issue.title:
        issue.title = title
        issue.save(update_fields=["title", "title_fold"])
        audit.record(actor, "opinions.issue_renamed", issue, unit_path=issue.unit.path)
    return issue
