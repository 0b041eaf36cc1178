"""Issues, and the register of answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean
from nenmong.opinions import access, actions, filters
from nenmong.opinions.models import Issue, Opinion
from nenmong.opinions.models.opinion import LONGEST
from nenmong.opinions.queries import alike
from nenmong.opinions.queries import issues as found_issues
from nenmong.opinions.queries.page import page_of
from nenmong.opinions.words import words
from nenmong.org import access as org

ANSWERS = 50  # on one page of the register


@login_required
@require_safe
def issues(request: UserRequest) -> HttpResponse:
    everything = request.GET.get("muc") == "tat-ca"
    offset = filters.offset_of(request.GET)
    rows = found_issues.issues(request.user, open_only=not everything, offset=offset)
    context = {
        "rows": rows, "everything": everything, "offset": offset, "page": found_issues.PAGE,
        **words(),
    }  # fmt: skip
    return render(request, "opinions/issues.html", context)


@login_required
@require_safe
def issue(request: UserRequest, uid: str) -> HttpResponse:
    return _issue(request, get_object_or_404(Issue.objects.select_related("unit"), uid=uid))


def _issue(request: UserRequest, issue: Issue, *, title: str = "", error: str = "") -> HttpResponse:
    found = found_issues.issue_detail(request.user, issue)
    if found is None:
        raise Http404
    first = _acted_on(request, issue)
    context: dict[str, Any] = {
        "issue": issue, "found": found, "longest": LONGEST, "title": title or issue.title,
        "may_rename": _may_rename(request, issue), "renaming": error, "first": first,
        "page": page_of(request.user, first) if first else None,
        "sent": "", "typed": {}, "error": "", **words(),
    }  # fmt: skip
    return render(request, "opinions/issue.html", context, status=422 if error else 200)


def _acted_on(request: UserRequest, issue: Issue) -> Opinion | None:
    """Return the first part that lies on a desk of who asks: what is done with it goes for all."""
    parts = Opinion.objects.visible_to(request.user).open().filter(issue_uid=issue.uid)
    for part in parts.select_related("unit__parent", "desk").order_by("uid"):
        if access.may_join(request.user, part):
            return part
    return None


def _may_rename(request: UserRequest, issue: Issue) -> bool:
    path = issue.unit.path
    return org.may(request.user, access.DESK, path) or org.may(request.user, access.ROUTE, path)


@login_required
@require_POST
def rename(request: UserRequest, uid: str) -> HttpResponse:
    issue = get_object_or_404(Issue.objects.select_related("unit"), uid=uid)
    if not Opinion.objects.visible_to(request.user).filter(issue_uid=issue.uid).exists():
        raise Http404
    title = request.POST.get("title", "")
    try:
        actions.rename_issue(actor=request.user, issue_uid=issue.uid, title=title)
    except NotAllowed:
        raise
    except DomainError as error:
        return _issue(request, issue, title=title, error=str(error.message))
    messages.success(request, _("Renamed."))
    return redirect("opinions:issue", issue.uid)


@login_required
@require_safe
def register(request: UserRequest) -> HttpResponse:
    """Signed answers, searched in the question and in the answer; accents do not matter."""
    text = clean(request.GET.get("chua", ""))[:100]
    offset = filters.offset_of(request.GET)
    rows = alike.register(request.user, text, offset, ANSWERS + 1)
    context = {
        "rows": rows[:ANSWERS], "more": len(rows) > ANSWERS, "text": text, "offset": offset,
        "page": ANSWERS, **words(),
    }  # fmt: skip
    return render(request, "opinions/register.html", context)
