"""Every route, who may open it, and what everyone else is told.

A route without a row fails. A stranger is sent to sign in; outside one's scope a thing does not
exist (404); inside without the right the door says so (403); with the right it is neither.
"""

from datetime import date

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from nenmong.config.roles import ROLES
from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.keeping import STORE
from nenmong.directives.models import Directive
from nenmong.meetings import actions, links
from nenmong.meetings.tests import journey
from nenmong.opinions import actions as opinions
from nenmong.opinions.models import Answer, Issue, Opinion, OpinionFile
from nenmong.org import actions as org
from nenmong.org.models import Administrator, Following, PartyGroup, Post
from nenmong.org.tests.factories import (
    LONG_AGO,
    MemberFactory,
    UnitFactory,
    UserFactory,
    WardFactory,
)
from nenmong.rulebook.models import UnitRule
from tests.api_directives import API_DIRECTIVES
from tests.api_doors import API
from tests.api_meetings import API_MEETINGS
from tests.api_opinions import API_OPINIONS

pytestmark = pytest.mark.django_db

OPEN = "open to strangers"
SIGNED_IN = "for whoever is signed in"

# name → (method, permission, what the address names)
DOORS = {
    "home:welcome": ("GET", OPEN, ""),
    "home:my_work": ("GET", SIGNED_IN, ""),
    "home:search": ("GET", SIGNED_IN, ""),
    "home:unit": ("GET", "org.view_unit", "unit"),
    "home:months": ("GET", "meetings.view", "unit"),
    "home:next_meeting": ("GET", "meetings.view", "unit"),
    "org:unit_sheet": ("GET", "org.view_unit", "unit"),
    "org:members": ("GET", "org.view_members", "unit"),
    "org:add_member": ("POST", "org.manage_members", "unit"),
    "org:member": ("GET", "org.view_members", "unit member"),
    "org:change_member": ("POST", "org.manage_members", "unit member"),
    "org:change_status": ("POST", "org.manage_members", "unit member"),
    "org:move_member": ("POST", "org.manage_members", "unit member"),
    "org:give_account": ("POST", "org.manage_members", "unit member"),
    "org:end_membership": ("POST", "org.manage_members", "unit member"),
    "org:charge": ("GET", "org.view_members", "unit"),
    "org:give_post": ("POST", "org.give_posts", "unit"),
    "org:follow": ("POST", "org.manage_following", "unit"),
    "org:end_post": ("POST", "org.give_posts", "unit post"),
    "org:unfollow": ("POST", "org.manage_following", "unit following"),
    "plans:draft": ("GET", "org.manage_units", "unit"),
    "plans:look": ("POST", "org.manage_units", "unit"),
    "plans:apply": ("POST", "org.manage_units", "unit"),
    "plans:undo": ("POST", "org.manage_units", "unit plan"),
    "org_import:page": ("GET", "org.manage_members", "unit"),
    "org_import:export": ("GET", "org.manage_members", "unit members csv"),
    "org:give_sheet": ("POST", "accounts.restore", "unit member"),
    "org:restore_access": ("POST", "accounts.restore", "unit account"),
    "org:pause_account": ("POST", "accounts.restore", "unit account"),
    "org:sheet": ("GET", SIGNED_IN, "sheet"),
    "org:set_codes": ("POST", "org.manage_units", "unit"),
    "org:groups": ("GET", "org.view_members", "unit"),
    "org:form_group": ("POST", "org.manage_groups", "unit"),
    "org:leave_group": ("POST", "org.manage_groups", "unit account"),
    "org:add_to_group": ("POST", "org.manage_groups", "unit group"),
    "org:end_group": ("POST", "org.manage_groups", "unit group"),
    "org:open_unit": ("POST", "org.open_by_exception", "unit"),
    "org:close_unit": ("POST", "org.open_by_exception", "unit opening"),
    "org:administration": ("GET", "accounts.manage", "installation"),
    "org:found_root": ("POST", "org.found_province", "installation"),
    "org:appoint": ("POST", "accounts.manage", "installation"),
    "org:dismiss": ("POST", "accounts.manage", "installation keeper"),
    "org:restore_account": ("POST", "accounts.manage", "installation user"),
    "org:pause_any": ("POST", "accounts.manage", "installation user"),
    "org:cell_kinds": ("GET", "org.edit_cell_kinds", "installation"),
    "org:set_cell_kind": ("POST", "org.edit_cell_kinds", "installation"),
    "plans:found": ("POST", "org.manage_units", "unit"),
    "rulebook:rules": ("GET", "org.view_unit", "unit"),
    "rulebook:look": ("POST", "rulebook.set", "unit"),
    "rulebook:set": ("POST", "rulebook.set", "unit"),
    "rulebook:end": ("POST", "rulebook.set", "unit rule"),
    "status": ("GET", "home.status", "installation"),
    "set_language": ("GET", OPEN, ""),
    "account_login": ("GET", OPEN, ""),
    "account_inactive": ("GET", OPEN, ""),
    "account_logout": ("GET", OPEN, ""),
    "account_reauthenticate": ("GET", SIGNED_IN, ""),
    "account_change_password": ("GET", SIGNED_IN, ""),
    "account_set_password": ("GET", SIGNED_IN, ""),
    "mfa_authenticate": ("GET", OPEN, ""),
    "mfa_reauthenticate": ("GET", SIGNED_IN, ""),
    "mfa_index": ("GET", SIGNED_IN, ""),
    "mfa_activate_totp": ("GET", SIGNED_IN, ""),
    "mfa_deactivate_totp": ("GET", SIGNED_IN, "phone"),
    "mfa_view_recovery_codes": ("GET", SIGNED_IN, "phone"),
    "mfa_generate_recovery_codes": ("GET", SIGNED_IN, ""),
    "meetings:plan": ("POST", "meetings.prepare", "unit"),
    "meetings:detail": ("GET", "meetings.view", "meeting"),
    "meetings:prepare": ("GET", "meetings.work", "meeting"),
    "meetings:set_time": ("POST", "meetings.prepare", "meeting"),
    "meetings:set_thematic": ("POST", "meetings.prepare", "meeting"),
    "meetings:add_item": ("POST", "meetings.prepare", "meeting"),
    "meetings:take_matter": ("POST", "meetings.prepare", "meeting"),
    "meetings:carry_over": ("POST", "meetings.work", "meeting"),
    "meetings:report_task": ("POST", "meetings.work", "meeting"),
    "meetings:begin": ("POST", "meetings.work", "meeting"),
    "meetings:change_item": ("POST", "meetings.prepare", "item"),
    "meetings:move_item": ("POST", "meetings.prepare", "item"),
    "meetings:drop_item": ("POST", "meetings.prepare", "item"),
    "meetings:roll": ("GET", "meetings.work", "meeting"),
    "meetings:item": ("GET", "meetings.work", "item"),
    "meetings:take_up": ("POST", "meetings.work", "item"),
    "meetings:add_speech": ("POST", "meetings.work", "item"),
    "meetings:note_opinion": ("POST", "meetings.work", "item"),
    "meetings:chair": ("GET", "meetings.work", "meeting"),
    "meetings:chair_item": ("GET", "meetings.work", "item"),
    "meetings:chair_onward": ("POST", "meetings.work", "item"),
    "meetings:pulse": ("GET", "meetings.work", "item ghi"),
    "meetings:ballot": ("POST", "meetings.work", "item"),
    "meetings:dues": ("POST", "meetings.work", "item"),
    "meetings:take_draft": ("POST", "meetings.work", "meeting"),
    "meetings:vote": ("POST", "meetings.work", "item"),
    "meetings:judge_answer": ("POST", "meetings.work", "item"),
    "meetings:assign_task": ("POST", "meetings.work", "item"),
    "meetings:write_item": ("POST", "meetings.work", "item conclusion"),
    "meetings:write_meeting": ("POST", "meetings.work", "meeting directions"),
    "meetings:line": ("GET", "meetings.work", "speech"),
    "meetings:change_line": ("POST", "meetings.work", "speech"),
    "meetings:remove_line": ("POST", "meetings.work", "speech"),
    "meetings:tasks": ("GET", "meetings.agenda", "unit"),
    "meetings:tasks_xlsx": ("GET", "meetings.agenda", "unit"),
    "meetings:task": ("GET", "meetings.agenda", "task"),
    "meetings:note_progress": ("POST", "meetings.own_tasks", "task"),
    "meetings:declare_done": ("POST", "meetings.own_tasks", "task"),
    "meetings:take_back_declaration": ("POST", "meetings.own_tasks", "task"),
    "meetings:renew_task": ("POST", "meetings.work", "meeting"),
    "meetings:remove_task": ("POST", "meetings.work", "task"),
    "meetings:close": ("GET", "meetings.work", "meeting"),
    "meetings:closing_vote": ("POST", "meetings.work", "meeting"),
    "meetings:officers": ("POST", "meetings.work", "meeting"),
    "meetings:hours": ("POST", "meetings.work", "meeting"),
    "meetings:resume": ("POST", "meetings.work", "meeting"),
    "meetings:before_seal": ("GET", "meetings.seal", "meeting"),
    "meetings:take_back": ("POST", "meetings.work", "meeting"),
    "meetings:joint": ("GET", "meetings.prepare", "meeting"),
    "meetings:ask_to_join": ("POST", "meetings.prepare", "meeting"),
    "meetings:leave_joint": ("POST", "meetings.prepare", "meeting"),
    "meetings:take_common": ("POST", "meetings.work", "meeting"),
    "meetings:accept_joint": ("POST", "meetings.prepare", "invited"),
    "meetings:decline_joint": ("POST", "meetings.prepare", "invited"),
    "meetings:withdraw_joint": ("POST", "meetings.prepare", "asked"),
    "meetings:year_plan": ("GET", "meetings.agenda", "unit year"),
    "meetings:plan_topic": ("POST", "meetings.prepare", "unit year"),
    "meetings:note_year_plan": ("POST", "meetings.prepare", "unit year"),
    "meetings:change_topic": ("POST", "meetings.prepare", "topic"),
    "meetings:drop_topic": ("POST", "meetings.prepare", "topic"),
    "meetings:number_notice": ("POST", "meetings.prepare", "meeting"),
    "meetings:number_year_plan": ("POST", "meetings.prepare", "unit year"),
    "meetings:report_year_plan": ("POST", "meetings.prepare", "unit year"),
    "meetings:year_plans_below": ("GET", "meetings.view", "unit year"),
    "meetings:year_plans_xlsx": ("GET", "meetings.view", "unit year"),
    "meetings:put_off": ("GET", "meetings.prepare", "meeting"),
    "meetings:postpone": ("POST", "meetings.prepare", "meeting"),
    "meetings:cancel": ("POST", "meetings.prepare", "meeting"),
    "meetings:reinstate": ("POST", "meetings.prepare", "meeting"),
    "meetings:propose": ("POST", "meetings.prepare", "unit"),
    "meetings:end": ("POST", "meetings.work", "meeting"),
    "meetings:seal": ("POST", "meetings.seal", "meeting"),
    "meetings:record": ("GET", "meetings.view", "meeting"),
    "meetings:facts": ("GET", "meetings.view", "meeting"),
    "meetings:write_note": ("POST", "meetings.seal", "meeting"),
    "meetings:numbers": ("GET", "meetings.seal", "unit"),
    "meetings:names": ("GET", "meetings.names", "sealed"),
    "meetings:file": ("POST", "meetings.file", "meeting"),
    "meetings:paper": ("GET", "meetings.work", "meeting"),
    "meetings:paper_look": ("GET", "meetings.work", "meeting"),
    "meetings:paper_done": ("POST", "meetings.work", "meeting"),
    "meetings:start_paper": ("POST", "meetings.enter", "meeting"),
    "meetings:plan_paper": ("POST", "meetings.enter", "unit"),
    "meetings:plan_older": ("POST", "meetings.prepare", "unit"),
    "meetings:helpers": ("GET", "meetings.prepare", "meeting"),
    "meetings:give_right": ("POST", "meetings.prepare", "meeting"),
    "meetings:end_right": ("POST", "meetings.prepare", "meeting right"),
    "meetings:minutes_docx": ("GET", "meetings.names", "sealed so-chi-bo"),
    "meetings:resolution_docx": ("GET", "meetings.view", "sealed"),
    "meetings:documents": ("GET", "meetings.agenda", "meeting"),
    "meetings:document": ("GET", "meetings.agenda", "document"),
    "meetings:add_documents": ("POST", "meetings.prepare", "meeting"),
    "meetings:remove_document": ("POST", "meetings.prepare", "document"),
    "meetings:take_off_document": ("POST", "meetings.file", "scan"),
    "meetings:attach_scans": ("POST", "meetings.file", "meeting"),
    "meetings:package": ("GET", "meetings.file", "sealed so-lieu"),
    "meetings:notice": ("GET", "meetings.prepare", "meeting"),
    "meetings:notice_sheet": ("GET", "meetings.agenda", "meeting"),
    "meetings:record_notice": ("POST", "meetings.prepare", "meeting"),
    "meetings:mail_notices": ("POST", "meetings.prepare", "meeting"),
    "meetings:note_answer": ("POST", "meetings.prepare", "meeting"),
    "meetings:calendar": ("GET", "meetings.view", "meeting"),
    "meetings:answer": ("POST", "meetings.agenda", "meeting"),
    "meetings:answer_link": ("GET", OPEN, "signed"),
    "meetings:notice_docx": ("GET", "meetings.agenda", "meeting"),
    "meetings:form_docx": ("GET", "meetings.work", "meeting"),
    "meetings:template_trial": ("GET", "documents.try", "sealed template"),
    "meetings:book_docx": ("GET", "meetings.names", "unit book"),
    # A plan that was not reported is the cell's own, as the one furnished here.
    "meetings:year_plan_docx": ("GET", "meetings.agenda", "unit year"),
    "meetings:templates": ("GET", "documents.templates", "installation"),
    "meetings:template_upload": ("POST", "documents.templates", "installation template"),
    "meetings:template_sample": ("GET", "documents.templates", "installation template"),
    "meetings:template_file": ("GET", "documents.templates", "installation template file"),
    "meetings:template_use": ("POST", "documents.templates", "installation template"),
    "meetings:template_back": ("POST", "documents.templates", "installation template"),
    "meetings:template_discard": ("POST", "documents.templates", "installation template"),
    "meetings:meetings": ("GET", "meetings.view", "unit"),
    "meetings:meetings_xlsx": ("GET", "meetings.view", "unit"),
    "meetings:month": ("GET", "meetings.view", "unit"),
    "meetings:plan_any": ("GET", "meetings.prepare", "unit"),
    "meetings:feed": ("GET", SIGNED_IN, ""),
    "meetings:make_feed": ("POST", "meetings.view", "installation"),
    "meetings:revoke_feed": ("POST", SIGNED_IN, ""),
    "meetings:feed_ics": ("GET", OPEN, "secret"),
    "opinions:of_cell": ("GET", "opinions.view", "unit"),
    "opinions:raise": ("GET", "opinions.raise", "unit"),
    "opinions:answered_before": ("POST", "opinions.raise", "unit"),
    "opinions:decide": ("POST", "opinions.send", "opinion"),
    "opinions:names": ("GET", "opinions.names", "opinion"),
    "opinions:attach_file": ("POST", "opinions.send", "opinion"),
    "opinions:file": ("GET", "opinions.view", "opinion file"),
    "opinions:remove_file": ("POST", "opinions.send", "opinion file"),
    # An opinion with its cell: what a desk does is there the cell's own.
    "opinions:opinion": ("GET", "opinions.view", "opinion"),
    "opinions:beside": ("GET", "opinions.view", "opinion"),
    **{
        f"opinions:{name}": ("POST", "opinions.send", "opinion")
        for name in (
            "keep",
            "send",
            "change_words",
            "reply",
            "withdraw",
            "reopen",
            "sort",
            "accept",
            "forward",
            "give_back",
            "ask",
            "take_on",
            "answer",
            "answer_check",
        )
    },
    "opinions:part": ("POST", "opinions.route", "opinion"),
    "opinions:join": ("POST", "opinions.route", "opinion"),
    "opinions:inbox": ("GET", "opinions.desk", "unit"),
    "opinions:list": ("GET", "opinions.view", "unit"),
    "opinions:slip": ("GET", "opinions.view", "opinion"),
    "opinions:letter": ("GET", "opinions.view", "answer"),
    "opinions:list_docx": ("GET", "opinions.view", "unit"),
    "opinions:list_xlsx": ("GET", "opinions.view", "unit"),
    "opinions:late": ("GET", "opinions.route", "unit"),
    "opinions:issues": ("GET", SIGNED_IN, ""),
    "opinions:issue": ("GET", "opinions.view", "issue"),
    "opinions:rename_issue": ("POST", "opinions.route", "issue"),
    "opinions:register": ("GET", SIGNED_IN, ""),
    "opinions:fields": ("GET", "opinions.edit_fields", "installation"),
    "opinions:set_field": ("POST", "opinions.edit_fields", "installation"),
    "opinions:desk_fields": ("GET", "opinions.edit_desks", "unit"),
    "opinions:set_desk_fields": ("POST", "opinions.edit_desks", "unit"),
    # A draft exists for who drafts where it is issued, and for those asked to comment.
    "directives:of_cell": ("GET", "directives.view", "unit"),
    "directives:read": ("GET", "directives.view", "paper"),
    "directives:library": ("GET", SIGNED_IN, ""),
    "directives:library_xlsx": ("GET", SIGNED_IN, ""),
    "directives:document": ("GET", "directives.view", "paper"),
    "directives:withdraw": ("POST", "directives.issue", "paper"),
    "directives:prolong": ("POST", "directives.issue", "paper"),
    "directives:review": ("POST", "directives.issue", "paper"),
    "directives:coverage": ("GET", "directives.view", "paper"),
    "directives:coverage_xlsx": ("GET", "directives.view", "paper"),
    "directives:send": ("GET", "directives.send", "unit paper"),
    "directives:remind": ("POST", "directives.send", "unit paper"),
    "directives:regulations": ("GET", "directives.view", "unit"),
    "directives:report": ("POST", "directives.draft", "received"),
    "directives:desk": ("GET", "directives.draft", "unit"),
    "directives:start": ("GET", "directives.draft", "unit"),
    "directives:draft": ("GET", "directives.draft", "draft"),
    "directives:compare": ("GET", "directives.draft", "draft"),
    "directives:comments": ("GET", "directives.draft", "draft"),
    "directives:describe": ("GET", "directives.draft", "draft"),
    "directives:issue": ("GET", "directives.issue", "draft"),
    "directives:docx": ("GET", "directives.draft", "draft"),
    "directives:ask": ("POST", "directives.draft", "draft"),
    "directives:weigh": ("POST", "directives.draft", "draft remark"),
    "directives:word_in": ("POST", "directives.draft", "draft"),
    "directives:add_files": ("POST", "directives.draft", "draft"),
    "directives:keep_version": ("POST", "directives.draft", "draft"),
    "directives:submit": ("POST", "directives.draft", "draft"),
    "directives:take_back": ("POST", "directives.draft", "draft"),
    "directives:drop": ("POST", "directives.draft", "draft"),
    "directives:file": ("GET", "directives.draft", "draft annex"),
    "directives:remove_file": ("POST", "directives.draft", "draft annex"),
    "directives:to_comment": ("GET", "directives.comment", "to comment"),
    "directives:comment": ("POST", "directives.comment", "to comment"),
    "directives:finish_comments": ("POST", "directives.comment", "to comment"),
    "directives:take_back_comment": ("POST", "directives.comment", "to comment own remark"),
    "rulebook:calendar": ("GET", SIGNED_IN, ""),
    "rulebook:set_day": ("POST", "rulebook.calendar", "installation"),
}
# A second address of a door that asks for another right.
MORE = {
    "meetings:minutes_docx": ("GET", "meetings.view", "sealed gui-cap-tren"),
    "meetings:book_docx": ("GET", "meetings.view", "unit book sent up"),
}


