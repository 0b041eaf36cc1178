"""Documents go down and come before meetings; what meetings make of them goes back up."""

from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError
from nenmong.core.events import on
from nenmong.directives import queries
from nenmong.directives.actions import (
    deliver_batch,
    note_answered,
    note_decided,
    note_told,
    settle_batch,
)
from nenmong.directives.actions.discussing import Told, Unclear
from nenmong.directives.actions.drafting import Decided
from nenmong.directives.events import (
    BatchDelivered,
    DirectiveChanged,
    DraftSubmitted,
    SendingBegun,
)
from nenmong.flows.opinions import noted_of
from nenmong.meetings.actions import bring_documents
from nenmong.meetings.actions.documents_brought import Brought
from nenmong.meetings.events import MinutesSealed
from nenmong.meetings.models import NotedOpinion
from nenmong.meetings.queries import going_on
from nenmong.opinions.actions import open_noted, send
from nenmong.opinions.events import OpinionAnswered
from nenmong.opinions.queries.telling import told_to_source


@on(SendingBegun)
def go_out(event: SendingBegun) -> None:
    """Batch after batch, each its own transaction: a killed worker goes on where it stopped."""
    while deliver_batch(actor=SYSTEM, sending_uid=event.sending_uid).state == "going":
        pass


@on(BatchDelivered)
def bring_before_meetings(event: BatchDelivered) -> None:
    """The matters of one batch of units are made as their deliveries are."""
    rows = queries.waiting.of_batch(event.sending_uid, int(event.batch))
    bring_documents(actor=SYSTEM, brought=[Brought(**row) for row in rows])


@on(DirectiveChanged)
def settle_what_waits(event: DirectiveChanged) -> None:
    """A document withdrawn, replaced or prolonged is so for every unit where it waits."""
    for sending_uid, batch in queries.waiting.batches(event.directive_uid):
        settle_batch(actor=SYSTEM, sending_uid=sending_uid, batch=batch)


@on(DraftSubmitted)
def bring_the_draft(event: DraftSubmitted) -> None:
    """A draft waits for the next meeting of who adopts it, or waits no more."""
    if row := queries.waiting.of_draft(event.directive_uid):
        bring_documents(actor=SYSTEM, brought=[Brought(**row)])


@on(MinutesSealed)
def note_documents(event: MinutesSealed) -> None:
    """Where a document was discussed, or why not; what a meeting decided on a draft."""
    for one in going_on.documents_told(event.meeting_uid):
        if not one.carried_why and queries.waiting.is_draft(one.source_uid):
            _decide(one)
            continue
        told = Told(
            unit_uid=one.unit_uid, directive_uid=one.source_uid, meeting_uid=one.meeting_uid,
            on=one.on, speakers=one.speeches, carried_why=one.carried_why,
            unclear=[Unclear(line.uid, line.text) for line in one.unclear],
        )  # fmt: skip
        note_told(actor=SYSTEM, told=told)


def _decide(one: going_on.DocumentTold) -> None:
    """Tell a draft what its meeting decided; discussed without a vote it goes back, too."""
    vote = one.vote
    decided = Decided(
        meeting_uid=one.meeting_uid, on=one.on, agreed=vote.agreed if vote else 0,
        voters=vote.voters if vote else 0, passed=bool(vote and vote.passed),
    )  # fmt: skip
    note_decided(actor=SYSTEM, directive_uid=one.source_uid, decided=decided)


@on(MinutesSealed)
def ask_issuers(event: MinutesSealed) -> None:
    """What was unclear in a document goes to its issuer as a question; a cell's own asks nobody."""
    of_cells = {line.uid for line in going_on.noted(event.meeting_uid)}
    for one in going_on.documents_told(event.meeting_uid):
        issuer_uid = queries.waiting.issuer_of(one.source_uid)
        if issuer_uid is None or issuer_uid == one.unit_uid:
            continue
        for line in one.unclear:
            if line.uid in of_cells:
                _ask(line, issuer_uid)


# With these the question stays with the cell, whose secretary decides: its words name somebody, or
# who issued the document has ended since.
STAYS = {"opinions.gives_away", "opinions.unknown_desk"}


def _ask(line: NotedOpinion, issuer_uid: str) -> None:
    """Send a line as a question to a desk, once."""
    opinion = open_noted(actor=SYSTEM, noted=noted_of(line, question=True))
    if opinion.sent_on is not None or not opinion.is_open:
        return
    try:
        send(actor=SYSTEM, opinion_uid=opinion.uid, desk_uid=issuer_uid)
    except DomainError as refused:
        if refused.code not in STAYS:
            raise


@on(OpinionAnswered)
def answer_unclear_points(event: OpinionAnswered) -> None:
    """What the issuer answered stands beside its document, too."""
    if (told := told_to_source(event.answer_uid)) is not None:
        note_answered(actor=SYSTEM, bucket=told.bucket, source_uid=told.source_uid, text=told.text)
