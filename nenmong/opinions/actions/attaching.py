"""Files of an opinion: what the cell shows, what a desk lays beside its answer.

Of a cell's file nothing tells who brought it: the audit names the cell, and no key is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.keeping import STORE, Kept, require_there
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.opinions import access
from nenmong.opinions.actions.moving import locked, not_possible
from nenmong.opinions.models import Answer, Opinion, OpinionFile
from nenmong.opinions.rules import states
from nenmong.opinions.rules.states import Move, State, Who
from nenmong.org.models import Unit

MOST_FILES = 5  # of an opinion by its cell; of an answer by its desk
BEING_WRITTEN = (Answer.State.DRAFT, Answer.State.TO_SIGN)


class OfCell:
    """Acts in the audit in place of a person of a cell: the cell is named, not the member."""

    def __init__(self, unit: Unit) -> None:
        self.uid, self.bucket = unit.uid, unit.bucket


@dataclass(frozen=True)
class Attached:
    """A file that lies in the store, and what it is to be called."""

    title: str
    file: Kept


@within_action
def add(
    opinion: Opinion, files: Sequence[Attached], answer: Answer | None = None, by: str | None = None
) -> tuple[list[OpinionFile], int]:
    """Add files; return their rows, and how many of them are new.

    Raises:
        DomainError: `opinions.no_title`, `core.too_long`, `files.not_whole`,
            `opinions.too_many_files`.
    """
    if not files:
        return [], 0
    answer_uid = answer.uid if answer else None
    there = {
        row.sha256: row
        for row in OpinionFile.objects.filter(
            bucket=opinion.bucket, opinion=opinion, answer_uid=answer_uid
        )
    }
    rows, new = [], 0
    for one in files:
        if (row := there.get(one.file.sha256)) is None:
            row = _row(opinion, one, len(there))
            row.answer_uid, row.by_uid = answer_uid, by
            row.save(force_insert=True)
            there[row.sha256] = row
            new += 1
        rows.append(row)
    return rows, new


def _row(opinion: Opinion, one: Attached, there: int) -> OpinionFile:
    if not (title := fitting(clean(one.title), 200)):
        raise DomainError("opinions.no_title", _("The file has no name yet. Write what it shows."))
    if there >= MOST_FILES:
        raise too_many()
    require_there(one.file)
    return OpinionFile(
        bucket=opinion.bucket, opinion=opinion, title=title, kind=one.file.kind,
        size=one.file.size, sha256=one.file.sha256, added_at=clock.now(),
    )  # fmt: skip


def too_many() -> DomainError:
    """Return the refusal of one file more than there may be."""
    return DomainError(
        "opinions.too_many_files",
        _("At most %(most)s files. Put several pages into one PDF, or take one off.")
        % {"most": MOST_FILES},
    )


@action
def attach_file(
    *, actor: Actor, opinion_uid: str, title: str, file: Kept, looked: bool = False
) -> OpinionFile:
    """Attach a file while the opinion is with its cell, or the desk asks the cell for more.

    The same file again is the same row. Before it is sent the file is seen in the cell alone.

    Args:
        looked: whoever answers the desk has looked at what stands in the file; it goes at once.

    Raises:
        NotAllowed: `actor` neither speaks for the cell nor raised it.
        DomainError: `opinions.not_with_cell`, `opinions.files_not_looked_at`; as `add`.
    """
    opinion = locked(opinion_uid)
    _require_cell(actor, opinion)
    asked = opinion.state == State.ASKED
    if asked and not looked:
        raise not_looked_at()
    rows, new = add(opinion, [Attached(title, file)])
    (row,) = rows
    if asked and not row.beyond:
        row.beyond = True
        row.save(update_fields=["beyond"])
        new = 1
    if new:
        audit.record(
            OfCell(opinion.unit), "opinions.file_attached", row, unit_path=opinion.unit.path,
            sha256=row.sha256,
        )  # fmt: skip
    return row


def _require_cell(actor: Actor, opinion: Opinion) -> None:
    """Refuse who may not bring or take a cell's files now."""
    if not access.may_attach(actor, opinion):
        access.require_speaks(actor, opinion)
        raise DomainError(
            "opinions.not_with_cell",
            _(
                "The opinion is with %(desk)s now. The cell attaches something before it is sent, "
                "or when the desk asks for more."
            )
            % {"desk": opinion.desk.name},
        )


