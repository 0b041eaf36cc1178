"""Documents of the demo: in bulk and by the actions, over quota, withdrawn; drafts in work."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from nenmong.config.demo import build as building
from nenmong.config.demo import documents, joint, letters, reading, shelf
from nenmong.config.demo.build import build
from nenmong.config.demo.bulk import InBulk
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.hands import ByActions
from nenmong.config.demo.packs import pack
from nenmong.config.demo.story import Story
from nenmong.config.demo.trail import trail
from nenmong.config.demo.writing import ORDER
from nenmong.core import ids
from nenmong.core.models import AuditEntry
from nenmong.directives.actions.recounting import differences
from nenmong.directives.models import (
    CellLoad,
    Comment,
    Delivery,
    Directive,
    DirectiveMonth,
    Sending,
    UnclearPoint,
)
from nenmong.directives.queries.targets import quota_of
from nenmong.directives.rules.kinds import KINDS
from nenmong.directives.rules.load import Load, over
from nenmong.meetings import queries
from nenmong.meetings.models import Matter
from nenmong.org.queries import cell_kinds
from nenmong.rulebook import queries as rulebook

from .test_demo_bulk import left

DAY, WORD = date(2026, 7, 10), "sen-sen-sen"
WARD = ("Chi bộ Tổ dân phố số 3", "Chi bộ Tổ dân phố số 4", "Chi bộ Cơ quan Đảng ủy phường")
LONG = Choices(DAY, chosen=True, months=24)


@pytest.mark.django_db
def test_in_two_years_there_are_sixty_documents_and_all_of_them_can_be_written():
    papers = shelf.papers(LONG)
    assert 55 <= len(papers) <= 70
    assert len({(paper.by, paper.title, paper.day) for paper in papers}) == len(papers)
    numbers = [(paper.by, paper.number) for paper in papers if paper.number]
    assert len(set(numbers)) == len(numbers)
    for paper in papers:
        said = paper.said
        assert shelf.said_of(f"{paper.number} · {paper.title}")["gist"] == said["gist"]
        letters_of_kind = KINDS[said["kind"]].letters
        assert not letters_of_kind or f"-{letters_of_kind}/" in paper.number
        assert set(said.get("kinds", ())) <= set(cell_kinds())
        assert set(said.get("changes", ())) <= {"", *cell_kinds()}
        assert said["asked"] in Directive.Asked.values
        if "replaces" in said:
            assert set(said["replaces"]) <= {one.number for one in papers if one.day < paper.day}


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 2, 28), DAY, date(2027, 12, 31)])
def test_on_any_day_none_is_of_the_future_and_the_next_bulletin_is_not_out(day):
    papers = shelf.papers(replace(LONG, day=day))
    assert all(paper.day < day for paper in papers)
    months = [paper.for_month for paper in papers if paper.said["kind"] == shelf.BULLETIN]
    assert len(set(months)) == len(months) >= 24
    assert shelf.papers(replace(LONG, day=day, months=0)) == []


def over_quota_without_a_reason():
    """Return (cell, month) that are asked more than the quota though nobody said why."""
    found = []
    for row in CellLoad.objects.select_related("unit"):
        load = Load(row.documents, row.pages, row.minutes, row.fields)
        reasons = Sending.objects.filter(deliveries__unit=row.unit, month=row.month)
        quota = quota_of(rulebook.book_now(row.unit, row.month))
        if over(load, quota) and not reasons.exclude(over_why="").exists():
            found.append((row.unit.name, row.month, load))
    return found


@pytest.mark.django_db
def test_a_built_demo_has_documents_sent_and_drafts_in_work():
    build(Choices(DAY, chosen=True, months=5, only=WARD), password=WORD)
    assert list(differences()) == []
    assert queries.verify.verify().findings == []
    assert list(queries.recount.differences()) == []
    assert over_quota_without_a_reason() == []
    assert not Sending.objects.exclude(state="sent").exists()
    assert Sending.objects.exclude(over_why="").exists()
    passed = Sending.objects.exclude(parent=None)
    assert passed.exists()
    assert not passed.filter(words="").exists()
    assert Delivery.objects.filter(state="passed_on").exists()
    assert not Delivery.objects.filter(state="to_pass_on").exists()
    assert Delivery.objects.filter(state="waiting").exists()
    discussed = Delivery.objects.filter(state="discussed")
    assert discussed.filter(speakers__gt=1, meeting_uid__isnull=False).exists()
    assert discussed.exclude(report="").exists()
    assert Delivery.objects.filter(state="withdrawn").exists()
    assert Directive.objects.filter(state="withdrawn").exists()
    assert UnclearPoint.objects.exclude(answer="").exists()
    drafts = {one.title: one for one in Directive.objects.drafts()}
    titles = {name: said["title"] for name, said in pack("directives")["drafts"].items()}
    assert drafts[titles["adopted"]].state == "adopted"
    assert drafts[titles["adopted"]].agreed
    assert drafts[titles["weighed"]].versions.count() == 2
    assert drafts[titles["open"]].requests.filter(answered_on=None).exists()
    comments = Comment.objects.filter(request__directive=drafts[titles["weighed"]])
    assert comments.count() == 4
    assert not comments.filter(outcome="").exists()
    late = Matter.objects.filter(kind="directive", state="on_agenda")
    assert late.exists()


ONE = Choices(DAY, chosen=True, months=5, only=("Chi bộ Tổ dân phố số 5", WARD[2]))


class Worker:
    """Follows each seal, and moves no opinion."""

    def before(self, until):
        documents.follow()

    def sealed(self, meeting):
        documents.follow()

    def judged(self, reads, *, last):
        return []


def one_way(monkeypatch, *, bulk):
    """Tell cells with the ward's documents, all in bulk or all by the actions."""
    choices = ONE
    own = [
        p
        for p in shelf.papers(choices)
        if p.by == shelf.WARD and not {"unclear", "prolonged"} & set(p.said)
    ]
    monkeypatch.setattr(shelf, "papers", lambda _choices: own)

    def past(ward, choices, rows):
        ids.ensure_lease()
        stories = [
            Story(cell, choices, start, InBulk(cell.unit, rows) if bulk else ByActions())
            for cell, start in zip(ward, building._starts(ward), strict=True)
        ]
        if bulk:
            letters.expected(stories)
            joint.tell(stories, recent=False)
            joint.tell(stories, recent=True)
            for story in stories:
                story.hand.finish()
        else:
            for story in stories:
                story.rounds = Worker()
            tree = building.plan(choices)
            with_ids = replace_tree(tree, ward)
            recent = documents.Recent(with_ids, choices, own, documents.Archive(with_ids, choices))
            joint.tell(stories, recent=False, events=recent.events())
            joint.tell(stories, recent=True)
        documents.follow()
        return []

    monkeypatch.setattr(building, "past", past)
    monkeypatch.setattr(
        building, "border", lambda _ward, choices: choices.day if bulk else date(2020, 1, 1)
    )
    monkeypatch.setattr(documents.Recent, "sent_from_above", lambda _self: None)
    if not bulk:  # done above, between the meetings
        begun = documents.begin

        def begin(tree, choices, border):
            recent = begun(tree, choices, border)
            recent.papers = []
            return recent

        monkeypatch.setattr(building.documents, "begin", begin)
    monkeypatch.setattr(building, "in_work", lambda *_: None)
    build(choices, password=WORD)
    assert list(differences()) == []
    assert queries.verify.verify().findings == []
    assert list(queries.recount.differences()) == []
    # Opinions noted are told on in one of the two ways only: `test_demo_told` compares them.
    tables = [model for model in ORDER if model._meta.app_label != "opinions"]
    return {model.__name__: left(model) for model in (*tables, Sending, DirectiveMonth)}


