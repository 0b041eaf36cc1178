"""Addresses of one opinion: its page, a door for each thing that may be done with it."""

from django.urls import path

from nenmong.opinions.views import opinion

# What a person reads in the address, by the name of the door.
DOORS = {
    "keep": "tu-giai-quyet", "send": "gui-len", "change_words": "sua-loi", "reply": "noi-them",
    "withdraw": "rut-lai", "reopen": "neu-lai", "sort": "phan-loai", "accept": "tiep-nhan",
    "forward": "chuyen", "give_back": "tra-lai", "ask": "hoi-chi-bo", "take_on": "nhan-viec",
    "part": "tach-rieng",
}  # fmt: skip
urlpatterns = [
    path("y-kien/<uid:uid>/", opinion.opinion, name="opinion"),
    path("y-kien/<uid:uid>/tra-loi/", opinion.answer, name="answer"),
    path("y-kien/<uid:uid>/tra-loi/kiem-tra/", opinion.answer_check, name="answer_check"),
    path("y-kien/<uid:uid>/giong/", opinion.beside, name="beside"),
    path("y-kien/<uid:uid>/gop/", opinion.join, name="join"),
    *(
        path(f"y-kien/<uid:uid>/{words}/", opinion.act, {"do": name}, name=name)
        for name, words in DOORS.items()
    ),
]
