"""Files of a document: attached, handed out; its text from Word, and as Word."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.files.naming import TYPES, saved_as
from nenmong.core.keeping import content_of
from nenmong.directives import actions, doors, from_word
from nenmong.directives.access import DRAFT
from nenmong.directives.models import Directive, DirectiveFile
from nenmong.directives.rules import states
from nenmong.directives.views import drafting
from nenmong.directives.views.asking import seen
from nenmong.org import access as org
from nenmong.ui.files import Aside, files_in, handed_out, take_in, taking


@csrf_exempt  # only until the handler stands: reading the form is what the check begins with
@login_required
@require_POST
def add(request: UserRequest, uid: str) -> HttpResponse:
    one = doors.directive_for(request.user, uid, DRAFT)
    with taking(request, settings.NENMONG_MEETING_MB) as handler:
        checked: HttpResponse = csrf_protect(_add)(request, one, handler)
    return checked


def _add(request: UserRequest, one: Directive, handler: Aside) -> HttpResponse:
    """Attach every file that can be; say of each other one why not."""
    try:
        files = files_in(request, handler)
    except DomainError as error:
        return drafting.show(request, one, sent="add_files", error=str(error.message))
    faults: list[str] = []
    for title, file in files:
        try:
            kept = take_in(file)
            actions.attach_file(actor=request.user, directive_uid=one.uid, title=title, file=kept)
        except NotAllowed:
            raise
        except DomainError as error:
            faults.append(f"{title}: {error.message}")
    if added := len(files) - len(faults):
        words = ngettext("%(count)s file is attached.", "%(count)s files are attached.", added)
        messages.success(request, words % {"count": added})
    if faults:
        return drafting.show(request, one, sent="add_files", faults=faults)
    return redirect("directives:draft", one.uid)


@login_required
@require_POST
def remove(request: UserRequest, uid: str) -> HttpResponse:
    row = doors.file_for(request.user, uid, DRAFT)
    try:
        actions.remove_file(actor=request.user, file_uid=uid)
    except NotAllowed:
        raise
    except DomainError as error:
        return drafting.show(request, row.directive, sent="remove_file", error=str(error.message))
    messages.success(request, _("Taken off."))
    return redirect("directives:draft", row.directive_id)


def _day(row: DirectiveFile) -> str:
    return clock.local(row.added_at).date().isoformat()


@login_required
@require_safe
def file(request: UserRequest, uid: str) -> HttpResponse:
    row = doors.file_for(request.user, uid)
    name = saved_as("van-ban", _day(row), row.title, row.kind)
    return handed_out(content_of(row.sha256), name, TYPES[row.kind])


@csrf_exempt
@login_required
@require_POST
def word_in(request: UserRequest, uid: str) -> HttpResponse:
    one = doors.directive_for(request.user, uid, DRAFT)
    with taking(request, settings.NENMONG_FILE_MB) as handler:
        checked: HttpResponse = csrf_protect(_word_in)(request, one, handler)
    return checked


def _word_in(request: UserRequest, one: Directive, handler: Aside) -> HttpResponse:
    """Take the text of a Word file over; what stood there is kept as a version first."""
    actor, was = request.user, seen(request)
    try:
        _title, file = files_in(request, handler)[0]
        text = from_word.text_from(take_in(file))
        if one.text and was == one.version and one.state == Directive.State.DRAFT:
            note = _("before the text came from Word")
            actions.keep_version(actor=actor, directive_uid=one.uid, note=note)
        actions.change_draft(
            actor=actor, directive_uid=one.uid, title=one.title, text=text, seen=was
        )
    except NotAllowed:
        raise
    except DomainError as error:
        return drafting.show(request, one, sent="word_in", error=str(error.message))
    messages.success(request, _("The text of the Word file stands here now. Read it over once."))
    return redirect("directives:draft", one.uid)


@login_required
@require_safe
def docx(request: UserRequest, uid: str) -> HttpResponse:
    from nenmong.directives.exports.document import (  # noqa: PLC0415 -- 10 MB, when needed
        document_docx,
    )

    one = doors.directive_for(request.user, uid)
    if one.state in states.DRAFTS:  # who comments reads the version they were asked about
        org.require(request.user, DRAFT, one.issuer)
    on = one.issued_on or clock.today()
    name = saved_as("van-ban", on.isoformat(), one.name, "docx")
    return handed_out(document_docx(one), name, TYPES["docx"])
