"""Steps that journeys of opinions take: what a person does on a page, what lies between by actions.

Days go by through `settings.TODAY`, which the pages read too; the hour stays that of the machine.
"""

from nenmong.core import clock
from nenmong.meetings import actions as meetings
from nenmong.meetings.models import Matter, Meeting
from nenmong.opinions.models import Opinion

UNFOLD = """node => {
    for (let up = node.closest("details"); up; up = up.parentElement.closest("details")) {
        up.open = true;
    }
}"""


# ── the meeting ─────────────────────────────────────────────────────────────────────────────


def opened(unit, secretary):
    """Plan this month's meeting of a cell and open it, today."""
    month = clock.today().replace(day=1)
    meeting = meetings.plan_meeting(actor=secretary, unit_uid=unit.uid, month=month)
    Meeting.objects.filter(uid=meeting.uid, place="").update(place="Nhà văn hóa tổ dân phố")
    return meetings.open_meeting(actor=secretary, meeting_uid=meeting.uid)


def go_to(secretary, item):
    meetings.go_to_item(actor=secretary, item_uid=item.uid)


def item_of_answer(meeting):
    """The item of a meeting under which an answer is read out."""
    matter = Matter.objects.get(kind="answer", meeting_uid=meeting.uid)
    return meeting.items.get(matter_uid=matter.uid)


def sealed(meeting, secretary, work):
    """Go through what is left of a meeting, vote, close and seal it; what follows is done."""
    for item in meeting.items.exclude(state__in=["now", "done"]):
        go_to(secretary, item)
    present = Meeting.objects.get(uid=meeting.uid).official_present
    for about in ("resolution", "minutes"):
        meetings.record_vote(
            actor=secretary, meeting_uid=meeting.uid, about=about, agreed=present, against=0,
            other=0,
        )  # fmt: skip
    meetings.close_meeting(actor=secretary, meeting_uid=meeting.uid)
    meetings.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    work()


def told(unit, secretary, work, verdict, reason=""):
    """Hold the cell's meeting of today, the answer before it judged; by actions."""
    meeting = opened(unit, secretary)
    go_to(secretary, item := item_of_answer(meeting))
    meetings.judge_answer(
        actor=secretary, meeting_uid=meeting.uid, matter_uid=item.matter_uid, verdict=verdict,
        reason=reason,
    )  # fmt: skip
    sealed(meeting, secretary, work)


def judge_on_phone(person, meeting, verdict, reason="", hands=None):
    """Read the answer out from the phone and note what the cell finds."""
    person.open(f"/muc/{item_of_answer(meeting).uid}/")
    form = person.page.locator("#answer_read form")
    form.evaluate(UNFOLD)
    form.locator(f"input[value={verdict}]").check()
    for name, count in (hands or {}).items():
        form.locator(f"[name={name}]").fill(str(count))
    form.locator("[name=reason]").fill(reason)
    person.send("#answer_read form button")


# ── the opinion ─────────────────────────────────────────────────────────────────────────────


def at(opinion):
    """The address of an opinion."""
    return f"/y-kien/{opinion.uid}/"


def do(person, door, **fields):
    """Fill one of the forms of an opinion's page and send it."""
    form = person.page.locator(f"#viec-{door}")
    form.evaluate(UNFOLD)
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    person.press(f"#viec-{door} button[type=submit]")


def write_answer(person, result, text, **fields):
    """Write an answer into its form: how it ends decides what is asked besides."""
    form = person.page.locator("#tra-loi")
    form.evaluate(UNFOLD)
    with person.page.expect_response(lambda answer: "/kiem-tra/" in answer.url):
        form.locator(f"[name=result][value={result}]").check()
    for name, value in fields.items():
        form.locator(f"#o-tra-loi [name={name}]:not([type=hidden])").fill(value)
    form.locator("[name=text]").fill(text)


def finish(person, how="finish"):
    """Press one of the buttons of an answer's form: `finish` or `keep`."""
    person.press(f"#tra-loi button[value={how}]")


def refusal(person):
    """The sentence that says why something was not done."""
    return person.page.locator("main [role=alert]").first


def figures(person, unit):
    """Raised, answered, solved, as they stand on the cell's page."""
    person.open(f"/don-vi/{unit.uid}/y-kien/")
    shown = person.page.locator(".nm-figures").first.locator("dd")
    return [int(words) for words in shown.all_inner_texts()]


def timeline(opinion):
    """What happened to an opinion, in order."""
    return list(Opinion.objects.get(uid=opinion.uid).moves.values_list("what", flat=True))
