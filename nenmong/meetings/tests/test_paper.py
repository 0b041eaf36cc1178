"""A meeting held on paper: entered whole, kept as a draft, helped with, sealed on proof."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenmong.accounts.codes import codes_of
from nenmong.accounts.rules import code_of
from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.meetings import access, actions, queries
from nenmong.meetings.actions.entering import NotEntered
from nenmong.meetings.models import (
    GivenRight,
    Matter,
    Meeting,
    MeetingDocument,
    MeetingMonth,
    Task,
)
from nenmong.meetings.rules.paper import (
    Entered,
    EnteredItem,
    Line,
    NewTask,
    Report,
    Standing,
    Tally,
    fingerprint,
    without,
)
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.cases.paper import DAY, paper, typed
from nenmong.org import actions as org_actions
from nenmong.org.tests.factories import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return journey.cell(6)


@pytest.fixture
def planned(cell):
    unit, secretary, _scribe = cell
    return journey.planned(unit, secretary, DAY)


def enter(secretary, meeting, entered, **said):
    return actions.enter_meeting(actor=secretary, meeting_uid=meeting.uid, entered=entered, **said)


def refused(secretary, meeting, entered, **said):
    with pytest.raises(NotEntered) as error:
        enter(secretary, meeting, entered, **said)
    return {place: one.code for place, one in error.value.errors.items()}


def test_a_whole_meeting_is_held_and_sealed_as_if_recorded_live(cell, planned):
    unit, secretary, _scribe = cell
    meeting = enter(secretary, planned, paper(planned))
    assert (meeting.status, meeting.entry, meeting.typed_by) == ("held", "paper", "")
    assert (meeting.due, meeting.present, meeting.excused) == (6, 5, 1)
    assert (meeting.speakers, meeting.opinions, meeting.tasks) == (1, 1, 1)
    assert meeting.held_on == DAY
    assert meeting.chair_post == "Bí thư"
    assert MeetingMonth.objects.get(month=DAY.replace(day=1)).held == 1
    sealed = actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    assert sealed.minutes_number == sealed.resolution_number == 1
    assert not queries.verify.verify().findings
    assert not list(queries.recount.differences())
    assert Matter.objects.filter(unit=unit, kind="task", state="waiting").count() == 1
    record = queries.verify.record_in(queries.verify.sealed_of(sealed))
    assert (record["entry"], record["sealed_by"]) == ("paper", str(secretary))
    assert all(item["discussed"] for item in record["items"])


def test_what_was_entered_is_what_stands_there(cell, planned):
    _unit, secretary, _scribe = cell
    entered = paper(planned, notice_at=journey.evening(date(2026, 10, 1)), guests="Bà Lan")
    meeting = enter(secretary, planned, entered)
    found = queries.paper.typed_of(meeting)
    items = tuple(replace(item, title="") for item in found.items)
    assert replace(found, items=items) == replace(entered, held_on=DAY)


def test_a_blank_stays_a_blank(cell, planned):
    _unit, secretary, _scribe = cell
    meeting = enter(secretary, planned, paper(planned))
    assert meeting.notice_at is meeting.documents_at is meeting.prompts_ready_at is None
    assert set(meeting.items.values_list("started_at", "seconds", "state")) == {(None, 0, "done")}


def test_entering_replaces_what_was_entered_before(cell, planned):
    _unit, secretary, _scribe = cell
    first = enter(secretary, planned, paper(planned))
    task = Task.objects.get()
    second = replace(paper(planned), roll={})
    item = next(i for i in second.items if i.tasks)
    voters = Tally(6)
    mended = replace(item, speeches=(), opinions=(), votes=())
    items = tuple(mended if i == item else i for i in second.items)
    meeting = enter(
        secretary, first, replace(second, items=items, resolution=voters, minutes=voters)
    )
    assert (meeting.present, meeting.speakers, meeting.opinions, meeting.tasks) == (6, 0, 0, 1)
    assert Task.objects.get() == task  # the same task, not one more
    assert set(meeting.votes.values_list("about", "voters")) == {("resolution", 6), ("minutes", 6)}
    assert MeetingMonth.objects.get(month=DAY.replace(day=1)).held == 1


def test_all_that_does_not_fit_is_said_at_once_and_nothing_is_written(cell, planned):
    _unit, secretary, _scribe = cell
    entered = paper(planned)
    absent = next(iter(entered.roll))
    wrong = EnteredItem(
        uid=entered.items[0].uid, speeches=(Line("Tôi nói", absent), Line("")),
        votes=(Tally(9, question="Có không?"), Tally(5)), minutes=9000,
        tasks=(NewTask("Việc", DAY - timedelta(days=1), owner="Chi ủy"), NewTask("")),
    )  # fmt: skip
    entered = replace(
        entered, items=(wrong, EnteredItem()), closed_at=journey.evening(DAY, -5),
        resolution=Tally(1), chair_uid="0sawbsbt80000", notice_at=clock.now() + timedelta(days=1),
        roll={absent: Standing("excused"), "0sawbsbt80000": Standing("excused")},
    )  # fmt: skip
    assert refused(secretary, planned, entered) == {
        "roll.0sawbsbt80000": "meetings.not_on_the_roll",
        "chair_uid": "meetings.not_on_the_roll",
        "notice_at": "meetings.moment_to_come",
        "closed_at": "meetings.hours_disorder",
        "items.0.minutes": "meetings.bad_minutes",
        "items.0.speeches.0": "meetings.speaker_absent",
        "items.0.speeches.1": "meetings.no_speaker",
        "items.0.votes.0": "meetings.tally",
        "items.0.votes.1": "meetings.no_question",
        "items.0.tasks.0": "meetings.deadline_passed",
        "items.0.tasks.1": "meetings.no_task",
        "items.1": "meetings.no_title",
        "resolution": "meetings.tally",
    }
    planned.refresh_from_db()
    assert planned.status == "planned"
    assert not planned.attendances.exists()
    kept = without(entered, refused(secretary, planned, entered))
    meeting = enter(secretary, planned, kept, draft=True)
    assert meeting.status == "open"
    assert meeting.present == 5


def test_a_draft_may_lack_what_the_whole_may_not(cell, planned):
    _unit, secretary, _scribe = cell
    nothing = Entered()
    assert refused(secretary, planned, replace(nothing, held_on=DAY)) == {
        "opened_at": "meetings.no_hour", "closed_at": "meetings.no_hour",
    }  # fmt: skip
    meeting = enter(secretary, planned, replace(nothing, held_on=DAY), draft=True)
    assert (meeting.status, meeting.opened_at) == ("open", None)
    whole = enter(secretary, meeting, paper(meeting))
    assert whole.status == "held"
    back = enter(secretary, whole, replace(nothing, held_on=DAY), draft=True)
    assert back.status == "open"
    assert MeetingMonth.objects.get(month=DAY.replace(day=1)).held == 0


def test_the_day_is_one_that_came_and_of_about_this_month(cell, planned):
    _unit, secretary, _scribe = cell
    for day, code in ((date(2099, 1, 1), "day_to_come"), (date(2026, 1, 3), "other_month")):
        assert refused(secretary, planned, Entered(held_on=day)) == {"held_on": f"meetings.{code}"}


def test_what_someone_else_typed_meanwhile_is_not_written_over_unseen(cell, planned):
    _unit, secretary, scribe = cell
    seen = fingerprint(queries.paper.typed_of(planned))
    enter(scribe, planned, paper(planned), draft=True, seen=seen)
    with pytest.raises(DomainError, match=r"meetings\.typed_meanwhile"):
        enter(secretary, planned, Entered(held_on=DAY), draft=True, seen=seen)


def test_a_meeting_recorded_live_is_not_typed_over(cell):
    unit, secretary, _scribe = cell
    meeting = journey.opened(unit, secretary)
    with pytest.raises(DomainError, match=r"meetings\.recorded_live"):
        enter(secretary, meeting, Entered(held_on=DAY))
    with pytest.raises(DomainError, match=r"meetings\.recorded_live"):
        actions.start_paper(
            actor=UserFactory.holding("office", unit.parent), meeting_uid=meeting.uid
        )


def test_new_items_left_matters_and_earlier_tasks(cell):
    unit, secretary, _scribe = cell
    journey.sealed(unit, secretary)
    matter = actions.propose_topic(actor=secretary, unit_uid=unit.uid, title="Ngõ 8")
    Matter.objects.filter(uid=matter.uid).update(since=date(2026, 10, 20))
    day = date(2026, 11, 3)
    meeting = journey.planned(unit, secretary, day)
    entered = paper(meeting, day)
    report = meeting.reports.get()
    items = [
        replace(item, discussed=False, left="Chờ phường trả lời")
        if meeting.items.get(uid=item.uid).matter_uid else item
        for item in entered.items
    ]  # fmt: skip
    items.append(EnteredItem(title="Việc phát sinh", minutes=7, conclusion="Thống nhất."))
    entered = replace(
        entered, items=tuple(items), reports=(Report(report.task_uid, "done", "Xong"),)
    )
    for _ in range(2):  # a program that sends it again makes no second item
        meeting = enter(secretary, meeting, entered)
    fresh = meeting.items.get(title="Việc phát sinh")
    assert fresh.seconds == 420
    assert meeting.carryovers.get().reason == "Chờ phường trả lời"
    sealed = actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    assert sealed.minutes_number == 2
    assert Task.objects.get(uid=report.task_uid).state == "done"


def test_an_older_meeting_takes_the_roll_of_its_day_and_the_next_number(cell):
    unit, secretary, _scribe = cell
    journey.sealed(unit, secretary, date(2026, 11, 3))
    joined = MemberFactory.of(unit)
    joined.memberships.update(first_day=date(2026, 10, 15))
    day = date(2026, 9, 3)
    meeting = actions.plan_meeting(actor=secretary, unit_uid=unit.uid, month=day)
    assert not meeting.reports.exists()  # the tasks of November were not before it
    entered = replace(paper(meeting, day), held_on=day)
    meeting = enter(secretary, meeting, entered)
    assert joined.uid not in set(meeting.attendances.values_list("member_uid", flat=True))
    assert meeting.due == 6
    sealed = actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    assert sealed.minutes_number == 2
    assert not queries.verify.verify().findings


def test_typing_costs_the_same_for_many(cell, planned, django_assert_max_num_queries):
    unit, secretary, _scribe = cell
    for _ in range(30):
        MemberFactory.of(unit)
    entered = paper(planned)
    with django_assert_max_num_queries(75):
        enter(secretary, planned, entered)


# ── who types ───────────────────────────────────────────────────────────────────────────────


def test_the_office_types_for_a_cell_and_seals_on_the_signed_scan(cell, client):
    unit, secretary, _scribe = cell
    office = UserFactory.holding("office", unit.parent, full_name="Trần Thị Vân")
    meeting = actions.plan_paper_meeting(actor=office, unit_uid=unit.uid, month=DAY)
    assert meeting.entry == "paper"
    meeting = enter(office, meeting, paper(meeting))
    assert (meeting.typed_by, meeting.typed_by_uid) == ("Trần Thị Vân", office.uid)
    with pytest.raises(DomainError, match=r"meetings\.no_proof"):
        actions.seal_minutes(actor=office, meeting_uid=meeting.uid)
    MeetingDocument.objects.create(
        bucket=meeting.bucket, meeting=meeting, sort="scan", title="Biên bản ký", kind="pdf",
        size=9, sha256="a" * 64, added_at=clock.now(), by_uid=office.uid,
    )  # fmt: skip
    sealed = actions.seal_minutes(actor=office, meeting_uid=meeting.uid)
    assert (sealed.typed_by, sealed.sealed_by) == ("Trần Thị Vân", "Trần Thị Vân")
    client.force_login(office)
    assert client.get(reverse("meetings:names", args=[meeting.uid])).status_code == 403
    page = client.get(reverse("meetings:record", args=[meeting.uid])).content.decode()
    assert page.count("Trần Thị Vân") >= 2
    assert secretary.full_name not in page or "Bí thư" in page


def test_the_office_works_on_no_meeting_that_is_not_on_paper(cell, planned):
    unit, _secretary, _scribe = cell
    office = UserFactory.holding("office", unit.parent)
    assert not access.may(office, "meetings.work", planned)
    with pytest.raises(NotAllowed):
        enter(office, planned, Entered())
    started = actions.start_paper(actor=office, meeting_uid=planned.uid)
    assert access.may(office, "meetings.work", started)
    assert not access.may(office, "meetings.names", started)
    with pytest.raises(DomainError, match=r"meetings\.month_to_come"):
        actions.plan_paper_meeting(actor=office, unit_uid=unit.uid, month=date(2099, 1, 1))


def test_a_helper_types_one_meeting_and_seals_with_the_secretary_s_code(cell, planned):
    _unit, secretary, _scribe = cell
    helper = UserFactory(full_name="Lò Thị Mai")
    assert not queries.paper.given_to(helper.uid)
    actions.give_right(
        actor=secretary, meeting_uid=planned.uid, role="helper", username=helper.username
    )
    assert [help.meeting.uid for help in queries.paper.given_to(helper.uid)] == [planned.uid]
    meeting = enter(helper, planned, paper(planned))
    assert meeting.typed_by == "Lò Thị Mai"
    with pytest.raises(DomainError, match=r"meetings\.no_proof"):
        actions.seal_minutes(actor=helper, meeting_uid=meeting.uid)
    sheet = org_actions.give_sheet(actor=SYSTEM, member_uid=secretary.members.get().uid)
    code = codes_of(sheet)[0]
    with pytest.raises(NotAllowed, match=r"accounts\.no_such_code"):
        actions.seal_minutes(actor=helper, meeting_uid=meeting.uid, code=code_of(int(code) + 1))
    sealed = actions.seal_minutes(actor=helper, meeting_uid=meeting.uid, code=code)
    assert sealed.sealed_by == "Lò Thị Mai"
    sheet.refresh_from_db()
    assert sheet.used == 1
    assert GivenRight.objects.get().ended_at == sealed.sealed_at
    assert not access.may(helper, "meetings.view", sealed)
    assert not queries.paper.given_to(helper.uid)


def test_a_member_named_to_chair_seals_and_then_reads_no_names(cell, planned, client):
    unit, secretary, _scribe = cell
    member = UserFactory.holding("member", unit)
    uid = member.members.get().uid
    actions.give_right(actor=secretary, meeting_uid=planned.uid, role="chair", member_uid=uid)
    meeting = enter(member, planned, paper(planned))
    sealed = actions.seal_minutes(actor=member, meeting_uid=meeting.uid)
    assert sealed.sealed_by == str(member)
    client.force_login(member)
    assert client.get(reverse("meetings:record", args=[sealed.uid])).status_code == 200
    assert client.get(reverse("meetings:names", args=[sealed.uid])).status_code == 403


def test_who_is_let_in(cell, planned):
    unit, secretary, scribe = cell
    stranger = UserFactory()
    said = {"actor": secretary, "meeting_uid": planned.uid}
    wrong = (
        ({"role": "king", "username": stranger.username}, "meetings.unknown_role"),
        ({"role": "helper", "username": "nobody"}, "meetings.no_such_account"),
        ({"role": "helper", "member_uid": "0sawbsbt80000"}, "meetings.not_on_the_roll"),
        ({"role": "chair", "username": stranger.username}, "meetings.not_on_the_roll"),
        ({"role": "helper", "member_uid": MemberFactory.of(unit).uid}, "meetings.no_account"),
    )
    for right, code in wrong:
        with pytest.raises(DomainError, match=f"^{code}$"):
            actions.give_right(**said, **right)
    helper = actions.give_right(**said, role="helper", username=stranger.username)
    for who in (scribe, stranger):  # the scribe names nobody, the helper neither
        with pytest.raises(NotAllowed):
            actions.give_right(
                actor=who, meeting_uid=planned.uid, role="helper", username=stranger.username
            )
    actions.end_right(**said, right_uid=helper.uid)
    assert not access.may(stranger, "meetings.work", planned)


# ── the page ────────────────────────────────────────────────────────────────────────────────


def form_of(meeting, **said):
    """What a browser would send of a whole meeting."""
    items = list(meeting.items.all())
    form = {f"i-{item.uid}-done": "1" for item in items}
    place = next(n for n, item in enumerate(items) if item.step == "discussion")
    at = f"i-{items[place].uid}"
    return form | {
        "day": "3/10/2026", "place": "Nhà văn hóa", "r-0-who": "4", "r-0-status": "excused",
        "r-0-reason": "Nằm viện", f"{at}-minutes": "20", f"{at}-summary": "Nêu kế hoạch.",
        f"{at}-speeches": "1: Nhất trí.\nkhách Bà Lan: Xin cảm ơn.", f"{at}-opinions": "Lầy lội.",
        f"{at}-conclusion": "Dỡ xong.", "n-0-title": "Việc phát sinh", "n-0-summary": "Bàn thêm.",
        "v-0-item": str(place + 1), "v-0-question": "Có dỡ không?", "v-0-agreed": "5",
        "t-0-item": str(place + 1), "t-0-title": "Vận động",
        "t-0-who": "2", "t-0-due": "20/10/2026",
        "t-1-item": "A", "t-1-title": "Báo phường", "t-1-who": "Chi ủy", "t-1-due": "21/10/2026",
        "directions": "Chỉnh trang ngõ.", "nq-agreed": "5", "bb-agreed": "5", "opened": "19.30",
        "closed": "21.10", "chair": "Nguyễn Văn Hùng", "secretary": "Nhung",
        "notice_at": "30/9/2026", "do": "look",
    } | said  # fmt: skip


@pytest.fixture
def at_page(cell, planned, client):
    client.force_login(cell[1])
    url = reverse("meetings:paper", args=[planned.uid])

    def send(**said):
        return client.post(url, form_of(planned, **said))

    return client, url, send


def test_the_page_takes_a_whole_meeting_to_the_seal(at_page, planned):
    client, url, send = at_page
    assert client.get(url).status_code == 200
    answer = send()
    assert answer.status_code == 302, answer.content.decode()[:9000]
    look = client.get(answer["Location"])
    assert "Việc phát sinh" in look.content.decode()
    assert "Nằm viện" in look.content.decode()
    done = client.post(reverse("meetings:paper_done", args=[planned.uid]))
    assert done["Location"] == reverse("meetings:before_seal", args=[planned.uid])
    meeting = Meeting.objects.get(uid=planned.uid)
    assert (meeting.status, meeting.present, meeting.speakers, meeting.tasks) == ("held", 5, 1, 2)
    assert clock.minutes_between(meeting.opened_at, meeting.closed_at) == 100
    assert client.get(done["Location"]).status_code == 200
    sealed = client.post(reverse("meetings:seal", args=[planned.uid]))
    assert sealed["Location"] == reverse("meetings:record", args=[planned.uid])
    assert client.get(url).status_code == 302


def test_a_draft_comes_back_as_it_was_typed(at_page, planned):
    client, url, send = at_page
    assert send(do="draft", opened="", closed="", chair="").status_code == 302
    page = client.get(url).content.decode()
    for words in ("Nằm viện", "1: Nhất trí.", "khách Bà Lan: Xin cảm ơn.", "Việc phát sinh"):
        assert words in page
    before = queries.paper.typed_of(Meeting.objects.get(uid=planned.uid))
    from nenmong.meetings.paper_filled import filled  # noqa: PLC0415

    form = filled(Meeting.objects.get(uid=planned.uid), before)
    assert form.read() == replace(before, items=tuple(replace(i, title="") for i in before.items))
    assert not form.errors


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("day", "31/9/2026"), ("opened", "25.00"), ("r-0-who", "99"), ("v-0-agreed", "3"),
        ("r-1-who", "4"), ("v-0-item", "77"), ("t-0-due", "hôm nào"), ("chair", "Ai đó"),
        ("nq-agreed", "x"), ("closed", ""), ("notice_at", "1/1/2099"), ("t-0-due", "1/9/2026"),
        ("t-0-who", "99"), ("place", ""),
    ],
)  # fmt: skip
def test_an_error_stands_beside_its_field_and_all_else_is_kept(at_page, planned, field, text):
    _client, _url, send = at_page
    more = {"r-1-status": "late"} if field == "r-1-who" else {}
    answer = send(**{field: text}, **more)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="o-{field}-loi"' in page
    for words in ("1: Nhất trí.", "Việc phát sinh", "Báo phường"):
        assert words in page
    meeting = Meeting.objects.get(uid=planned.uid)
    assert meeting.status == ("planned" if field == "day" else "open")


def test_a_page_opened_before_someone_else_typed_keeps_its_words(at_page, planned, cell):
    _client, _url, send = at_page
    seen = fingerprint(queries.paper.typed_of(planned))
    enter(cell[2], planned, paper(planned), draft=True)
    answer = send(seen=seen)
    assert answer.status_code == 422
    assert "1: Nhất trí." in answer.content.decode()


def test_a_helper_finds_the_meeting_and_the_office_its_month(cell, planned, client):
    unit, secretary, _scribe = cell
    client.force_login(secretary)
    helper = UserFactory()
    url = reverse("meetings:give_right", args=[planned.uid])
    client.post(url, {"role": "helper", "username": helper.username})
    assert (
        helper.full_name
        in client.get(reverse("meetings:helpers", args=[planned.uid])).content.decode()
    )
    client.force_login(helper)
    assert (
        reverse("meetings:detail", args=[planned.uid])
        in client.get(reverse("home:my_work")).content.decode()
    )
    assert client.get(reverse("meetings:paper", args=[planned.uid])).status_code == 200
    office = UserFactory.holding("office", unit.parent)
    client.force_login(office)
    assert (
        reverse("meetings:plan_paper", args=[unit.uid])
        in client.get(reverse("home:unit", args=[unit.uid])).content.decode()
    )
    outline = client.get(reverse("meetings:detail", args=[planned.uid])).content.decode()
    assert reverse("meetings:start_paper", args=[planned.uid]) in outline
    assert client.post(reverse("meetings:start_paper", args=[planned.uid]))["Location"] == reverse(
        "meetings:paper", args=[planned.uid]
    )
    answer = client.post(
        reverse("meetings:plan_paper", args=[unit.uid]), {"month": "2026-09-01"}, follow=True
    )
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"].endswith("/nhap-giay/")


def test_the_paper_form_s_journey_is_typed(cell):
    unit, secretary, _scribe = cell
    assert typed(unit, secretary).status == "held"


def test_a_blank_draft_breaks_no_page(cell, planned, client):
    _unit, secretary, _scribe = cell
    meeting = enter(secretary, planned, Entered(held_on=DAY), draft=True)
    client.force_login(secretary)
    for name, uid in (
        ("roll", meeting.uid), ("item", meeting.items.first().uid),
        ("paper_look", meeting.uid), ("paper", meeting.uid),
    ):  # fmt: skip
        assert client.get(reverse(f"meetings:{name}", args=[uid])).status_code == 200, name
    for url in (reverse("home:my_work"), reverse("home:unit", args=[meeting.unit_id])):
        assert client.get(url).status_code == 200
    assert client.get(reverse("meetings:close", args=[meeting.uid])).status_code == 302
    detail = client.get(reverse("meetings:detail", args=[meeting.uid]))
    assert detail["Location"] == reverse("meetings:paper", args=[meeting.uid])


def test_a_meeting_begun_live_after_all_is_live(cell, planned):
    unit, secretary, _scribe = cell
    office = UserFactory.holding("office", unit.parent)
    actions.start_paper(actor=office, meeting_uid=planned.uid)
    meeting = actions.open_meeting(actor=secretary, meeting_uid=planned.uid)
    assert meeting.entry == "live"
    assert not access.may(office, "meetings.work", meeting)


def test_an_older_month_is_laid_out_from_the_cell_s_page(cell, client):
    unit, secretary, _scribe = cell
    client.force_login(secretary)
    url = reverse("meetings:plan_older", args=[unit.uid])
    assert url in client.get(reverse("home:unit", args=[unit.uid])).content.decode()
    answer = client.post(url, {"month": "2026-08-01"})
    meeting = Meeting.objects.get()
    assert answer["Location"] == reverse("meetings:paper", args=[meeting.uid])
    assert (meeting.month, meeting.entry) == (date(2026, 8, 1), "live")


def test_codes_at_the_seal_are_not_guessed(cell, planned, client):
    _unit, secretary, _scribe = cell
    helper = UserFactory()
    actions.give_right(
        actor=secretary, meeting_uid=planned.uid, role="helper", username=helper.username
    )
    meeting = enter(helper, planned, paper(planned))
    client.force_login(helper)
    page = client.get(reverse("meetings:before_seal", args=[meeting.uid])).content.decode()
    assert 'name="code"' in page
    url = reverse("meetings:seal", args=[meeting.uid])
    told = [client.post(url, {"code": f"12345678{n}"}).status_code for n in range(7)]
    assert told[0] == 403
    assert told[-1] == 422  # too many
    assert client.post(url).status_code == 422  # no proof
