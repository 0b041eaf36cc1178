"""A file is chosen, looked through, and taken in; the only page of the house that takes a file."""

from base64 import b64encode
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core.errors import DomainError
from nenmong.org import exports
from nenmong.org.actions import keep_upload, map_columns
from nenmong.org.import_sentences import heading, reason, remedy
from nenmong.org.importing import DRAFTS, IMPORTS, Taken, settle, take
from nenmong.org.models import Unit, Upload
from nenmong.org.rules import columns
from nenmong.org.views.doors import unit_for
from nenmong.ui.files import InMemory
from nenmong.ui.sheets import archive

SHOWN = 200
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@csrf_exempt  # only until the handler stands: reading the form is what the check begins with
def page(request: UserRequest, uid: str) -> HttpResponse:
    request.upload_handlers = [InMemory(request, archive.MOST_BYTES)]
    return _page(request, uid)


@csrf_protect
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def _page(request: UserRequest, uid: str) -> HttpResponse:
    unit = unit_for(request, uid, "org.manage_members")
    here = reverse("org_import:page", args=[uid])
    file = request.FILES.get("file")
    if request.method == "POST" and isinstance(file, UploadedFile):
        return _receive(request, unit, here, file)
    asked = request.POST if request.method == "POST" else request.GET
    upload = Upload.objects.filter(uid=asked.get("tep", ""), owner_uid=request.user.uid).first()
    if upload is None:
        missing = _("Choose a file.") if request.method == "POST" else ""
        return render(
            request, "org/import.html",
            {"unit": unit, "here": here, "error": missing, "taken": _count(request)},
            status=422 if missing else 200,
        )  # fmt: skip
    return _look_through(request, unit, here, upload)


def _count(request: UserRequest) -> int | None:
    """Return how many rows were just taken in; None when one does not come from there."""
    said = request.GET.get("xong", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 8 else None  # noqa: PLR2004


def _receive(
    request: UserRequest, unit: Unit, here: str, file: "UploadedFile[Any]"
) -> HttpResponse:
    """Keep a file for its preview, once it can be read at all."""
    what = "units" if request.POST.get("what") == "units" else "members"
    content, name = file.read(), file.name or ""
    try:
        take(what, content, name, whole=False)
    except DomainError as error:
        context = {"unit": unit, "here": here, "error": error.message, "taken": None}
        return render(request, "org/import.html", context, status=error.status)
    kept = keep_upload(
        actor=request.user, unit_uid=unit.uid, what=what, name=name,
        content=b64encode(content).decode(),
    )  # fmt: skip
    return redirect(f"{here}?tep={kept.uid}")


def _look_through(request: UserRequest, unit: Unit, here: str, upload: Upload) -> HttpResponse:
    what = upload.what
    taken = take(what, bytes(upload.content), upload.name, whole=False)
    asked = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" and "cot" in asked:
        try:
            return _map(request, unit, f"{here}?tep={upload.uid}", taken)
        except DomainError as error:
            context = _columns(unit, here, upload, taken) | {"error": error.message}
            return render(request, "org/import_columns.html", context, status=error.status)
    if taken.missing:
        context = _columns(unit, here, upload, taken) | {"error": ""}
        return render(request, "org/import_columns.html", context)
    overwrite = bool(asked.get("overwrite"))
    if request.method == "POST":
        count = IMPORTS[what](
            actor=request.user, lines=taken.lines, digest=taken.digest, overwrite=overwrite,
            good_only=bool(asked.get("good_rows")), upload_uid=upload.uid,
        )  # fmt: skip
        settle(len(taken.lines))
        return redirect(f"{here}?xong={count}")
    draft = DRAFTS[what](request.user, taken.lines, overwrite=overwrite)
    if asked.get("dong-sai"):
        content = exports.bad_rows(what, taken.rows, taken.heads, draft.bad)
        return _file(content, "dong-sai.xlsx", TYPES["xlsx"])
    faults = [
        (fault.row, heading(what, fault.field), fault.value, f"{reason(fault)}. {remedy(fault)}")
        for fault in [*draft.bad, *draft.left][:SHOWN]
    ]
    context = {
        "unit": unit, "here": here, "upload": upload, "draft": draft, "faults": faults,
        "bad": len({fault.row for fault in draft.bad}), "overwrite": overwrite,
        "unread": taken.heads.unread,
    }  # fmt: skip
    context |= _columns(unit, here, upload, taken)
    return render(request, "org/import_preview.html", context)


def _columns(unit: Unit, here: str, upload: Upload, taken: Taken) -> dict[str, Any]:
    """Return what the form shows in which a person says which column is what."""
    field_of = {at: field for field, at in taken.heads.columns.items()}
    known = dict(columns.fields(taken.what))
    free = [(field, name) for field, name in known.items() if field not in taken.heads.columns]
    return {
        "unit": unit, "here": here, "upload": upload, "missing": taken.missing,
        "fields": [("", _("is not read")), *free],
        "read": [(taken.heads.headings[at], known[field]) for at, field in field_of.items()],
        "columns": [
            (at, name, "", taken.sample(at))
            for at, name in enumerate(taken.heads.headings)
            if name.strip() and at not in field_of
        ],
    }  # fmt: skip


def _map(request: UserRequest, unit: Unit, back: str, taken: Taken) -> HttpResponse:
    """Keep which column a person said is what; each field once."""
    said: dict[str, int] = {}
    known = dict(columns.fields(taken.what))
    read = set(taken.heads.columns.values())
    for at in range(len(taken.heads.headings)):
        field = request.POST.get(f"cot-{at}", "")
        if field not in known or at in read:
            continue
        if field in said or field in taken.heads.columns:
            raise DomainError(
                "org.column_twice",
                _("Two columns are said to be “%(name)s”. Let one of them not be read.")
                % {"name": known[field]},
            )
        said[field] = at
    map_columns(
        actor=request.user, unit_uid=unit.uid, what=taken.what, headings=taken.heads.digest,
        columns=said,
    )  # fmt: skip
    return redirect(back)


@login_required
@require_safe
def export(request: UserRequest, uid: str, what: str, suffix: str) -> HttpResponse:
    if what not in exports.ROWS or suffix not in TYPES:
        raise Http404
    unit = unit_for(request, uid, f"org.manage_{what}")
    content = exports.export(request.user, what, csv=suffix == "csv", under=unit.path)
    return _file(content, f"{what}.{suffix}", TYPES[suffix])


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
