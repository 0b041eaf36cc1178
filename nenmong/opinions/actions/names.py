"""Who raised an opinion: the cell's own, and written down each time it is read."""

from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.opinions.access import NAMES
from nenmong.opinions.actions.moving import locked
from nenmong.opinions.models import Raiser
from nenmong.org import access as org


@action
def read_raiser(*, actor: Actor, opinion_uid: str) -> dict[str, str]:
    """Return who raised an opinion between two meetings, and write down who read it.

    Nothing where no name is kept here: of what was said in a meeting it stands on the names sheet
    of that meeting, of what a visitor heard nowhere. A dict, which no key keeps: a name is not
    answered again without another line.

    Raises:
        NotAllowed: `actor` does not keep the names of this cell.
    """
    opinion = locked(opinion_uid)
    org.require(actor, NAMES, opinion.unit)
    audit.record(actor, "opinions.names_opened", opinion, unit_path=opinion.unit.path)
    row = Raiser.objects.filter(bucket=opinion.bucket, opinion=opinion).first()
    return {"name": row.name} if row else {}
