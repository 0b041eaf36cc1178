"""Routes of the pages that take files in and give them out."""

from django.urls import path

from nenmong.org.views import importing

app_name = "org_import"
urlpatterns = [
    path("don-vi/<uid:uid>/nhap/", importing.page, name="page"),
    path("don-vi/<uid:uid>/xuat/<slug:what>.<slug:suffix>/", importing.export, name="export"),
]
