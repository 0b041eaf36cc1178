"""Addresses of preparing a meeting."""

from django.urls import path

from nenmong.meetings.views import prepare

urlpatterns = [
    path("don-vi/<uid:unit_uid>/de-xuat/", prepare.propose, name="propose"),
    path("don-vi/<uid:unit_uid>/buoi-moi/", prepare.plan, name="plan"),
    path("buoi/<uid:uid>/chuan-bi/", prepare.page, name="prepare"),
    path("buoi/<uid:uid>/chuan-bi/gio-noi/", prepare.set_time, name="set_time"),
    path("buoi/<uid:uid>/chuan-bi/chuyen-de/", prepare.set_thematic, name="set_thematic"),
    path("buoi/<uid:uid>/chuan-bi/them-muc/", prepare.add_item, name="add_item"),
    path("buoi/<uid:uid>/chuan-bi/dua-vao/", prepare.take_matter, name="take_matter"),
    path("buoi/<uid:uid>/de-lai/", prepare.carry_over, name="carry_over"),
    path("buoi/<uid:uid>/nhiem-vu-ky-truoc/", prepare.report_task, name="report_task"),
    path("buoi/<uid:uid>/chua-hop/", prepare.take_back, name="take_back"),
    path("buoi/<uid:uid>/bat-dau/", prepare.begin, name="begin"),
    path("muc/<uid:uid>/sua/", prepare.change_item, name="change_item"),
    path("muc/<uid:uid>/doi-cho/", prepare.move_item, name="move_item"),
    path("muc/<uid:uid>/bo/", prepare.drop_item, name="drop_item"),
]
