"""Routes of units, members, posts and following."""

from django.urls import path

from nenmong.org.views import accounts, charge, members, units

app_name = "org"
urlpatterns = [
    path("don-vi/<uid:uid>/ho-so-don-vi/", units.sheet, name="unit_sheet"),
    path("don-vi/<uid:uid>/dang-vien/", members.members, name="members"),
    path("don-vi/<uid:uid>/dang-vien/them/", members.add, name="add_member"),
    path("dang-vien/<uid:uid>/", members.member, name="member"),
    path("dang-vien/<uid:uid>/sua/", members.change, name="change_member"),
    path("dang-vien/<uid:uid>/trang-thai/", members.status, name="change_status"),
    path("dang-vien/<uid:uid>/chuyen/", members.move, name="move_member"),
    path("dang-vien/<uid:uid>/thoi/", members.end, name="end_membership"),
    path("dang-vien/<uid:uid>/tai-khoan/", accounts.give_account, name="give_account"),
    path("dang-vien/<uid:uid>/to-ma/", accounts.give_sheet, name="give_sheet"),
    path("dang-vien/<uid:uid>/cap-lai/", accounts.restore, name="restore_access"),
    path("dang-vien/<uid:uid>/tam-dung/", accounts.pause, name="pause_account"),
    path("to-ma/<uid:uid>/", accounts.sheet, name="sheet"),
    path("don-vi/<uid:uid>/phu-trach/", charge.charge, name="charge"),
    path("don-vi/<uid:uid>/phu-trach/chuc-vu/", charge.give, name="give_post"),
    path("don-vi/<uid:uid>/phu-trach/theo-doi/", charge.follow, name="follow"),
    path("chuc-vu/<uid:uid>/ket-thuc/", charge.end_post, name="end_post"),
    path("theo-doi/<uid:uid>/ket-thuc/", charge.unfollow, name="unfollow"),
]
