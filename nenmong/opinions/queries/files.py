"""Files of opinions, as far as a person may see them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nenmong.core.audit import Actor
from nenmong.core.keeping import STORE
from nenmong.opinions import access
from nenmong.opinions.models import Answer, Opinion, OpinionFile

BATCH = 200


def named() -> Iterator[str]:
    """Yield the hash of every file that an opinion names. One query, read in pieces."""
    return OpinionFile.objects.values_list("sha256", flat=True).order_by().iterator(BATCH)


def changed_files() -> Iterator[str]:
    """Read every file of an opinion or answer; yield what is missing or changed, by ids alone.

    Slow: all bytes are read. A title may hold a name, so it is not told.
    """
    rows = OpinionFile.objects.order_by("uid").values_list("opinion_id", "uid", "sha256")
    for opinion_uid, uid, digest in rows.iterator(BATCH):
        if not STORE.holds(digest):
            fault = _("the file “%(title)s” is missing or was changed") % {"title": uid}
            yield f"{opinion_uid}: {fault}"


def files_of(actor: Actor, opinion: Opinion) -> dict[str | None, list[OpinionFile]]:
    """Return an opinion's files under the uid of their answer; the cell's under None. One query.

    Whoever sees an answer sees its files. A cell's file is the cell's own until it was sent up.
    """
    found: dict[str | None, list[OpinionFile]] = {}
    inside = access.of_cell(actor, opinion)
    for row in OpinionFile.objects.filter(bucket=opinion.bucket, opinion=opinion):
        if row.answer_uid is not None or row.beyond or inside:
            found.setdefault(row.answer_uid, []).append(row)
    return found


def beside(answer: Answer) -> list[OpinionFile]:
    """Return the files of one answer, for who sees that. One query."""
    rows = OpinionFile.objects.filter(bucket=answer.bucket, opinion=answer.opinion_id)
    return list(rows.filter(answer_uid=answer.uid))
