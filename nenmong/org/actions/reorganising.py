"""A plan applied whole: units founded, ended, renamed, moved; and taken back whole within a day."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.apps import apps
from django.db.models import Model, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.models import AuditEntry
from nenmong.core.rules import fold
from nenmong.org import access
from nenmong.org.actions import journal as journals
from nenmong.org.actions.accounts import end_outgrown_sheet
from nenmong.org.actions.drafting import SHAPE, Draft, draft
from nenmong.org.actions.handing import hand_on
from nenmong.org.actions.journal import BATCH, Journal, parts
from nenmong.org.actions.units import bucket_under, lock_tree
from nenmong.org.attached import attached
from nenmong.org.events import RollChanged
from nenmong.org.models import (
    Member,
    Membership,
    Post,
    Reorganisation,
    Unit,
    UnitSuccession,
    UnitVersion,
)
from nenmong.org.rules.plan import Faulty, read
from nenmong.org.rules.reshape import Node
from nenmong.org.sentences import refusal
from nenmong.ui import formats

UNDO_WITHIN = timedelta(days=1)


@action
def apply_plan(*, actor: Actor, text: str) -> Reorganisation:
    """Carry out a plan of reorganisation, all of it or nothing. The same plan again does nothing.

    Raises:
        NotAllowed, DomainError: as `drafting.draft`; `org.plan_name_taken`.
    """
    if same := _applied(actor, text):
        if same.text != text:
            raise DomainError(
                "org.plan_name_taken",
                _("A plan named %(plan)s was applied already, with other steps. Name it anew.")
                % {"plan": same.code},
            )
        return same
    made = draft(actor, text, lock=True)
    plan = Reorganisation.objects.create(
        code=made.plan.code, day=made.plan.day, text=text, applied_at=clock.now(),
        applied_by_uid=actor.uid,
    )  # fmt: skip
    _Writer(actor, made, plan).write()
    return plan


def _applied(actor: Actor, text: str) -> Reorganisation | None:
    """Return the plan of this name that holds, if `actor` may know of it."""
    try:
        code = read(text).code
    except Faulty as faulty:
        raise refusal(faulty) from faulty
    plan = Reorganisation.objects.select_for_update().filter(code=code, undone_at=None).first()
    if plan is not None:
        _allowed(actor, plan)
    return plan


def _allowed(actor: Actor, plan: Reorganisation) -> dict[str, Unit]:
    """Return the units a plan changed, locked; refuse unless `actor` may manage all of them."""
    lock_tree()
    units: dict[str, Unit] = {}
    for part in parts(journals.uids_of(plan.journal, Unit._meta.label)):
        units |= {u.uid: u for u in Unit.objects.select_for_update().filter(uid__in=part)}
    for unit in units.values():
        access.require(actor, "org.manage_units", unit)
    return units


@within_action
def move_subtree(old: str, new: str) -> int:
    """Let everything that stands under `old` stand under `new`; one UPDATE whatever its size."""
    tail = Substr("path", len(old) + 1)
    return Unit.objects.under(old).update(path=Concat(Value(new), tail))


class _Writer:
    """Writes a draft, table by table, and remembers what was there."""

    def __init__(self, actor: Actor, made: Draft, plan: Reorganisation) -> None:
        self.actor, self.made, self.plan = actor, made, plan
        self.day, self.eve = made.plan.day, made.plan.day - timedelta(days=1)
        self.journal = Journal()
        self.units = dict(made.units)  # by key; the new ones come in as they are founded

    def write(self) -> None:
        self._tree()
        self._versions()
        self._successions()
        self._members()
        self._posts()
        after = {b: self.units[a] for b, a in self.made.out.heir_of().items() if a}
        hand_on(self.made.charge, after, self.day, self.journal)
        heirs = {
            before: after[before].uid if before in after else None
            for before in self.made.out.heir_of()
        }
        for one in attached():
            one.hand_over(heirs, self.day, self.journal)
        self.plan.journal = self.journal.entries()
        self.plan.save(update_fields=["journal"])
        self._tell()

    def _tree(self) -> None:
        """Found and move in the order of the steps, then write what else is new of each unit."""
        out = self.made.out
        changed = self.made.changed
        self.journal.before(Unit, (node.key for node in changed))
        for one in out.done:
            if isinstance(one, Node):
                self._found(one)
            else:
                move_subtree(one.old, one.new)
        rows = []
        for node in changed:
            unit = self.units[node.key]
            for name in (*SHAPE, "code"):
                setattr(unit, name, getattr(node, name))
            unit.parent = self.units[node.parent] if node.parent else None
            unit.name_fold = fold(node.name)[:200]
            if node.ended and not self.made.before[node.key].ended:
                unit.last_day = self.eve
            rows.append((unit, node))
        own = [u for u, node in rows if node.key in out.touched or self._own(node)]
        columns = [
            "name",
            "name_fold",
            "organization_name",
            "locality",
            "code",
            "parent",
            "last_day",
        ]
        Unit.objects.bulk_update(own, columns, batch_size=100)
        for node in self.made.founded:  # something above it may have moved since
            self.units[node.key].path = node.path
        self.journal.made([self.units[node.key] for node in self.made.founded])

    def _own(self, node: Node) -> bool:
        return node.parent != self.made.before[node.key].parent

    def _found(self, node: Node) -> None:
        parent = self.units[node.parent] if node.parent else None
        said = {name: getattr(node, name) for name in SHAPE}
        self.units[node.key] = Unit.objects.create(
            bucket=bucket_under(parent), code=node.code, parent=parent, **said
        )

    def _versions(self) -> None:
        """Close the versions of all that ended or changed, and open the new ones."""
        made = self.made
        live = [n for n in made.changed if not n.ended and n.shape != made.before[n.key].shape]
        over = [n.key for n in (*live, *made.ended)]
        for part in parts(over):
            current = UnitVersion.objects.filter(unit__in=part, last_day=None)
            self.journal.before(UnitVersion, list(current.values_list("uid", flat=True)))
            current.update(last_day=self.eve)
        rows = [
            UnitVersion(
                unit=self.units[node.key], first_day=self.day,
                parent=self.units[node.parent] if node.parent else None,
                **{name: getattr(node, name) for name in SHAPE},
            )
            for node in (*live, *made.founded)
        ]  # fmt: skip
        self._make(UnitVersion, rows)

    def _make(self, model: type, rows: list) -> None:  # type: ignore[type-arg]
        model._default_manager.bulk_create(rows, batch_size=BATCH)  # type: ignore[attr-defined]
        self.journal.made(rows)

    def _successions(self) -> None:
        rows = [
            UnitSuccession(
                from_unit=self.units[heir.before], to_unit=self.units[heir.after], day=self.day,
                kind=heir.kind, since=self.plan.applied_at, plan=self.plan,
            )
            for heir in self.made.out.heirs
            if heir.after
        ]  # fmt: skip
        self._make(UnitSuccession, rows)

    def _members(self) -> None:
        rows = [row for row, _to in self.made.leaving]
        self.journal.before(Membership, [row.uid for row in rows])
        for part in parts(row.uid for row in rows):
            Membership.objects.filter(uid__in=part).update(last_day=self.eve)
        begun = [
            Membership(
                bucket=row.bucket, member=row.member, unit=self.units[to], status=row.status,
                first_day=self.day,
            )
            for row, to in self.made.leaving
        ]  # fmt: skip
        self._make(Membership, begun)

    def _posts(self) -> None:
        uids = [post.uid for post in self.made.ending]
        self.journal.before(Post, uids)
        for part in parts(uids):
            Post.objects.filter(uid__in=part).update(last_day=self.eve)
        buckets = dict(
            Member.objects.filter(
                uid__in=[step.said["member"] for step, _key in self.made.given]
            ).values_list("uid", "bucket")
        )
        given = [
            Post(
                bucket=buckets[step.said["member"]], member_id=step.said["member"],
                unit=self.units[key], role=step.said["role"], title=step.said["title"],
                first_day=self.day,
            )
            for step, key in self.made.given
        ]  # fmt: skip
        self._make(Post, given)
        for user_uid in Member.objects.filter(uid__in=buckets).values_list("user_id", flat=True):
            end_outgrown_sheet(user_uid)

    def _tell(self) -> None:
        """One line of audit a unit that a step is about; cells whose roll changed are announced."""
        for key, what in self.made.out.touched.items():
            unit = self.units[key]
            audit.record(
                self.actor, "org.unit_reorganised", unit, unit_path=unit.path,
                plan=self.plan.uid, day=str(self.day), what=sorted(set(what)),
            )  # fmt: skip
        for key in sorted({to for _row, to in self.made.leaving}):
            events.emit(RollChanged(unit_uid=self.units[key].uid))


@action
def undo_plan(*, actor: Actor, plan_code: str) -> Reorganisation:
    """Take a plan back whole: every row is as it was before. Twice does it once.

    Raises:
        NotAllowed: `actor` may not manage a unit it changed.
        DomainError: `org.no_such_plan`, `org.undo_too_late`, `org.later_plan`,
            `org.changed_since_plan`, `org.done_since_plan`.
    """
    plans = Reorganisation.objects.select_for_update().filter(code=plan_code)
    plan = plans.order_by("-applied_at", "-uid").first()
    if plan is None:
        raise DomainError(
            "org.no_such_plan", _("No plan named %(plan)s was applied.") % {"plan": plan_code}
        )
    units = _allowed(actor, plan)
    if plan.undone_at is not None:
        return plan
    _undoable(plan, units)
    told = [units[uid] for uid in _told(plan)]
    for unit in told:
        audit.record(
            actor, "org.unit_restored", unit, unit_path=unit.path, plan=plan.uid, day=str(plan.day)
        )
    rolls = set(_units_of(Membership, plan))
    made = set(plan.journal[Unit._meta.label]["made"])
    journals.put_back(plan.journal, last=[Unit])
    plan.undone_at = clock.now()
    plan.save(update_fields=["undone_at"])
    for uid in sorted(rolls - made):
        events.emit(RollChanged(unit_uid=uid))
    return plan


def _told(plan: Reorganisation) -> Iterable[str]:
    """Return the units the plan's own audit has a line of."""
    entries = AuditEntry.objects.filter(verb="org.unit_reorganised", at__gte=plan.applied_at)
    return [
        entry.subject_uid
        for entry in entries.filter(
            subject_uid__in=journals.uids_of(plan.journal, Unit._meta.label)
        )
        if entry.detail.get("plan") == plan.uid
    ]