def not_looked_at() -> DomainError:
    """Return the refusal to send files nobody has looked at."""
    return DomainError(
        "opinions.files_not_looked_at",
        _(
            "Files would go beyond the cell. The program does not check what stands inside them: "
            "names, faces, handwriting, who wrote a Word or PDF file. Open each one, then confirm."
        ),
    )


@action
def attach_to_answer(*, actor: Actor, opinion_uid: str, title: str, file: Kept) -> OpinionFile:
    """Lay a file beside the answer being written; what the head was to sign has changed by it.

    Raises:
        NotAllowed, DomainError: `opinions.not_possible`, `opinions.no_draft`; as `add`.
    """
    opinion = locked(opinion_uid)
    if State(opinion.state) not in states.WAYS[Move.ANSWER].before:
        raise not_possible(opinion)
    access.require_act(actor, opinion, Who.DESK)
    answer = opinion.answers.filter(desk=opinion.desk_id, state__in=BEING_WRITTEN).first()
    if answer is None:
        raise DomainError(
            "opinions.no_draft",
            _("There is no answer yet. Say how it ends and keep the draft, then attach the file."),
        )
    own = opinion.desk_id == opinion.unit_id
    rows, new = add(opinion, [Attached(title, file)], answer, None if own else actor.uid)
    (row,) = rows
    if new:
        _unsigned(answer)
        by = OfCell(opinion.unit) if own else actor
        audit.record(
            by, "opinions.file_attached", row, unit_path=opinion.unit.path, sha256=row.sha256
        )
    return row


def _unsigned(answer: Answer) -> None:
    if answer.state == Answer.State.TO_SIGN:
        answer.state = Answer.State.DRAFT
        answer.save(update_fields=["state"])


@action
def remove_file(*, actor: Actor, file_uid: str) -> Opinion:
    """Take a file off before it is sent, or before its answer is signed.

    Raises:
        NotAllowed, DomainError: `opinions.file_stays`; `opinions.not_with_cell`.
        OpinionFile.DoesNotExist: it is there no longer.
    """
    opinion_uid = OpinionFile.objects.values_list("opinion_id", flat=True).get(uid=file_uid)
    opinion = locked(opinion_uid)
    row = OpinionFile.objects.get(uid=file_uid, bucket=opinion.bucket)
    by: Actor | OfCell = actor
    if row.answer_uid is None:
        if row.beyond:
            access.require_speaks(actor, opinion)
            raise _stays()
        _require_cell(actor, opinion)
        by = OfCell(opinion.unit)
    else:
        answer = Answer.objects.get(uid=row.answer_uid, bucket=opinion.bucket)
        _require_writes(actor, opinion, answer)
        _unsigned(answer)
        if answer.desk_id == opinion.unit_id:
            by = OfCell(opinion.unit)
    audit.record(by, "opinions.file_removed", row, unit_path=opinion.unit.path, sha256=row.sha256)
    row.delete()
    STORE.touch(row.sha256)
    return opinion


def _require_writes(actor: Actor, opinion: Opinion, answer: Answer) -> None:
    access.require_act(actor, opinion, Who.DESK)
    if answer.desk_id != opinion.desk_id or answer.state not in BEING_WRITTEN:
        raise _stays()


def _stays() -> DomainError:
    return DomainError(
        "opinions.file_stays",
        _("This file was sent or signed and stays. Say in a new reply or answer what is wrong."),
    )
