"""Addresses of holding a meeting."""

from django.urls import path

from nenmong.meetings.views import hold

urlpatterns = [
    path("buoi/<uid:uid>/diem-danh/", hold.roll, name="roll"),
    path("muc/<uid:uid>/", hold.item, name="item"),
    path("muc/<uid:uid>/ban/", hold.take_up, name="take_up"),
    path("muc/<uid:uid>/phat-bieu/", hold.add_speech, name="add_speech"),
    path("muc/<uid:uid>/y-kien/", hold.note_opinion, name="note_opinion"),
    path("muc/<uid:uid>/bieu-quyet/", hold.vote, name="vote"),
    path("muc/<uid:uid>/nhan-xet-tra-loi/", hold.judge_answer, name="judge_answer"),
    path("muc/<uid:uid>/giao-viec/", hold.assign_task, name="assign_task"),
    path("muc/<uid:uid>/ghi/<slug:field>/", hold.write_item, name="write_item"),
    path("buoi/<uid:uid>/ghi/<slug:field>/", hold.write_meeting, name="write_meeting"),
    path("dong/<slug:kind>/<uid:uid>/", hold.line, name="line"),
    path("dong/<slug:kind>/<uid:uid>/sua/", hold.change_line, name="change_line"),
    path("dong/<slug:kind>/<uid:uid>/bo/", hold.remove_line, name="remove_line"),
    path("nhiem-vu/<uid:uid>/bo/", hold.remove_task, name="remove_task"),
]
