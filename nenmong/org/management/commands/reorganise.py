"""`nenmong reorganise PLAN.yaml`: merge, split, rename, move, end units as one plan; or undo it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError
from nenmong.org.actions import apply_plan, draft_plan, undo_plan
from nenmong.org.effects import effect
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
