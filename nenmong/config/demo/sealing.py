"""Sealing in bulk: the record and its digests from rows in memory, as the action makes them."""

from typing import TYPE_CHECKING

from django.db.models import Model

from nenmong.core.audit import Actor
from nenmong.meetings.actions.closing import frozen
from nenmong.meetings.models import ChainHead, Matter, SealedRecord
from nenmong.meetings.queries import rows
from nenmong.meetings.queries.facts import measured_by
from nenmong.meetings.queries.record import Parts, assembled, named
from nenmong.meetings.rules.seal import FORMAT
from nenmong.rulebook.queries import Book

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nenmong.config.demo.bulk.held import Held


def sealed_record(
    actor: Actor,
    held: "Held",
    head: ChainHead,
    matters: "Mapping[str, Matter]",
    book: Book,
    together: "Sequence[str]",
) -> SealedRecord:
    """Return the sealed record of a meeting in memory, and move the head of the chain to it.

    `together` names the other cells of a joint one.
    """
    meeting = held.meeting
    unit = meeting.unit
    above = unit.parent
    behind = {one.matter_uid for one in held.carried} | {one.matter_uid for one in held.reports}
    parts = Parts(
        unit={
            "uid": unit.uid, "name": unit.name,
            "above": above.organization_name if above else "", "locality": unit.locality,
        },
        items=held.items, votes=held.votes, speeches=held.speeches, opinions=held.opinions,
        tasks=held.tasks, reports=held.reports, answers=held.answers, carried=held.carried,
        times={uid: matters[uid].carried for uid in behind},
        postponed=held.postponed, joint=together,
    )  # fmt: skip
    record = assembled(meeting, parts) | {
        "rules": measured_by(book, meeting.kind), "rows": _digests(held, rows.RECORD_TABLES)
    }  # fmt: skip
    record["rows"] |= {"meeting": rows.meeting_digest(meeting, FORMAT)}
    speeches = {speech.uid for speech in held.speeches}
    names = named(meeting, held.roll, held.names, speeches)
    names |= {"rows": _digests(held, rows.NAMES_TABLES)}
    previous = [head.link] if head.link else []
    return frozen(head, previous, meeting, actor.uid, record, names)


def _digests(held: "Held", tables: tuple[type[Model], ...]) -> dict[str, str]:
    return {table._meta.model_name or "": rows.digest_of(table, held.of(table)) for table in tables}