def route_names(patterns=None, space=""):
    """Every name a route of ours can be reversed by."""
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from route_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_route_has_a_row():
    named = set(DOORS) | set(API) | set(API_MEETINGS) | set(API_OPINIONS)
    named |= set(API_DIRECTIVES)
    assert set(route_names()) == named


# What an address names: rows of a furnished place, and words that stand in it as they are.
PLACES = {
    "": (), "installation": (), "unit": ("unit",), "meeting": ("held",), "item": ("item",),
    "sealed": ("sealed",), "document": ("document",), "scan": ("scan",),
    "meeting right": ("held", "right"),
    "task": ("task",), "unit member": ("member",), "unit post": ("post",),
    "unit following": ("following",), "unit account": ("account",), "sheet": ("sheet",),
    "unit plan": ("unit", "plan"), "phone": (), "unit group": ("group",), "unit rule": ("rule",),
    "invited": ("invited",), "asked": ("asked",),
    "opinion": ("opinion",), "issue": ("issue",), "answer": ("answer",),
    "opinion file": ("opinion file",),
    "paper": ("paper",), "unit paper": ("unit", "paper"), "received": ("received",),
    "draft": ("draft",), "draft remark": ("weighed",), "draft annex": ("annex",),
    "to comment": ("request",), "to comment own remark": ("remark",),
    "topic": ("topic",), "unit opening": ("opening",), "installation keeper": ("keeper",),
    "installation user": ("user",),
}  # fmt: skip
WORDED = {
    "unit members csv": lambda place: [place["unit"].uid, "members", "csv"],
    "meeting directions": lambda place: [place["held"].uid, "directions"],
    "item conclusion": lambda place: [place["item"].uid, "conclusion"],
    "signed": lambda place: [links.token(place["held"].uid, place["account"].uid)],
    "item ghi": lambda place: [place["item"].uid, "ghi"],
    "speech": lambda place: ["speech", place["speech"].uid],
    "sealed template": lambda place: [place["sealed"].uid, "bien-ban"],
    "unit book": lambda place: [place["unit"].uid, 2026, "so-chi-bo"],
    "unit book sent up": lambda place: [place["unit"].uid, 2026, "gui-cap-tren"],
    "unit year": lambda place: [place["unit"].uid, 2026],
    "installation template": lambda _place: ["bien-ban"],
    "installation template file": lambda _place: ["bien-ban", "goc"],
    "sealed so-chi-bo": lambda place: [place["sealed"].uid, "so-chi-bo"],
    "secret": lambda _place: ["0" * 32],  # nobody's
    "sealed gui-cap-tren": lambda place: [place["sealed"].uid, "gui-cap-tren"],
    "sealed so-lieu": lambda place: [place["sealed"].uid, "so-lieu"],
}


