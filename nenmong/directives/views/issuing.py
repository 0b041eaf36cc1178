"""What a document says to cells, and issuing it: number, days, what it replaces."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.directives import actions, doors, draft_forms
from nenmong.directives.access import DRAFT, ISSUE
from nenmong.directives.draft_forms import Typed
from nenmong.directives.models import Directive
from nenmong.directives.queries import drafts
from nenmong.directives.queries.numbers import letters_of, proposed
from nenmong.directives.rules import kinds
from nenmong.directives.rules.kinds import LONGEST_GIST, LONGEST_QUESTION, MOST_QUESTIONS
from nenmong.directives.views.asking import course_of, seen, words
from nenmong.directives.views.drafting import CHANGED
from nenmong.org.queries import cell_kind_choices
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.rules import Rule

REVIEW = "directives.review_months"


@login_required
def describe(request: UserRequest, uid: str) -> HttpResponse:
    one = doors.directive_for(request.user, uid, DRAFT)
    changes = dict(one.changes.values_list("cell_kind", "text"))
    if request.method != "POST":
        return _described(request, one, draft_forms.described(one, changes))
    of_kinds = ["", *changes, *(code for code, _name in cell_kind_choices())]
    typed, about = draft_forms.read_about(request.POST, of_kinds)
    if typed.errors:
        return _described(request, one, typed)
    try:
        actions.describe(actor=request.user, directive_uid=uid, about=about, seen=seen(request))
    except NotAllowed:
        raise
    except DomainError as error:
        typed.refuse(error)
        now = doors.directive_for(request.user, uid, DRAFT)
        return _described(request, now, typed, both=error.code == CHANGED)
    messages.success(request, _("Saved."))
    return redirect("directives:draft", uid)


def _described(
    request: UserRequest, one: Directive, typed: Typed, *, both: bool = False
) -> HttpResponse:
    known = cell_kind_choices()
    changes = dict(one.changes.values_list("cell_kind", "text")) if both else {}
    context = {
        "one": one, "unit": one.issuer, "typed": typed, "cell_kinds": known, "both": both,
        "theirs": draft_forms.described(one, changes).values if both else {},
        "asked": Directive.Asked.choices, "most": MOST_QUESTIONS, "longest": LONGEST_GIST,
        "longest_question": LONGEST_QUESTION, "out": one.sendings.exists(), **words(),
    }  # fmt: skip
    refused = typed.errors or typed.error
    return render(request, "directives/describe.html", context, status=422 if refused else 200)


@login_required
def issue(request: UserRequest, uid: str) -> HttpResponse:
    one = doors.directive_for(request.user, uid, ISSUE)
    today = clock.today()
    if request.method != "POST":
        number = proposed(one, today, letters_of(one.issuer))
        return _issued(request, one, draft_forms.proposed(one, number, today, _review(one)[0]))
    typed, issued = draft_forms.read_issued(request.POST)
    if issued is None:
        return _issued(request, one, typed)
    try:
        actions.issue(actor=request.user, directive_uid=uid, issued=issued)
    except NotAllowed:
        raise
    except DomainError as error:
        typed.refuse(error)
        return _issued(request, doors.directive_for(request.user, uid, ISSUE), typed)
    messages.success(request, _("Issued. From now on its words stand."))
    return redirect("directives:draft", uid)


def _review(one: Directive) -> tuple[int, Rule | None]:
    """Return after how many months a document of this kind is reviewed, by which rule; 0, None."""
    if not kinds.of(one.kind).reviewed:
        return 0, None
    rule = rulebook.book_now(one.issuer, clock.today()).rule(REVIEW)
    return int(rule.value), rule


def _issued(request: UserRequest, one: Directive, typed: Typed) -> HttpResponse:
    found = course_of(one)
    context = {
        "one": one, "unit": one.issuer, "typed": typed, "replaceable": drafts.replaceable(one),
        "course": found.course, "letters": kinds.of(one.kind).letters,
        "possible": one.state == Directive.State.ADOPTED
        or (one.state == Directive.State.DRAFT and not found.course.meets),
        "rule": _review(one)[1], **words(),
    }  # fmt: skip
    refused = typed.errors or typed.error
    return render(request, "directives/issue.html", context, status=422 if refused else 200)
