"""Facts of how a meeting was held and closed: who came, how long, what was said and decided."""

from datetime import timedelta
from fractions import Fraction

from nenmong.meetings.rules import attendance
from nenmong.meetings.rules.facts.sheet import MISSING, RULES, Found, Rule, Sheet, fact


def _counted(name: str) -> Rule:
    def rule(sheet: Sheet) -> Found:
        if sheet.opened_at is None:  # no roll before that
            return MISSING
        return sheet.counts[name], {"count": sheet.counts[name]}

    return rule


for _name, _column in (
    ("members_total", "total"),
    ("members_due", "due"),
    ("members_present", "present"),
    ("excused_absences", "excused"),
    ("unexcused_absences", "unexcused"),
    ("late_members", "late"),
):
    RULES[_name] = ("R", _counted(_column))


@fact("R")
def attendance_rate(sheet: Sheet) -> Found:
    """Present of those due, exact."""
    present, due = sheet.counts["present"], sheet.counts["due"]
    return attendance.rate(present=present, due=due), {"present": present, "due": due}


@fact("R")
def longest_excused_run(sheet: Sheet) -> Found:
    """The longest run of meetings in a row this year that one same member missed with a reason."""
    if sheet.opened_at is None:
        return MISSING
    longest = max(sheet.excused_runs.values(), default=0)
    members = sum(run == longest for run in sheet.excused_runs.values()) if longest else 0
    return longest, {"count": longest, "members": members}


def _duration(sheet: Sheet) -> int | None:
    if sheet.opened_at is None or sheet.closed_at is None:
        return None
    return int((sheet.closed_at - sheet.opened_at) / timedelta(minutes=1))


@fact("R")
def duration_minutes(sheet: Sheet) -> Found:
    """Opening to closing, whole minutes."""
    if sheet.opened_at is None or sheet.closed_at is None:
        return MISSING
    return _duration(sheet), {
        "opened": sheet.opened_at.isoformat(),
        "closed": sheet.closed_at.isoformat(),
    }


@fact("R")
def required_minutes(sheet: Sheet) -> Found:
    """What the rules in force ask of this meeting."""
    if sheet.required_minutes is None:
        return MISSING
    return sheet.required_minutes, {"count": sheet.required_minutes}


@fact("R")
def duration_shortfall(sheet: Sheet) -> Found:
    """Minutes that are missing to what is required; a longer meeting gains nothing."""
    minutes = _duration(sheet)
    if minutes is None or sheet.required_minutes is None:
        return MISSING
    return max(0, sheet.required_minutes - minutes), {
        "minutes": minutes,
        "required": sheet.required_minutes,
    }


@fact("R")
def duration_ratio(sheet: Sheet) -> Found:
    """Duration of what is required, exact."""
    minutes = _duration(sheet)
    if minutes is None or not sheet.required_minutes:
        return MISSING
    return Fraction(minutes, sheet.required_minutes), {
        "minutes": minutes,
        "required": sheet.required_minutes,
    }


@fact("R")
def days_from_fixed_day(sheet: Sheet) -> Found:
    """Day held less the day fixed; negative when the cell met before it."""
    if sheet.held_on is None:
        return MISSING
    days = (sheet.held_on - sheet.fixed_day).days
    return days, {"held": sheet.held_on.isoformat(), "fixed": sheet.fixed_day.isoformat()}


@fact("R")
def procedure_steps_rate(sheet: Sheet) -> Found:
    """Required steps that were held, of all required; not known before the end."""
    if not sheet.required_steps or sheet.closed_at is None:
        return MISSING
    held = len(sheet.required_steps & sheet.steps_held)
    required = len(sheet.required_steps)
    return Fraction(held, required), {"held": held, "required": required}


@fact("R")
def speakers(sheet: Sheet) -> Found:
    """Different members who spoke, chair and guests left out."""
    spoke = _spoke(sheet)
    return MISSING if spoke is None else (spoke, {"count": sheet.speakers})


