"""What the last two months have beside the meetings: plans, papers, notices, answers, notes.

Told by the actions alone: nothing of it is written for the older months.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from nenmong.config.demo import papers, program
from nenmong.config.demo.packs import pack
from nenmong.core import clock
from nenmong.meetings.models import AgendaItem, Attendance, Invitation, Meeting, Notice
from nenmong.meetings.rules import agenda, calendar
from nenmong.org.models import Following

if TYPE_CHECKING:
    from nenmong.config.demo.story import Story

THEMATIC_MONTHS = (2, 5, 8, 11)
AUTUMN = 10  # from this month on the next year's plan is begun
NEXT_MORNING = time(8, 45)
ABSENT, COMING = (0, 2), (2, 4)  # how many call
A_MINUTE = timedelta(minutes=1)


def plan_year(story: "Story", due: program.Due) -> None:
    """Plan the thematic topics of the months to come and report them upward, once."""
    if story.planned or not story.said.get("plans", True):
        return
    story.planned = True
    months = [due.month.replace(month=number) for number in THEMATIC_MONTHS]
    months = [month for month in months if month >= due.month]
    if due.month.month >= AUTUMN:
        months.append(date(due.month.year + 1, THEMATIC_MONTHS[0], 1))
    story.note_last(story.moment_before(due.day, days=9))
    for month in months:
        topic = story.deck.draw(month, story.rng(f"year/{month}"))
        story.topics[topic.title] = topic
        _now(story)
        with clock.at(story.last):
            story.hand.plan_topic(
                actor=story.secretary, unit_uid=story.unit.uid, month=month, title=topic.title
            )
    for year in sorted({month.year for month in months}):
        _now(story)
        with clock.at(story.last):
            story.hand.report_year_plan(actor=story.secretary, unit_uid=story.unit.uid, year=year)


def made_known(story: "Story", meeting: Meeting, day: date) -> None:
    """Give papers, draft and questions, make the meeting known, note who calls."""
    give_papers(story, meeting, day)
    directions = story.one_of("directions", story.rng(f"draft/{day}"))
    _write(story, meeting, "draft_resolution", f"{story.season(day)['directions']} {directions}")
    tell_members(story, meeting, day)


def half_prepared(story: "Story", meeting: Meeting, day: date) -> None:
    """Leave something to do: who is shown the demo first still has draft and notice before them."""
    give_papers(story, meeting, day)
    if not story.said.get("prepares"):
        tell_members(story, meeting, day)


def give_papers(story: "Story", meeting: Meeting, day: date) -> None:
    """Add the month's bulletin, and write questions under what is to be discussed."""
    rng = story.rng(f"papers/{day}")
    month = calendar.month_of(day)
    _now(story)
    with clock.at(story.last):
        story.hand.add_document(
            actor=story.secretary, meeting_uid=meeting.uid, file=papers.bulletin(month),
            title=f"Bản tin sinh hoạt chi bộ tháng {month:%m/%Y}",
        )  # fmt: skip
    for item in story.hand.items(meeting):
        if item.step == agenda.TOPIC and not item.business:
            prompts = "\n".join(rng.sample(pack("common")[story.said.get("prompts", "prompts")], 2))
            _write(story, meeting, "prompts", story.told(prompts), item)


def _write(
    story: "Story", meeting: Meeting, name: str, text: str, item: AgendaItem | None = None
) -> None:
    _now(story)
    with clock.at(story.last):
        story.hand.write_text(
            actor=story.secretary, meeting_uid=meeting.uid, field=name, was="", text=text,
            item_uid=item.uid if item else "",
        )  # fmt: skip


def tell_members(story: "Story", meeting: Meeting, day: date) -> None:
    """Make a meeting known in the group chat and to who follows above; some members call back."""
    rng = story.rng(f"notice/{day}")
    ways = [(Notice.To.MEMBERS, rng.choice((Notice.Way.CHAT, Notice.Way.CHAT, Notice.Way.PRINT)))]
    if Following.objects.filter(unit=story.unit).exists():
        ways.append((Notice.To.UPPER, Notice.Way.PHONE))
    for to, way in ways:
        _now(story)
        with clock.at(story.last):
            story.hand.record_notice(actor=story.secretary, meeting_uid=meeting.uid, to=to, way=way)
    rows, chair, scribe = story.hand.standing(meeting, day)
    callers = [
        row for row in rows
        if row.status == Attendance.Status.PRESENT and row.member_uid not in {chair, scribe}
    ]  # fmt: skip
    absent, coming = rng.randint(*ABSENT), rng.randint(*COMING)
    _answers(story, meeting, rng.sample(callers, min(len(callers), absent + coming)), absent)


def _answers(story: "Story", meeting: Meeting, callers: Sequence[Attendance], absent: int) -> None:
    rng = story.rng(f"answers/{meeting.month}")
    for number, row in enumerate(callers):
        away = number < absent
        _now(story)
        with clock.at(story.last):
            story.hand.note_answer(
                actor=story.secretary, meeting_uid=meeting.uid, member_uid=row.member_uid,
                answer=Invitation.Answer.ABSENT if away else Invitation.Answer.COMING,
                reason=story.told(rng.choice(pack("common")["reasons"]["excused"])) if away else "",
            )  # fmt: skip


def afterwards(story: "Story", meeting: Meeting, day: date) -> None:
    """Some time after the seal: the signed scan comes in, or a mistake is said beside it."""
    status = Meeting.objects.values_list("status", flat=True).get(uid=meeting.uid)
    moment = clock.at_hour(clock.local(story.last).date() + timedelta(days=1), NEXT_MORNING)
    if status != Meeting.Status.SEALED or moment >= story.dawn:
        return
    if story.said.get("scans"):
        with clock.at(moment):
            story.hand.attach_scan(
                actor=story.secretary, meeting_uid=meeting.uid, file=papers.scan(day.month),
                title="Biên bản có chữ ký",
            )  # fmt: skip
        story.note_last(moment)
    if story.said.get("notes"):
        with clock.at(moment + A_MINUTE):
            story.hand.write_note(
                actor=story.secretary, meeting_uid=meeting.uid,
                text=story.one_of("notes", story.rng(f"note/{day}")),
            )  # fmt: skip
        story.note_last(moment + A_MINUTE)


def _now(story: "Story") -> None:
    """Let a minute go by, but not into today."""
    moment: datetime = min(story.last + A_MINUTE, story.dawn - A_MINUTE)
    story.note_last(moment)
