"""Cases of planning other than a regular meeting."""

from nenmong.core.tests.contract import SAME, Case
from nenmong.meetings.tests.ready import on_meeting

CASES = {
    "set_thematic": Case(on_meeting("planned", subject="Học tập và làm theo Bác"), SAME),
}
