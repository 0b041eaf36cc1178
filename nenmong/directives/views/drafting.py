"""A document being written: text, versions, put before the meeting, taken back, given up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.directives import actions, doors
from nenmong.directives.access import DRAFT, ISSUE, SEND
from nenmong.directives.models import Directive, DirectiveVersion
from nenmong.directives.queries import drafts
from nenmong.directives.rules import differences
from nenmong.directives.rules.kinds import LONGEST_TEXT
from nenmong.directives.views.asking import course_of, seen, whole, words
from nenmong.org import access as org

CHANGED = "directives.changed_meanwhile"
NOW = "nay"  # in an address: the text as it is now, no version of it


@login_required
def draft(request: UserRequest, uid: str) -> HttpResponse:
    """The page of a document being made; its form saves the text."""
    one = doors.directive_for(request.user, uid, DRAFT)
    if request.method != "POST":
        return show(request, one)
    typed = {"title": request.POST.get("title", ""), "text": request.POST.get("text", "")}
    try:
        actions.change_draft(actor=request.user, directive_uid=uid, seen=seen(request), **typed)
    except NotAllowed:
        raise
    except DomainError as error:
        return show(
            request, doors.directive_for(request.user, uid, DRAFT), sent="draft", typed=typed,
            error=str(error.message), both=error.code == CHANGED,
        )  # fmt: skip
    messages.success(request, _("Saved."))
    return redirect("directives:draft", uid)


def show(request: UserRequest, one: Directive, **refused: Any) -> HttpResponse:
    """Draw the page. `refused`: which form came (`sent`), what it held, why it was not done."""
    actor, path = request.user, one.issuer.path
    found = course_of(one)
    context: dict[str, Any] = {
        "one": one, "unit": one.issuer, "step": found.step.value, "course": found.course,
        "versions": drafts.versions(one), "files": list(one.files.all()), "today": clock.today(),
        "may_issue": org.may(actor, ISSUE, path), "may_send": org.may(actor, SEND, path),
        "sent": "", "typed": {}, "error": "", "both": False, "faults": [],
        "longest": LONGEST_TEXT, "file_mb": settings.NENMONG_FILE_MB, **words(), **refused,
    }  # fmt: skip
    if context["both"]:  # what the other wrote, against what this one did
        context["theirs"] = differences.compare(context["typed"]["text"], one.text)
    return render(request, "directives/draft.html", context, status=422 if refused else 200)


@dataclass(frozen=True)
class Act:
    """What one button does, and the sentence that says it was done."""

    run: Callable[[UserRequest, str], object]
    done: str


ACTS: dict[str, Act] = {
    "keep_version": Act(
        lambda request, uid: actions.keep_version(
            actor=request.user, directive_uid=uid, note=request.POST.get("note", "")
        ),
        gettext_noop("Kept as a version. It stays as it is, whatever is written from now on."),
    ),
    "submit": Act(
        lambda request, uid: actions.submit_draft(actor=request.user, directive_uid=uid),
        gettext_noop("It waits for the next meeting, which decides on it by a vote."),
    ),
    "take_back": Act(
        lambda request, uid: actions.take_back(actor=request.user, directive_uid=uid),
        gettext_noop("Taken back: it may be written on again."),
    ),
    "drop": Act(
        lambda request, uid: actions.drop_draft(
            actor=request.user, directive_uid=uid, reason=request.POST.get("reason", "")
        ),
        gettext_noop("Given up. It is kept, with the reason."),
    ),
}


@login_required
@require_POST
def act(request: UserRequest, uid: str, do: str) -> HttpResponse:
    """Do what a button asks for; refused, the page comes back with what was typed."""
    one = doors.directive_for(request.user, uid, DRAFT)
    try:
        ACTS[do].run(request, uid)
    except NotAllowed:
        raise
    except DomainError as error:
        return show(
            request, doors.directive_for(request.user, uid, DRAFT), sent=do,
            typed=request.POST.dict(), error=str(error.message),
        )  # fmt: skip
    messages.success(request, _(ACTS[do].done))
    if do == "drop":
        return redirect("directives:desk", one.issuer_id)
    return redirect("directives:draft", uid)


@login_required
@require_safe
def compare(request: UserRequest, uid: str) -> HttpResponse:
    """Two versions of a document with what changed between them, or one against the text now."""
    one = doors.directive_for(request.user, uid, DRAFT)
    kept = drafts.versions(one)
    before, after = _chosen(request, [row.number for row in kept])
    texts = drafts.version_texts(one, {before or 0, after or 0})
    old = texts[before].text if before in texts else ""
    new: Directive | DirectiveVersion = texts[after] if after and after in texts else one
    rows = differences.compare(old, new.text)
    context = {
        "one": one, "versions": kept, "before": before, "after": after, "now": NOW,
        "rows": rows, "changed": sum(row.changed for row in rows),
        "old_title": texts[before].title if before in texts else "", "new_title": new.title,
        **words(),
    }  # fmt: skip
    return render(request, "directives/compare.html", context)


def _chosen(request: UserRequest, numbers: list[int]) -> tuple[int | None, int | None]:
    """Return the two versions to compare; None for the text as it is now.

    Without a choice: the last version that was kept, against the text now.
    """
    first = whole(request.GET.get("tu", ""))
    last = whole(request.GET.get("den", ""))
    first = first if first in numbers else (numbers[0] if numbers else None)
    return first, last if last in numbers else None
