"""What the doors of one opinion do first: does it exist for who asks."""

from django.shortcuts import get_object_or_404

from nenmong.accounts.requests import UserRequest
from nenmong.opinions.models import Opinion


def opinion_for(request: UserRequest, uid: str) -> Opinion:
    """Return an opinion with its units, as far as it exists for who asks (404)."""
    rows = Opinion.objects.visible_to(request.user).select_related("unit__parent", "desk")
    return get_object_or_404(rows, uid=uid)