def address(name, what, place):
    if what in WORDED:
        return reverse(name, args=WORDED[what](place))
    return reverse(name, args=[place[row].uid for row in PLACES[what]])


def joint_parts(unit):
    """A cell asked to a meeting of this one, and this one asked to a meeting of that cell."""
    beside = UnitFactory(parent=unit.parent)
    for host, guest in ((unit, beside), (beside, unit)):
        meeting = actions.plan_meeting(
            actor=SYSTEM, unit_uid=host.uid, kind="thematic", subject="Chuyển đổi số",
            starts_at=journey.evening(date(2026, 12, 20)),
        )  # fmt: skip
        yield actions.ask_to_join(actor=SYSTEM, meeting_uid=meeting.uid, unit_uid=guest.uid)


def opinion_parts(unit, secretary, member_uid=""):
    """An opinion with its cell, and an issue of another one."""
    opinion, joined = (
        opinions.raise_opinion(
            actor=secretary, unit_uid=unit.uid, text=text, kind="proposal", member_uid=member_uid
        )
        for text in ("Ngõ 12 ngập khi mưa to.", "Ngõ 8 mất điện luôn.")
    )
    issue = Issue.objects.create(unit=unit, title="Điện", opened_on=date(2026, 11, 1))
    Opinion.objects.filter(uid=joined.uid).update(issue_uid=issue.uid)
    # Known beyond the cell, though it lies there: else it is not there for who stands above.
    Opinion.objects.filter(unit=unit).update(sent_on=date(2026, 11, 1))
    return opinion, issue


