"""Cases of what is done after the seal, and of numbers."""

from nenmong.core.tests.contract import MORE, SAME, Case
from nenmong.meetings.tests.ready import here, on_meeting


def numbering():
    unit, _meeting, secretary, member = here("planned")
    return {"actor": secretary, "unit_uid": unit.uid, "kind": "BB", "last": 17}, member


CASES = {
    "write_note": Case(on_meeting("sealed", text="Mục 4: tên ngõ là ngõ 18."), MORE),
    "set_last_number": Case(numbering, SAME),
    "number_notice": Case(on_meeting("planned"), SAME),
}
