"""Addresses of documents being made: written, commented on, described, issued; as Word."""

from django.urls import path

from nenmong.directives.views import commenting, desk, drafting, issuing, papers

# What a person reads in the address, by the name of the door.
DOORS = {
    "keep_version": "giu-ban", "submit": "trinh", "take_back": "rut-ve", "drop": "thoi",
}  # fmt: skip
urlpatterns = [
    path("don-vi/<uid:unit_uid>/soan-van-ban/", desk.desk, name="desk"),
    path("don-vi/<uid:unit_uid>/du-thao/moi/", desk.start, name="start"),
    path("du-thao/<uid:uid>/", drafting.draft, name="draft"),
    path("du-thao/<uid:uid>/so-sanh/", drafting.compare, name="compare"),
    *(
        path(f"du-thao/<uid:uid>/{words}/", drafting.act, {"do": name}, name=name)
        for name, words in DOORS.items()
    ),
    path("du-thao/<uid:uid>/gop-y/", commenting.comments, name="comments"),
    path("du-thao/<uid:uid>/gop-y/lay/", commenting.ask, name="ask"),
    path("gop-y/<uid:uid>/", commenting.to_comment, name="to_comment"),
    path("gop-y/<uid:uid>/noi/", commenting.comment, name="comment"),
    path("gop-y/<uid:uid>/xong/", commenting.finish, name="finish_comments"),
    path("gop-y/loi/<uid:uid>/rut/", commenting.take_back, name="take_back_comment"),
    path("gop-y/loi/<uid:uid>/can-nhac/", commenting.weigh, name="weigh"),
    path("du-thao/<uid:uid>/goi-y/", issuing.describe, name="describe"),
    path("du-thao/<uid:uid>/ban-hanh/", issuing.issue, name="issue"),
    path("du-thao/<uid:uid>/tu-word/", papers.word_in, name="word_in"),
    path("van-ban/<uid:uid>/van-ban.docx", papers.docx, name="docx"),
    path("van-ban/<uid:uid>/tep/", papers.add, name="add_files"),
    path("van-ban/tep/<uid:uid>/", papers.file, name="file"),
    path("van-ban/tep/<uid:uid>/go/", papers.remove, name="remove_file"),
]