def sent_file(opinion):
    """A file that went beyond its cell: it is there for all who see the opinion."""
    return OpinionFile.objects.create(
        bucket=opinion.bucket, opinion=opinion, title="Ngõ 12", kind="pdf", size=3,
        sha256=STORE.keep(b"pdf"), beyond=True, added_at=clock.now(),
    )  # fmt: skip


def signed_answer(opinion):
    """An answer that a desk beside the committee above signed, as it stands in a letter."""
    desk = UnitFactory(kind="authority", parent=opinion.unit.parent)
    return Answer.objects.create(
        bucket=opinion.bucket, opinion=opinion, desk=desk, state="signed",
        result="cannot", text="Ngõ 12 nằm trong hành lang lưới điện.", basis="Luật Điện lực",
        written_by="", written_at=clock.now(), signed_on=date(2026, 11, 20), number=1,
    )  # fmt: skip


def draft_parts(unit):
    """A draft of a cell with a comment and a file; and one of a committee it is to comment on."""
    said = {
        "kind": "regulation",
        "title": "Quy chế làm việc",
        "text": "Điều 1.",
        "made_on": LONG_AGO,
    }
    own = Directive.objects.create(issuer=unit, **said)
    asking = Directive.objects.create(issuer=WardFactory(), **said)
    rows = {"draft": own}
    for name, asked, one in (
        ("weighed", UnitFactory(parent=unit.parent), own), ("remark", unit, asking),
    ):  # fmt: skip
        one.versions.create(number=1, title=one.title, text=one.text, at=clock.now())
        request = one.requests.create(
            unit=asked, number=1, asked_on=clock.today(), due_on=date(2026, 12, 20)
        )
        rows[name] = request.comments.create(number=1, text="Nên gọn.", at=clock.now())
        rows["request"] = request
    today = {"issued_on": clock.today(), "valid_from": clock.today()}
    rows["paper"] = paper = Directive.objects.create(issuer=unit, state="issued", **said, **today)
    sending = paper.sendings.create(
        unit=unit, root=unit, level="cells", month=LONG_AGO, asked="inform", pages=1, minutes=5,
        fields=0, sent_at=clock.now(), total=1,
    )  # fmt: skip
    rows["received"] = sending.deliveries.create(
        bucket=unit.bucket, unit=unit, first_unit=unit, grassroots=unit, directive=paper, batch=0,
        month=LONG_AGO, came_on=LONG_AGO, state="discussed", discussed_on=LONG_AGO,
        told_on=LONG_AGO,
    )  # fmt: skip
    content = b"%PDF-1.7 annex"
    rows["annex"] = own.files.create(
        title="Phụ lục", kind="pdf", size=len(content), sha256=STORE.keep(content),
        added_at=clock.now(),
    )  # fmt: skip
    return rows


