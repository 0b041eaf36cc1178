"""A file that someone looks through before it is taken in; the next one takes its place."""

from base64 import b64decode
from datetime import timedelta

from django.db.models import Q

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.org import access
from nenmong.org.models import ColumnMapping, Unit, Upload

KEPT = timedelta(days=1)


@action
def keep_upload(*, actor: Actor, unit_uid: str, what: str, name: str, content: str) -> Upload:
    """Keep a file for its preview. The actor's last one goes, and all that are a day old.

    `content` is base64: the input of an action is plain text.

    Raises:
        NotAllowed: `actor` may not manage units or members there.
    """
    unit = Unit.objects.get(uid=unit_uid)
    access.require(actor, f"org.manage_{what}", unit)
    old = Q(owner_uid=actor.uid) | Q(made_at__lt=clock.now() - KEPT)
    Upload.objects.filter(old).delete()
    upload = Upload.objects.create(
        owner_uid=actor.uid,
        what=what,
        name=name[-200:],
        content=b64decode(content),
        made_at=clock.now(),
    )
    audit.record(actor, "org.file_uploaded", upload, unit_path=unit.path, what=what)
    return upload


@action
def map_columns(
    *, actor: Actor, unit_uid: str, what: str, headings: str, columns: dict[str, int]
) -> ColumnMapping:
    """Keep which heading stands for what, as a person said: the next file like it is read alike.

    `headings` is the digest of them all; `columns` gives, for each field, which column.

    Raises:
        NotAllowed: `actor` may not manage units or members there.
    """
    unit = Unit.objects.get(uid=unit_uid)
    access.require(actor, f"org.manage_{what}", unit)
    kept = ColumnMapping.objects.filter(what=what, headings=headings).first()
    if kept and kept.columns == columns:
        return kept
    mapping, _made = ColumnMapping.objects.update_or_create(
        what=what, headings=headings, defaults={"columns": columns, "saved_at": clock.now()}
    )
    audit.record(actor, "org.columns_mapped", mapping, unit_path=unit.path, what=what)
    return mapping


def sweep_uploads() -> None:
    """Let go the files that nobody took in."""
    Upload.objects.filter(made_at__lt=clock.now() - KEPT).delete()


@within_action
def drop_upload(actor: Actor, upload_uid: str) -> None:
    """Let a file go that was taken in."""
    if upload_uid:
        Upload.objects.filter(uid=upload_uid, owner_uid=actor.uid).delete()
