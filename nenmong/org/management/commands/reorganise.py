"""`nenmong reorganise PLAN.yaml`: merge, split, rename, move, end units as one plan; or undo it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError
from nenmong.org.actions import apply_plan, draft_plan, undo_plan
from nenmong.org.actions.drafting import Draft
from nenmong.org.rules.plan import Faulty, read
from nenmong.org.sentences import refusal
from nenmong.ui import formats


class Command(BaseCommand):
    help = "Carry out a plan of reorganisation; exit 1 and say why where it cannot be done."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan", type=Path, help="a YAML file; see docs/reorganise.md")
        parser.add_argument("--dry-run", action="store_true", help="only say what it would do")
        parser.add_argument("--undo", action="store_true", help="take it back, within a day")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["plan"].read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            self.stderr.write(_("%(file)s cannot be read as text.") % {"file": options["plan"]})
            raise SystemExit(1) from None
        try:
            self._run(text, **options)
        except DomainError as error:
            self.stderr.write(str(error.message))
            raise SystemExit(1) from error

    def _run(self, text: str, *, dry_run: bool, undo: bool, **_options: Any) -> None:
        if undo and dry_run:
            raise DomainError("org.one_option", _("Choose --dry-run or --undo, not both."))
        if undo:
            try:
                code = read(text).code
            except Faulty as faulty:
                raise refusal(faulty) from faulty
            undone = undo_plan(actor=SYSTEM, plan_code=code)
            self.stdout.write(_("The plan %(plan)s was taken back.") % {"plan": undone.code})
            return
        if dry_run:
            for line in effect(draft_plan(SYSTEM, text)):
                self.stdout.write(line)
            self.stdout.write(_("Nothing was written."))
            return
        done = apply_plan(actor=SYSTEM, text=text)
        self.stdout.write(
            _("The plan %(plan)s holds from %(day)s. It can be taken back for a day with --undo.")
            % {"plan": done.code, "day": formats.day(done.day)}
        )


def effect(made: Draft) -> Iterator[str]:
    """Yield what a plan does, a line each."""
    yield from _units(made)
    yield from _hanging(made)
    yield from _people(made)


def _units(made: Draft) -> Iterator[str]:
    out = made.out
    for node in made.founded:
        yield _("Founded: %(unit)s") % {"unit": node.name}
    for node in made.ended:
        into = [made.name(h.after) for h in out.heirs if h.before == node.key and h.after]
        if into:
            said = {"unit": node.name, "into": ", ".join(into)}
            yield _("Ends: %(unit)s; goes on in %(into)s") % said
        else:
            yield _("Ends: %(unit)s") % {"unit": node.name}
    for key, what in out.touched.items():
        if "renamed" in what:
            said = {"was": made.before[key].name, "now": made.name(key)}
            yield _("Renamed: %(was)s → %(now)s") % said
        if "moved" in what:
            parent = out.nodes[key].parent
            said = {"unit": made.name(key), "under": made.name(parent) if parent else "–"}
            yield _("Moved: %(unit)s under %(under)s") % said


def _hanging(made: Draft) -> Iterator[str]:
    heirs = made.out.heir_of()
    for uid, hangs in made.hanging.items():
        if hangs.matters or hangs.tasks:
            yield _("Goes along: %(matters)s matters, %(tasks)s tasks, %(was)s → %(now)s") % {
                "matters": hangs.matters, "tasks": hangs.tasks,
                "was": made.name(uid), "now": made.name(heirs[uid]),
            }  # fmt: skip
        if hangs.planned:
            yield _("Not held any more: %(count)s meetings in preparation, %(unit)s") % {
                "count": hangs.planned, "unit": made.name(uid),
            }  # fmt: skip


def _people(made: Draft) -> Iterator[str]:
    for row, to in made.leaving:
        yield _("Changes cell: %(member)s (%(uid)s), %(was)s → %(now)s") % {
            "member": row.member.full_name, "uid": row.member_id,
            "was": made.name(row.unit_id), "now": made.name(to),
        }  # fmt: skip
    for post in made.ending:
        yield _("Post ends: %(title)s %(unit)s, %(member)s (%(uid)s)") % {
            "title": post.title or post.role, "unit": made.name(post.unit_id),
            "member": post.member.full_name, "uid": post.member_id,
        }  # fmt: skip
    for step, key in made.given:
        yield _("Post given: %(title)s %(unit)s, %(uid)s") % {
            "title": step.said["title"] or step.said["role"], "unit": made.name(key),
            "uid": step.said["member"],
        }  # fmt: skip
    for post, lost, gained in made.reach:
        yield _("Rights: %(title)s %(unit)s, %(member)s: -%(lost)s units, +%(gained)s units") % {
            "title": post.title or post.role, "unit": made.name(post.unit_id),
            "member": post.member.full_name, "lost": lost, "gained": gained,
        }  # fmt: skip