def furnished(unit):
    """A cell with one sealed meeting and one that was held and not sealed."""
    secretary = UserFactory.holding("secretary", unit, "Bí thư")
    UserFactory.holding("scribe", unit)
    UserFactory.holding("member", unit)
    sealed = journey.sealed(unit, secretary, date(2026, 10, 3))
    held = journey.held(unit, secretary, date(2026, 11, 3))
    renaming = f"plan: {unit.uid}\nday: 2026-11-24\nsteps: [{{rename: {unit.uid}, name: Mới}}]"
    plan = org.apply_plan(actor=SYSTEM, text=renaming)
    member = MemberFactory.of(unit)
    post = Post.objects.create(
        bucket=unit.bucket, member=member, unit=unit, role="scribe", title="", first_day=LONG_AGO
    )
    following = Following.objects.create(
        bucket=unit.bucket, member=member, unit=unit, tier="superior", first_day=LONG_AGO
    )
    account = UserFactory.holding("member", unit).members.get()
    sheet = org.give_sheet(actor=SYSTEM, member_uid=account.uid)
    group = PartyGroup.objects.create(
        bucket=unit.bucket, unit=unit, name="Tổ đảng số 1", first_day=LONG_AGO
    )
    UserFactory.holding("reader", unit)
    opening = unit.openings.get()
    keeper = Administrator.objects.get(user=UserFactory.holding("administrator", unit))
    rule = UnitRule.objects.create(
        unit=unit, key="meetings.filing_days", value=3, document="QĐ", short="QĐ",
        first_day=LONG_AGO,
    )  # fmt: skip
    right = actions.give_right(
        actor=secretary, meeting_uid=held.uid, role="helper", username=UserFactory().username
    )
    topic = actions.plan_topic(
        actor=secretary, unit_uid=unit.uid, month=date(2026, 12, 1), title="Chuyển đổi số"
    )
    asked, invited = joint_parts(unit)
    opinion, issue = opinion_parts(unit, secretary)
    return {
        "asked": asked, "invited": invited, "opinion": opinion, "issue": issue,
        "answer": signed_answer(opinion), "opinion file": sent_file(opinion), **draft_parts(unit),
        "topic": topic,
        "rule": rule, "right": right,
        "account": account, "sheet": sheet, "group": group, "opening": opening, "keeper": keeper,
        "user": keeper.user,
        "member": member, "post": post, "following": following, "plan": plan,
        "unit": unit, "sealed": sealed, "held": held, "item": held.items.last(),
        "speech": held.speeches.first(), "task": held.assigned.first(),
        "document": journey.document(held, secretary), "scan": journey.scan(sealed, secretary),
    }  # fmt: skip


