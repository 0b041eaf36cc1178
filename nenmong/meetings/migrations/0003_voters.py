from django.db import migrations, models

BATCH = 2000


def fill(apps, schema_editor):
    """Until now the share of every vote was taken of those who voted."""
    vote = apps.get_model("meetings", "Vote")
    todo = vote.objects.filter(voters=None).order_by("pk")
    while pks := list(todo.values_list("pk", flat=True)[:BATCH]):
        vote.objects.filter(pk__in=pks).update(voters=models.F("base"))


class Migration(migrations.Migration):
    atomic = False  # each batch commits; a second run carries on where this one stopped
    dependencies = [("meetings", "0002_kinds_and_paper")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
