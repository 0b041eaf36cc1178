"""How a meeting stands, in words, and with the shape of its state."""

from django.utils.translation import gettext as _

from nenmong.meetings.models.meeting import MeetingKind
from nenmong.meetings.rules.kinds import KINDS
from nenmong.meetings.rules.overview import STATES

SHAPES = {
    "planned": "todo", "postponed": "carried", "late": "late", "open": "doing", "held": "soon",
    "sealed": "done", "filed": "done", "cancelled": "no",
}  # fmt: skip


def state_name(state: str) -> str:
    """Return how a state of `rules.overview` is called."""
    return {
        "planned": _("being prepared"), "postponed": _("postponed"),
        "late": _("past its day, not held"), "open": _("in session"),
        "held": _("held, not sealed"), "sealed": _("sealed"), "filed": _("sealed and filed"),
        "cancelled": _("cancelled"),
    }[state]  # fmt: skip


def state_names() -> dict[str, str]:
    """Return the words of all states, in the order they are offered in."""
    return {state: state_name(state) for state in STATES}


def kind_name(kind: str) -> str:
    """Return how a kind of meeting is called."""
    return str(MeetingKind(kind).label)


def kind_names() -> dict[str, str]:
    """Return the names of all kinds of meetings."""
    return {kind: kind_name(kind) for kind in KINDS}
