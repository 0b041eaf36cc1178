"""What every door here does first, page or API: does it exist for who asks, and may they.

A draft exists for who drafts at its issuer and for those asked to comment; an issued document for
who stands at or above its issuer, and for every unit it was sent to.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404

from nenmong.core.audit import Actor
from nenmong.directives.access import COMMENT, DRAFT, VIEW
from nenmong.directives.models import (
    Comment,
    CommentRequest,
    Delivery,
    Directive,
    DirectiveFile,
)
from nenmong.org import access as org
from nenmong.org import doors as at_units
from nenmong.org.models import Unit


def directive_for(actor: Actor, uid: str, permission: str | None = None) -> Directive:
    """Return a document with its issuer, as far as it exists for `actor`.

    Args:
        permission: that they need where it is issued, to do something with it.

    Raises:
        Http404, NotAllowed: it does not exist for them; they see it, and may not do this.
    """
    rows = Directive.objects.visible_to(actor).select_related("issuer", "replaced_by")
    one = get_object_or_404(rows, uid=uid)
    if permission is not None:
        org.require(actor, permission, one.issuer)
    return one


def unit_for(actor: Actor, uid: str, permission: str = VIEW) -> Unit:
    """Return a unit whose documents `actor` sees, or writes on.

    Raises:
        Http404, NotAllowed: as `org.doors.unit_for`.
    """
    return at_units.unit_for(actor, uid, permission)


def request_for(actor: Actor, uid: str) -> CommentRequest:
    """Return what a unit was asked to comment on, for who may comment there, or drafts it.

    Raises:
        Http404: it does not exist for them.
    """
    rows = CommentRequest.objects.select_related("directive__issuer", "unit")
    row = get_object_or_404(rows, uid=uid)
    if not org.may(actor, COMMENT, row.unit.path):
        # Who else was asked is known to who drafts it, and not among those who were.
        if not org.may(actor, DRAFT, row.directive.issuer.path):
            raise Http404
        org.require(actor, COMMENT, row.unit)
    return row


def comment_for(actor: Actor, uid: str) -> Comment:
    """Return a comment on a draft that exists for `actor`.

    Raises:
        Http404: it does not exist for them.
    """
    rows = Comment.objects.select_related("request__directive__issuer", "request__unit")
    row = get_object_or_404(rows, uid=uid)
    directive_for(actor, row.request.directive_id)
    return row


def file_for(actor: Actor, uid: str, permission: str | None = None) -> DirectiveFile:
    """Return a file of a document, for whom the document exists.

    Args:
        permission: as `directive_for`.

    Raises:
        Http404, NotAllowed: as `directive_for`.
    """
    row = get_object_or_404(DirectiveFile.objects.select_related("directive"), uid=uid)
    row.directive = directive_for(actor, row.directive_id, permission)
    return row


def delivery_for(actor: Actor, uid: str) -> Delivery:
    """Return a document as it lies with a unit whose documents `actor` sees.

    Raises:
        Http404: it does not exist for them.
    """
    rows = Delivery.objects.filter(org.scope(actor, VIEW, path="unit__path"))
    return get_object_or_404(rows.select_related("unit", "directive", "sending__unit"), uid=uid)


def delivery_at(actor: Actor, directive_uid: str, unit_uid: str) -> Delivery:
    """Return a document as it lies with one unit.

    Raises:
        Http404: it does not exist for them, or was not sent there.
    """
    found = Delivery.objects.filter(directive=directive_uid, unit=unit_uid).first()
    if found is None:
        raise Http404
    return delivery_for(actor, found.uid)
