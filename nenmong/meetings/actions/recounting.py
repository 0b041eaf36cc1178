"""Rebuilding counters and month tables from the rows; it must find nothing to mend."""

from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.meetings.models import Matter, Meeting, MeetingMonth
from nenmong.meetings.queries import recount
from nenmong.org import access
from nenmong.org.models import Unit


@action
def rebuild_counts(*, actor: Actor) -> list[str]:
    """Write every counter anew and return what was different, a line each.

    The counters of a sealed meeting are part of its seal: where one was changed, mending it makes
    the seal hold again.

    Raises:
        NotAllowed: `actor` is not the installation.
    """
    root = Unit.objects.filter(parent=None).first()
    if root is None:
        return []
    access.require(actor, "meetings.recount", root)
    found = [str(difference) for difference in recount.differences()]
    if not found:
        return []
    for meeting, counts in recount.meeting_counts():
        if any(getattr(meeting, name) != number for name, number in counts.items()):
            Meeting.objects.filter(uid=meeting.uid).update(**counts)
    months = MeetingMonth.objects.values_list("bucket", "unit_id", "month", "path")
    as_it_was = {tuple(key): path for *key, path in months}  # a unit may have moved since
    MeetingMonth.objects.all().delete()
    paths = dict(Unit.objects.values_list("uid", "path"))
    MeetingMonth.objects.bulk_create(
        MeetingMonth(
            bucket=key[0], unit_id=key[1], month=key[2], path=as_it_was.get(key, paths[key[1]]),
            **sums,
        )
        for key, sums in recount.month_sums().items()
    )  # fmt: skip
    carried = recount.carried_counts()
    wrong = [
        matter
        for matter in Matter.objects.all().iterator()
        if matter.carried != carried.get(matter.uid, 0)
    ]
    for matter in wrong:
        matter.carried = carried.get(matter.uid, 0)
    Matter.objects.bulk_update(wrong, ["carried"], batch_size=recount.BATCH)
    audit.record(actor, "meetings.recounted", root, unit_path=root.path, differences=len(found))
    return found
