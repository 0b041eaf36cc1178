"""Facts of a meeting that scoring reads: each a pure function of what was recorded, with evidence.

A fact is missing (None) where its denominator is 0, or nothing is recorded or declared yet; missing
is never zero. `known` is how it is known: R recorded while the meeting is prepared and held, L
known only later, D declared by people. What the program would have recorded itself (R) counts as
not done once the minutes are sealed: not recording earns nothing. Only a blank left on a paper form
is missing: there the program would have recorded nothing.

The facts are those of `criteria/README.md` that a meeting knows; `disciplined_members` is said on
the score sheet, not at a meeting.
"""

from nenmong.meetings.rules.facts import held, prepared  # their import enters the rules
from nenmong.meetings.rules.facts.sheet import RULES, Fact, Sheet, facts

__all__ = ["RULES", "Fact", "Sheet", "facts", "held", "prepared"]
