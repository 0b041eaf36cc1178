"""The pages of a cell: what became of what we said, raising something, who raised it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.opinions import access, actions, attached, forms
from nenmong.opinions.actions.attaching import MOST_FILES
from nenmong.opinions.doors import opinion_for
from nenmong.opinions.forms import Raised
from nenmong.opinions.models import Opinion, TakenElsewhere
from nenmong.opinions.models.opinion import LONGEST
from nenmong.opinions.queries import alike, cell, raising
from nenmong.opinions.rules.states import Who
from nenmong.opinions.sentences import where_it_belongs
from nenmong.opinions.words import result_names
from nenmong.org import access as org
from nenmong.org.doors import unit_for
from nenmong.org.models import Unit
from nenmong.ui.errors import asked_by_htmx
from nenmong.ui.files import Aside, taking

NOT_KEPT = "private, no-store"  # not even by the browser: the phone may be another's tomorrow
FIRST_YEAR, YEAR_DIGITS = 2000, 4
OF_FILES = (  # refusals that stand by the field of files
    "files.too_large_together", "files.not_whole", "opinions.files_refused",
    "opinions.too_many_files", "opinions.no_title",
)  # fmt: skip
KINDS, VERDICTS = Opinion.Kind, Opinion.Verdict


# ── what became of it ───────────────────────────────────────────────────────────────────────


@login_required
@require_safe
def of_cell(request: UserRequest, unit_uid: str) -> HttpResponse:
    unit = unit_for(request.user, unit_uid, access.VIEW)
    if not unit.is_cell:
        return redirect("opinions:list", unit.uid)
    course = cell.course(request.user, unit, _year(request))
    if course.small:
        raise NotAllowed(
            "access.denied",
            _(
                "%(unit)s has few members. Beyond the cell its opinions stand only in the list of "
                "the committee above, so that nobody is told apart. Look there."
            )
            % {"unit": unit.name},
        )
    context = {
        "unit": unit, "course": course, **_words(),
        "own": org.may(request.user, access.RAISE, unit.path),
        "decides": org.may(request.user, access.CELL, unit.path),
        "may_see_names": org.may(request.user, access.NAMES, unit.path),
    }  # fmt: skip
    return render(request, "opinions/of_cell.html", context)


def _year(request: UserRequest) -> int:
    """Return the year asked for; this one where none that can be read is."""
    text, now = request.GET.get("nam", ""), clock.today().year
    readable = text.isascii() and text.isdigit() and len(text) == YEAR_DIGITS
    return int(text) if readable and FIRST_YEAR <= int(text) <= now else now


def _words() -> dict[str, Any]:
    """Return how kinds, results and verdicts are called on a page."""
    return {
        "kinds": dict(KINDS.choices), "results": result_names(),
        "verdicts": dict(VERDICTS.choices),
    }  # fmt: skip


@login_required
@require_POST
def decide(request: UserRequest, uid: str) -> HttpResponse:
    """The first question of a cell: does it settle it itself, or send it up?

    What needs more than a press, as words that name somebody, is done on the page of the opinion.
    """
    opinion = opinion_for(request.user, uid)
    access.require_act(request.user, opinion, Who.CELL)
    said = {"actor": request.user, "opinion_uid": opinion.uid}
    match request.POST.get("do"):
        case "keep":
            actions.keep(**said)
            messages.success(
                request, _("The cell settles this itself. Write down what came of it.")
            )
        case "send":
            try:
                sent = actions.send(**said)
            except DomainError as refused:
                if refused.code not in {"opinions.gives_away", "opinions.files_not_looked_at"}:
                    raise
                # Not its sentence: that one names members, and a message lies in the browser.
                named = _(
                    "Not sent yet: names or phone numbers stand in its words. Look at them here, "
                    "then mend the text or let it go as it is."
                )
                shown = _("Not sent yet: files go with it. Look at each one here, then send it.")
                messages.warning(request, named if "gives" in refused.code else shown)
                return redirect("opinions:opinion", opinion.uid)
            messages.success(request, _("Sent to %(desk)s.") % {"desk": sent.desk.name})
        case _other:
            raise DomainError(
                "opinions.no_decision", _("Say whether the cell settles it, or it goes up.")
            )
    return redirect("opinions:of_cell", opinion.unit_id)


@login_required
@require_safe
def names(request: UserRequest, uid: str) -> HttpResponse:
    """Who raised an opinion; opening this is written down."""
    opinion = opinion_for(request.user, uid)
    org.require(request.user, access.NAMES, opinion.unit)
    context: dict[str, Any] = {"opinion": opinion, "name": ""}
    if opinion.way != Opinion.Way.MEETING:
        context |= actions.read_raiser(actor=request.user, opinion_uid=opinion.uid)
    answer = render(request, "opinions/names.html", context)
    answer["Cache-Control"] = NOT_KEPT
    return answer


# ── raising ─────────────────────────────────────────────────────────────────────────────────


def cell_to_raise_in(request: UserRequest, uid: str) -> Unit:
    """Return a cell in which who asks may raise something; who follows a group sees no more of it.

    Raises:
        Http404, NotAllowed: it does not exist for them; they see it, and do not belong to it.
    """
    unit = get_object_or_404(Unit.objects.select_related("parent"), uid=uid)
    if not access.may_raise(request.user, unit):
        unit_for(request.user, uid, access.RAISE)
    if not unit.is_cell or unit.last_day:
        raise Http404
    return unit


@csrf_exempt  # only until the handler stands: reading the form is what the check begins with
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def raise_(request: UserRequest, unit_uid: str) -> HttpResponse:
    unit = cell_to_raise_in(request, unit_uid)
    if request.method != "POST":
        return _form(request, unit, Raised())
    with taking(request, attached.all_mb()) as handler:
        checked: HttpResponse = csrf_protect(_raise)(request, unit, handler)
    return checked


def _raise(request: UserRequest, unit: Unit, handler: Aside) -> HttpResponse:
    """Look, take elsewhere, or raise; of what is taken elsewhere no file is kept either."""
    asked = forms.read(request.POST)
    if request.POST.get("do") == "look":
        found = alike.answered_before(request.user, asked.text[:LONGEST])
        return _form(request, unit, asked, looked=True, found=found)
    if asked.sort:
        noted = actions.take_elsewhere(actor=request.user, unit_uid=unit.uid, sort=asked.sort)
        return _done(request, unit, {"noted": noted, "where": where_it_belongs(asked.sort)})
    try:
        opinion = actions.raise_opinion(
            actor=request.user, unit_uid=unit.uid, text=asked.text, kind=asked.kind,
            member_uid=asked.member, files=attached.brought(request, handler),
        )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as refused:
        return _form(request, unit, asked, error=refused)
    return _done(request, unit, {"opinion": opinion, "noted": None})


def _form(
    request: UserRequest,
    unit: Unit,
    asked: Raised,
    *,
    error: DomainError | None = None,
    **more: Any,
) -> HttpResponse:
    """Show the form with what was typed, and beside its field what is wrong with it."""
    others = raising.for_whom(request.user, unit)
    own = org.may(request.user, access.RAISE, unit.path)
    about = {"opinions.for_whom": "member", "opinions.not_a_member": "member"}
    about["opinions.unknown_kind"] = "kind"
    about |= dict.fromkeys(OF_FILES, "file")
    context = {
        "unit": unit, "asked": asked, "own": own, "others": others, "longest": LONGEST,
        "most_files": MOST_FILES, "file_mb": settings.NENMONG_FILE_MB,
        "choose_again": bool(request.FILES),
        "kind_choices": [("", _("not sure")), *KINDS.choices],
        "sorts": [
            (sort, words, where_it_belongs(sort)) for sort, words in TakenElsewhere.Sort.choices
        ],
        "errors": {about.get(error.code, "text"): str(error.message)} if error else {},
        **_words(), "looked": False, "found": [], **more,
    }  # fmt: skip
    piece = asked_by_htmx(request)
    template = "opinions/_raise_form.html" if piece else "opinions/raise.html"
    return render(request, template, context, status=error.status if error else 200)


def _done(request: UserRequest, unit: Unit, context: dict[str, Any]) -> HttpResponse:
    """Say what was raised or taken elsewhere: in the form's place, or on the page it leads to."""
    own = org.may(request.user, access.RAISE, unit.path)
    context |= {
        "unit": unit, "own": own, "decides": org.may(request.user, access.CELL, unit.path),
        "may_see_names": False, **_words(),
    }  # fmt: skip
    if asked_by_htmx(request):
        return render(request, "opinions/_raised.html", context)
    if noted := context.get("noted"):
        kept = _("Nothing you typed was kept, only number %(number)s.") % {"number": noted.number}
        messages.warning(request, f"{context['where']} {kept}")
        return redirect("opinions:raise", unit.uid)
    messages.success(
        request, _("Raised. The secretary of the cell sees it, and whose it is stays in the cell.")
    )
    return redirect("opinions:of_cell" if own else "opinions:raise", unit.uid)


@login_required
@require_POST
def answered_before(request: UserRequest, unit_uid: str) -> HttpResponse:
    """What was answered to something alike, while it is typed. A form: words in no address."""
    cell_to_raise_in(request, unit_uid)
    found = alike.answered_before(request.user, request.POST.get("text", "")[:LONGEST])
    context = {"found": found, "looked": True, **_words()}
    return render(request, "opinions/_answered_before.html", context)
