"""A plan worked out against the tree of today: what it would do, or why it cannot be done."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.org import access, rules
from nenmong.org.actions.handing import Charge, charge_of
from nenmong.org.actions.journal import parts
from nenmong.org.actions.units import last_number, lock_tree
from nenmong.org.attached import Hanging, attached
from nenmong.org.models import Member, Membership, Post, Unit, UnitVersion, in_force
from nenmong.org.rules.plan import Fault, Faulty, Plan, Step, named, read, sources
from nenmong.org.rules.reshape import Heir, Node, Repath, Reshaped, reshape
from nenmong.org.sentences import refusal
from nenmong.ui import formats

SHAPE = ("kind", "cell_kind", "name", "organization_name", "locality", "path")
LIMITS = {"name": 200, "organization_name": 200, "locality": 100, "code": 40}


@dataclass
class Draft:
    """A plan that can be carried out, with all it does. Keys are uids, `+n` for new units."""

    plan: Plan
    units: dict[str, Unit]
    before: dict[str, Node]
    out: Reshaped
    leaving: list[tuple[Membership, str]] = field(default_factory=list)  # and the cell they go to
    ending: list[Post] = field(default_factory=list)
    given: list[tuple[Step, str]] = field(default_factory=list)
    hanging: dict[str, Hanging] = field(default_factory=dict)
    charge: Charge = field(default_factory=Charge)  # who follows what ends, and its groups
    reach: list[tuple[Post, int, int]] = field(default_factory=list)  # units lost, units gained

    @property
    def founded(self) -> list[Node]:
        return [n for key, n in self.out.nodes.items() if key.startswith("+")]

    @property
    def ended(self) -> list[Node]:
        return [n for key, n in self.out.nodes.items() if n.ended and not self.before[key].ended]

    @property
    def changed(self) -> list[Node]:
        """Units that were there and are not the same; those below a moved one are among them."""
        return [
            n for key, n in self.out.nodes.items() if key in self.before and n != self.before[key]
        ]

    @property
    def repaths(self) -> list[Repath]:
        return [one for one in self.out.done if isinstance(one, Repath)]

    def name(self, key: str) -> str:
        return self.out.nodes[key].name


def draft(actor: Actor, text: str, *, lock: bool) -> Draft:
    """Work a plan out and check it whole; nothing is written.

    Raises:
        NotAllowed: `actor` may not manage a unit the plan names, or give the posts.
        DomainError: `org.day_to_come`, or as the first fault; the message lists all of them.
    """
    try:
        plan = read(text)
        made = _drafted(actor, plan, lock)
    except Faulty as faulty:
        raise refusal(faulty) from faulty
    return made


def draft_plan(actor: Actor, text: str) -> Draft:
    """Return what a plan would do; as `draft`, for reading."""
    return draft(actor, text, lock=False)


def _drafted(actor: Actor, plan: Plan, lock: bool) -> Draft:
    if plan.day > clock.today():
        raise DomainError(
            "org.day_to_come",
            _(
                "The plan holds from %(day)s, which is still to come. Check it with --dry-run "
                "after that day has begun, and apply it then."
            )
            % {"day": formats.day(plan.day)},
        )
    if lock:
        lock_tree()
    refs = _refs(plan)
    units = _loaded(plan, refs, lock)
    since = _since(units)
    nodes = [_node(unit, since) for unit in units.values()]
    numbers = {uid: last_number(units[uid]) for uid in _targets(plan, refs, units)}
    codes = {new.code for step in plan.steps for new in step.new if new.code}
    codes |= {step.said["code"] for step in plan.steps if step.said.get("code")}
    taken = Unit.objects.filter(code__in=codes).values_list("code", flat=True)
    out = reshape(plan, nodes, refs=refs, last_numbers=numbers, codes=taken)
    out.faults += _too_long(plan)
    made = Draft(plan, units, {node.key: node for node in nodes}, out)
    if not out.faults:
        _people(made)
        _posts(made)
        _charge(made)
        _attached(made)
    if out.faults:
        raise Faulty(out.faults)
    _allowed(actor, made, refs)
    _reach(made)
    return made


def _too_long(plan: Plan) -> Iterator[Fault]:
    for step in plan.steps:
        said = [step.said, *(vars(new) for new in step.new)]
        for one in said:
            for name, most in LIMITS.items():
                if len(text := str(one.get(name, ""))) > most:
                    yield Fault("org.plan_too_long", step.number, step.line,
                                {"text": text[:20] + "…", "most": most})  # fmt: skip
        if len(text := step.said.get("title", "")) > 120:  # noqa: PLR2004 -- its column
            yield Fault("org.plan_too_long", step.number, step.line,
                        {"text": text[:20] + "…", "most": 120})  # fmt: skip


# ── the tree ────────────────────────────────────────────────────────────────────────────────


def _refs(plan: Plan) -> dict[str, str]:
    """Return the uid of every unit the plan names, by its code or its uid."""
    names = named(plan)
    found: dict[str, str] = {}
    for part in parts(sorted(names)):
        rows = Unit.objects.filter(Q(code__in=part) | Q(uid__in=part)).values_list("uid", "code")
        for uid, code in rows:
            found |= {name: uid for name in (uid, code) if name in names}
    return found


def _loaded(plan: Plan, refs: Mapping[str, str], lock: bool) -> dict[str, Unit]:
    """Return the units named, all above them, and all below those whose subtree changes."""
    paths: dict[str, str] = {}
    for part in parts(set(refs.values())):
        paths |= dict(Unit.objects.filter(uid__in=part).values_list("uid", "path"))
    tops: list[str] = []
    for path in sorted({paths[refs[name]] for name in sources(plan) if name in refs}):
        if not (tops and rules.is_under(path, tops[-1])):
            tops.append(path)
    single = {above for path in paths.values() for above in rules.lineage(path)}
    found: dict[str, Unit] = {}
    rows: QuerySet[Unit] = Unit.objects.order_by("path")
    if lock:
        rows = rows.select_for_update()
    for part in parts(sorted(single)):
        found |= {unit.uid: unit for unit in rows.filter(path__in=part)}
    for start in range(0, len(tops), 50):
        below = Q(pk__in=[])
        for path in tops[start : start + 50]:
            below |= Q(path__under=path)
        found |= {unit.uid: unit for unit in rows.filter(below)}
    return dict(sorted(found.items(), key=lambda item: item[1].path))


def _since(units: Iterable[str]) -> Mapping[str, UnitVersion]:
    """Return the version in force of each unit that has not ended."""
    return {
        version.unit_id: version
        for part in parts(units)
        for version in UnitVersion.objects.filter(unit__in=part, last_day=None)
    }


def _node(unit: Unit, since: Mapping[str, UnitVersion]) -> Node:
    version = since.get(unit.uid)
    said = {name: getattr(unit, name) for name in SHAPE}
    node = Node(key=unit.uid, parent=unit.parent_id, code=unit.code, **said)
    if version is None:
        return Node(**vars(node) | {"ended": True})
    return Node(**vars(node) | {"since": version.first_day})


def _targets(plan: Plan, refs: Mapping[str, str], units: Mapping[str, Unit]) -> set[str]:
    """Return all under which something may come to stand."""
    named_here = {uid for uid in refs.values() if uid in units}
    return named_here | {p for uid in named_here if (p := units[uid].parent_id)}


# ── people ──────────────────────────────────────────────────────────────────────────────────


def _people(made: Draft) -> None:
    """Find who changes cell, and refuse where a roll changed on the plan's day or later."""
    out, day = made.out, made.plan.day
    heirs = out.heir_of()
    where = {heir.before: heir for heir in out.heirs}
    rows: list[Membership] = []
    for part in parts(heirs):
        lasting = Q(last_day=None) | Q(last_day__gte=day)
        rows += Membership.objects.filter(lasting, unit__in=part).select_related("member")
    left: dict[str, int] = {}
    here: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row.uid):
        if row.first_day >= day or row.last_day is not None:
            _fault_once(made, "org.plan_roll_changed", where[row.unit_id])
            continue
        here[row.member_id] = row.unit_id
        chosen, _step = out.members.get(row.member_id, ("", None))
        to = chosen if chosen in _heirs(out, row.unit_id) else heirs[row.unit_id]
        if not to:
            left[row.unit_id] = left.get(row.unit_id, 0) + 1
        made.leaving.append((row, to))
    for uid, count in left.items():
        _fault_once(made, "org.plan_members_left", where[uid], count=count)
    for member, (heir, step) in out.members.items():
        if heir not in _heirs(out, here.get(member, "")):
            unit = next(h.before for h in out.heirs if h.after == heir)
            out.faults.append(
                Fault("org.plan_not_its_member", step.number, step.line,
                      {"member": member, "unit": made.name(unit)})
            )  # fmt: skip


