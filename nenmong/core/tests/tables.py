"""All tables as they stand, to see that nothing changed, or what did."""

from django.apps import apps
from django_tasks_db.models import DBTaskResult

OURS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("nenmong.")
    for model in config.get_models()
]


def snapshot():
    """Return every row of every table of the house, and of the jobs, by table."""
    tables = {
        model._meta.label: sorted(model._default_manager.values_list(), key=repr) for model in OURS
    }
    jobs = DBTaskResult.objects.order_by("id").values_list("id", "status")
    return tables | {"jobs": list(jobs)}


def changed(before):
    """Return the names of the tables that are not as they were."""
    return {name for name, rows in snapshot().items() if rows != before[name]}
