"""What the doors of one opinion do first: does it exist for who asks."""

from django.shortcuts import get_object_or_404

from nenmong.accounts.requests import UserRequest
from nenmong.opinions.models import Opinion
from nenmong.opinions.queries.shown import seen_by


def opinion_for(request: UserRequest, uid: str) -> Opinion:
    """Return an opinion with its units, as far as it exists for who asks (404)."""
    rows = seen_by(request.user, Opinion.objects.select_related("unit__parent", "desk"))
    return get_object_or_404(rows, uid=uid)
