"""Facts of how a meeting was prepared, and of what it was to be."""

from datetime import datetime, timedelta
from fractions import Fraction

from nenmong.meetings.rules.facts.sheet import MISSING, Found, Sheet, fact, not_done


@fact("R")
def has_thematic_part(sheet: Sheet) -> Found:
    """A thematic meeting, or a regular one that has a thematic part: kinds of their own."""
    return sheet.thematic, {}


@fact("R")
def thematic_due(sheet: Sheet) -> Found:
    """None yet in this quarter, and this is its last month."""
    return sheet.thematic_due, {}


@fact("R")
def has_cell_committee(sheet: Sheet) -> Found:
    """The cell has a cell committee on that day."""
    return sheet.cell_committee, {}


@fact("R")
def committee_met_before(sheet: Sheet) -> Found:
    """The cell committee met before the cell did; where there is none there was nothing to hold."""
    if sheet.cell_committee is None:
        return MISSING
    if not sheet.cell_committee:
        return True, {}
    if sheet.committee_met_at is not None:
        return True, {"at": sheet.committee_met_at.isoformat()}
    return not_done(sheet), {}


def _days_before(moment: datetime | None, sheet: Sheet) -> Found:
    """Days from a moment to the opening, exact to the second; -1 where there was none."""
    begins = sheet.opened_at or sheet.starts_at
    if moment is None or begins is None:
        return (None if sheet.paper else -1), {}
    seconds = int((begins - moment) / timedelta(seconds=1))
    return Fraction(seconds, 86400), {"at": moment.isoformat(), "opened": begins.isoformat()}


@fact("R")
def notice_days_before(sheet: Sheet) -> Found:
    """Days from the notice to the members to the opening; -1 where none was given."""
    return _days_before(sheet.notice_at, sheet)


@fact("R")
def documents_days_before(sheet: Sheet) -> Found:
    """Days from the first document for the members to the opening; -1 where there was none."""
    return _days_before(sheet.documents_at, sheet)


def _in_time(moment: datetime | None, sheet: Sheet) -> Found:
    """Whether something was there when the meeting began."""
    if moment is None:
        return not_done(sheet), {}
    begins = sheet.opened_at or sheet.starts_at
    return begins is None or moment <= begins, {"at": moment.isoformat()}


@fact("R")
def upper_member_notified(sheet: Sheet) -> Found:
    """The follower from the committee above was told before the meeting."""
    return _in_time(sheet.upper_notified_at, sheet)


@fact("R")
def draft_resolution_ready(sheet: Sheet) -> Found:
    """A draft of the resolution was there when the meeting began."""
    return _in_time(sheet.draft_ready_at, sheet)


@fact("R")
def discussion_prompts(sheet: Sheet) -> Found:
    """Questions to discuss were there when the meeting began."""
    return _in_time(sheet.prompts_ready_at, sheet)
