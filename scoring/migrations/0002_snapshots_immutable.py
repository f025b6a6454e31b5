"""What was released stays as it was released: the database refuses to change or delete it."""

from django.db import migrations

TABLES = ("scoring_snapshot", "scoring_parentsnapshot", "scoring_correction", "scoring_releasedcounts")
EVENTS = ("update", "delete")
REFUSAL = "A snapshot never changes."


def lock(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    if on_postgresql:
        schema_editor.execute(
            "CREATE FUNCTION scoring_snapshot_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
    for table in TABLES:
        if on_postgresql:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_locked BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION scoring_snapshot_locked()",
                params=None,
            )
            continue
        for event in EVENTS:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_locked_{event} BEFORE {event.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def unlock(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        if on_postgresql:
            schema_editor.execute(f"DROP TRIGGER {table}_locked ON {table}", params=None)
            continue
        for event in EVENTS:
            schema_editor.execute(f"DROP TRIGGER {table}_locked_{event}")
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION scoring_snapshot_locked()", params=None)


class Migration(migrations.Migration):
    dependencies = [("scoring", "0001_initial")]
    operations = [migrations.RunPython(lock, unlock)]
