"""Indexes that find a part of a folded name: trigrams on PostgreSQL, a narrow index on SQLite."""

from django.db import migrations, transaction
from django.db.utils import DatabaseError

COLUMNS = (("org_member", "name_fold"), ("org_unit", "name_fold"))


def make(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return
        try:
            # A trusted extension: whoever may create tables in this database may create it too.
            with transaction.atomic(using=connection.alias):
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except DatabaseError:  # not installed on this server: search reads the column instead
            return
        for table, column in COLUMNS:
            cursor.execute(
                f'CREATE INDEX IF NOT EXISTS "{table}_{column}_trgm" ON "{table}" '
                f'USING gin ("{column}" gin_trgm_ops)'
            )


def drop(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table, column in COLUMNS:
            cursor.execute(f'DROP INDEX IF EXISTS "{table}_{column}_trgm"')


class Migration(migrations.Migration):

    dependencies = [("org", "0003_charge_groups_and_codes")]

    operations = [migrations.RunPython(make, drop)]