def _heirs(out: Reshaped, uid: str) -> set[str]:
    return {heir.after for heir in out.heirs if heir.before == uid}


def _fault_once(made: Draft, code: str, heir: Heir, **said: int) -> None:
    fault = Fault(code, heir.step, heir.line, {"unit": made.name(heir.before), **said})
    if fault not in made.out.faults:
        made.out.faults.append(fault)


def _posts(made: Draft) -> None:
    """Find the posts that end with their unit, and check those the plan gives."""
    out, day = made.out, made.plan.day
    where = {heir.before: heir for heir in out.heirs}
    for part in parts(where):
        lasting = Q(last_day=None) | Q(last_day__gte=day)
        made.ending += Post.objects.filter(lasting, unit__in=part).select_related("member")
    for post in made.ending:
        if post.first_day >= day:
            _fault_once(made, "org.plan_roll_changed", where[post.unit_id])
    ending = {post.uid for post in made.ending}
    members = {step.said["member"] for step, _key in out.posts}
    known: set[str] = set()
    for part in parts(members):
        known |= set(Member.objects.filter(uid__in=part).values_list("uid", flat=True))
    held = {
        (post.member_id, post.unit_id, post.role)
        for part in parts(members)
        for post in Post.objects.filter(member__in=part, last_day=None)
        if post.uid not in ending
    }
    for step, key in out.posts:
        member, role = step.said["member"], step.said["role"]
        code = ""
        if member not in known:
            code = "org.plan_no_such_member"
        elif role not in access.roles() or role in access.NO_POST:
            code = "org.plan_unknown_role"
        elif (member, key, role) in held:
            code = "org.plan_post_held"
        held.add((member, key, role))
        if code:
            choices = ", ".join(sorted(access.roles().keys() - access.NO_POST))
            said = {"member": member, "role": role, "roles": choices}
            out.faults.append(Fault(code, step.number, step.line, said))
    made.given = list(out.posts)


