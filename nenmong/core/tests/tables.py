"""All tables as they stand, to see that nothing changed, or what did."""

from django.apps import apps
from django.db import connection
from django_tasks_db.models import DBTaskResult


def tables():
    """Return the names of all tables of the house, and of the one of jobs."""
    ours = [c for c in apps.get_app_configs() if c.name.startswith("nenmong.")]
    return [m._meta.db_table for c in ours for m in c.get_models()] + [DBTaskResult._meta.db_table]


def snapshot():
    """Return every row of those tables, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def changed(before):
    """Return the names of the tables that are not as they were."""
    return {name for name, rows in snapshot().items() if rows != before[name]}
