"""Files of a document: the signed paper, annexes; they lie in the store under their hash."""

from django.conf import settings
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.keeping import MB, STORE, Kept, require_there
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.directives.access import DRAFT
from nenmong.directives.actions.moving import locked
from nenmong.directives.models import Directive, DirectiveFile
from nenmong.directives.rules import states

MOST_FILES = 30  # of one document


@action
def attach_file(*, actor: Actor, directive_uid: str, title: str, file: Kept) -> DirectiveFile:
    """Attach a file to a document being made or in force. The same file again is the same row.

    Raises:
        NotAllowed, DomainError: `directives.has_ended`, `directives.no_file_title`,
            `directives.too_many_files`, `directives.files_too_large`, `files.not_whole`,
            `core.too_long`.
    """
    one = locked(actor, directive_uid, DRAFT)
    if same := one.files.filter(sha256=file.sha256).first():
        return same
    if one.state in states.ENDED:
        raise DomainError(
            "directives.has_ended",
            _("“%(title)s” is %(state)s: nothing is attached to it any more.")
            % {"title": one.title, "state": one.get_state_display()},
        )
    if not (title := fitting(clean(title), 200)):
        raise DomainError(
            "directives.no_file_title", _("The file has no name yet. Write what it is called.")
        )
    _room(one, file)
    require_there(file)
    row = DirectiveFile.objects.create(
        directive=one, title=title, kind=file.kind, size=file.size, sha256=file.sha256,
        added_at=clock.now(),
    )  # fmt: skip
    audit.record(
        actor, "directives.file_attached", row, unit_path=one.issuer.path, sha256=row.sha256
    )
    return row


def _room(one: Directive, file: Kept) -> None:
    there = one.files.order_by().aggregate(files=Count("uid"), size=Sum("size"))
    if there["files"] >= MOST_FILES:
        raise DomainError(
            "directives.too_many_files",
            _("A document has at most %(most)s files. Put several into one PDF.")
            % {"most": MOST_FILES},
        )
    if (there["size"] or 0) + file.size > settings.NENMONG_MEETING_MB * MB:
        raise DomainError(
            "directives.files_too_large",
            _("The files of one document make at most %(most)s MB together. Make this one smaller.")
            % {"most": settings.NENMONG_MEETING_MB},
        )


@action
def remove_file(*, actor: Actor, file_uid: str) -> Directive:
    """Take a file off a document that has not gone out. The file itself goes with a sweep.

    Raises:
        NotAllowed, DomainError: `directives.is_out`.
    """
    row = DirectiveFile.objects.get(uid=file_uid)
    one = locked(actor, row.directive_id, DRAFT)
    if one.sendings.exists() or one.state in states.ENDED:
        raise DomainError(
            "directives.is_out",
            _("The document has gone out: its files stay. Replace it by a new one."),
        )
    row = DirectiveFile.objects.get(uid=file_uid)
    audit.record(
        actor, "directives.file_removed", row, unit_path=one.issuer.path, sha256=row.sha256
    )
    row.delete()
    STORE.touch(row.sha256)
    return one