def replace_tree(tree, ward):
    tree.ward = ward[0].unit.parent
    tree.units[0] = tree.ward.parent.parent
    tree.cells = list(ward)
    return tree


@pytest.mark.django_db
def test_documents_told_both_ways_leave_the_same(monkeypatch):
    monkeypatch.setattr(reading, "LEFT_OVER", 0.3)
    before = transaction.savepoint()
    in_bulk = one_way(monkeypatch, bulk=True)
    assert Delivery.objects.filter(state="discussed", speakers__gt=0).count() >= 5
    assert Delivery.objects.filter(carried=1).exists()
    assert Delivery.objects.exclude(report="").exists()
    assert Delivery.objects.filter(state="withdrawn").exists()
    transaction.savepoint_rollback(before)
    monkeypatch.undo()
    monkeypatch.setattr(reading, "LEFT_OVER", 0.3)
    by_actions = one_way(monkeypatch, bulk=False)
    for name, rows in by_actions.items():
        assert in_bulk[name] == rows, name


@pytest.mark.django_db
def test_what_a_document_of_the_last_two_months_misses_is_named():
    choices = Choices(DAY, chosen=True, months=3, only=WARD)
    build(choices, password=WORD)
    found = trail(DAY)
    assert found.faults == []
    assert found.documents >= 6
    [own] = Directive.objects.filter(number="35-HD/ĐU")
    AuditEntry.objects.filter(subject_uid=own.uid, verb="directives.issued").delete()
    (fault,) = trail(DAY).faults
    assert "35-HD/ĐU" in fault
    assert "directives.issued" in fault
    row = Delivery.objects.filter(directive=own, state="discussed").select_related("unit").first()
    Matter.objects.filter(unit=row.unit, source_uid=own.uid).update(state="waiting")
    assert [one for one in trail(DAY).faults if row.unit.name in one and "35-HD" in one]
    row.unclear_points.all().delete()
    row.delete()
    sent = Sending.objects.get(directive=own)
    AuditEntry.objects.filter(subject_uid=sent.uid, verb="directives.batch_delivered").delete()
    faults = trail(DAY).faults
    assert len(faults) == 3
    assert any(row.unit.name in one for one in faults)
    assert any("directives.batch_delivered" in one for one in faults)
