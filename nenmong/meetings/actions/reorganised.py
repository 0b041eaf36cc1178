"""What becomes of a cell's meetings, matters, tasks, plans and invitations when it is reorganised.

The organisation calls this by its settings (`nenmong.org.attached`), inside its own action.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Count, Model, Q, QuerySet

from nenmong.core import clock
from nenmong.core.actions import within_action
from nenmong.meetings.actions.yearly import behind
from nenmong.meetings.models import (
    GivenRight,
    JointPart,
    Matter,
    Meeting,
    PlannedTopic,
    Task,
    YearPlan,
)
from nenmong.meetings.models.meeting import PLANNED, WORKING
from nenmong.meetings.rules import calendar
from nenmong.org.attached import Hanging, Remembers
from nenmong.org.models import Reorganisation, Unit, UnitSuccession

BATCH = 500
OPEN = (Matter.State.WAITING, Matter.State.ON_AGENDA)
TAKEN_ALONG = (
    "kind", "source_uid", "title", "text", "asked", "due_on", "minutes", "sender", "carried",
    "since",
)  # fmt: skip


def _parts(uids: Collection[str]) -> Iterator[list[str]]:
    listed = sorted(uids)
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]


def _matters(unit_uids: list[str]) -> QuerySet[Matter]:
    return Matter.objects.filter(unit__in=unit_uids, state__in=OPEN)


def _tasks(unit_uids: list[str]) -> QuerySet[Task]:
    return Task.objects.filter(unit__in=unit_uids).open()


def _topics(unit_uids: list[str], day: date) -> list[PlannedTopic]:
    """Return the topics of these units' plans that are still to come. Two queries.

    One that only a meeting being prepared has taken up is, too: that meeting is not held any more.
    """
    rows = PlannedTopic.objects.filter(
        plan__unit__in=unit_uids, plan__year__gte=day.year, month__gte=calendar.month_of(day)
    )
    topics = list(rows.select_related("plan").order_by("month", "uid"))
    taken = [topic.meeting_uid for topic in topics if topic.meeting_uid]
    met = Meeting.objects.filter(uid__in=taken, unit__in=unit_uids, held_on__isnull=False)
    held = set(met.values_list("uid", flat=True))
    return [topic for topic in topics if topic.meeting_uid not in held]


def _asked(unit_uids: list[str]) -> QuerySet[JointPart]:
    """Return what these units were asked to that is still to come, not declined."""
    rows = JointPart.objects.filter(unit__in=unit_uids, meeting__status__in=PLANNED)
    return rows.filter(state__in=(JointPart.State.ASKED, JointPart.State.ACCEPTED))


def hanging(unit_uids: Collection[str], day: date) -> dict[str, Hanging]:
    """Return what is open in each of these units. Six queries for each 500."""
    found: dict[str, Hanging] = {}
    for part in _parts(unit_uids):
        matters, tasks, asked = (
            dict(rows.order_by().values_list("unit_id").annotate(Count("uid")))
            for rows in (_matters(part), _tasks(part), _asked(part))
        )
        topics = Counter(topic.plan.unit_id for topic in _topics(part, day))
        met = {
            unit: (planned, working, since)
            for unit, planned, working, since in Meeting.objects.filter(unit__in=part)
            .order_by()
            .values_list("unit_id")
            .annotate(
                planned=Count("uid", filter=Q(status=Meeting.Status.PLANNED)),
                working=Count("uid", filter=Q(status__in=WORKING)),
                since=Count("uid", filter=Q(held_on__gte=day)),
            )
        }
        for unit in part:
            planned, working, since = met.get(unit, (0, 0, 0))
            found[unit] = Hanging(
                matters=matters.get(unit, 0), tasks=tasks.get(unit, 0), planned=planned,
                topics=topics[unit], asked=asked.get(unit, 0), in_session=working > 0,
                met_since=since > 0,
            )  # fmt: skip
    return found


@within_action
def hand_over(heirs: Mapping[str, str | None], day: date, journal: Remembers) -> None:
    """Let what is still to come of ended units go on in their heirs; what was, stays with them.

    Open matters wait for the heir's next meeting, open tasks are its tasks, topics to come stand in
    its plan, and what a unit was asked to join, its heir is asked. A meeting that was only being
    prepared stays where it is and is never held; what stood on its agenda waits again, nobody it
    asked comes, and who was given a right at it has it no more.
    """
    by_heir: dict[str, list[str]] = defaultdict(list)
    for before, after in heirs.items():
        if after:
            by_heir[after].append(before)
    for after, befores in by_heir.items():
        for part in _parts(befores):
            _each_part(after, part, journal)
            _twice(after, part, journal)
            for model, rows in ((Matter, _matters(part)), (Task, _tasks(part))):
                changed = {"state": Matter.State.WAITING} if model is Matter else {}
                _change(journal, model, rows.values_list("uid", flat=True), unit=after, **changed)
    for part in _parts(heirs):
        _plans({unit: after for unit in part if (after := heirs[unit])}, day, journal)
        _never_held(part, journal)
    for part in _parts(heirs):  # behind all that was withdrawn: an heir may be asked by one
        _asked_anew(part, heirs, journal)


def _each_part(after: str, befores: list[str], journal: Remembers) -> None:
    """Let documents that wait for a cell that is split wait for each of its parts."""
    rows = UnitSuccession.objects.filter(
        from_unit__in=befores, kind=UnitSuccession.Kind.SPLIT
    ).exclude(to_unit=after)
    parts = list(rows.select_related("to_unit"))
    if not parts:
        return
    documents = list(_matters(befores).filter(kind=Matter.Kind.DIRECTIVE))
    made = Matter.objects.bulk_create(
        Matter(
            bucket=part.to_unit.bucket, unit=part.to_unit,
            **{name: getattr(matter, name) for name in TAKEN_ALONG},
        )
        for part in parts
        for matter in documents
        if matter.unit_id == part.from_unit_id
    )  # fmt: skip
    journal.made(made)


def _twice(after: str, befores: list[str], journal: Remembers) -> None:
    """Let what waits for the heir already, or for two of those it takes in, wait for it once."""
    has = set(
        Matter.objects.filter(unit=after, source_uid__isnull=False).values_list(
            "kind", "source_uid"
        )
    )
    rows = _matters(befores).filter(source_uid__isnull=False).order_by("uid")
    doubled = []
    for uid, kind, source_uid in rows.values_list("uid", "kind", "source_uid"):
        if (kind, source_uid) in has:
            doubled.append(uid)
        has.add((kind, source_uid))
    _change(journal, Matter, doubled, state=Matter.State.WITHDRAWN)


def _change(journal: Remembers, model: type[Model], uids: Iterable[str], **columns: object) -> None:
    """Write columns of rows, remembered as they were."""
    listed = list(uids)
    journal.before(model, listed)
    for some in _parts(listed):
        model._default_manager.filter(uid__in=some).update(**columns)


def _plans(heirs: Mapping[str, str], day: date, journal: Remembers) -> None:
    """Write the topics to come into the heirs' plans, those they have or new ones.

    The plan of the unit that ended stays as it was reported. What stands in the heir's plan in the
    same words and month stands there once. A plan that grew is reported again.
    """
    if not (topics := _topics(list(heirs), day)):
        return
    units = {unit.uid: unit for unit in Unit.objects.filter(uid__in=set(heirs.values()))}
    rows = YearPlan.objects.filter(unit__in=units, year__gte=day.year)
    plans = {(plan.unit_id, plan.year): plan for plan in rows.select_for_update()}
    there = set(
        PlannedTopic.objects.filter(plan__unit__in=units, plan__year__gte=day.year).values_list(
            "plan__unit_id", "month", "title"
        )
    )
    coming: dict[tuple[str, int], list[PlannedTopic]] = defaultdict(list)
    for topic in topics:
        heir = heirs[topic.plan.unit_id]
        if (name := (heir, topic.month, topic.title)) not in there:
            there.add(name)
            coming[heir, topic.plan.year].append(topic)
    now = clock.now()
    grown = [plans[key] for key in coming if key in plans]
    journal.before(YearPlan, [plan.uid for plan in grown])
    for plan in grown:
        plan.changed_at = behind(plan.reported_at, now)
    YearPlan.objects.bulk_update(grown, ["changed_at"], batch_size=BATCH)
    founded = [
        YearPlan(bucket=units[heir].bucket, unit=units[heir], year=year, changed_at=now)
        for heir, year in coming
        if (heir, year) not in plans
    ]
    YearPlan.objects.bulk_create(founded, batch_size=BATCH)
    journal.made(founded)
    plans |= {(plan.unit_id, plan.year): plan for plan in founded}
    goes_on = [
        PlannedTopic(
            bucket=plans[key].bucket, plan=plans[key], month=topic.month, title=topic.title,
            presenter=topic.presenter,
        )
        for key, own in coming.items()
        for topic in own
    ]  # fmt: skip
    PlannedTopic.objects.bulk_create(goes_on, batch_size=BATCH)
    journal.made(goes_on)


def _never_held(unit_uids: list[str], journal: Remembers) -> None:
    """Withdraw what meetings in preparation had asked of others, and given to somebody."""
    planned = Meeting.objects.filter(unit__in=unit_uids, status__in=PLANNED)
    for part in _parts(planned.values_list("uid", flat=True)):
        asked = JointPart.objects.filter(meeting__in=part).exclude(state=JointPart.State.DECLINED)
        _withdraw(journal, asked.values_list("uid", flat=True))
        given = GivenRight.objects.filter(meeting__in=part, ended_at=None)
        _change(journal, GivenRight, given.values_list("uid", flat=True), ended_at=clock.now())


def _withdraw(journal: Remembers, part_uids: Iterable[str]) -> None:
    withdrawn = JointPart.State.WITHDRAWN
    _change(journal, JointPart, part_uids, state=withdrawn, answered_at=clock.now())


def _asked_anew(unit_uids: list[str], heirs: Mapping[str, str | None], journal: Remembers) -> None:
    """Ask the heirs of those that were asked; the meeting planned for it is theirs no more.

    Withdrawn where the heir is asked already, asks itself, or stands under another committee.
    """
    parts = list(_asked(unit_uids).select_related("meeting__unit").order_by("uid"))
    ours = {heirs[part.unit_id] for part in parts}
    parents = dict(Unit.objects.filter(uid__in=ours - {None}).values_list("uid", "parent_id"))
    known = set(
        JointPart.objects.filter(meeting__in=[part.meeting_id for part in parts]).values_list(
            "meeting_id", "unit_id"
        )
    )
    begun = set(
        Meeting.objects.filter(uid__in=[part.part_uid for part in parts if part.part_uid])
        .exclude(status__in=[*PLANNED, Meeting.Status.CANCELLED])
        .values_list("uid", flat=True)
    )
    withdrawn = []
    for part in parts:
        host, heir = part.meeting.unit, heirs[part.unit_id]
        if part.part_uid in begun:
            continue
        beside = heir != host.uid and parents.get(heir or "") == host.parent_id
        if heir and beside and (part.meeting_id, heir) not in known:
            known.add((part.meeting_id, heir))
            _change(
                journal, JointPart, [part.uid], unit=heir, state=JointPart.State.ASKED,
                part_uid=None, answered_at=None,
            )  # fmt: skip
        else:
            withdrawn.append(part.uid)
    _withdraw(journal, withdrawn)


def done_since(unit_uids: Collection[str], plan: Reorganisation) -> str | None:
    """Return a unit in which a meeting was planned or sealed behind the plan."""
    for part in _parts(unit_uids):
        since = Q(uid__gt=plan.uid) | Q(sealed_at__gte=plan.applied_at)
        rows = Meeting.objects.filter(since, unit__in=part)
        if found := rows.values_list("unit_id", flat=True).first():
            return found
    return None
