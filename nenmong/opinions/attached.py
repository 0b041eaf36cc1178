"""Files that come with a form of opinions, and one that is handed out; for pages and API."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from nenmong.core import clock, keeping
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.files.naming import TYPES, saved_as
from nenmong.opinions.actions.attaching import MOST_FILES, Attached, too_many
from nenmong.opinions.doors import file_for
from nenmong.ui.files import Aside, files_in, handed_out, take_in


def all_mb() -> int:
    """Return how many megabytes a form of opinions brings at most."""
    return int(settings.NENMONG_FILE_MB) * MOST_FILES


def brought(request: HttpRequest, handler: Aside) -> list[Attached]:
    """Return the files of a form, each examined and in the store; none where none was chosen.

    Raises:
        DomainError: `files.too_large_together`, `opinions.too_many_files`; `opinions.files_refused`
            with a sentence for each that is not taken.
    """
    if not request.FILES.getlist("file"):
        return []
    files = files_in(request, handler)
    if len(files) > MOST_FILES:
        raise too_many()
    found, faults = [], []
    for title, file in files:
        try:
            found.append(Attached(title, take_in(file)))
        except DomainError as error:
            faults.append(f"{title}: {error.message}")
    if faults:
        raise DomainError("opinions.files_refused", " ".join(faults))
    return found


def handed(actor: Actor, uid: str) -> HttpResponse:
    """Answer with a file, as far as it exists for `actor`."""
    row = file_for(actor, uid)
    name = saved_as("tep-y-kien", f"{clock.local(row.added_at):%Y-%m-%d}", row.title, row.kind)
    return handed_out(keeping.content_of(row.sha256), name, TYPES[row.kind])