@fact("R")
def speakers_rate(sheet: Sheet) -> Found:
    """Speakers of those present, exact."""
    present, spoke = sheet.counts["present"], _spoke(sheet)
    if not present or spoke is None:
        return MISSING
    return Fraction(spoke, present), {"speakers": spoke, "present": present}


def _spoke(sheet: Sheet) -> int | None:
    """Return how many spoke, never more than were present: an exempt member who came may speak."""
    if not sheet.speakers and (sheet.paper or not sheet.sealed):
        return None
    return min(sheet.speakers, sheet.counts["present"])


@fact("R")
def review_minutes(sheet: Sheet) -> Found:
    """Minutes spent on self-criticism and criticism; not known before the end."""
    if sheet.closed_at is None or (sheet.paper and not sheet.review_minutes):
        return MISSING
    return sheet.review_minutes, {"count": sheet.review_minutes}


@fact("R")
def praise_or_reminder(sheet: Sheet) -> Found:
    """Something was said or concluded in self-criticism and criticism, not only time spent."""
    if sheet.review_noted:
        return True, {}
    return (False if sheet.sealed and not sheet.paper else None), {}


def _conveying(kind: str) -> tuple[Rule, Rule]:
    """Return how many matters of a kind were due at a meeting, and the share that was conveyed."""

    def due(sheet: Sheet) -> Found:
        count = len(sheet.conveyed.get(kind, ()))
        return count, {"count": count}

    def rate(sheet: Sheet) -> Found:
        each = sheet.conveyed.get(kind, ())
        if not each or sheet.closed_at is None:
            return MISSING
        return Fraction(sum(each), len(each)), {"conveyed": sum(each), "due": len(each)}

    return due, rate


for _kind, _due, _rate in (
    ("directive", "directives_due", "directives_conveyed_rate"),
    ("answer", "answers_due", "answers_conveyed_rate"),
):
    _due_rule, _rate_rule = _conveying(_kind)
    RULES |= {_due: ("R", _due_rule), _rate: ("R", _rate_rule)}


@fact("D")
def tasks_due(sheet: Sheet) -> Found:
    """Tasks of the last resolution due by now; what an earlier one left open stands in it again."""
    return len(sheet.task_states), {"count": len(sheet.task_states)}


@fact("D")
def tasks_done_rate(sheet: Sheet) -> Found:
    """Share of those tasks declared done; missing while the state of one has not been said."""
    due = len(sheet.task_states)
    if not due or "" in sheet.task_states:
        return MISSING
    done = sheet.task_states.count("done")
    return Fraction(done, due), {"done": done, "due": due}


@fact("R")
def resolution_adopted(sheet: Sheet) -> Found:
    """The resolution was voted and passed."""
    return _voted(sheet, passed=sheet.resolution_passed), {}


@fact("R")
def minutes_adopted(sheet: Sheet) -> Found:
    """The minutes were read and adopted."""
    return _voted(sheet, passed=sheet.minutes_passed), {}


def _voted(sheet: Sheet, *, passed: bool | None) -> bool | None:
    return False if passed is None and sheet.sealed else passed


@fact("R")
def tasks_assigned(sheet: Sheet) -> Found:
    """The meeting gave at least one task."""
    if not sheet.tasks_assigned and (sheet.paper or not sheet.sealed):
        return MISSING
    return sheet.tasks_assigned > 0, {"count": sheet.tasks_assigned}


@fact("L")
def documents_filed_days_after(sheet: Sheet) -> Found:
    """Days from closing to filing, or to now while not filed, exact to the second."""
    end = sheet.filed_at or sheet.now
    if sheet.closed_at is None or end is None:
        return MISSING
    seconds = max(0, int((end - sheet.closed_at) / timedelta(seconds=1)))
    return Fraction(seconds, 86400), {
        "filed": (sheet.filed_at or end).isoformat(),
        "closed": sheet.closed_at.isoformat(),
    }
