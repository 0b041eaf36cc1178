"""The floor's meetings planned, opened and typed in: 80 lines at most.

A row at a time, as Django saves what came in its formsets: so the floor costs what the design says.
"""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone

from benchmarks.floor import STEPS, Item, Meeting, Member, Person, Speech, Task, Vote


@transaction.atomic
def plan(request, unit):
    planned = Meeting.objects.create(unit_id=unit, month=request.POST["month"], status="planned")
    for title in STEPS:
        Item.objects.create(meeting=planned, title=title)
    return redirect("meeting", planned.pk)


@transaction.atomic
def begin(request, pk):
    begun = get_object_or_404(Meeting.objects.select_for_update(), pk=pk)
    members = list(Member.objects.filter(unit=begun.unit_id).order_by("name"))
    for m in members:
        Person.objects.create(meeting=begun, name=m.name, membership=m.membership)
    begun.status, begun.opened_at = "open", timezone.now()
    begun.due = begun.present = len(members)
    begun.save()
    return redirect("meeting", pk)


@transaction.atomic
def enter(request, pk):
    """Take in all that stands on a paper form; what was taken in before goes."""
    said = request.POST
    typed = get_object_or_404(Meeting.objects.select_for_update(), pk=pk)
    people = list(typed.people.all())
    for person in people:
        person.status = said.get(f"s-{person.pk}", "present")
        person.reason = said.get(f"r-{person.pk}", "")
        person.save()
    for item in typed.items.all():
        item.summary, item.conclusion = said[f"summary-{item.pk}"], said[f"conclusion-{item.pk}"]
        item.save()
        item.speeches.all().delete()
        for line in said[f"speeches-{item.pk}"].splitlines():
            number, words = line.split(": ", 1)
            name = people[int(number) - 1].name
            Speech.objects.create(item=item, said_at=timezone.now(), name=name, text=words)
    item = typed.items.all()[3]
    item.votes.all().delete()
    item.tasks.all().delete()
    Vote.objects.create(item=item, question=said["question"], agreed=said["agreed"], base=30)
    Task.objects.create(item=item, title=said["task"], owner=said["owner"], due_on=said["due"])
    states = [person.status for person in people]
    typed.place, typed.chair, typed.secretary = said["place"], people[0].name, people[1].name
    typed.present, typed.excused = states.count("present"), states.count("excused")
    typed.save()
    return redirect("meeting", pk)


urlpatterns = [
    path("unit/<int:unit>/plan/", plan),
    path("meeting/<int:pk>/begin/", begin),
    path("meeting/<int:pk>/enter/", enter),
]
