"""Files of an opinion: attached by its cell, taken off, saved by who sees it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.opinions import access, actions, attached, doors
from nenmong.opinions.models import Opinion
from nenmong.opinions.views.opinion import show
from nenmong.ui.files import Aside, taking


@csrf_exempt  # only until the handler stands: reading the form is what the check begins with
@login_required
@require_POST
def attach(request: UserRequest, uid: str) -> HttpResponse:
    opinion = doors.opinion_for(request.user, uid)
    access.require_speaks(request.user, opinion)
    with taking(request, attached.all_mb()) as handler:
        checked: HttpResponse = csrf_protect(_attach)(request, opinion, handler)
    return checked


def _attach(request: UserRequest, opinion: Opinion, handler: Aside) -> HttpResponse:
    looked = bool(request.POST.get("looked"))
    try:
        files = attached.brought(request, handler)
        for one in files:
            actions.attach_file(
                actor=request.user, opinion_uid=opinion.uid, title=one.title, file=one.file,
                looked=looked,
            )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as error:
        again = doors.opinion_for(request.user, opinion.uid)
        return show(request, again, sent="attach_file", error=str(error.message))
    if not files:
        return show(request, opinion, sent="attach_file", error=_("Choose a file."))
    words = ngettext("%(count)s file was attached.", "%(count)s files were attached.", len(files))
    messages.success(request, words % {"count": len(files)})
    return redirect("opinions:opinion", opinion.uid)


@login_required
@require_POST
def remove(request: UserRequest, uid: str) -> HttpResponse:
    row = doors.file_for(request.user, uid)
    opinion = actions.remove_file(actor=request.user, file_uid=row.uid)
    messages.success(request, _("The file was taken off."))
    return redirect("opinions:opinion", opinion.uid)


@login_required
@require_safe
def file(request: UserRequest, uid: str) -> HttpResponse:
    return attached.handed(request.user, uid)
