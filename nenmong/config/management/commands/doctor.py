"""`nenmong doctor`: what is wrong here, and what to type."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from nenmong.config.safekeeping.examination import State, examine


class Command(BaseCommand):
    """Look at everything and print a line each; exit 1 where something is bad."""

    requires_system_checks = []  # what they would stop at is what is looked for here

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("Say what is wrong in this place, and what to type.")

    def handle(self, *args: Any, **options: Any) -> None:
        words = {State.WELL: _("well"), State.LOOK: _("look"), State.BAD: _("BAD")}
        width = max(map(len, words.values()))
        count = dict.fromkeys(State, 0)
        for finding in examine():
            count[finding.state] += 1
            word = words[finding.state]
            self.stdout.write(f"[{word:^{width}}] {finding.about}: {finding.said}")
            if finding.do:
                self.stdout.write(f"{'':{width}}   → {finding.do}")
        self.stdout.write(
            _("%(bad)s bad, %(look)s to look at, %(well)s well.")
            % {state.value: number for state, number in count.items()}
        )
        if count[State.BAD]:
            raise SystemExit(1)