def _units_of(model: type[Membership], plan: Reorganisation) -> Iterable[str]:
    for part in parts(journals.uids_of(plan.journal, model._meta.label)):
        yield from model.objects.filter(uid__in=part).values_list("unit_id", flat=True)


def _undoable(plan: Reorganisation, units: dict[str, Unit]) -> None:
    """Refuse to take back what something hangs on."""
    if clock.now() - plan.applied_at > UNDO_WITHIN:
        raise DomainError(
            "org.undo_too_late",
            _(
                "The plan %(plan)s was applied on %(day)s, more than a day ago. "
                "Write a new plan that brings about what should be."
            )
            % {"plan": plan.code, "day": formats.day(clock.local(plan.applied_at).date())},
        )
    later = Reorganisation.objects.filter(undone_at=None, uid__gt=plan.uid)
    if other := later.order_by("-uid").first():
        raise DomainError(
            "org.later_plan",
            _("The plan %(other)s was applied after %(plan)s. Take that one back first.")
            % {"other": other.code, "plan": plan.code},
        )
    for one in attached():
        if uid := one.done_since(list(units), plan):
            raise DomainError(
                "org.done_since_plan",
                _(
                    "In %(unit)s a meeting was planned or sealed since. It stays, so the plan "
                    "cannot be taken back. Write a new plan instead."
                )
                % {"unit": units[uid].name},
            )
    name = _hanging_on_new(plan, units) or _changed(plan, units)
    if name:
        raise DomainError(
            "org.changed_since_plan",
            _(
                "%(unit)s was changed since the plan was applied, so it cannot be taken back "
                "exactly. Undo that change, or write a new plan."
            )
            % {"unit": name},
        )


