"""What was released stays as it was released: the database refuses to change or delete it."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION scoring_snapshot_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A snapshot never changes.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER scoring_snapshot_locked BEFORE UPDATE OR DELETE ON scoring_snapshot
  FOR EACH ROW EXECUTE FUNCTION scoring_snapshot_locked();
"""
POSTGRESQL_BACK = """
DROP TRIGGER scoring_snapshot_locked ON scoring_snapshot;
DROP FUNCTION scoring_snapshot_locked();
"""
EVENTS = ("update", "delete")


def lock(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        return
    for event in EVENTS:
        schema_editor.execute(
            f"CREATE TRIGGER scoring_snapshot_locked_{event} BEFORE {event.upper()} "
            "ON scoring_snapshot BEGIN SELECT RAISE(ABORT, 'A snapshot never changes.'); END"
        )


def unlock(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_BACK, params=None)
        return
    for event in EVENTS:
        schema_editor.execute(f"DROP TRIGGER scoring_snapshot_locked_{event}")


class Migration(migrations.Migration):
    dependencies = [("scoring", "0001_initial")]
    operations = [migrations.RunPython(lock, unlock)]
