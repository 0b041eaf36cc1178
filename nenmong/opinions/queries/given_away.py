"""What the words of an opinion would give away beyond the cell."""

from nenmong.core import clock
from nenmong.opinions.models import Opinion
from nenmong.opinions.rules import texts
from nenmong.org.models import Membership, in_force


def given_away(opinion: Opinion) -> list[str]:
    """Return the names of the cell's members and the phone numbers in an opinion. One query.

    The cell alone is shown this.
    """
    members = Membership.objects.filter(in_force(clock.today()), unit=opinion.unit_id)
    names = members.values_list("member__full_name", flat=True)
    return [*texts.names(opinion.text, names), *texts.phones(opinion.text)]
