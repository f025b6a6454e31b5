"""The audit trail accepts new rows only; the database itself refuses change and deletion."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION organisations_audit_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit trail is append-only.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER organisations_audit_locked BEFORE UPDATE OR DELETE ON organisations_auditentry
  FOR EACH ROW EXECUTE FUNCTION organisations_audit_locked();
"""
POSTGRESQL_BACK = """
DROP TRIGGER organisations_audit_locked ON organisations_auditentry;
DROP FUNCTION organisations_audit_locked();
"""
EVENTS = ("update", "delete")


def lock(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        return
    for event in EVENTS:
        schema_editor.execute(
            f"CREATE TRIGGER organisations_audit_locked_{event} BEFORE {event.upper()} "
            "ON organisations_auditentry "
            "BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END"
        )


def unlock(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_BACK, params=None)
        return
    for event in EVENTS:
        schema_editor.execute(f"DROP TRIGGER organisations_audit_locked_{event}")


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [migrations.RunPython(lock, unlock)]
