"""Planning a meeting of any kind: its kind, its month or its day and hour, what it is about."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.meetings import actions, forms
from nenmong.meetings.actions.planning import SUBJECT_ASKED
from nenmong.meetings.models import PlannedTopic
from nenmong.meetings.overview_sentences import kind_name
from nenmong.meetings.rules import kinds
from nenmong.meetings.rules.yearly import day_for
from nenmong.meetings.views.doors import to
from nenmong.org import access
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook
from nenmong.ui import formats
from nenmong.ui.keys import key_of, new_key

FIELDS = ("month", "day", "hour", "subject")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: UserRequest, unit_uid: str) -> HttpResponse:
    """Offer the kinds the unit holds, then ask for what the chosen kind needs."""
    actor = request.user
    seen = access.visible_units(actor).select_related("parent")
    unit = get_object_or_404(seen, uid=unit_uid)
    access.require(actor, "meetings.prepare", unit)
    held = kinds.held_by(is_cell=unit.is_cell)
    typed = request.POST if request.method == "POST" else request.GET
    kind = typed.get("loai", "")
    topic = _topic(unit, typed.get("chuyen-de", ""))
    said = {name: typed.get(name, "") for name in FIELDS}
    if topic and request.method != "POST":
        said |= _proposed(unit, topic)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            month, starts_at = _when(kind, held, said, errors)
            if not errors:
                meeting = actions.plan_meeting(
                    actor=actor, key=key_of(request), unit_uid=unit.uid, kind=kind, month=month,
                    starts_at=starts_at, subject=said["subject"],
                    topic_uid=topic.uid if topic else "",
                )  # fmt: skip
                return to("detail", meeting.uid)
        except NotAllowed:
            raise
        except DomainError as error:
            errors[_field_of(error, kind)] = str(error.message)
    context = _context(unit, held, kind if kind in held else "") | {
        "topic": topic, "said": said,
        "errors": dict.fromkeys((*FIELDS, "kind", "form"), "") | errors,
    }  # fmt: skip
    return render(request, "meetings/plan_any.html", context, status=422 if errors else 200)


def _topic(unit: Unit, uid: str) -> PlannedTopic | None:
    """Return the topic of the unit's own plan a thematic meeting is begun about."""
    return PlannedTopic.objects.filter(uid=uid, plan__unit=unit).first() if uid else None


def _proposed(unit: Unit, topic: PlannedTopic) -> dict[str, str]:
    """Return what the form begins with for a topic: its words, a day of its month, the hour."""
    book = rulebook.book_now(unit, topic.month)
    day = day_for(topic.month, book.value("meetings.regular.fixed_day"), clock.today())
    return {
        "subject": topic.title,
        "day": formats.day(day) if day else "",
        "hour": book.value("meetings.regular.usual_hour"),
    }


def _context(unit: Unit, held: tuple[str, ...], kind: str) -> dict[str, Any]:
    return {
        "unit": unit, "key": new_key(), "kind": kind, "kinds": [(k, kind_name(k)) for k in held],
        "monthly": bool(kind) and kinds.of(kind).monthly,
        "asks_subject": kind in SUBJECT_ASKED or kind == kinds.REGULAR_THEMATIC,
        "day_before": kind == kinds.CELL_COMMITTEE,
        "subject_left_out": kind == kinds.REGULAR_THEMATIC,
    }  # fmt: skip


def _when(
    kind: str, held: tuple[str, ...], said: dict[str, str], errors: dict[str, str]
) -> tuple[date | None, datetime | None]:
    """Return the month of a regular meeting, or day and hour of another; say what is not read."""
    if kind not in held or kinds.of(kind).monthly:
        return _tried("month", errors, lambda: forms.read_month(said["month"])), None
    if kind == kinds.CELL_COMMITTEE and not said["day"].strip() and not said["hour"].strip():
        return None, None  # the day before the cell meets
    # Both are read, so that both errors stand on the page at once.
    hour = None
    if said["hour"].strip():
        hour = _tried("hour", errors, lambda: forms.read_hour(said["hour"]))
    else:
        errors["hour"] = _("At what hour? Write it like 19:30.")
    noon = {"day": said["day"], "hour": "12:00"}
    moment = _tried("day", errors, lambda: forms.read_moment(noon))
    if hour is None or moment is None:
        return None, None
    return None, forms.read_moment({"day": said["day"], "hour": said["hour"]})


def _tried(name: str, errors: dict[str, str], read: Any) -> Any:
    try:
        return read()
    except DomainError as error:
        errors[name] = str(error.message)
        return None


def _field_of(error: DomainError, kind: str) -> str:
    """Return beside which field the sentence of a refusal stands."""
    monthly = kind in kinds.KINDS and kinds.of(kind).monthly
    return {
        "meetings.not_its_kind": "kind", "meetings.no_subject": "subject",
        "core.too_long": "subject", "core.no_day": "day",
        "meetings.too_far_ahead": "month" if monthly else "day",
    }.get(error.code, "form")  # fmt: skip
