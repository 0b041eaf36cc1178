"""Routes of units, members, posts and following."""

from django.urls import path

from nenmong.org.views import accounts, administration, charge, groups, members, openings, units

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
    path("don-vi/<uid:uid>/ho-so-don-vi/ma/", units.codes, name="set_codes"),
    path("don-vi/<uid:uid>/to-dang/", groups.groups, name="groups"),
    path("don-vi/<uid:uid>/to-dang/lap/", groups.form, name="form_group"),
    path("dang-vien/<uid:uid>/roi-to-dang/", groups.leave, name="leave_group"),
    path("to-dang/<uid:uid>/them/", groups.add, name="add_to_group"),
    path("to-dang/<uid:uid>/ket-thuc/", groups.end, name="end_group"),
    path("don-vi/<uid:uid>/mo-rieng/", openings.open_unit, name="open_unit"),
    path("mo-rieng/<uid:uid>/dong/", openings.close_unit, name="close_unit"),
    path("quan-tri/", administration.administration, name="administration"),
    path("quan-tri/don-vi-goc/", administration.found_root, name="found_root"),
    path("quan-tri/them/", administration.appoint, name="appoint"),
    path("quan-tri/<uid:uid>/thoi/", administration.dismiss, name="dismiss"),
    path("quan-tri/tai-khoan/<uid:uid>/cap-lai/", administration.restore, name="restore_account"),
    path("quan-tri/tai-khoan/<uid:uid>/tam-dung/", administration.pause, name="pause_any"),
    path("quan-tri/loai-chi-bo/", administration.cell_kinds, name="cell_kinds"),
    path("quan-tri/loai-chi-bo/sua/", administration.set_cell_kind, name="set_cell_kind"),
    path("don-vi/<uid:uid>/phu-trach/", charge.charge, name="charge"),
    path("don-vi/<uid:uid>/phu-trach/chuc-vu/", charge.give, name="give_post"),
    path("don-vi/<uid:uid>/phu-trach/theo-doi/", charge.follow, name="follow"),
    path("chuc-vu/<uid:uid>/ket-thuc/", charge.end_post, name="end_post"),
    path("theo-doi/<uid:uid>/ket-thuc/", charge.unfollow, name="unfollow"),
]