def _hanging_on_new(plan: Reorganisation, units: dict[str, Unit]) -> str:
    """Return the name of a unit on which something hangs that the plan did not put there."""
    tree = plan.journal[Unit._meta.label]
    for model, column in _keys_to_units():
        ours = set(journals.uids_of(plan.journal, model._meta.label))
        for part in parts(tree["made"]):
            rows = model._default_manager.filter(**{column + "__in": part})
            for uid, unit_uid in rows.values_list("pk", column):
                if uid not in ours:
                    return units[unit_uid].name
    moved = [uid for uid, (_digest, was) in tree["changed"].items() if "path" in was]
    for part in parts(moved):  # what was founded under one would be left behind
        for unit in Unit.objects.filter(parent__in=part):
            if unit.uid not in units:
                return unit.name
    return ""


def _keys_to_units() -> Iterator[tuple[type[Model], str]]:
    """Yield every table with a key to units, and its column."""
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if column.related_model is Unit:
                yield model, column.attname


def _changed(plan: Reorganisation, units: dict[str, Unit]) -> str:
    found = journals.changed_since(plan.journal)
    if found is None:
        return ""
    model, uid = found
    row = model._default_manager.filter(pk=uid).first()
    unit = units.get(uid) or getattr(row, "unit", None)
    return unit.name if isinstance(unit, Unit) else str(model._meta.verbose_name)
