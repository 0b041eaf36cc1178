"""Files to be attached to opinions and answers, and somebody at a browser."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nenmong.core.keeping import STORE, Kept
from nenmong.opinions import actions
from nenmong.opinions.actions.attaching import Attached
from nenmong.opinions.tests import ready

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\nstartxref\n9\n%%EOF\n"


def kept(content=PDF):
    return Kept(STORE.keep(content), "pdf", len(content))


def page(number=0):
    return Attached(f"Trang {number}", kept(PDF + b"\n" * number))


def sent_file(name="Ảnh ngõ 12.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "text/html")


def signed_in(user, **said):
    client = Client(**said)
    client.force_login(user)
    return client


def attach(actor, opinion, content=PDF, **said):
    return actions.attach_file(
        actor=actor, opinion_uid=opinion.uid, title="Ảnh đèn", file=kept(content), **said
    )


def of_member(at, text=ready.TEXT):
    return actions.raise_opinion(actor=at.member, unit_uid=at.cell.uid, text=text, kind="proposal")


def draft(at, opinion):
    return actions.save_answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)


def lay(at, opinion, content=PDF):
    return actions.attach_to_answer(
        actor=at.clerk, opinion_uid=opinion.uid, title="Quyết định", file=kept(content)
    )
