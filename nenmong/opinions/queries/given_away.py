"""What the words of an opinion would give away beyond the cell."""

from collections.abc import Sequence

from nenmong.core import clock
from nenmong.opinions.models import Opinion, OpinionFile
from nenmong.opinions.rules import texts
from nenmong.org.models import Membership, in_force


def given_away(opinion: Opinion, files: Sequence[OpinionFile] = ()) -> list[str]:
    """Return the names of the cell's members and the phone numbers in an opinion. One query.

    What its files are called is looked through too; what stands inside them nobody looks at here.

    The cell alone is shown this.
    """
    members = Membership.objects.filter(in_force(clock.today()), unit=opinion.unit_id)
    names = members.values_list("member__full_name", flat=True)
    said = " · ".join([opinion.text, *(row.title for row in files if row.answer_uid is None)])
    return [*texts.names(said, names), *texts.phones(said)]
