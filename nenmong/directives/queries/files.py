"""Which files documents name."""

from collections.abc import Iterator

from nenmong.directives.models import DirectiveFile

BATCH = 200


def named() -> Iterator[str]:
    """Yield the hash of every file that a document names. One query, read in pieces."""
    return DirectiveFile.objects.values_list("sha256", flat=True).order_by().iterator(BATCH)
