"""Addresses of Word documents and of their templates."""

from django.urls import path

from nenmong.meetings.views import templates, word

HERE = "quan-tri/mau-van-ban/"

urlpatterns = [
    path("buoi/<uid:uid>/thong-bao.docx", word.notice, name="notice_docx"),
    path("buoi/<uid:uid>/phieu-ghi.docx", word.form, name="form_docx"),
    path("buoi/<uid:uid>/thu-mau/<slug:document>.docx", word.trial, name="template_trial"),
    path(
        "don-vi/<uid:unit_uid>/so-bien-ban/<int:year>/<slug:edition>.docx",
        word.book,
        name="book_docx",
    ),
    path(
        "don-vi/<uid:unit_uid>/ke-hoach-nam/<int:year>.docx", word.year_plan, name="year_plan_docx"
    ),
    path(HERE, templates.page, name="templates"),
    path(HERE + "<slug:document>/tai-len/", templates.upload, name="template_upload"),
    path(HERE + "<slug:document>/xem-thu.docx", templates.sample, name="template_sample"),
    path(HERE + "<slug:document>/mau/<slug:which>.docx", templates.file, name="template_file"),
    path(HERE + "<slug:document>/dung/", templates.use, name="template_use"),
    path(HERE + "<slug:document>/tro-lai/", templates.put_back, name="template_back"),
    path(HERE + "<slug:document>/bo/", templates.discard, name="template_discard"),
]
