"""The status page: what `nenmong doctor` finds, for who keeps the installation."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.config.safekeeping.examination import State, examine
from nenmong.core.errors import NotAllowed
from nenmong.org import access

LOOKS = {State.WELL: "done", State.LOOK: "soon", State.BAD: "late"}


@login_required
@require_safe
def status(request: UserRequest) -> HttpResponse:
    """What is wrong first; a person without the right is told so, since the page is no secret."""
    if not access.may(request.user, "home.status", access.EVERYWHERE):
        raise NotAllowed("access.denied", _("Only who keeps the installation sees its state."))
    order = [State.BAD, State.LOOK, State.WELL]
    findings = sorted(examine(), key=lambda finding: order.index(finding.state))
    context = {"findings": [(LOOKS[one.state], one) for one in findings]}
    return render(request, "config/status.html", context)
