"""`nenmong criteria check|score`: look at a form, or score meetings by it, without a database."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from nenmong.scoring.rules import written
from nenmong.scoring.rules.checking import examine
from nenmong.scoring.rules.loading import BrokenPackError, parse
from nenmong.scoring.rules.scoring import Refused, score
from nenmong.scoring.sentences import fact_words, finding_words, refusal_words

REFUSED = 2


class Command(BaseCommand):
    help = "Check a scoring form, or score meetings by it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        check = what.add_parser("check", help="say what is wrong with a form; exit 1 if it is")
        check.add_argument("pack", type=Path, metavar="PACK.yaml")
        check.add_argument("--format", choices=["text", "json"], default="text")
        scoring = what.add_parser("score", help="score one meeting, or a list of them")
        scoring.add_argument("pack", type=Path, metavar="PACK.yaml")
        scoring.add_argument("--facts", type=Path, required=True, metavar="FACTS.json")
        scoring.add_argument("--judged", type=Path, metavar="JUDGED.json")

    def handle(self, *args: Any, **options: Any) -> None:
        data = self._bytes(options["pack"])
        if options["what"] == "check":
            self._check(data, as_json=options["format"] == "json")
        else:
            self._score(data, options["facts"], options["judged"])

    def _check(self, data: bytes, *, as_json: bool) -> None:
        findings = examine(data).findings
        if as_json:
            rows = [
                {
                    "severity": one.severity, "criterion": one.criterion, "code": one.code,
                    "message": finding_words(one),
                    "where": None if one.where is None else dict(one.where),
                }
                for one in findings
            ]  # fmt: skip
            self.stdout.write(written.json_text(rows))
        else:
            for one in findings:
                about = f" {one.criterion}:" if one.criterion else ""
                self.stdout.write(f"{one.severity} [{one.code}]{about} {finding_words(one)}")
        if any(one.severity == "error" for one in findings):
            raise SystemExit(1)

    def _score(self, data: bytes, facts_file: Path, judged_file: Path | None) -> None:
        try:
            pack = parse(data)
        except BrokenPackError as error:
            self._refuse(*(finding_words(one) for one in error.findings))
        facts = self._json(facts_file)
        judged = self._json(judged_file) if judged_file else None
        several = isinstance(facts, list)
        meetings = facts if several else [facts]
        decided = [{}] * len(meetings) if judged is None else judged if several else [judged]
        if not isinstance(decided, list) or len(decided) != len(meetings):
            self._refuse(
                _("%(file)s must hold a list as long as that of the facts.") % {"file": judged_file}
            )
        results = []
        for number, (one, said) in enumerate(zip(meetings, decided, strict=True), start=1):
            place = _("Meeting %(number)s: ") % {"number": number} if several else ""
            self._facts(one, place)
            if not isinstance(said, dict):
                self._refuse(place + _("The judged points must be names with values."))
            try:
                result = score(pack, one, _decimals(said))
            except Refused as refused:
                self._refuse(place + refusal_words(refused))
            results.append(written.result_of(pack, result))
        self.stdout.write(written.json_text(results if several else results[0]))

    def _facts(self, facts: Any, place: str) -> None:
        if not isinstance(facts, dict):
            self._refuse(place + _("The facts must be names with values."))
        for name, value in facts.items():
            problem, near = written.fact_problem(name, value)
            if problem == "unknown":
                self._refuse(
                    place
                    + _("There is no fact “%(name)s”. The nearest is “%(nearest)s”.")
                    % {"name": name[:60], "nearest": near}
                )
            if problem:
                kinds = {
                    "bool": _("true or false"),
                    "int": _("a whole number"),
                    "rate": _("a number from 0 to 1"),
                    "decimal": _("a number"),
                }
                self._refuse(
                    place
                    + _("“%(name)s” (%(fact)s) cannot be %(value)s. Write %(kind)s, or null.")
                    % {
                        "name": name, "fact": fact_words(name), "value": str(value)[:40],
                        "kind": kinds[problem],
                    }
                )  # fmt: skip

    def _bytes(self, file: Path) -> bytes:
        try:
            return file.read_bytes()
        except OSError:
            self._refuse(_("%(file)s cannot be read. Look at its name and place.") % {"file": file})

    def _json(self, file: Path) -> Any:
        try:
            return written.read_json(self._bytes(file))
        except (ValueError, RecursionError):
            self._refuse(_("%(file)s is not JSON, or names the same thing twice.") % {"file": file})

    def _refuse(self, *sentences: str) -> NoReturn:
        for sentence in sentences:
            self.stderr.write(sentence)
        raise SystemExit(REFUSED)


def _decimals(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in said.items()
    }
