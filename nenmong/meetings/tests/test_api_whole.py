"""A whole meeting in one request: one transaction, one answer, every error with its place."""

from datetime import date, timedelta

import pytest

from nenmong.core import clock
from nenmong.core.models import AuditEntry
from nenmong.core.tests.tables import changed, snapshot
from nenmong.meetings import actions, queries
from nenmong.meetings.models import Meeting, MeetingMonth, Task
from nenmong.meetings.tests import journey
from nenmong.org import queries as org
from nenmong.org.tests.factories import MemberFactory, UserFactory
from nenmong.org.tests.programs import Program

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 3)
LOCAL = "2026-10-03T19:30:00+07:00"


@pytest.fixture
def cell():
    return journey.cell(6)


def body(unit, day=DAY, **said):
    """A meeting as an old client has it: one absent, one speech, one task, both votes."""
    roll = org.roll(unit.uid, day)
    posts = org.posts(unit.uid, day)
    chair, scribe = org.holder(posts, "secretary"), org.holder(posts, "scribe")
    absent = next(e.member_uid for e in roll if e.member_uid not in {chair, scribe})
    voters = {"agreed": len(roll) - 1}
    return {
        "opened_at": journey.evening(day).isoformat(),
        "closed_at": journey.evening(day, 100).isoformat(),
        "place": "Nhà văn hóa", "chair": chair, "secretary": scribe,
        "roll": {absent: {"status": "excused", "reason": "Nằm viện"}},
        "items": [
            {"step": "opening"}, {"step": "review"}, {"step": "criticism"}, {"step": "closing"},
            {
                "title": "Làm ngõ 8", "minutes": 30, "summary": "Bí thư nêu kế hoạch.",
                "conclusion": "Dỡ xong trước 15/11.",
                "speeches": [{"text": "Hai hộ neo đơn phải giúp.", "member": scribe}],
                "opinions": [{"text": "Đề nghị phường báo ngày khởi công."}],
                "votes": [voters | {"question": "Có dỡ không?"}],
                "tasks": [
                    {"title": "Vận động", "owner": "Chi ủy", "due_on": str(day + timedelta(22))},
                ],
            },
        ],
        "resolution": voters, "minutes": voters,
    } | said  # fmt: skip


def sent(program, unit, whole, key=None, **headers):
    return program.post(f"/units/{unit.uid}/meetings/entered", whole, key=key, **headers)


