"""How to come where an action of accounts, groups, openings or lists can be called."""

from datetime import date, timedelta

from nenmong.core import clock
from nenmong.org import actions
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory

DAY = date(2026, 10, 3)


def at_office(role="office"):
    """A cell, the office above it, and the cell's own scribe, who may do none of this."""
    cell = UnitFactory()
    return cell, UserFactory.holding(role, cell.parent), UserFactory.holding("scribe", cell)


def giving_a_sheet():
    cell, office, _scribe = at_office()
    return {"actor": office, "member_uid": _scribe.members.get().uid}, UserFactory.holding(
        "secretary", cell
    )


def restoring():
    cell, office, scribe = at_office()
    return {"actor": office, "user_uid": scribe.uid}, UserFactory.holding("secretary", cell)


def pausing():
    said, secretary = restoring()
    return said | {"paused": True}, secretary


def appointing():
    cell, _office, scribe = at_office()
    keeper = UserFactory.holding("administrator", cell)
    return {"actor": keeper, "username": UserFactory().username}, scribe


def dismissing():
    said, scribe = appointing()
    held = actions.appoint_administrator(**said)
    return {"actor": said["actor"], "administrator_uid": held.uid}, scribe


def setting_codes():
    cell, office, scribe = at_office()
    said = {"unit_uid": cell.uid, "code": "XH5", "registry_code": "12345678901234"}
    return {"actor": office} | said, scribe


def forming_a_group():
    cell, office, scribe = at_office()
    said = {"unit_uid": cell.uid, "name": "Tổ đảng số 1", "first_day": DAY}
    return {"actor": office} | said, scribe


def joining_a_group():
    said, scribe = forming_a_group()
    group = actions.form_group(**said)
    member = MemberFactory.of(group.unit)
    said = {"actor": said["actor"], "member_uid": member.uid, "group_uid": group.uid}
    return said, scribe


def ending_a_group():
    said, scribe = forming_a_group()
    group = actions.form_group(**said)
    return {"actor": said["actor"], "group_uid": group.uid, "last_day": DAY}, scribe


def opening():
    cell, head, scribe = at_office("head")
    said = {
        "unit_uid": cell.uid, "username": UserFactory().username, "reason": "Kiểm tra đơn thư",
        "last_day": clock.today() + timedelta(days=14),
    }  # fmt: skip
    return {"actor": head} | said, scribe


def closing_an_opening():
    said, scribe = opening()
    opened = actions.open_by_exception(**said)
    return {"actor": said["actor"], "opening_uid": opened.uid}, scribe


def setting_a_kind():
    _cell, board, scribe = at_office("board")
    said = {"code": "", "name_vi": "nhà chung cư", "name_en": "apartment block"}
    return {"actor": board} | said, scribe


def mapping_columns():
    cell, office, scribe = at_office()
    said = {"unit_uid": cell.uid, "what": "members", "headings": "0", "columns": {"unit": "Ở đâu"}}
    return {"actor": office} | said, scribe
