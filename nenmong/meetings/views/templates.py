"""Word templates, for who keeps the installation: looked at, replaced after a trial, put back."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.meetings import actions, queries
from nenmong.meetings.queries import templates
from nenmong.meetings.rules.documents import FIELDS, Document
from nenmong.meetings.views.record import word
from nenmong.org import access
from nenmong.ui.files import InMemory

MOST_BYTES = 2_000_000  # as the check of a template has it; a larger one is cut and refused there
NAMES = {
    Document.MINUTES: gettext_lazy("Minutes"),
    Document.RESOLUTION: gettext_lazy("Resolution"),
    Document.NOTICE: gettext_lazy("Notice of a meeting"),
    Document.FORM: gettext_lazy("Form to take notes on"),
    Document.YEAR_PLAN: gettext_lazy("Plan of a year"),
    Document.BOOK: gettext_lazy("Cover of the minute book"),
}


@login_required
@require_safe
def page(request: UserRequest) -> HttpResponse:
    _require(request)
    return _page(request)


def _page(request: UserRequest, failed: Document | None = None, error: str = "") -> HttpResponse:
    rows = [
        {
            "kept": one,
            "name": NAMES[one.document],
            "draft_sha256": templates.digest(one.draft.read_bytes()) if one.draft else "",
            "error": error if one.document is failed else "",
        }
        for one in queries.templates.state()
    ]
    return render(request, "meetings/templates.html", {"rows": rows}, status=422 if error else 200)


@csrf_exempt  # only until the handler stands: reading the form is what the check begins with
def upload(request: UserRequest, document: str) -> HttpResponse:
    request.upload_handlers = [InMemory(request, MOST_BYTES)]
    return _upload(request, document)


@csrf_protect
@login_required
@require_POST
def _upload(request: UserRequest, document: str) -> HttpResponse:
    _require(request)
    kind, file = _document(document), request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _page(request, kind, _("Choose a file."))
    content = file.read()
    try:
        _try(kind, content)
        actions.upload_template(
            actor=request.user, document=kind.value, content=b64encode(content).decode("ascii")
        )
    except DomainError as refused:
        return _page(request, kind, str(refused.message))
    return _back(kind)


def _try(kind: Document, content: bytes) -> None:
    """Print a made-up meeting with a template, before it is kept.

    Raises:
        DomainError: all that is wrong with the template.
    """
    from nenmong.meetings.exports import sample_docx  # noqa: PLC0415 -- as `record.resolution`
    from nenmong.ui.documents import check  # noqa: PLC0415

    check(content, FIELDS[kind], f"{kind.value}.docx")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{kind.value}.docx"
        path.write_bytes(content)
        sample_docx(kind, path)


@login_required
@require_safe
def file(request: UserRequest, document: str, which: str) -> HttpResponse:
    """The template itself: in use, ours, or on trial."""
    _require(request)
    kind = _document(document)
    found = {
        "dang-dung": templates.in_use(kind), "goc": templates.ours(kind),
        "thu": templates.draft(kind),
    }  # fmt: skip
    path: Path | None = found.get(which)
    if path is None:
        raise Http404
    return word(path.read_bytes(), f"mau-{kind.value}-{which}.docx")


@login_required
@require_safe
def sample(request: UserRequest, document: str) -> HttpResponse:
    """A made-up meeting in the template on trial, else in the one in use."""
    from nenmong.meetings.exports import sample_docx  # noqa: PLC0415

    _require(request)
    kind = _document(document)
    return word(sample_docx(kind, templates.draft(kind)), f"xem-thu-{kind.value}.docx")


@login_required
@require_POST
def use(request: UserRequest, document: str) -> HttpResponse:
    return _done(request, document, actions.use_template, sha256=request.POST.get("sha256", ""))


@login_required
@require_POST
def put_back(request: UserRequest, document: str) -> HttpResponse:
    said = {"sha256": request.POST.get("sha256", "")}
    return _done(request, document, actions.put_back_template, **said)


@login_required
@require_POST
def discard(request: UserRequest, document: str) -> HttpResponse:
    return _done(request, document, actions.discard_template)


def _done(
    request: UserRequest, document: str, act: Callable[..., str], **said: str
) -> HttpResponse:
    """Call the action for who keeps templates, and go back to the document's place."""
    _require(request)
    kind = _document(document)
    act(actor=request.user, document=kind.value, **said)
    return _back(kind)


def _require(request: UserRequest) -> None:
    if not access.may(request.user, "documents.templates", access.EVERYWHERE):
        raise NotAllowed(
            "access.denied", _("Only who keeps the installation replaces Word templates.")
        )


def _document(value: str) -> Document:
    if value not in set(Document):
        raise Http404
    return Document(value)


def _back(kind: Document) -> HttpResponse:
    return redirect(reverse("meetings:templates") + f"#{kind.value}")