def told(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def code(answer, status=422):
    return told(answer, status)["code"]


def errors(answer):
    said = told(answer, 422)
    assert said["code"] in {"meetings.not_entered", "api.misfit"}
    assert all(one["detail"] for one in said["errors"])
    return {one["field"]: one["code"] for one in said["errors"]}


def test_a_meeting_nobody_planned_is_laid_out_entered_and_sealed(cell):
    unit, secretary, _scribe = cell
    program = Program(secretary)
    before = AuditEntry.objects.count()
    answer = told(sent(program, unit, body(unit)))
    meeting = Meeting.objects.get()
    assert (meeting.status, meeting.entry, meeting.held_on) == ("held", "paper", DAY)
    assert (meeting.due, meeting.present, meeting.excused) == (6, 5, 1)
    assert (meeting.speakers, meeting.opinions, meeting.tasks) == (1, 1, 1)
    assert AuditEntry.objects.count() == before + 1
    assert MeetingMonth.objects.get().held == 1
    assert answer["meeting"]["uid"] == meeting.uid
    assert answer["meeting"]["opened_at"] == LOCAL
    assert [i["title"] for i in answer["entered"]["items"] if i["tasks"]] == ["Làm ngõ 8"]
    assert told(program.get(f"/meetings/{meeting.uid}/entered")) == answer["entered"]
    sealed = told(program.post(f"/meetings/{meeting.uid}/seal", {}))
    assert (sealed["status"], sealed["minutes_number"]) == ("sealed", 1)
    assert told(program.get(f"/meetings/{meeting.uid}/seal"))["faults"] == []
    assert not queries.verify.verify().findings
    assert not list(queries.recount.differences())
    assert code(sent(program, unit, body(unit))) == "meetings.sealed"


def test_what_is_read_can_be_sent_back_and_changes_nothing(cell):
    unit, secretary, _scribe = cell
    program = Program(secretary)
    answer = told(sent(program, unit, body(unit)))
    uid, entered = answer["meeting"]["uid"], answer["entered"]
    for item in entered["items"]:
        item["votes"] = [{k: v for k, v in vote.items() if v is not None} for vote in item["votes"]]
    for name in ("resolution", "minutes"):
        entered[name] = {k: entered[name][k] for k in ("agreed", "against", "other")}
    entered["reports"] = [r for r in entered["reports"] if r["state"]]
    before = snapshot()
    again = told(program.send("PUT", f"/meetings/{uid}/entered", entered))
    assert again["entered"]["seen"] == entered["seen"]
    # The key and its answer are new, nothing of the meeting is.
    assert {table for table in changed(before) if table.startswith("meetings")} == set()


def test_the_same_request_is_answered_alike_with_the_key_and_without(cell):
    unit, secretary, _scribe = cell
    program = Program(secretary)
    first = told(sent(program, unit, body(unit), key="k"))
    lines = AuditEntry.objects.count()
    assert told(sent(program, unit, body(unit), key="k")) == first
    assert told(sent(program, unit, body(unit))) == first
    assert AuditEntry.objects.count() == lines
    other = body(unit, place="Nhà khác")
    assert code(sent(program, unit, other, key="k"), 409) == "core.key_reused"
    # What is there is not written over by who has not seen it.
    assert code(sent(program, unit, other)) == "meetings.entered_already"
    assert code(sent(program, unit, other | {"seen": "0" * 16})) == "meetings.typed_meanwhile"
    seen = first["entered"]["seen"]
    assert told(sent(program, unit, other | {"seen": seen}))["meeting"]["place"] == "Nhà khác"
    assert Meeting.objects.count() == 1
    assert Task.objects.count() == 1


def test_one_error_anywhere_and_nothing_is_kept(cell):
    unit, secretary, _scribe = cell
    program = Program(secretary)
    whole = body(unit)
    stranger, absent = "0sawbsbt80000", next(iter(whole["roll"]))
    whole["roll"][stranger] = {"status": "excused"}
    whole["chair"] = stranger
    whole["closed_at"] = journey.evening(DAY, -5).isoformat()
    whole["resolution"] = {"agreed": 1}
    about = whole["items"][-1]
    about["speeches"].append({"text": "Tôi nói", "member": absent})
    about["votes"].append({"question": "Có không?", "agreed": 9})
    about["tasks"].append({"title": "Việc", "due_on": "2026-10-01", "owner": "Chi ủy"})
    whole["items"] += [{"step": "dance"}, {}, {"uid": stranger}]
    whole["reports"] = [{"task": stranger, "state": "done"}]
    before = snapshot()
    assert errors(sent(program, unit, whole)) == {
        f"roll.{stranger}": "meetings.not_on_the_roll", "chair": "meetings.not_on_the_roll",
        "closed_at": "meetings.hours_disorder", "resolution": "meetings.tally",
        "items.4.speeches.1": "meetings.speaker_absent", "items.4.votes.1": "meetings.tally",
        "items.4.tasks.1": "meetings.deadline_passed", "items.5": "meetings.no_such_step",
        "items.6": "meetings.no_title", "items.7": "meetings.not_of_this_meeting",
        "reports.0": "meetings.not_of_this_meeting",
    }  # fmt: skip
    assert changed(before) == set()
    assert errors(sent(program, unit, {"items": [{"step": "opening"}]})) == {
        "held_on": "core.no_day"
    }
    assert errors(sent(program, unit, {"held_on": "2026-12-24"})) == {
        "held_on": "meetings.day_to_come"
    }


def test_errors_are_told_in_the_language_asked_for(cell):
    unit, secretary, _scribe = cell
    program = Program(secretary)
    whole = body(unit, resolution={"agreed": 1})
    for language, words in (("vi", "Ba số"), ("en", "The three")):
        said = told(sent(program, unit, whole, **{"Accept-Language": language}), 422)
        assert said["errors"][0]["detail"].startswith(words), said


@pytest.mark.parametrize(
    ("piece", "fault"),
    [
        ({"items": [{"title": "x"}] * 5000}, {"items": "too_long"}),
        ({"items": "không"}, {"items": "other"}),
        ({"items": [{"title": 7}]}, {"items.0.title": "string_type"}),
        ({"items": [{"titel": "x"}]}, {"items.0.titel": "extra_forbidden"}),
        ({"items": [{"minutes": -1}]}, {"items.0.minutes": "greater_than_equal"}),
        ({"items": [{"minutes": 10**30}]}, {"items.0.minutes": "less_than_equal"}),
        ({"place": "x" * 100_000}, {"place": "string_too_long"}),
        ({"opened_at": "2026-10-03 19:30"}, {"opened_at": "moment"}),
        ({"opened_at": "2026-10-03T19:30:00"}, {"opened_at": "moment"}),
        ({"opened_at": 1790000000}, {"opened_at": "moment"}),
        ({"opened_at": "0001-01-01T00:00:00+14:00"}, {"opened_at": "moment"}),
        ({"resolution": {"agreed": "5"}}, {"resolution.agreed": "int_type"}),
        ({"roll": {"x": {"status": "excused"}}}, {"roll.x": "string_pattern_mismatch"}),
        ({"roll": {"0sawbsbt80000": {"status": "gone"}}}, {"roll.0sawbsbt80000.status": "enum"}),
        ({"draft": "yes"}, {"draft": "bool_type"}),
    ],
)  # fmt: skip
def test_what_is_no_meeting_is_refused_in_words(cell, piece, fault):
    unit, secretary, _scribe = cell
    program = Program(secretary)
    answer = sent(program, unit, body(unit) | piece)
    assert {k.removesuffix(".[key]"): v for k, v in errors(answer).items()} == fault
    assert not Meeting.objects.exists()


def test_control_marks_and_half_letters_leave_no_trace(cell):
    unit, secretary, _scribe = cell
    program = Program(secretary)
    whole = body(unit, place="Nhà\x00 văn\u202e hóa\x1b[31m", guests="a\r\nb\x07")
    whole["items"][-1]["title"] = "\u200bNgõ\ufeff 8\x00"
    meeting = told(sent(program, unit, whole))["meeting"]
    assert meeting["place"] == "Nhà văn hóa[31m"
    assert Meeting.objects.get().guests == "a\nb"
    assert Meeting.objects.get().items.filter(title="Ngõ 8").exists()
    half = '{"opened_at": "2026-10-03T19:30:00+07:00", "place": "\\ud800"}'
    assert sent(program, unit, half).status_code in {400, 422}


def test_more_lines_than_a_meeting_holds_are_refused(cell):
    unit, secretary, _scribe = cell
    items = [{"title": f"Mục {n}", "opinions": [{"text": "a"}] * 200} for n in range(6)]
    answer = sent(Program(secretary), unit, body(unit, items=items))
    assert code(answer) == "meetings.too_much"


def test_the_office_enters_for_a_cell_and_only_its_regular_meeting(cell):
    unit, secretary, _scribe = cell
    office = Program(UserFactory.holding("office", unit.parent))
    answer = told(sent(office, unit, body(unit)))
    assert answer["meeting"]["work"]["typed_by"]
    assert answer["meeting"]["entry"] == "paper"
    other = body(unit, kind="extraordinary", subject="Bão")
    assert code(sent(office, unit, other)) == "meetings.not_its_kind"
    # One that the cell itself has planned is typed in by the office as on the pages.
    planned = journey.planned(unit, secretary, date(2026, 11, 3))
    answer = told(sent(office, unit, body(unit, date(2026, 11, 3))))
    assert answer["meeting"]["uid"] == planned.uid


def test_another_kind_is_found_by_its_day_and_hour(cell):
    unit, secretary, _scribe = cell
    program = Program(secretary)
    storm = {"kind": "extraordinary", "subject": "Bão số 9", "items": []}
    first = told(sent(program, unit, body(unit) | storm))
    assert (first["meeting"]["kind"], first["meeting"]["subject"]) == ("extraordinary", "Bão số 9")
    assert told(sent(program, unit, body(unit) | storm)) == first
    later = body(unit) | storm | {"opened_at": journey.evening(DAY, 5).isoformat(), "subject": "Lũ"}
    assert code(sent(program, unit, later)) == "meetings.held_already"
    other = body(unit, date(2026, 9, 9)) | storm | {"subject": ""}
    assert code(sent(program, unit, other)) == "meetings.no_subject"
    assert Meeting.objects.count() == 1
    regular = told(sent(program, unit, body(unit)))
    assert regular["meeting"]["kind"] == "regular"
    # A planned one of that day is the one meant, though it began later than it was to.
    with clock.at(journey.evening(date(2026, 10, 6))):
        planned = actions.plan_meeting(
            actor=secretary, unit_uid=unit.uid, kind="extraordinary", subject="Lũ",
            starts_at=journey.evening(date(2026, 10, 10)),
        )  # fmt: skip
    late = body(unit, date(2026, 10, 10)) | storm
    late["opened_at"] = journey.evening(date(2026, 10, 10), 12).isoformat()
    assert told(sent(program, unit, late))["meeting"]["uid"] == planned.uid


def test_a_meeting_held_in_another_month_says_which_it_is_of(cell):
    unit, secretary, _scribe = cell
    program = Program(secretary)
    late = body(unit, date(2026, 10, 2), month="2026-09-01")
    assert told(sent(program, unit, late))["meeting"]["month"] == "2026-09-01"


def test_a_draft_stays_open_and_is_gone_on_with(cell):
    unit, secretary, _scribe = cell
    program = Program(secretary)
    draft = {"held_on": "2026-10-03", "place": "Nhà văn hóa", "draft": True}
    first = told(sent(program, unit, draft))
    assert first["meeting"]["status"] == "open"
    whole = body(unit, seen=first["entered"]["seen"])
    uid = first["meeting"]["uid"]
    answer = told(program.send("PUT", f"/meetings/{uid}/entered", whole))
    assert answer["meeting"]["status"] == "held"


def test_a_meeting_recorded_live_is_not_written_over(cell):
    unit, secretary, _scribe = cell
    journey.held(unit, secretary, DAY)
    assert code(sent(Program(secretary), unit, body(unit))) == "meetings.recorded_live"


def _rows_there():
    held = sum(MeetingMonth.objects.values_list("held", flat=True))
    entered = AuditEntry.objects.filter(verb="meetings.typed_in").count()
    return Meeting.objects.count(), Task.objects.count(), held, entered


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_who_send_at_once_make_one_meeting(together):
    unit, secretary, _scribe = journey.cell(6)
    deputy = UserFactory.holding("deputy", unit)
    whole = body(unit)
    programs = [Program(secretary), Program(deputy)]
    answers = together(*[lambda one=one: sent(one, unit, whole).json() for one in programs])
    assert len({answer["meeting"]["uid"] for answer in answers}) == 1
    assert together(_rows_there)[0] == (1, 1, 1, 1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_key_sent_twice_at_once_is_one_change(together):
    unit, secretary, _scribe = journey.cell(6)
    whole, program = body(unit), Program(secretary)
    other = Program()
    other.client.defaults.update(program.client.defaults)
    answers = together(
        *[lambda one=one: sent(one, unit, whole, key="k") for one in (program, other)]
    )
    assert {answer.status_code for answer in answers} == {200}
    assert answers[0].json() == answers[1].json()
    assert together(_rows_there)[0] == (1, 1, 1, 1)


def test_a_large_meeting_takes_no_longer_by_its_roll(cell, django_assert_max_num_queries):
    unit, secretary, _scribe = cell
    for _ in range(40):
        MemberFactory.of(unit)
    program = Program(secretary)
    whole = body(unit)
    with django_assert_max_num_queries(140):
        assert sent(program, unit, whole).status_code == 200