def _charge(made: Draft) -> None:
    """Find who follows the units that end, and their party groups."""
    where = {heir.before: heir for heir in made.out.heirs}
    made.charge = charge_of(where, made.plan.day)
    begun = [(row.first_day, row.unit_id) for row in made.charge.follows]
    begun += [(row.first_day, row.unit_id) for row in made.charge.groups]
    for first_day, unit_uid in begun:
        if first_day >= made.plan.day:
            _fault_once(made, "org.plan_roll_changed", where[unit_uid])


def _attached(made: Draft) -> None:
    """Ask what hangs on the units that end."""
    out = made.out
    heirs = out.heir_of()
    where = {heir.before: heir for heir in out.heirs}
    for one in attached():
        for uid, hangs in one.hanging(list(heirs), made.plan.day).items():
            made.hanging[uid] = made.hanging.get(uid, Hanging()) + hangs
            if hangs.in_session:
                _fault_once(made, "org.plan_in_session", where[uid])
            if hangs.met_since:
                _fault_once(made, "org.plan_met_since", where[uid])
            count = hangs.matters + hangs.tasks + hangs.opinions
            if count and not heirs[uid]:
                _fault_once(made, "org.plan_matters_left", where[uid], count=count)


# ── rights ──────────────────────────────────────────────────────────────────────────────────


def _allowed(actor: Actor, made: Draft, refs: Mapping[str, str]) -> None:
    for uid in sorted(set(refs.values())):
        access.require(actor, "org.manage_units", made.units[uid])
    for step, key in made.given:
        nearest: str | None = key
        while nearest and nearest.startswith("+"):
            nearest = made.out.nodes[nearest].parent
        if nearest:
            access.require(actor, "org.give_posts", made.units[nearest])
        node = made.out.nodes[key]
        access.require_givable(actor, step.said["role"], node.path, node.name)
        if Member.objects.filter(uid=step.said["member"], user__uid=actor.uid).exists():
            raise NotAllowed(
                "org.own_post", _("Nobody gives a post to themselves. Ask the office above.")
            )


def _reach(made: Draft) -> None:
    """Find whose post reaches other units than before, because units moved."""
    nodes, before = made.out.nodes, made.before
    table = access.roles()
    posts: list[Post] = []
    for part in parts(before):
        rows = Post.objects.filter(in_force(made.plan.day), unit__in=part)
        posts += rows.select_related("member").order_by("unit__path", "uid")
    for post in posts:
        if post.role not in table or table[post.role].reach != access.BELOW:
            continue
        old = {k for k, n in before.items() if not n.ended
               and rules.is_under(n.path, before[post.unit_id].path)}  # fmt: skip
        now: set[str] = set()
        if not nodes[post.unit_id].ended:
            at = nodes[post.unit_id].path
            now = {k for k, n in nodes.items() if not n.ended and rules.is_under(n.path, at)}
        ended = {k for k in old if nodes[k].ended}
        lost, gained = len(old - now - ended), len(now - old)
        if lost or gained:
            made.reach.append((post, lost, gained))
