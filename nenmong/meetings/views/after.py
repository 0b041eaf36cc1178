"""After the seal, and numbers: notes beside minutes, the last number given before this program."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import actions, forms
from nenmong.meetings.queries import numbers as of
from nenmong.meetings.views.acting import at_meeting
from nenmong.org import access
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.rules.terms import term_of
from nenmong.ui.keys import key_of


@at_meeting("meetings.seal", "record")
def write_note(request: UserRequest, uid: str) -> str:
    actions.write_note(
        actor=request.user, key=key_of(request), meeting_uid=uid, text=request.POST.get("text", "")
    )
    return "dinh-chinh"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def numbers(request: UserRequest, unit_uid: str) -> HttpResponse:
    """Show the last number of each type of document in this term, and set it."""
    unit = get_object_or_404(access.visible_units(request.user), uid=unit_uid)
    access.require(request.user, "meetings.seal", unit)
    fault = None
    kind = request.POST.get("kind", "")
    if request.method == "POST":
        try:
            last = forms.read_count(request.POST.get("last", ""), forms.number_word())
            actions.set_last_number(actor=request.user, unit_uid=unit_uid, kind=kind, last=last)
            return redirect("meetings:numbers", unit_uid)
        except DomainError as error:
            fault = error
    book = rulebook.book_now(unit, clock.today())
    term = term_of(clock.today(), of.terms_of(book))
    context = {
        "unit": unit,
        "term": term,
        "rule": book.rule("documents.term_starts"),
        "last": of.last_numbers(unit_uid, term),
        "given": {code: of.last_given(unit, code, term) for code in of.TYPES},
        "fault": fault,
        "kind": kind,
        "typed": request.POST.get("last", ""),
    }
    return render(request, "meetings/numbers.html", context, status=fault.status if fault else 200)
