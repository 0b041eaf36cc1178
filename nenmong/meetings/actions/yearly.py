"""The plan of a year: its topics by month, and that it was reported to the committee above."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean, clean_lines
from nenmong.core.texts import fitting
from nenmong.meetings.events import YearPlanReported
from nenmong.meetings.models import Meeting, PlannedTopic, YearPlan
from nenmong.meetings.rules import calendar
from nenmong.org import access
from nenmong.org.models import Unit


@action
def plan_topic(
    *, actor: Actor, unit_uid: str, month: date, title: str, presenter: str = ""
) -> PlannedTopic:
    """Put a thematic topic into a month of the unit's plan of that year.

    The same words in the same month stand once.

    Raises:
        NotAllowed: `actor` may not prepare meetings there.
        DomainError: `meetings.other_year`, `meetings.no_subject`, `core.too_long`.
    """
    # The lock on the unit makes two who plan at once share one plan.
    unit = Unit.objects.select_for_update().get(uid=unit_uid)
    access.require(actor, "meetings.prepare", unit)
    month, title, presenter = _said(month, title, presenter)
    plan = _of_year(unit, month.year)
    if plan and (same := plan.topics.filter(month=month, title=title).first()):
        return same
    plan = plan or _begun(unit, month.year)
    topic = PlannedTopic.objects.create(
        bucket=plan.bucket, plan=plan, month=month, title=title, presenter=presenter
    )
    _changed(plan)
    audit.record(actor, "meetings.topic_planned", topic, unit_path=unit.path, month=str(month))
    return topic


@action
def note_year_plan(*, actor: Actor, unit_uid: str, year: int, note: str) -> YearPlan | None:
    """Write the general words of a plan, purpose and requirements; none takes them away.

    Raises:
        NotAllowed: `actor` may not prepare meetings there.
        DomainError: `meetings.other_year`, `core.too_long`.
    """
    unit = Unit.objects.select_for_update().get(uid=unit_uid)
    access.require(actor, "meetings.prepare", unit)
    _near(year)
    note = fitting(clean_lines(note), 2000)
    plan = _of_year(unit, year)
    if note == (plan.note if plan else ""):
        return plan
    plan = plan or _begun(unit, year)
    plan.note = note
    plan.save(update_fields=["note"])
    _changed(plan)
    audit.record(actor, "meetings.year_plan_noted", plan, unit_path=unit.path, year=year)
    return plan


def _of_year(unit: Unit, year: int) -> YearPlan | None:
    return YearPlan.objects.filter(unit=unit, year=year).first()


def _begun(unit: Unit, year: int) -> YearPlan:
    return YearPlan.objects.create(bucket=unit.bucket, unit=unit, year=year, changed_at=clock.now())


def _near(year: int) -> None:
    if abs(year - clock.today().year) > 1:
        raise DomainError(
            "meetings.other_year",
            _("A plan is made for last year, this year or the next. Check the year."),
        )


def _said(month: date, title: str, presenter: str) -> tuple[date, str, str]:
    _near(month.year)
    if not (title := fitting(clean(title), 300)):
        raise DomainError("meetings.no_subject", _("What is it about? Write the topic in a line."))
    return calendar.month_of(month), title, fitting(clean(presenter), 120)


def _changed(plan: YearPlan) -> None:
    """Mark a plan as changed: behind its report, whatever the clock says."""
    plan.changed_at = behind(plan.reported_at, clock.now())
    plan.save(update_fields=["changed_at"])


def behind(other: datetime | None, now: datetime) -> datetime:
    """Return `now`, or the first moment behind another one."""
    return max(now, other + timedelta(microseconds=1)) if other else now


def _locked_topic(actor: Actor, topic_uid: str) -> PlannedTopic:
    """Return a topic, its plan locked, that no sealed meeting was held about."""
    plan_uid = PlannedTopic.objects.values_list("plan_id", flat=True).get(uid=topic_uid)
    plan = YearPlan.objects.select_for_update(of=("self",)).select_related("unit").get(uid=plan_uid)
    access.require(actor, "meetings.prepare", plan.unit)
    topic = PlannedTopic.objects.get(uid=topic_uid, bucket=plan.bucket)
    topic.plan = plan
    sealed = Meeting.objects.of_unit(plan.unit_id).sealed().filter(uid=topic.meeting_uid)
    if topic.meeting_uid and sealed.exists():
        raise DomainError(
            "meetings.topic_held",
            _("A meeting was held about this topic and its minutes are sealed: it stays."),
        )
    return topic


@action
def change_topic(
    *, actor: Actor, topic_uid: str, month: date, title: str, presenter: str = ""
) -> PlannedTopic:
    """Change a topic or its month, within the year. The meeting that took it up keeps its words.

    In another month it is free for that month's meeting.

    Raises:
        NotAllowed: `actor` may not prepare meetings there.
        DomainError: `meetings.topic_held`, `meetings.other_year`, `meetings.no_subject`,
            `core.too_long`.
    """
    topic = _locked_topic(actor, topic_uid)
    month, title, presenter = _said(month, title, presenter)
    if month.year != topic.plan.year:
        raise DomainError(
            "meetings.other_year",
            _("This is the plan of %(year)s. For another year open that year's plan.")
            % {"year": topic.plan.year},
        )
    if (topic.month, topic.title, topic.presenter) == (month, title, presenter):
        return topic
    if topic.month != month:
        topic.meeting_uid = None
    topic.month, topic.title, topic.presenter = month, title, presenter
    topic.save()
    _changed(topic.plan)
    audit.record(actor, "meetings.topic_changed", topic, unit_path=topic.plan.unit.path)
    return topic


@action
def drop_topic(*, actor: Actor, topic_uid: str) -> YearPlan:
    """Take a topic off the plan. The meeting that took it up keeps it.

    Raises:
        NotAllowed: `actor` may not prepare meetings there.
        DomainError: `meetings.topic_held`.
    """
    topic = _locked_topic(actor, topic_uid)
    plan: YearPlan = topic.plan
    _changed(plan)
    audit.record(actor, "meetings.topic_dropped", topic, unit_path=plan.unit.path)
    topic.delete()
    return plan


@action
def report_year_plan(*, actor: Actor, unit_uid: str, year: int) -> YearPlan:
    """Report a plan to the committee above; again only once it was changed since.

    Raises:
        NotAllowed: `actor` may not prepare meetings there.
        DomainError: `meetings.empty_plan`.
    """
    unit = Unit.objects.get(uid=unit_uid)
    access.require(actor, "meetings.prepare", unit)
    plan = YearPlan.objects.select_for_update().filter(unit=unit, year=year).first()
    if plan is None or not plan.topics.exists():
        raise DomainError(
            "meetings.empty_plan", _("The plan has no topic yet. Write at least one, then report.")
        )
    if plan.reported_at and plan.changed_at <= plan.reported_at:
        return plan
    plan.reported_at = max(clock.now(), plan.changed_at)
    plan.save(update_fields=["reported_at"])
    audit.record(actor, "meetings.year_plan_reported", plan, unit_path=unit.path, year=year)
    events.emit(YearPlanReported(plan_uid=plan.uid))
    return plan
