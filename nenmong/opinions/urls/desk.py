"""Addresses of what a desk and an office work with, and of their settings."""

from django.urls import path

from nenmong.opinions.views import desk, issues, settings

urlpatterns = [
    path("don-vi/<uid:unit_uid>/ban-y-kien/", desk.inbox, name="inbox"),
    path("don-vi/<uid:unit_uid>/danh-sach-y-kien/", desk.listed, name="list"),
    path("don-vi/<uid:unit_uid>/y-kien-qua-han/", desk.late, name="late"),
    path("van-de/", issues.issues, name="issues"),
    path("van-de/<uid:uid>/", issues.issue, name="issue"),
    path("van-de/<uid:uid>/doi-ten/", issues.rename, name="rename_issue"),
    path("so-tra-loi/", issues.register, name="register"),
    path("linh-vuc/", settings.fields, name="fields"),
    path("linh-vuc/sua/", settings.set_field, name="set_field"),
    path("don-vi/<uid:unit_uid>/linh-vuc/", settings.desk_fields, name="desk_fields"),
    path("don-vi/<uid:unit_uid>/linh-vuc/sua/", settings.set_desk_fields, name="set_desk_fields"),
]
