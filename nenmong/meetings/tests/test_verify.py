"""`nenmong verify`: what holds, records out of their place, and what the command says.

The sealed meetings are made once for all tests of a module; what a test does is taken back.
"""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from nenmong.core.rules import canonical, sha256
from nenmong.meetings import queries
from nenmong.meetings.models import (
    Attendance,
    ChainHead,
    Meeting,
    NameEntry,
    SealedRecord,
    Speech,
    Task,
)
from nenmong.meetings.queries import rows
from nenmong.meetings.rules import seal as seals
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.tampering import (
    DAYS,
    erase,
    named,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chain_taken_back", "checks_again")]

# ── nothing changed ─────────────────────────────────────────────────────────────────────────


def test_what_is_as_it_was_holds(chain):
    result = queries.verify.verify()
    assert (result.meetings, result.findings) == (4, [])


def test_what_goes_on_after_the_seal_is_no_fault(chain):
    secretary_uid = SealedRecord.objects.get(meeting=chain[0]).sealed_by_uid
    assert secretary_uid
    Meeting.objects.filter(uid=chain[1].uid).update(
        filed_at=journey.evening(DAYS[1]), filed_how="x"
    )
    Task.objects.filter(meeting=chain[1]).update(state="done", result="Xong", done_on=DAYS[2])
    assert named() == set()


def test_an_erased_names_sheet_is_no_fault(chain):
    SealedRecord.objects.filter(meeting=chain[1]).update(names="", names_salt="")
    Attendance.objects.filter(meeting=chain[1]).delete()
    NameEntry.objects.filter(meeting=chain[1]).delete()
    assert named() == set()


@pytest.mark.parametrize("left", ["names", "names_salt"])
def test_a_names_sheet_half_erased_is_a_fault(chain, left):
    SealedRecord.objects.filter(meeting=chain[1]).update(**{left: ""})
    assert named() == {chain[1].uid}


def test_a_record_sealed_in_the_first_form_holds_without_what_came_later(chain):
    record = SealedRecord.objects.get(meeting=chain[1])
    meeting = Meeting.objects.get(uid=chain[1].uid)
    of_record, of_names = rows.of_meetings([meeting], {meeting.uid: 1})[meeting.uid]
    assert "postponement" not in of_record
    parsed, names = json.loads(record.record), json.loads(record.names)
    record.record = canonical(parsed | {"format": 1, "rows": of_record})
    record.record_hash = sha256(record.record)
    record.names = canonical(names | {"format": 1, "rows": of_names})
    record.names_hash = seals.names_hash(record.names_salt, record.names)
    record.save()
    _link_anew(record)
    Meeting.objects.filter(uid=meeting.uid).update(subject="Không thuộc bản cũ")
    assert named() == set()
    Meeting.objects.filter(uid=meeting.uid).update(place="Chỗ khác")
    assert named() == {meeting.uid}


def _link_anew(record):
    """Hang the records of a unit from this one on in their chain again."""
    later = SealedRecord.objects.filter(unit=record.unit_id, position__gte=record.position)
    previous = record.previous
    for one in later.order_by("position"):
        link = seals.link(previous, record_hash=one.record_hash, names=one.names_hash)
        SealedRecord.objects.filter(uid=one.uid).update(previous=previous, link=link)
        ChainHead.objects.filter(unit=one.unit_id).update(link=link)
        previous = [link]


# ── records out of their place ──────────────────────────────────────────────────────────────


def swap(one, other, *names):
    """Exchange columns of two records."""
    values = [{name: getattr(record, name) for name in names} for record in (one, other)]
    SealedRecord.objects.filter(pk=one.pk).update(**{n: _apart(n, values[0][n]) for n in names})
    SealedRecord.objects.filter(pk=other.pk).update(**values[0])
    SealedRecord.objects.filter(pk=one.pk).update(**values[1])


def _apart(name, value):
    return 9999 if name == "position" else value


@pytest.mark.parametrize(
    "names",
    [
        ["position"],
        ["record", "record_hash"],
        ["record", "record_hash", "names", "names_hash", "names_salt"],
        ["record", "record_hash", "names", "names_hash", "names_salt", "previous", "link"],
        ["position", "previous", "link"],
    ],
    ids="+".join,
)
def test_two_records_swapped_are_named(chain, names):
    swap(*[SealedRecord.objects.get(meeting=meeting) for meeting in chain[:2]], *names)
    assert {chain[0].uid, chain[1].uid} <= named()


@pytest.mark.parametrize(("lost", "beside"), [(0, 1), (1, 2)])
def test_one_deleted_inside_is_named_there_and_at_the_next(chain, lost, beside):
    SealedRecord.objects.filter(meeting=chain[lost]).delete()
    assert named() == {chain[lost].uid, chain[beside].uid}
    erase(Meeting, chain[lost].pk)  # the meeting too: the next one still tells
    assert chain[beside].uid in named()


def test_the_last_one_deleted_is_named_there_and_before(chain):
    SealedRecord.objects.filter(meeting=chain[2]).delete()
    assert named() == {chain[2].uid, chain[1].uid}
    erase(Meeting, chain[2].pk)
    assert chain[1].uid in named()


def test_a_whole_chain_deleted_is_noticed(chain):
    SealedRecord.objects.filter(unit=chain[0].unit).delete()
    assert {meeting.uid for meeting in chain} <= named()
    for meeting in chain:
        erase(Meeting, meeting.pk)
    (finding,) = queries.verify.verify().findings
    assert "3" in finding.what


def test_a_record_forged_with_new_hashes_breaks_the_next_link(chain):
    record = SealedRecord.objects.get(meeting=chain[1])
    text = json.loads(record.record)
    text["directions"] = "Khác"
    record.record = canonical(text)
    record.record_hash = sha256(record.record)
    record.link = seals.link(
        record.previous, record_hash=record.record_hash, names=record.names_hash
    )
    record.save()
    assert named() == {chain[2].uid}  # what follows it no longer follows


# ── the command ─────────────────────────────────────────────────────────────────────────────


def test_the_command_says_all_is_well(chain):
    out = StringIO()
    call_command("verify", stdout=out)
    assert out.getvalue().count("\n") == 1
    assert "4" in out.getvalue()


def test_the_command_names_each_meeting_and_ends_with_one(chain):
    Speech.objects.filter(meeting=chain[1]).update(text="Tôi nhất trí.")
    Meeting.objects.filter(uid=chain[2].uid).update(present=0)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify", stdout=out)
    assert ended.value.code == 1
    first, second, summary = out.getvalue().splitlines()
    for line, meeting in ((first, chain[1]), (second, chain[2])):
        assert line.startswith(f"{meeting.uid} {meeting.unit.name} {meeting.month:%Y-%m}: ")
    assert "2" in summary


def test_checking_costs_by_the_hundreds_of_meetings(chain, django_assert_max_num_queries):
    with django_assert_max_num_queries(19):
        assert queries.verify.verify().meetings == 4
