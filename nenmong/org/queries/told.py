"""What a unit's head is told of posts that an administrator gave: they see each."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q

from nenmong.core import clock
from nenmong.core.models import AuditEntry
from nenmong.org import rules
from nenmong.org.models import Post

TOLD_FOR = timedelta(days=30)
_GIVEN = Q(verb="org.post_given", detail__by_administrator=True)


def given_by_administrators(paths: Iterable[str]) -> list[Post]:
    """Return the posts an administrator gave at or below these paths lately. Two queries."""
    here = Q(pk__in=[])
    for path in paths:
        here |= Q(unit_path__gte=path, unit_path__lt=rules.next_sibling(path))
    entries = AuditEntry.objects.filter(_GIVEN, here, at__gte=clock.now() - TOLD_FOR)
    uids = list(entries.order_by("-at").values_list("subject_uid", flat=True)[:50])
    rows = Post.objects.filter(uid__in=uids).select_related("member", "unit")
    return sorted(rows, key=lambda row: uids.index(row.uid))


def marked(posts: Iterable[Post]) -> set[str]:
    """Return which of these posts an administrator gave. One query."""
    entries = AuditEntry.objects.filter(_GIVEN, subject_uid__in=[post.uid for post in posts])
    return set(entries.values_list("subject_uid", flat=True))
