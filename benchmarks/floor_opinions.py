"""The floor's opinions, beside `floor`: 120 lines at most."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone

from benchmarks.floor import PAGES, Row, Unit, key, text

PAGES["voice"] = """{% extends "frame" %}{% block main %}<h1>{{ voice.words }}</h1>
<p>{{ voice.get_kind_display }}, {{ voice.field.name }}, {{ voice.unit.name }},
{{ voice.raised_on|date:"d/m/Y" }}, {{ voice.get_state_display }}, {{ voice.desk.name }},
{{ voice.due_on|date:"d/m/Y" }}<ol>{% for stay in voice.stays.all %}<li>{{ stay.desk.name }},
{{ stay.arrived_on|date:"d/m/Y" }} – {{ stay.left_on|date:"d/m/Y" }}, {{ stay.days }}
{% endfor %}</ol><ul>{% for file in voice.files.all %}<li>{{ file.title }}, {{ file.size }}
{% endfor %}</ul>{% for answer in voice.answers.all %}<p>{{ answer.get_result_display }},
{{ answer.desk.name }}, {{ answer.signed_on|date:"d/m/Y" }}{{ answer.text|linebreaks }}
<p>{{ answer.who }}, {{ answer.basis }}, {{ answer.signed_by }}, {{ answer.number }}
{% if answer.told_on %}<p>{{ answer.get_verdict_display }}, {{ answer.told_on|date:"d/m/Y" }}:
{{ answer.solved }}, {{ answer.partly }}, {{ answer.not_solved }}{% endif %}{% endfor %}<ol>
{% for move in voice.moves.all %}<li>{{ move.at|date:"d/m/Y" }} {{ move.get_what_display }}
{{ move.desk.name }} {{ move.by }} {{ move.reason }}{% endfor %}</ol>{% endblock %}"""
PAGES["voices"] = """{% extends "frame" %}{% block main %}<p>{{ voices|length }} / {{ total }}
<table>{% for voice in voices %}<tr><th><a href="{% url 'voice' voice.pk %}">{{ voice.words }}</a>
<td>{{ voice.unit.name }}<td>{{ voice.get_kind_display }}, {{ voice.field.name }}
<td>{{ voice.raised_on|date:"d/m/Y" }}<td>{{ voice.desk.name }}<td>{{ voice.get_state_display }}
<td>{{ voice.due_on|date:"d/m/Y" }}{% endfor %}</table>{% endblock %}"""
KINDS = [("opinion", "ý kiến"), ("proposal", "kiến nghị"), ("question", "câu hỏi"),
         ("praise", "khen")]  # fmt: skip
STATES = [("at_cell", "ở chi bộ"), ("waiting", "chờ nhận"), ("accepted", "đang xử lý"),
          ("answered", "đã trả lời"), ("closed", "đã khép")]  # fmt: skip
RESULTS = [("done", "đã làm"), ("will_do", "sẽ làm"), ("cannot", "chưa làm được")]
VERDICTS = [("solved", "đã giải quyết"), ("partly", "một phần"), ("not_solved", "chưa")]
MOVES = [("raised", "nêu"), ("sorted", "phân loại"), ("send", "gửi"), ("forward", "chuyển"),
         ("accept", "nhận"), ("answer", "trả lời")]  # fmt: skip
DAYS_TO_ACCEPT, DAYS_TO_ANSWER = 10, 30


# fmt: off
def day():
    return models.DateField(null=True)
class Field(Row):
    name = text(200)
class Voice(Row):
    unit, words, kind = key(Unit, "voices"), text(1000), text(20, KINDS)
    field = models.ForeignKey(Field, models.CASCADE, null=True)
    state, desk, raised_on = text(20, STATES, "at_cell"), key(Unit, "here"), models.DateField()
    sent_on, due_on = day(), day()
class Stay(Row):
    voice, desk, arrived_on = key(Voice, "stays"), key(Unit, "stays"), models.DateField()
    days, left_on = models.IntegerField(null=True), day()
class Move(Row):
    voice, what, desk = key(Voice, "moves"), text(20, MOVES), key(Unit, "moves")
    by, reason, at = text(), text(500), models.DateTimeField()
class Answer(Row):
    voice, desk, result = key(Voice, "answers"), key(Unit, "answers"), text(20, RESULTS)
    signed_by, signed_on, number = text(), day(), models.IntegerField(null=True)
    told_on, verdict = day(), text(10, VERDICTS)
    text, who, basis = text(2000), text(200), text(300)
    solved, partly, not_solved = (models.IntegerField(null=True) for _ in range(3))
class File(Row):
    voice, title, size = key(Voice, "files"), text(200), models.IntegerField()
class Raiser(Row):
    voice, name = key(Voice, "raisers"), text()
# fmt: on


def voice(request, pk):
    at_desks = (
        Prefetch(rows, model.objects.select_related("desk"))
        for rows, model in (("stays", Stay), ("moves", Move), ("answers", Answer))
    )
    found = Voice.objects.select_related("unit", "desk", "field")
    found = found.prefetch_related("files", *at_desks)
    return render(request, "voice", {"voice": get_object_or_404(found, pk=pk)})


def voices(request, under):
    found = Voice.objects.filter(unit__path__gte=under, unit__path__lt=under + "~")
    page = list(found.select_related("unit", "desk", "field").order_by("-pk")[:100])
    return render(request, "voices", {"voices": page, "total": found.count()})


@transaction.atomic
def say(request, unit):
    cell, today = get_object_or_404(Unit, pk=unit), timezone.localdate()
    said = Voice(unit=cell, desk=cell, words=request.POST["text"], kind=request.POST["kind"])
    said.raised_on = today
    said.save()
    Stay.objects.create(voice=said, desk=cell, arrived_on=today)
    Move.objects.create(voice=said, what="raised", desk=cell, at=timezone.now())
    Raiser.objects.create(voice=said, name=request.POST["name"])
    return redirect("voice", said.pk)


@transaction.atomic
def send(request, pk):
    sent, today = get_object_or_404(Voice.objects.select_for_update(), pk=pk), timezone.localdate()
    desk = get_object_or_404(Unit, pk=request.POST["desk"])
    sent.stays.filter(left_on=None).update(left_on=today)
    Stay.objects.create(voice=sent, desk=desk, arrived_on=today, days=DAYS_TO_ANSWER)
    Move.objects.create(voice=sent, what="send", desk=desk, at=timezone.now())
    sent.state, sent.desk, sent.sent_on = "waiting", desk, today
    sent.due_on = today + timedelta(days=DAYS_TO_ACCEPT)
    sent.save()
    return redirect("voice", pk)


urlpatterns = [
    path("voice/<int:pk>/", voice, name="voice"),
    path("voice/<int:pk>/send/", send),
    path("unit/<int:unit>/say/", say),
    path("voices/<str:under>/", voices),
]
