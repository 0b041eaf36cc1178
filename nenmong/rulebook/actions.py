"""A unit sets a rule for what stands under it, or ends it; what was held before stays as it was."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.core.workdays import FIRST, LAST, workdays
from nenmong.org import access
from nenmong.org.actions.units import refuse_ended
from nenmong.org.models import Unit
from nenmong.rulebook import queries, rules
from nenmong.rulebook.models import CalendarDay, UnitRule
from nenmong.rulebook.sentences import bounds

PERMISSION = "rulebook.set"
CALENDAR = "rulebook.calendar"


@action
def set_rule(
    *,
    actor: Actor,
    unit_uid: str,
    rule: str,
    typed: str,
    first_day: date,
    document: str,
    short: str = "",
) -> UnitRule:
    """Let a rule of a unit hold from a day on, for it and below, in place of the one before.

    From tomorrow at the earliest: a meeting that was held is read by the rules of its day.

    Raises:
        NotAllowed: `actor` may not set rules there.
        DomainError: `rulebook.not_to_be_set`, `rulebook.bad_value`, `rulebook.no_document`,
            `rulebook.past_day`, `rulebook.only_a_cell`, `org.unit_ended`, `core.too_long`.
    """
    unit = Unit.objects.select_for_update(no_key=True).get(uid=unit_uid)
    access.require(actor, PERMISSION, unit)
    refuse_ended(unit)
    value, document = checked(unit, rule, typed), checked_document(document)
    checked_day(first_day)
    short = fitting(clean(short), 60) or unit.name[:60]
    mine = UnitRule.objects.standing().filter(unit=unit, key=rule)
    held = mine.filter(last_day=None).first()
    said = {"value": value, "document": document, "short": short}
    same = held and all(getattr(held, name) == one for name, one in said.items())
    if held and same and (held.first_day == first_day or held.first_day <= clock.today()):
        return held
    to_come = mine.filter(first_day__gte=first_day)  # not begun yet: what is said now counts
    withdrawn = list(to_come.values_list("uid", flat=True))
    to_come.update(withdrawn_at=clock.now())
    mine.filter(Q(last_day=None) | Q(last_day__gte=first_day)).update(
        last_day=first_day - timedelta(days=1)
    )
    made = UnitRule.objects.create(unit=unit, key=rule, first_day=first_day, **said)
    audit.record(
        actor, "rulebook.rule_set", made, unit_path=unit.path, rule=rule,
        touched=queries.touched(unit, rule, first_day).count, withdrawn=withdrawn,
    )  # fmt: skip
    return made


def checked(unit: Unit, key: str, typed: str) -> object:
    """Return the value that was typed for a rule of a unit.

    Raises:
        DomainError: `rulebook.not_to_be_set`, `rulebook.bad_value`, `rulebook.only_a_cell`.
    """
    if key not in rules.SETTINGS:
        raise DomainError(
            "rulebook.not_to_be_set",
            _("This rule is the Party's own; no committee sets another. Choose one from the list."),
        )
    try:
        value = rules.read_value(key, typed)
    except rules.BadValueError as error:
        raise DomainError("rulebook.bad_value", bounds(key)) from error
    if rules.SETTINGS[key].less_for_a_cell_only and not unit.is_cell:
        country = queries.value(key, clock.today())
        if value < country:
            raise DomainError(
                "rulebook.only_a_cell",
                _(
                    "Less than %(least)s is for a very small cell, and is set on that cell's page. "
                    "For all cells choose %(least)s or more."
                )
                % {"least": country},
            )
    return value


def checked_document(text: str) -> str:
    """Return the name of the document that says a rule.

    Raises:
        DomainError: `rulebook.no_document`, `core.too_long`.
    """
    if not (document := fitting(clean(text), 200)):
        raise DomainError(
            "rulebook.no_document",
            _("Name the document of the committee that says so: its number and date."),
        )
    return document


def checked_day(first_day: date) -> None:
    """Refuse a day that meetings already held would be judged by.

    Raises:
        DomainError: `rulebook.past_day`.
    """
    if first_day <= clock.today():
        raise DomainError(
            "rulebook.past_day",
            _(
                "A rule begins tomorrow at the earliest: meetings held until today keep the rules "
                "of their day. Choose a later day."
            ),
        )


@action
def end_rule(*, actor: Actor, rule_uid: str) -> UnitRule:
    """End a unit's rule with today; what holds above holds again from tomorrow on.

    One that has not begun is withdrawn: it never held, and what it would have ended goes on.

    Raises:
        NotAllowed: `actor` may not set rules there.
    """
    held = UnitRule.objects.select_for_update(of=("self",)).select_related("unit").get(uid=rule_uid)
    access.require(actor, PERMISSION, held.unit)
    today = clock.today()
    if held.withdrawn_at or (held.last_day is not None and held.last_day <= today):
        return held
    verb = "rulebook.rule_ended"
    if held.first_day > today:
        held.withdrawn_at, verb = clock.now(), "rulebook.rule_withdrawn"
        held.save(update_fields=["withdrawn_at"])
        eve = held.first_day - timedelta(days=1)
        before = UnitRule.objects.standing().filter(unit=held.unit, key=held.key, last_day=eve)
        before.update(last_day=held.last_day)
    else:
        held.last_day = today
        held.save(update_fields=["last_day"])
    audit.record(
        actor, verb, held, unit_path=held.unit.path, rule=held.key,
        touched=queries.touched(held.unit, held.key, today).count,
    )  # fmt: skip
    return held


@action
def set_calendar_day(*, actor: Actor, day: date, works: bool, name: str) -> CalendarDay | None:
    """Say that offices work on a day, or do not; as the country's calendar has it: nothing is kept.

    Days gone by may be set too: clocks are counted anew by it.

    Raises:
        NotAllowed: `access.denied`.
        DomainError: `rulebook.calendar_years`, `rulebook.no_reason`, `core.too_long`.
    """
    if not access.may_somewhere(actor, CALENDAR):
        raise NotAllowed(
            "access.denied",
            _("You may not change the calendar. Ask the organisation board of the province."),
        )
    if not FIRST < day.year < LAST:
        raise DomainError(
            "rulebook.calendar_years",
            _("The calendar goes from %(first)s to %(last)s. Choose a day in these years.")
            % {"first": FIRST + 1, "last": LAST - 1},
        )
    name = fitting(clean(name), 120)
    if workdays().works(day) == works:  # as the country has it
        gone, _each = CalendarDay.objects.filter(day=day).delete()
        if gone:
            _record_day(actor, day, works)
        return None
    if not name:
        raise DomainError(
            "rulebook.no_reason", _("Why does this day differ? Write it in a few words.")
        )
    kept = CalendarDay.objects.filter(day=day).first()
    if kept and (kept.works, kept.name) == (works, name):
        return kept
    kept, _made = CalendarDay.objects.update_or_create(
        day=day, defaults={"works": works, "name": name}
    )
    _record_day(actor, day, works)
    return kept


def _record_day(actor: Actor, day: date, works: bool) -> None:
    audit.record(
        actor, "rulebook.calendar_set", CalendarDay(day=day), unit_path="",
        day=day.isoformat(), works=works,
    )  # fmt: skip
