"""The page of one opinion, for its cell and for desks: its way, what was said, what may be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import BothEdited, DomainError, NotAllowed
from nenmong.opinions import access, actions, answer_form, attached
from nenmong.opinions.actions.attaching import MOST_FILES, Attached
from nenmong.opinions.answer_form import Typed
from nenmong.opinions.doors import opinion_for, opinion_to_move
from nenmong.opinions.models import Answer, Opinion
from nenmong.opinions.models.answer import LONGEST as LONGEST_ANSWER
from nenmong.opinions.models.opinion import LONGEST
from nenmong.opinions.queries import alike
from nenmong.opinions.queries.fields import fields_and_workdays
from nenmong.opinions.queries.page import Page, page_of
from nenmong.opinions.rules.states import Who
from nenmong.opinions.words import words
from nenmong.ui.errors import asked_by_htmx
from nenmong.ui.files import Aside, taking

Post = Mapping[str, str]
Said = dict[str, Any]  # who acts, on which opinion, as of which version


@dataclass(frozen=True)
class Act:
    """What one form does, and the sentence that says it was done."""

    run: Callable[[Said, Post], object]
    done: str


def _unseen(said: Said) -> Said:
    return {name: value for name, value in said.items() if name != "seen"}


# By the last part of the address, which is the name of the door too.
ACTS: dict[str, Act] = {
    "keep": Act(
        lambda said, _post: actions.keep(**said),
        gettext_noop("The cell settles this itself. Write down what came of it."),
    ),
    "send": Act(
        lambda said, post: actions.send(
            **said, desk_uid=post.get("desk", ""), looked=bool(post.get("looked"))
        ),
        gettext_noop("Sent up. Its clock begins today."),
    ),
    "change_words": Act(
        lambda said, post: actions.change_words(**said, text=post.get("text", "")),
        gettext_noop("The words are mended."),
    ),
    "reply": Act(
        lambda said, post: actions.reply(**said, text=post.get("text", "")),
        gettext_noop("Said. The desk goes on with it."),
    ),
    "withdraw": Act(
        lambda said, post: actions.withdraw(**said, reason=post.get("reason", "")),
        gettext_noop("Taken back."),
    ),
    "reopen": Act(
        lambda said, post: actions.reopen(**said, reason=post.get("reason", "")),
        gettext_noop("Raised again: it lies with who answered, with a new clock."),
    ),
    "sort": Act(
        lambda said, post: actions.sort(
            **said, kind=post.get("kind", ""), field=post.get("field", "")
        ),
        gettext_noop("Sorted."),
    ),
    "accept": Act(
        lambda said, _post: actions.accept(**said),
        gettext_noop("Accepted. The cell sees that you are at it."),
    ),
    "forward": Act(
        lambda said, post: actions.forward(
            **said, desk_uid=post.get("desk", ""), reason=post.get("reason", "")
        ),
        gettext_noop("Passed on, with the reason. A new clock begins there."),
    ),
    "give_back": Act(
        lambda said, post: actions.give_back(**said, reason=post.get("reason", "")),
        gettext_noop("Returned, with the reason."),
    ),
    "ask": Act(
        lambda said, post: actions.ask(**said, question=post.get("question", "")),
        gettext_noop("Asked. The clock stands until the cell has said more."),
    ),
    "take_on": Act(
        lambda said, _post: actions.take_on(**_unseen(said)),
        gettext_noop("It is among yours now."),
    ),
    "part": Act(
        lambda said, post: actions.part(**_unseen(said), reason=post.get("reason", "")),
        gettext_noop("Taken out of the issue: it goes its own way from now on."),
    ),
}
MOST = 200  # joined at once
OF_DESKS = frozenset({"accept", "forward", "give_back", "ask", "take_on", "sort", "part"})


@login_required
@require_safe
def opinion(request: UserRequest, uid: str) -> HttpResponse:
    return show(request, opinion_for(request.user, uid))


def show(request: UserRequest, opinion: Opinion, **refused: Any) -> HttpResponse:
    """Draw the page. `refused`: which form came (`sent`), what it held, why it was not done."""
    known, days = fields_and_workdays()
    found = page_of(request.user, opinion, days)
    context: dict[str, Any] = {
        "page": found, "detail": found.detail, "opinion": opinion, **words(known),
        "sent": "", "typed": {}, "error": "", "both": None,
        "longest": LONGEST, "longest_answer": LONGEST_ANSWER,
        "most_files": MOST_FILES, "file_mb": settings.NENMONG_FILE_MB,
        **refused,
    }  # fmt: skip
    context |= _answer_context(found, refused.get("answer"))
    answer = render(request, "opinions/opinion.html", context, status=422 if refused else 200)
    if found.given_away:  # names of members, for their secretary alone
        answer["Cache-Control"] = "private, no-store"
    return answer


def _answer_context(page: Page, typed: Typed | None) -> dict[str, Any]:
    """Return what the form of an answer shows: what came, else what is kept."""
    form = typed or answer_form.kept(page.detail.draft)
    checks = answer_form.checks(form, clock.today(), asks=page.detail.opinion.asks)
    begun = bool(form.result or form.text)
    return {
        "form": form, "checks": checks if begun else [], "names": answer_form.names(),
        "complete": answer_form.complete(checks),
    }  # fmt: skip


@login_required
@require_POST
def act(request: UserRequest, uid: str, do: str) -> HttpResponse:
    """Do what a form of the page asks for; refused, the page comes back with what was typed."""
    find = opinion_to_move if do in OF_DESKS else opinion_for
    opinion = find(request.user, uid)
    try:
        ACTS[do].run(said(request, opinion), request.POST)
    except NotAllowed:
        raise
    except DomainError as error:
        return show(
            request, opinion_for(request.user, uid), sent=do, typed=request.POST.dict(),
            error=str(error.message),
        )  # fmt: skip
    messages.success(request, _(ACTS[do].done))
    return onward(request, opinion)


def said(request: UserRequest, opinion: Opinion) -> Said:
    """Return who acts on what, and on which version of it their page was drawn."""
    seen = request.POST.get("seen", "")
    known = seen.isascii() and seen.isdigit() and len(seen) < 10  # noqa: PLR2004 -- of an integer
    return {
        "actor": request.user, "opinion_uid": opinion.uid, "seen": int(seen) if known else None,
    }  # fmt: skip


def onward(request: UserRequest, opinion: Opinion) -> HttpResponse:
    """Go to where one goes on: the issue one came from, the opinion, or the desk it has left."""
    issue = request.POST.get("issue", "")
    if issue and issue == opinion.issue_uid:
        return redirect("opinions:issue", issue)
    if Opinion.objects.visible_to(request.user).filter(uid=opinion.uid).exists():
        return redirect("opinions:opinion", opinion.uid)
    return redirect("opinions:inbox", opinion.desk_id)


# ── the answer ──────────────────────────────────────────────────────────────────────────────


@csrf_exempt  # only until the handler stands: reading the form is what the check begins with
@login_required
@require_POST
def answer(request: UserRequest, uid: str) -> HttpResponse:
    """Keep a draft, sign it, or lay it before the head; or sign what lies before one."""
    opinion = opinion_to_move(request.user, uid)
    with taking(request, attached.all_mb()) as handler:
        checked: HttpResponse = csrf_protect(_answer)(request, opinion, handler)
    return checked


def _answer(request: UserRequest, opinion: Opinion, handler: Aside) -> HttpResponse:
    uid = opinion.uid
    typed = answer_form.read(request.POST)
    try:
        if request.POST.get("do") == "sign":
            waiting = opinion.answers.filter(state=Answer.State.TO_SIGN).order_by("-uid").first()
            if waiting is None:
                access.require_act(request.user, opinion, Who.DESK)
                raise _nothing_to_sign()
            actions.sign_answer(actor=request.user, answer_uid=waiting.uid)
            messages.success(request, _("Signed. It is read out at the cell's next meeting."))
            return onward(request, opinion)
        access.require_act(request.user, opinion, Who.DESK)
        if typed.draft is None or typed.errors:
            return show(request, opinion, sent="answer", answer=typed, error=_not_read(typed))
        files = attached.brought(request, handler)
        kept = _keep(request, opinion, typed, files)
    except BothEdited as both:
        return show(
            request, opinion_for(request.user, uid), sent="answer", answer=typed, both=both,
            error=str(both.message),
        )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as error:
        return show(
            request, opinion_for(request.user, uid), sent="answer", answer=typed,
            error=str(error.message),
        )  # fmt: skip
    messages.success(request, _become(kept))
    return onward(request, opinion)


def _nothing_to_sign() -> DomainError:
    return DomainError(
        "opinions.not_to_sign",
        _("This answer is not before you any more: it was changed, or the opinion moved on."),
    )


def _not_read(typed: Typed) -> str:
    return " ".join(typed.errors.values())


def _keep(request: UserRequest, opinion: Opinion, typed: Typed, files: list[Attached]) -> Answer:
    """Save a draft, or finish it where the button says so; files lie beside it before it is."""
    was = request.POST.get("was")
    what = {**said(request, opinion), "draft": typed.draft, "was": was}
    if files:
        actions.save_answer(**what)
    for one in files:
        actions.attach_to_answer(
            actor=request.user, opinion_uid=opinion.uid, title=one.title, file=one.file
        )
    if request.POST.get("do") == "finish":
        return actions.answer(**what)
    return actions.save_answer(**what)


def _become(answer: Answer) -> str:
    return {
        Answer.State.SIGNED: _("Signed. It is read out at the cell's next meeting."),
        Answer.State.TO_SIGN: _("Laid before the head, who signs it."),
    }.get(Answer.State(answer.state), _("The draft is kept; only this desk sees it."))


@login_required
@require_POST
def answer_check(request: UserRequest, uid: str) -> HttpResponse:
    """What an answer being typed lacks; with another result chosen, its fields."""
    opinion = opinion_to_move(request.user, uid)
    access.require_act(request.user, opinion, Who.DESK)
    typed = answer_form.read(request.POST)
    checks = answer_form.checks(typed, clock.today(), asks=opinion.asks)
    context = {
        "opinion": opinion, "form": typed, "checks": checks, "names": answer_form.names(),
        "complete": answer_form.complete(checks),
    }  # fmt: skip
    fields = request.POST.get("piece") == "fields"
    template = "opinions/_answer_fields.html" if fields else "opinions/_answer_check.html"
    return render(request, template, context)


# ── what is like it ─────────────────────────────────────────────────────────────────────────


@login_required
@require_safe
def beside(request: UserRequest, uid: str) -> HttpResponse:
    """What may be one matter with this, and what was answered before: a piece, or a page."""
    opinion = opinion_for(request.user, uid)
    near = alike.alike(request.user, opinion) if opinion.is_open else []
    context = {
        "opinion": opinion, "alike": near, "may_join": access.may_join(request.user, opinion),
        "before": alike.answered_before(request.user, opinion.text, but=opinion.uid), **words(),
    }  # fmt: skip
    piece = asked_by_htmx(request)
    return render(request, "opinions/_beside.html" if piece else "opinions/beside.html", context)


@login_required
@require_POST
def join(request: UserRequest, uid: str) -> HttpResponse:
    """Join an opinion with those chosen: to its issue, to one of theirs, or to a new one."""
    opinion = opinion_to_move(request.user, uid)
    chosen = request.POST.getlist("with")[:MOST]
    others = list(Opinion.objects.visible_to(request.user).filter(uid__in=chosen).order_by("uid"))
    issues = [opinion.issue_uid, *(one.issue_uid for one in others)]
    issue = actions.join(
        actor=request.user, desk_uid=opinion.desk_id,
        opinion_uids=[opinion.uid, *(one.uid for one in others)],
        title=request.POST.get("title", ""), issue_uid=next((uid for uid in issues if uid), ""),
    )  # fmt: skip
    messages.success(request, _("Joined: one way and one answer from now on."))
    return redirect("opinions:issue", issue.uid)
