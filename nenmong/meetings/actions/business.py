"""Items that are more than a matter to discuss: their first words, dues; a draft taken over.

A probationary member becomes official, or a member exempt, by the decision of the committee above:
nothing here changes the roll of the organisation.
"""

from django.utils.translation import gettext as _

from nenmong.core import audit
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.texts import fitting
from nenmong.meetings.actions.holding import MEETING_TEXTS
from nenmong.meetings.actions.locking import locked, locked_item
from nenmong.meetings.models import AgendaItem, Meeting
from nenmong.meetings.models.meeting import WORKING
from nenmong.meetings.rules import business


def title_for(kind: str, name: str) -> str:
    """Return the title an item of this business begins with; `name` is of the person it is about.

    Raises:
        DomainError: `meetings.no_person` where it is about a person and no name is given.
    """
    if kind in business.ABOUT_A_PERSON and not name.strip():
        raise DomainError(
            "meetings.no_person", _("Whom is it about? Write the person's full name.")
        )
    match kind:
        case business.ADMISSION:
            return _("Admission to the Party: %(name)s") % {"name": name.strip()}
        case business.MAKE_OFFICIAL:
            return _("Making a probationary member official: %(name)s") % {"name": name.strip()}
        case business.EXEMPTION:
            return _("Exemption from meetings and work: %(name)s") % {"name": name.strip()}
        case business.DUES:
            return _("Party dues")
        case business.DELEGATE:
            return _("The delegate of the committee above speaks, the cell replies")
    return name


def question_for(item: AgendaItem, *, decides: bool = False) -> str:
    """Return the sentence that is voted on under an item of some business; "" where none is set.

    Args:
        decides: what comes before the meeting at this item asks for its decision.
    """
    name = business.person_of(item.title) or item.title
    match item.business:
        case business.ADMISSION:
            return _("Agree to propose the admission of %(name)s to the Party") % {"name": name}
        case business.MAKE_OFFICIAL:
            return _("Agree to propose making %(name)s an official member") % {"name": name}
        case business.EXEMPTION:
            return _("Agree to propose exempting %(name)s from meetings and work") % {"name": name}
    return _("Adopt “%(title)s”") % {"title": item.title} if decides else ""


@within_action
def check_dues(meeting: Meeting, item: AgendaItem, members: int, amount: int) -> None:
    """Refuse dues that do not fit.

    Raises:
        DomainError: `meetings.not_dues`, `meetings.dues_members`, `meetings.dues_amount`.
    """
    if item.business != business.DUES:
        raise DomainError(
            "meetings.not_dues",
            _("This item is not about dues. Open the item of the dues, or add one."),
        )
    if not 0 <= members <= meeting.total:
        raise DomainError(
            "meetings.dues_members",
            _("%(members)s paid, but %(total)s are on the roll. Count again.")
            % {"members": members, "total": meeting.total},
        )
    if not 0 <= amount <= business.MAX_AMOUNT:
        raise DomainError(
            "meetings.dues_amount",
            _("The sum could not be read. Write it in đồng, e.g. 1.250.000."),
        )


@action
def record_dues(*, actor: Actor, item_uid: str, members: int, amount: int) -> AgendaItem:
    """Note under the item of dues how many members paid, and how much in all.

    Args:
        members: those who paid.
        amount: in đồng.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.not_dues`, `meetings.dues_members`,
            `meetings.dues_amount`.
    """
    meeting, item = locked_item(actor, item_uid, "meetings.work", WORKING)
    check_dues(meeting, item, members, amount)
    if (item.dues_members, item.dues_amount) != (members, amount):
        item.dues_members, item.dues_amount = members, amount
        item.save(update_fields=["dues_members", "dues_amount"])
        audit.record(actor, "meetings.dues_recorded", item, unit_path=meeting.unit.path)
    return item


@action
def take_over_draft(*, actor: Actor, meeting_uid: str) -> Meeting:
    """Make the draft resolution the directions of the resolution, where none are written yet.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_draft`, `meetings.directions_written`,
            `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", WORKING)
    if not meeting.draft_resolution:
        raise DomainError(
            "meetings.no_draft", _("No draft resolution was written. Write the directions here.")
        )
    if meeting.directions == meeting.draft_resolution:
        return meeting
    if meeting.directions:
        raise DomainError(
            "meetings.directions_written",
            _("The directions are written already. Mend them by hand: nothing is written over."),
        )
    meeting.directions = fitting(meeting.draft_resolution, MEETING_TEXTS["directions"])
    meeting.save(update_fields=["directions"])
    audit.record(actor, "meetings.draft_taken_over", meeting, unit_path=meeting.unit.path)
    return meeting