@pytest.fixture
def places():
    ward = WardFactory()
    return {
        "ward": ward,
        "own": furnished(UnitFactory(parent=ward)),
        "elsewhere": furnished(UnitFactory(parent=WardFactory())),
    }


def ask(client, method, url):
    answer = client.generic(method, url, headers={"HX-Request": "true"})
    if answer.streaming:  # a file is let go when it was read to its end
        list(answer)
    return answer


SIGHT = {
    "unit": "org.view_unit", "draft": "directives.draft", "to comment": "directives.comment",
}  # fmt: skip


def told_otherwise(client, places, role):
    """Return the doors that answer a role otherwise than the table of roles says."""
    # A desk is of a committee, and sees nothing of the cells below it.
    held_above = role in ROLES and (ROLES[role].reach == "below" or role == "desk")
    unit = places["ward"] if held_above else places["own"]["unit"]
    if role == "reader":  # an opening is of one cell
        unit = places["own"]["unit"]
    user = UserFactory.holding(role, unit) if role in ROLES else UserFactory()
    may = ROLES[role].may if role in ROLES else frozenset()
    everywhere = role == "administrator"
    client.force_login(user)
    for name, (method, permission, what) in [*DOORS.items(), *MORE.items()]:
        # Who may not see a meeting at all does not learn that there is one.
        sight = next((may for word, may in SIGHT.items() if what.startswith(word)), "meetings.view")
        for where in ("own", "elsewhere"):
            status = ask(client, method, address(name, what, places[where])).status_code
            if what in {
                "sheet",
                "phone",
                "secret",
            }:  # of whoever had it made, or tied it: nobody here
                fits = status == 404
            elif permission in {OPEN, SIGNED_IN}:
                fits = status in {200, 302, 401}
            elif what.startswith("installation"):  # no secret that it is there
                fits = status == 403 if permission not in may else status not in {401, 403, 404}
            elif (where == "elsewhere" and not everywhere) or sight not in may or role == "desk":
                fits = status == 404
            elif permission not in may:
                fits = status == 403
            else:
                fits = status not in {401, 403, 404}
            if not fits:
                yield f"{role} {where} {name}: {status}"
        if held_above and what == "unit":  # the committee's own, not a cell below it
            url = reverse(name, args=[places["ward"].uid])
            status = ask(client, method, url).status_code
            refused = permission not in may | ROLES[role].here
            if status != 403 if refused else status in {401, 403, 404}:
                yield f"{role} at the committee itself {name}: {status}"


