"""The floor: plain Django with the same rows and no rights; 150 lines at most, so it stays lean."""

# ruff: noqa: DJ008, E402
import django
from django.conf import settings

from nenmong.config.settings import DATABASES  # the same engine, opened the same way

FRAME = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Floor</title>
<link rel="stylesheet" href="/static/site.css"></head><body>{% block main %}{% endblock %}</body>"""
MEETING = """{% extends "frame" %}{% block main %}<h1>{{ meeting.unit.name }}</h1>
<p>{{ meeting.get_status_display }}, {{ meeting.opened_at|date:"d/m/Y H.i" }}, {{ meeting.place }}
<p>{{ meeting.chair }}, {{ meeting.secretary }}; {{ meeting.present }} / {{ meeting.due }}
<table>{% for person in meeting.people.all %}<tr><td>{{ forloop.counter }}
<th>{{ person.name }}<td>{{ person.membership }}<td>{{ person.get_status_display }}
<td>{{ person.reason }}{% endfor %}</table>
<ul>{% for report in meeting.reports.all %}<li>{{ report.title }}, {{ report.owner }},
{{ report.state }}: {{ report.result }}{% endfor %}</ul><ol>{% for item in meeting.items.all %}<li>
<h2>{{ item.title }}</h2>{{ item.summary|linebreaks }}{% for speech in item.speeches.all %}<p>
<b>{{ speech.name }}</b> {{ speech.text }} {{ speech.said_at|date:"H.i" }}{% endfor %}
{% for opinion in item.opinions.all %}<p>{{ opinion.text }}{% endfor %}
{% for vote in item.votes.all %}<p>{{ vote.question }}: {{ vote.agreed }} / {{ vote.base }}
{% endfor %}<p>{{ item.conclusion }}{% for task in item.tasks.all %}<p>{{ task.title }},
{{ task.owner }}, {{ task.due_on|date:"d/m/Y" }}{% endfor %}{% endfor %}</ol>{% endblock %}"""
LIST = """{% extends "frame" %}{% block main %}<p>{{ meetings|length }} / {{ total }}<table>
{% for meeting in meetings %}<tr><th><a href="{% url 'meeting' meeting.pk %}">
{{ meeting.unit.name }}</a><td>{{ meeting.get_status_display }}
<td>{{ meeting.opened_at|date:"d/m/Y" }}<td>{{ meeting.present }} / {{ meeting.due }}
<td>{{ meeting.given }}{% endfor %}</table>{% endblock %}"""
ROLL = """{% extends "frame" %}{% block main %}<h1>{{ unit.name }}</h1><p>{{ members|length }}
{% for m in members %}<li><a href="{% url 'meeting' m.pk %}">{{ m.name }}</a>
{{ m.get_membership_display }} {% for post in m.posts.all %}{{ post.title }}{% endfor %}
{% endfor %}{% endblock %}"""
PAGES = {"frame": FRAME, "meeting": MEETING, "list": LIST, "roll": ROLL}
LOCMEM = "django.template.loaders.locmem.Loader", PAGES
LOADER = "django.template.loaders.cached.Loader", [LOCMEM]
BACKEND = "django.template.backends.django.DjangoTemplates"
settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"], DATABASES=DATABASES, LANGUAGE_CODE="vi", ROOT_URLCONF=__name__,
    TIME_ZONE="Asia/Ho_Chi_Minh", DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    TEMPLATES=[{"BACKEND": BACKEND, "OPTIONS": {"loaders": [LOADER]}}],
)  # fmt: skip
django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import models, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

STATES = [("planned", "chuẩn bị"), ("open", "đang họp"), ("held", "đã họp"), ("sealed", "đã chốt")]
CALLED = [("present", "có mặt"), ("late", "muộn"), ("excused", "có lý do"), ("unexcused", "vắng")]
STEPS = ["Mở đầu", "Nghị quyết kỳ trước", "Văn bản mới", "Thảo luận", "Phê bình", "Kết luận"]


# fmt: off
def key(to, rows):
    return models.ForeignKey(to, models.CASCADE, related_name=rows)
def text(length=120, choices=None, default=""):
    return models.CharField(max_length=length, choices=choices, default=default)
class Row(models.Model):
    class Meta:
        abstract, app_label, ordering = True, "floor", ["pk"]
class Unit(Row):
    name, path = text(200), models.CharField(max_length=80, unique=True)
class Member(Row):
    unit, name, membership = key(Unit, "members"), text(), text(20, CALLED)
class Post(Row):
    member, title = key(Member, "posts"), text()
class Meeting(Row):
    unit, month = key(Unit, "meetings"), models.DateField(db_index=True)
    status, opened_at = text(10, STATES), models.DateTimeField(null=True)
    place, chair, secretary = text(200), text(), text()
    due, present, excused, unexcused, given = (models.IntegerField(default=0) for _ in range(5))
class Person(Row):
    meeting, name, membership = key(Meeting, "people"), text(), text()
    status, reason = text(20, CALLED, "present"), text(200)
class Report(Row):
    meeting, title, owner = key(Meeting, "reports"), text(300), text()
    state, result = text(10), text(500)
class Item(Row):
    meeting, title = key(Meeting, "items"), text(300)
    summary, conclusion = text(8000), text(8000)
class Speech(Row):
    item, said_at, name, text = key(Item, "speeches"), models.DateTimeField(), text(), text(1000)
class Opinion(Row):
    item, text = key(Item, "opinions"), text(1000)
class Vote(Row):
    item, question = key(Item, "votes"), text(500)
    agreed, base = models.IntegerField(), models.IntegerField()
class Task(Row):
    item, title, owner, due_on = key(Item, "tasks"), text(300), text(), models.DateField(null=True)
# fmt: on


def meeting(request, pk):
    lines = ("items__speeches", "items__opinions", "items__votes", "items__tasks")
    found = Meeting.objects.select_related("unit").prefetch_related("people", "reports", *lines)
    return render(request, "meeting", {"meeting": get_object_or_404(found, pk=pk)})


@transaction.atomic
def save(request, pk):
    saved = get_object_or_404(Meeting.objects.select_for_update(), pk=pk)
    people = list(saved.people.all())
    for person in people:
        person.status = request.POST[f"s-{person.pk}"]
        person.reason = request.POST[f"r-{person.pk}"]
    changed = {"unique_fields": ["id"], "update_fields": ["status", "reason"]}
    Person.objects.bulk_create(people, update_conflicts=True, **changed)
    states = [person.status for person in people]
    saved.due, saved.present = len(people), states.count("present") + states.count("late")
    saved.excused, saved.unexcused = states.count("excused"), states.count("unexcused")
    saved.save()
    return redirect("meeting", pk)


def meetings(request, month, under):
    found = Meeting.objects.filter(month=month, unit__path__gte=under, unit__path__lt=under + "~")
    page = list(found.select_related("unit").order_by("unit__path")[:100])
    return render(request, "list", {"meetings": page, "total": found.count()})


def members(request, unit):
    found = Member.objects.filter(unit=unit).order_by("name").prefetch_related("posts")
    return render(request, "roll", {"unit": get_object_or_404(Unit, pk=unit), "members": found})


from benchmarks import floor_making, floor_opinions

urlpatterns = [
    *floor_making.urlpatterns,
    *floor_opinions.urlpatterns,
    path("meeting/<int:pk>/", meeting, name="meeting"),
    path("meeting/<int:pk>/save/", save),
    path("unit/<int:unit>/members/", members),
    path("list/<str:month>/<str:under>/", meetings),
]
application = get_wsgi_application()
