"""Routes of meetings. Addresses are Vietnamese: people read them to each other on the phone."""

from django.urls import path

from nenmong.meetings.views import close, hold, prepare, record

app_name = "meetings"
urlpatterns = [
    path("don-vi/<uid:unit_uid>/de-xuat/", prepare.propose, name="propose"),
    path("don-vi/<uid:unit_uid>/buoi-moi/", prepare.plan, name="plan"),
    path("buoi/<uid:uid>/", record.detail, name="detail"),
    # prepare
    path("buoi/<uid:uid>/chuan-bi/", prepare.page, name="prepare"),
    path("buoi/<uid:uid>/chuan-bi/gio-noi/", prepare.set_time, name="set_time"),
    path("buoi/<uid:uid>/chuan-bi/them-muc/", prepare.add_item, name="add_item"),
    path("buoi/<uid:uid>/chuan-bi/dua-vao/", prepare.take_matter, name="take_matter"),
    path("buoi/<uid:uid>/de-lai/", prepare.carry_over, name="carry_over"),
    path("buoi/<uid:uid>/nhiem-vu-ky-truoc/", prepare.report_task, name="report_task"),
    path("buoi/<uid:uid>/chua-hop/", prepare.take_back, name="take_back"),
    path("buoi/<uid:uid>/bat-dau/", prepare.begin, name="begin"),
    path("muc/<uid:uid>/sua/", prepare.change_item, name="change_item"),
    path("muc/<uid:uid>/doi-cho/", prepare.move_item, name="move_item"),
    path("muc/<uid:uid>/bo/", prepare.drop_item, name="drop_item"),
    # hold
    path("buoi/<uid:uid>/diem-danh/", hold.roll, name="roll"),
    path("muc/<uid:uid>/", hold.item, name="item"),
    path("muc/<uid:uid>/ban/", hold.take_up, name="take_up"),
    path("muc/<uid:uid>/phat-bieu/", hold.add_speech, name="add_speech"),
    path("muc/<uid:uid>/y-kien/", hold.note_opinion, name="note_opinion"),
    path("muc/<uid:uid>/bieu-quyet/", hold.vote, name="vote"),
    path("muc/<uid:uid>/giao-viec/", hold.assign_task, name="assign_task"),
    path("muc/<uid:uid>/ghi/<slug:field>/", hold.write_item, name="write_item"),
    path("buoi/<uid:uid>/ghi/<slug:field>/", hold.write_meeting, name="write_meeting"),
    path("dong/<slug:kind>/<uid:uid>/", hold.line, name="line"),
    path("dong/<slug:kind>/<uid:uid>/sua/", hold.change_line, name="change_line"),
    path("dong/<slug:kind>/<uid:uid>/bo/", hold.remove_line, name="remove_line"),
    path("nhiem-vu/<uid:uid>/bo/", hold.remove_task, name="remove_task"),
    # close
    path("buoi/<uid:uid>/ket-thuc/", close.page, name="close"),
    path("buoi/<uid:uid>/ket-thuc/bieu-quyet/", close.vote, name="closing_vote"),
    path("buoi/<uid:uid>/ket-thuc/ky/", close.officers, name="officers"),
    path("buoi/<uid:uid>/ket-thuc/gio/", close.hours, name="hours"),
    path("buoi/<uid:uid>/ket-thuc/dong/", close.end, name="end"),
    path("buoi/<uid:uid>/ket-thuc/hop-tiep/", close.resume, name="resume"),
    path("buoi/<uid:uid>/truoc-khi-chot/", close.before_seal, name="before_seal"),
    path("buoi/<uid:uid>/chot/", close.seal, name="seal"),
    # sealed
    path("buoi/<uid:uid>/ho-so/", record.page, name="record"),
    path("buoi/<uid:uid>/so-ten/", record.names, name="names"),
    path("buoi/<uid:uid>/nop/", record.file, name="file"),
    path("buoi/<uid:uid>/bien-ban/<slug:edition>.docx", record.minutes, name="minutes_docx"),
    path("buoi/<uid:uid>/nghi-quyet.docx", record.resolution, name="resolution_docx"),
]
