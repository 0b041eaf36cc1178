"""Cases of the minute book and of Word templates."""

from nenmong.core.tests.contract import DONE, MORE, SAME, Case
from nenmong.meetings import actions
from nenmong.meetings.tests.drafts import changed_template
from nenmong.meetings.tests.ready import here
from nenmong.org.tests.factories import UnitFactory, UserFactory


def opening_a_book():
    unit, _meeting, secretary, member = here("sealed")
    return {"actor": secretary, "unit_uid": unit.uid, "year": 2026}, member


def keeping(**said):
    unit = UnitFactory()
    keeper = UserFactory.holding("administrator", unit)
    stranger = UserFactory.holding("secretary", unit)
    return {"actor": keeper, "document": "bien-ban"} | said, stranger


def uploading():
    return keeping(content=changed_template("bien-ban"))


def tried(act=None):
    def ready():
        said, stranger = uploading()
        sha256 = actions.upload_template(**said)
        said = {"actor": said["actor"], "document": "bien-ban"}
        if act == "put back":
            actions.use_template(sha256=sha256, **said)
            return said | {"sha256": ""}, stranger
        return said | ({"sha256": sha256} if act == "use" else {}), stranger

    return ready


CASES = {
    "open_minute_book": Case(opening_a_book, MORE, keeps_answer=False),
    "upload_template": Case(uploading, SAME),
    "use_template": Case(tried("use"), SAME),
    "put_back_template": Case(tried("put back"), SAME),
    "discard_template": Case(tried(), DONE),
}
