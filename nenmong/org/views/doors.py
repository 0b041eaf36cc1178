"""What every door here does first: does the unit or the member exist for who asks, may they."""

from datetime import date

from django.utils.translation import gettext as _

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.org import doors
from nenmong.org.models import Following, Member, Membership, Post, Unit
from nenmong.ui.reading import read_day


def unit_for(request: UserRequest, uid: str, permission: str) -> Unit:
    """Return the unit as far as it exists for who asks (404) and they may do this (403)."""
    return doors.unit_for(request.user, uid, permission)


def member_for(
    request: UserRequest, uid: str, permission: str = "org.view_members"
) -> tuple[Member, Membership]:
    """Return a member and their latest place on a roll, on the same terms."""
    return doors.member_for(request.user, uid, permission)


def post_for(request: UserRequest, uid: str, permission: str) -> Post:
    """Return a post, on the terms of the unit where it is held."""
    return doors.post_for(request.user, uid, permission)


def following_for(request: UserRequest, uid: str, permission: str) -> Following:
    """Return a following, on the terms of the unit that is followed."""
    return doors.following_for(request.user, uid, permission)


def asked_day(request: UserRequest) -> date:
    """Return the day a page is asked to be of: `?ngay=`, else today."""
    return read_day(request.GET.get("ngay", "")) or clock.today()


def typed_day(request: UserRequest, name: str) -> date:
    """Return a day that came with a form, else today."""
    return read_day(request.POST.get(name, "")) or clock.today()


def last_day(request: UserRequest) -> date:
    """Return the last day that came with a form: an end is not guessed.

    Raises:
        DomainError: `org.no_last_day`.
    """
    day = read_day(request.POST.get("day", ""))
    if day is None:
        raise DomainError("org.no_last_day", _("Enter the last day."))
    return day


def chosen(request: UserRequest, name: str, sentence: str) -> str:
    """Return what was chosen in a list of a form.

    Raises:
        DomainError: `org.nothing_chosen`, with `sentence`.
    """
    if not (uid := clean(request.POST.get(name, ""))):
        raise DomainError("org.nothing_chosen", sentence)
    return uid
