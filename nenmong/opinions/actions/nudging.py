"""What is late says so: to the desk first, then to the office above as help, then to the head."""

from nenmong.core import audit, clock
from nenmong.core.actions import SYSTEM, action
from nenmong.core.audit import Actor
from nenmong.core.errors import NotAllowed
from nenmong.opinions.actions.judging import come_due
from nenmong.opinions.actions.moving import NUDGES, Calendar, locked, next_nudge, write
from nenmong.opinions.models import Opinion
from nenmong.opinions.rules.states import State

BATCH = 500


@action
def nudge(*, actor: Actor, opinion_uid: str) -> Opinion:
    """Tell the next one in turn that an opinion is due or late; only once a step.

    Raises:
        NotAllowed: only the program does this.
    """
    if not getattr(actor, "is_program", False):
        raise NotAllowed("access.denied", "")
    opinion = locked(opinion_uid)
    if opinion.nudge_on is None or opinion.nudge_on > clock.today():
        return opinion
    write(opinion, NUDGES[opinion.nudged])
    opinion.nudged += 1
    opinion.nudge_on = next_nudge(opinion, Calendar())
    opinion.save(update_fields=["nudged", "nudge_on"])
    audit.record(
        actor, "opinions.nudged", opinion, unit_path=opinion.unit.path, step=opinion.nudged
    )
    return opinion


def sweep() -> None:
    """Do what is due today: promises come back, who is late is told. By due day, never by reading
    all; killed, it goes on where it was.
    """
    today = clock.today()
    promised = Opinion.objects.filter(state=State.ROADMAP, due_on__lte=today)
    late = Opinion.objects.filter(nudge_on__lte=today)
    for rows, act in ((promised, come_due), (late, nudge)):
        before: list[str] = []
        while (uids := list(rows.order_by("uid").values_list("uid", flat=True)[:BATCH])) != before:
            for uid in uids:
                act(actor=SYSTEM, opinion_uid=uid)
            before = uids