def test_each_role_at_each_door(client, places):
    """Own cell for a role of the cell, a cell below for a role of a committee; and elsewhere."""
    # The secretary last: what they do leaves the least for others.
    roles = ["nobody", *sorted(ROLES.keys() - {"secretary"}), "secretary"]
    wrong = []
    for role in roles:
        # Each role finds the doors as they were furnished: what it changed is taken back.
        before = transaction.savepoint()
        wrong += told_otherwise(client, places, role)
        transaction.savepoint_rollback(before)
    assert not wrong, "\n".join(wrong)


def test_a_stranger_is_sent_to_sign_in_at_every_door(client, places):
    wrong = []
    for name, (method, permission, what) in [*DOORS.items(), *MORE.items()]:
        if permission == OPEN:
            continue
        for verb in ("GET", "POST", method):
            answer = client.generic(verb, address(name, what, places["own"]))
            sent = answer.status_code == 302 and answer["Location"].startswith("/dang-nhap/")
            if not (sent or answer.status_code == 405):
                wrong.append(f"{verb} {name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_post_that_has_ended_opens_nothing(client, places):
    user = UserFactory.holding("secretary", places["own"]["unit"])
    user.members.update(user=None)
    client.force_login(user)
    url = reverse("meetings:detail", args=[places["own"]["held"].uid])
    assert client.get(url).status_code == 404


def test_what_cannot_be_an_id_is_no_route(client):
    client.force_login(UserFactory())
    for path in ("/buoi/1/", "/buoi/zzzzzzzzzzzzz/", "/buoi/0000000000000/", "/don-vi/../x/"):
        assert client.get(path).status_code == 404


def test_a_door_for_changes_does_not_open_by_looking(client, places):
    user = UserFactory.holding("secretary", places["own"]["unit"])
    client.force_login(user)
    for name, (method, _permission, what) in DOORS.items():
        if method == "POST":
            answer = client.get(address(name, what, places["own"]))
            assert answer.status_code == 405, name


def test_sealing_through_the_door(client, places):
    own = places["own"]
    user = UserFactory.holding("deputy", own["unit"])
    client.force_login(user)
    for report in own["held"].reports.all():
        actions.report_task(
            actor=user, meeting_uid=own["held"].uid, task_uid=report.task_uid, state="done",
            result="",
        )  # fmt: skip
    answer = client.post(reverse("meetings:seal", args=[own["held"].uid]))
    assert answer["Location"] == reverse("meetings:record", args=[own["held"].uid])
