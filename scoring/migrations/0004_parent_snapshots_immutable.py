"""A released sum stays as it was released, like a unit's snapshot; so does an asked correction."""

from django.db import migrations

TABLES = ("scoring_parentsnapshot", "scoring_correction", "scoring_releasedcounts")
EVENTS = ("update", "delete")


def lock(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_locked BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION scoring_snapshot_locked()",
                params=None,
            )
            continue
        for event in EVENTS:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_locked_{event} BEFORE {event.upper()} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'A snapshot never changes.'); END"
            )


def unlock(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_locked ON {table}", params=None)
            continue
        for event in EVENTS:
            schema_editor.execute(f"DROP TRIGGER {table}_locked_{event}")


class Migration(migrations.Migration):
    dependencies = [("scoring", "0003_corrections_and_parents")]
    operations = [migrations.RunPython(lock, unlock)]
