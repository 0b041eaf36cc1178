"""As each role: every page one's own links reach is there, in Vietnamese, and fits the screen."""

import gzip
import re
from collections import Counter, deque
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Error

from nenmong.core import clock
from nenmong.meetings import actions
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UserFactory
from scripts import messages
from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_PAGES, MOST_BYTES = 60, 100_000
MOST_FILES = 12
PERIOD = re.compile(r"(?<=[/=])\d{4}(-\d\d){0,2}(?=[/&]|$)")
FILES = re.compile(r"\.(docx|xlsx|ics|zip|csv)/?$|/tai-lieu/\w+/$|/goi/|/mau-nhap/")
# Words are looked for where a reader meets them; what a person typed may be anything.
SHOWN = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    for (let node; (node = walker.nextNode()); ) {
        const up = node.parentElement;
        if (up.closest("script, template, style, [lang=en]")) continue;
        const text = node.data.replace(/\\s+/g, " ").trim();
        if (text) found.push(text);
    }
    return found;
}"""
LINKS = "() => [...document.querySelectorAll('a[href]')].map((a) => a.href)"


def english():
    """Every source sentence that would stand on a page as it is, had nobody translated it."""
    for text in messages.texts(messages.stored()):
        said = text.id[0] if isinstance(text.id, tuple) else text.id
        if " " in said and "%" not in said and said not in messages.sentences(text):
            yield " ".join(said.split())


@pytest.fixture(scope="module")
def sources():
    return set(english())


@pytest.fixture
def lived_in():
    """A cell with a past, a meeting sealed, one being prepared, its committee's, the ward's."""
    unit, secretary, scribe = journey.cell(6)
    today = clock.today()
    before = (today.replace(day=1) - timedelta(days=1)).replace(day=3)
    sealed = journey.sealed(unit, secretary, before)
    meeting = journey.planned(unit, secretary, today.replace(day=3))
    journey.document(meeting, secretary)
    seat = UserFactory.holding("committee_member", unit)
    actions.plan_meeting(
        actor=secretary, unit_uid=unit.uid, kind="cell_committee",
        starts_at=clock.now() + timedelta(days=1),
    )  # fmt: skip
    ward = unit.parent
    beside, other, _scribe = journey.cell(4, parent=ward)
    joint = actions.plan_meeting(
        actor=secretary, unit_uid=unit.uid, kind="thematic", subject="Chuyển đổi số",
        starts_at=clock.now() + timedelta(days=5),
    )  # fmt: skip
    actions.set_time(
        actor=secretary, meeting_uid=joint.uid, starts_at=joint.starts_at, place="Nhà văn hóa"
    )
    part = actions.ask_to_join(actor=secretary, meeting_uid=joint.uid, unit_uid=beside.uid)
    actions.accept_joint(actor=other, part_uid=part.uid)
    helper = UserFactory(full_name="Lò Thị Mai")
    actions.give_right(
        actor=secretary, meeting_uid=meeting.uid, role="helper", username=helper.username
    )
    office, head = UserFactory.holding("office", ward), UserFactory.holding("head", ward)
    UserFactory.holding("committee_member", ward)
    actions.plan_meeting(
        actor=office, unit_uid=ward.uid, kind="committee",
        starts_at=clock.now() + timedelta(days=2),
    )  # fmt: skip
    return {
        "unit": unit, "ward": ward, "meeting": meeting, "sealed": sealed, "secretary": secretary,
        "scribe": scribe, "committee_member": seat, "office": office, "head": head,
        "helper": helper, "secretary beside": other,
    }  # fmt: skip


def walk(person, sources):
    """Open what the links of each page lead to, nearest first; say what is wrong with each."""
    page, start = person.page, f"{person.address}/viec-cua-toi/"
    ahead, known, wrong, files, opened = deque([(start, "")]), {start}, [], [], 0
    kinds, sizes = Counter(), {}  # of what the pages share, looked at once
    while ahead and opened < MOST_PAGES:
        address, led = ahead.popleft()
        person.loads.clear()
        answer = page.goto(address, wait_until="load")
        opened += 1
        where = urlsplit(page.url).path
        if answer.status != 200:
            wrong.append((where, answer.status, "from", led))
            continue
        left = [text for text in page.evaluate(SHOWN) if text in sources]
        if left:
            wrong.append((where, "English", left))
        size = 0
        for one in [one for one in person.loads if one.status == 200]:
            if one.url not in sizes:
                with suppress(Error):  # of the page before, still on its way when it was left
                    sizes[one.url] = len(gzip.compress(one.body()))
            size += sizes.get(one.url, 0)
        if size > MOST_BYTES:
            wrong.append((where, "bytes", size))
        for screen in (PHONE, DESK):
            page.set_viewport_size(screen)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                wrong.append((where, "wider than", screen["width"], wide))
        for link in page.evaluate(LINKS):
            plain = urldefrag(link).url
            kind = PERIOD.sub("", plain)  # a year has no end of years before it
            if plain.startswith(person.address) and plain not in known and kinds[kind] < 2:
                known.add(plain)
                kinds[kind] += 1
                (files if FILES.search(urlsplit(plain).path) else ahead).append((plain, where))
    for address, led in files[:MOST_FILES]:
        answer = page.context.request.get(address)
        if answer.status != 200:
            wrong.append((urlsplit(address).path, answer.status, "from", led))
    return opened, wrong


ROLES = (
    "member", "scribe", "scorer", "secretary", "deputy", "committee_member", "visitor", "office",
    "head", "inspection", "administrator", "helper", "secretary beside",
)  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_every_page_a_role_reaches_is_there(lived_in, person, sources, role):
    unit = lived_in["ward"] if role in {"inspection"} else lived_in["unit"]
    user = lived_in.get(role) or UserFactory.holding(role, unit)
    someone = person(user)
    opened, wrong = walk(someone, sources)
    assert wrong == []
    assert opened >= 3
    assert someone.faults == []
