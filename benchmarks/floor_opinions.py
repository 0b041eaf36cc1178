"""The floor's opinions, beside `floor`: 60 lines at most."""

from django.db import models, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone

from benchmarks.floor import PAGES, Row, Unit, key, text

PAGES["voice"] = """{% extends "frame" %}{% block main %}<h1>{{ voice.unit.name }}</h1>
<p>{{ voice.words }}<p>{{ voice.kind }}, {{ voice.state }}, {{ voice.desk }},
{{ voice.raised_on|date:"d/m/Y" }}, {{ voice.due_on|date:"d/m/Y" }}<p>{{ voice.answer }}
<ol>{% for move in voice.moves.all %}<li>{{ move.at|date:"d/m/Y H.i" }} {{ move.what }}
{{ move.desk }} {{ move.by }} {{ move.reason }}{% endfor %}</ol>{% endblock %}"""
PAGES["voices"] = """{% extends "frame" %}{% block main %}<p>{{ voices|length }} / {{ total }}
<table>{% for voice in voices %}<tr><th><a href="{% url 'voice' voice.pk %}">{{ voice.words }}</a>
<td>{{ voice.unit.name }}<td>{{ voice.kind }}<td>{{ voice.state }}<td>{{ voice.desk }}
<td>{{ voice.raised_on|date:"d/m/Y" }}<td>{{ voice.due_on|date:"d/m/Y" }}{% endfor %}</table>
{% endblock %}"""


# fmt: off
class Voice(Row):
    unit, words, answer, desk = key(Unit, "voices"), text(1000), text(2000), text(200)
    kind, state, raised_on = text(20), text(20), models.DateField()
    due_on = models.DateField(null=True)
class Move(Row):
    voice, what, desk, by = key(Voice, "moves"), text(20), text(200), text()
    reason, at = text(500), models.DateTimeField()
# fmt: on


def voice(request, pk):
    found = Voice.objects.select_related("unit").prefetch_related("moves")
    return render(request, "voice", {"voice": get_object_or_404(found, pk=pk)})


def voices(request, under):
    found = Voice.objects.filter(unit__path__gte=under, unit__path__lt=under + "~")
    page = list(found.select_related("unit").order_by("-pk")[:100])
    return render(request, "voices", {"voices": page, "total": found.count()})


@transaction.atomic
def say(request, unit):
    said = Voice(unit_id=unit, words=request.POST["text"], state="waiting", desk="office")
    said.raised_on = said.due_on = timezone.localdate()
    said.save()
    moves = [Move(voice=said, what=what, at=timezone.now()) for what in ("raised", "sent")]
    Move.objects.bulk_create(moves)
    return redirect("voice", said.pk)


urlpatterns = [
    path("voice/<int:pk>/", voice, name="voice"),
    path("unit/<int:unit>/say/", say),
    path("voices/<str:under>/", voices),
]
