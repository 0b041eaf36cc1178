"""Addresses of opinions as files: transfer slip, answer letter, the list as Word and workbook."""

from django.urls import path

from nenmong.opinions.views import files

urlpatterns = [
    path("y-kien/<uid:uid>/phieu-chuyen.docx", files.slip, name="slip"),
    path("tra-loi/<uid:uid>/thu.docx", files.letter, name="letter"),
    path("don-vi/<uid:unit_uid>/danh-sach-y-kien.docx", files.list_docx, name="list_docx"),
    path("don-vi/<uid:unit_uid>/danh-sach-y-kien.xlsx", files.list_xlsx, name="list_xlsx"),
]
