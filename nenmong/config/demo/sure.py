"""What surely happens in the last two months, by the actions, in the cell that is shown at work.

Chance decides what becomes of opinions elsewhere; here one is taken back, one asked about, two are
passed up, one is promised for a day that has come, one was solved and is raised again.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from nenmong.config.demo.course import A_DAY, CELL, DESK, Step
from nenmong.config.demo.packs import pack
from nenmong.opinions.models import Opinion
from nenmong.opinions.rules.answers import Draft, Result
from nenmong.opinions.rules.states import State

if TYPE_CHECKING:
    from nenmong.config.demo.rounds import Real, Rounds

BEFORE = timedelta(days=8)  # what is answered before a meeting was raised so long before its plan
PROMISED, AGAIN = timedelta(days=19), timedelta(days=12)  # after the answer; after it was solved


class Sure:
    """Raises what the cell shown is to have met, and moves it where chance might not."""

    def __init__(self, rounds: "Rounds") -> None:
        self.rounds = rounds
        self.begun = False
        self.solved: str | None = None  # the opinion that is solved, and raised again

    def before(self, until: date) -> None:
        """Let two be answered before the first of the last meetings; raise one of them again."""
        if not self.begun:
            self.begun = True
            on = until - BEFORE
            self._answered(pack("opinions")["sure"]["roadmap"], on, self._promise)
            self.solved = self._answered(pack("opinions")["sure"]["reopened"], on, self._done)
        elif self.solved:
            self._again(until)

    def verdict(self, opinion_uid: str) -> str:
        """Return what the cell finds of an answer; nothing where chance decides."""
        return "solved" if opinion_uid == self.solved else ""

    def lately(self, today: date) -> None:
        """Let one be taken back, one asked about, and two be passed up; they lie there today."""
        said = pack("opinions")["sure"]
        real = self._sent(said["withdrawn"], on := today - timedelta(days=12))
        reason = {"reason": pack("opinions")["withdrawn"][0]}
        self.rounds.do(real, Step(on + 3 * A_DAY, "withdraw", CELL, reason))
        real = self._at_desk(said["asked"], on := today - timedelta(days=10))
        question = {"question": pack("opinions")["questions"][0]}
        self.rounds.do(real, Step(on + 5 * A_DAY, "ask", DESK, question))
        self.rounds.left.add(real.uid)
        for one in said["passed_up"]:
            self._passed_up(one, today - timedelta(days=14))

    # ── one opinion ─────────────────────────────────────────────────────────────────────────

    def _sent(self, said: Mapping[str, str], on: date) -> "Real":
        uid = self.rounds.raised(on, said["text"])
        self.rounds.bring_to(uid, on, said["field"], "")
        return self.rounds.real(uid)

    def _at_desk(self, said: Mapping[str, str], on: date, *, accepted: bool = True) -> "Real":
        """Let it come to the desk beside the committee, and be accepted there."""
        real = self._sent(said, on)
        desk = self.rounds.place.handling(said["field"])
        assert desk is not None  # noqa: S101 -- the ward's desk handles it
        words = {"desk_uid": desk.unit.uid, "reason": pack("opinions")["forwarded"][0]}
        self.rounds.do(real, Step(on + 2 * A_DAY, "forward", DESK, words))
        if accepted:
            self.rounds.do(real, Step(on + 3 * A_DAY, "accept", DESK))
        return real

    def _passed_up(self, said: Mapping[str, str], on: date) -> None:
        upper = self.rounds.place.handling(said["field"], above=True)
        if upper is None or self.rounds.users.get(upper.unit.uid) is None:
            return
        real = self._at_desk(said, on, accepted=False)
        words = {"desk_uid": upper.unit.uid, "reason": pack("opinions")["upward"][0]}
        self.rounds.do(real, Step(on + 4 * A_DAY, "forward", DESK, words))
        self.rounds.do(real, Step(on + 6 * A_DAY, "accept", DESK))
        self.rounds.left.add(real.uid)

    def _answered(self, said: Mapping[str, str], on: date, draft: Any) -> str:
        real = self._at_desk(said, on)
        on += 6 * A_DAY
        words = pack("opinions")["answers"][said["field"]]
        self.rounds.do(real, Step(on, "answer", DESK, {"draft": draft(words, on)}))
        return real.uid

    def _promise(self, words: Mapping[str, Any], on: date) -> Draft:
        return Draft(
            Result.WILL_DO, words["will_do"][0], words["who"], promised_on=on + PROMISED,
            means=words["means"],
        )  # fmt: skip

    def _done(self, words: Mapping[str, Any], on: date) -> Draft:
        return Draft(Result.DONE, words["done"][0], words["who"], done_on=on - A_DAY)

    def _again(self, until: date) -> None:
        one = Opinion.objects.get(uid=self.solved)
        if one.state != State.CLOSED or one.ended_on is None or one.ended_on + AGAIN >= until:
            return
        words = pack("opinions")["answers"][one.field]["reopened"]
        step = Step(one.ended_on + AGAIN, "reopen", CELL, {"reason": words})
        self.rounds.do(self.rounds.real(one.uid), step)
        self.solved = None
