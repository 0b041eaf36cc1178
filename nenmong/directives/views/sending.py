"""Sending a document down, or passing it on: to whom, for which month, within which load."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.directives import actions, doors, sending_form
from nenmong.directives.access import OVER_QUOTA, SEND
from nenmong.directives.actions.sending import LONGEST_WORDS
from nenmong.directives.models import Delivery, Directive
from nenmong.directives.rules.load import MEASURES
from nenmong.directives.sending_form import Found, Offered, Typed
from nenmong.directives.views.asking import words
from nenmong.directives.views.document import kind_names
from nenmong.org import access as org
from nenmong.org.models import Unit
from nenmong.ui.errors import asked_by_htmx
from nenmong.ui.keys import key_of, new_key

# Beside which field a refusal of the action stands.
PLACES = {
    "directives.over_quota": "over_why", "directives.no_reason": "over_why",
    "directives.month_is_past": "month", "directives.unknown_level": "level",
    "directives.nobody": "level",
}  # fmt: skip


def _theirs(one: Directive, unit: Unit) -> None:
    """Refuse where a unit neither issued a document nor was asked to pass it on."""
    passes = [Delivery.State.TO_PASS_ON, Delivery.State.PASSED_ON]
    received = Delivery.objects.filter(directive=one, unit=unit, state__in=passes)
    if one.issuer_id != unit.uid and not received.exists():
        raise NotAllowed(
            "access.denied",
            _("%(unit)s neither issued this document nor was asked to pass it on.")
            % {"unit": unit.name},
        )


@login_required
def send(request: UserRequest, unit_uid: str, uid: str) -> HttpResponse:
    """The composer. Its buttons: see the load, look before sending, change again, send."""
    unit = doors.unit_for(request.user, unit_uid, SEND)
    one = doors.directive_for(request.user, uid)
    _theirs(one, unit)
    form = sending_form.offered(unit)
    if request.method != "POST":
        return _compose(request, one, unit, form, sending_form.first(form))
    typed, do = sending_form.read(request.POST, form), request.POST.get("do", "")
    if do == "send":
        return _send(request, one, unit, form, typed)
    if do == "look":
        return _look(request, one, unit, form, typed)
    if asked_by_htmx(request):
        context = _context(request, one, unit, form, typed)
        return render(request, "directives/_load.html", context)
    return _compose(request, one, unit, form, typed, status=200)


def _context(
    request: UserRequest,
    one: Directive,
    unit: Unit,
    form: Offered,
    typed: Typed,
    found: Found | None = None,
) -> dict[str, Any]:
    over = org.may(request.user, OVER_QUOTA, unit.path)
    found = found or sending_form.found(one, unit, typed)
    return {
        "one": one, "unit": unit, "form": form, "typed": typed, "found": found,
        "may_over": over, "heads": sending_form.heads(unit) if found.over and not over else [],
        "cell_kinds": kind_names(), "passes": one.issuer_id != unit.uid, "today": clock.today(),
        "measures": MEASURES, "longest": LONGEST_WORDS, **words(),
    }  # fmt: skip


def _compose(
    request: UserRequest,
    one: Directive,
    unit: Unit,
    form: Offered,
    typed: Typed,
    status: int = 200,
) -> HttpResponse:
    context = _context(request, one, unit, form, typed)
    return render(request, "directives/send.html", context, status=status)


def _look(
    request: UserRequest, one: Directive, unit: Unit, form: Offered, typed: Typed
) -> HttpResponse:
    """Show what is about to be sent; what stands against it is said in the composer."""
    found = sending_form.found(one, unit, typed)
    if not found.units:
        typed.errors["level"] = _("Nobody is reached by that. Choose more kinds, or other units.")
    if found.over and org.may(request.user, OVER_QUOTA, unit.path) and not typed.over_why.strip():
        typed.errors["over_why"] = _("Why? A sentence is enough; the cells read it.")
    if len(typed.words.strip()) > LONGEST_WORDS:
        typed.errors["words"] = _(
            "These are %(count)s characters; at most %(most)s are read out. Shorten your words."
        ) % {"count": len(typed.words.strip()), "most": LONGEST_WORDS}
    barred = found.over and not org.may(request.user, OVER_QUOTA, unit.path)
    context = _context(request, one, unit, form, typed, found) | {"key": new_key()}
    if typed.errors or barred:
        return render(request, "directives/send.html", context, status=422)
    return render(request, "directives/send_look.html", context)


def _send(
    request: UserRequest, one: Directive, unit: Unit, form: Offered, typed: Typed
) -> HttpResponse:
    try:
        sending = actions.send(
            actor=request.user, key=key_of(request), directive_uid=one.uid, unit_uid=unit.uid,
            to=typed.to, month=typed.month, words=typed.words, over_why=typed.over_why,
        )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as error:
        typed.errors[PLACES.get(error.code, "words")] = str(error.message)
        return _compose(request, one, unit, form, typed, status=422)
    messages.success(
        request,
        _("On its way to %(count)s units. It comes before their next meetings by itself.")
        % {"count": sending.total},
    )
    return redirect("directives:document", one.uid)
