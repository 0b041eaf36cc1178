"""Members from a file: who is new, who is there already, what is filled in; written in one go."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from nenmong.core import clock, events
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.rules import fold, name_key
from nenmong.org.actions.judging import (
    Draft,
    Judge,
    differing,
    reach,
    record,
    refuse_faults,
    within,
)
from nenmong.org.actions.units import lock_tree
from nenmong.org.actions.uploading import drop_upload
from nenmong.org.events import RollChanged
from nenmong.org.models import Member, Membership, Unit
from nenmong.org.rules import cells
from nenmong.org.rules.cells import STATUS_WORDS, Fault
from nenmong.org.rules.columns import Line
from nenmong.org.rules.contact import is_email, is_phone

BATCH = 1000
MENDED = ["full_name", "name_fold", "name_key", "birth_year", "phone", "email", "code"]


@dataclass(frozen=True)
class Newcomer:
    """A member to be made, and where they belong."""

    member: Member
    unit: Unit
    status: str
    first_day: date


class _Roll:
    """Who is on the rolls within reach; read in three queries."""

    def __init__(self, actor: Actor) -> None:
        units = list(reach(actor, "org.manage_members").cells().filter(last_day=None))
        self.units = {unit.uid: unit for unit in units}
        self.by_unit_code = {unit.uid: unit for unit in units} | {
            unit.code: unit for unit in units if unit.code
        }
        # By name too, as offices' lists have it, where only one cell within reach is called so.
        named: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            named[fold(unit.name)].append(unit)
        self.by_unit_name = {name: found[0] for name, found in named.items() if len(found) == 1}
        self.open: dict[str, Membership] = {}
        self.by_code: dict[str, Member] = {}
        self.by_name: dict[tuple[str, str], list[Member]] = defaultdict(list)
        with_code = Member.objects.exclude(code="").filter(bucket__in={u.bucket for u in units})
        self.taken = set(with_code.values_list("bucket", "code"))
        here = within(actor, "org.manage_members", path="unit__path")
        rows = Membership.objects.filter(here, last_day=None).select_related("member")
        for row in rows.iterator(chunk_size=BATCH):
            if row.unit_id not in self.units:
                continue
            member = row.member
            self.open[member.uid] = row
            self.by_code[member.uid] = member
            if member.code:
                self.by_code[member.code] = member
            self.by_name[row.unit_id, fold(member.full_name)].append(member)


def draft_members(actor: Actor, lines: list[Line], *, overwrite: bool = False) -> Draft:
    """Return what importing these rows would do. Three queries and one for each 1000 members.

    Raises:
        NotAllowed: `actor` manages members nowhere.
    """
    roll, draft = _Roll(actor), Draft(overwrite=overwrite)
    seen: dict[Any, int] = {}
    for line in lines:
        judge = Judge(line)
        _judge(judge, roll, draft, seen)
        draft.faults += judge.faults
    return draft


def _judge(judge: Judge, roll: _Roll, draft: Draft, seen: dict[Any, int]) -> None:
    line = judge.line
    name = judge.text("full_name", 120, needed=True)
    code = judge.text("code", 40)
    phone, email, born, status = _details(judge)
    first_day = judge.day("first_day")
    unit = roll.by_unit_code.get(line["unit"]) or roll.by_unit_name.get(fold(line["unit"]))
    if unit is None:
        judge.wrong("unit", "unknown_cell" if line["unit"] else "empty")
    if judge.faults or unit is None:
        return
    found = _found(judge, roll, draft, unit, name, code, born)
    if found is None:
        return
    key = found.uid or code or (unit.uid, fold(name), born)
    if key in seen:
        judge.wrong("code" if code else "full_name", "twice", str(seen[key]))
        return
    seen[key] = line.number
    if not found.uid:
        if code and (unit.bucket, code) in roll.taken:
            judge.wrong("code", "code_taken")
            return
        member = Member(
            bucket=unit.bucket, full_name=name, birth_year=born, phone=phone, email=email, code=code
        )
        draft.made.append(Newcomer(member, unit, status or "official", first_day))
        return
    _mend(judge, roll, draft, found, unit, (name, code, phone, email, born, status))


def _mend(
    judge: Judge, roll: _Roll, draft: Draft, found: Member, unit: Unit,
    row: tuple[str, str, str, str, int | None, str],
) -> None:  # fmt: skip
    """Compare a row with the member it means."""
    name, code, phone, email, born, status = row
    line = judge.line
    now = roll.open[found.uid]
    for field, differs in (
        ("unit", now.unit_id != unit.uid), ("status", bool(status) and now.status != status),
    ):  # fmt: skip
        if differs:
            draft.left.append(Fault(line.number, field, line[field], "by_hand"))
    own = code if code != found.uid else ""
    if own and own != found.code and (found.bucket, own) in roll.taken:
        judge.wrong("code", "code_taken")
        return
    said = {
        "full_name": ("full_name", name), "birth_year": ("birth_year", born),
        "phone": ("phone", phone), "email": ("email", email), "code": ("code", own),
    }  # fmt: skip
    draft.settle(found, differing(judge, draft, found, said))


def _details(judge: Judge) -> tuple[str, str, int | None, str]:
    """Return phone, e-mail, year of birth and status as the row says them, or blanks."""
    line = judge.line
    phone, email = judge.text("phone", 20), judge.text("email", 120)
    if phone and not is_phone(phone):
        judge.wrong("phone", "bad_phone")
    if email and not is_email(email):
        judge.wrong("email", "bad_email")
    born = cells.year(line["birth_year"], last=clock.today().year)
    if line["birth_year"] and born is None:
        judge.wrong("birth_year", "bad_year")
    status = cells.word(line["status"], STATUS_WORDS) if line["status"] else ""
    if status is None:
        judge.wrong("status", "unknown_status")
    return phone, email, born, status or ""


def _found(
    judge: Judge, roll: _Roll, draft: Draft, unit: Unit, name: str, code: str, born: int | None
) -> Member | None:
    """Return who a row means, a blank member for someone new, None when that is a question."""
    if code and code in roll.by_code:
        return roll.by_code[code]
    candidates = [
        member for member in roll.by_name.get((unit.uid, fold(name)), ())
        if born is None or member.birth_year in {None, born}
    ]  # fmt: skip
    if code:  # who has another code is another person
        candidates = [member for member in candidates if not member.code]
    if len(candidates) > 1:
        fault = Fault(judge.line.number, "full_name", name, "two_candidates")
        draft.questions.append(fault)
        return None
    return candidates[0] if candidates else Member()


@action
def import_members(
    *,
    actor: Actor,
    lines: list[Line],
    digest: str,
    good_only: bool = False,
    overwrite: bool = False,
    upload_uid: str = "",
) -> int:
    """Take members in from a file; return how many were made or changed. Twice finds nothing to do.

    Raises:
        NotAllowed: `actor` manages members nowhere.
        DomainError: `org.import_faults` when a row is faulty and not only the good ones are wanted.
    """
    lock_tree()  # a second import, or a plan, waits
    draft = draft_members(actor, lines, overwrite=overwrite)
    refuse_faults(draft, good_only=good_only)
    drop_upload(actor, upload_uid)
    if not draft.made and not draft.changed:
        return 0
    newcomers: list[Newcomer] = draft.made
    Member.objects.bulk_create([new.member for new in newcomers], batch_size=BATCH)
    Membership.objects.bulk_create(
        [
            Membership(
                bucket=new.member.bucket, member_id=new.member.uid, unit_id=new.unit.uid,
                status=new.status, first_day=new.first_day,
            )
            for new in newcomers
        ],
        batch_size=BATCH,
    )  # fmt: skip
    mended = []
    for member, new in draft.changed.values():
        for attribute, value in new.items():
            setattr(member, attribute, value)
        # No save writes these two.
        member.name_fold = fold(member.full_name)[:120]
        member.name_key = name_key(member.full_name)[:400]
        mended.append(member)
    Member.objects.bulk_update(mended, MENDED, batch_size=BATCH // 10)
    touched = {new.unit.uid: new.unit for new in newcomers}
    touched |= _units_of(list(draft.changed))
    record(actor, "org.members_imported", draft, list(touched.values()), digest)
    for uid in sorted({new.unit.uid for new in newcomers}):
        events.emit(RollChanged(unit_uid=uid))
    return len(newcomers) + len(mended)


def _units_of(member_uids: list[str]) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for start in range(0, len(member_uids), BATCH):
        part = member_uids[start : start + BATCH]
        units = Unit.objects.filter(
            pk__in=list(
                Membership.objects.filter(member_id__in=part, last_day=None)
                .values_list("unit_id", flat=True).distinct()
            )
        )  # fmt: skip
        found |= {unit.uid: unit for unit in units}
    return found
