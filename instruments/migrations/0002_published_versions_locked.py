"""A published version cannot change, whoever asks: triggers on every table that holds wording.

Allowed on a published version: published to retired with nothing else touched, and the reviewer and
date of a translation.
"""

from django.db import migrations

REFUSAL = "A published version cannot change."
# table -> how a row (NEW or OLD) finds its version
VERSION_OF = {
    "instruments_section": "{row}.version_id",
    "instruments_item": "{row}.version_id",
    "instruments_edition": "{row}.version_id",
    "instruments_scalelabel": "{row}.version_id",
    "instruments_translation": "(SELECT version_id FROM instruments_edition WHERE id = {row}.edition_id)",
    "instruments_sectionwording": (
        "(SELECT version_id FROM instruments_section WHERE id = {row}.section_id)"
    ),
    "instruments_itemwording": "(SELECT version_id FROM instruments_item WHERE id = {row}.item_id)",
}
VERSION_COLUMNS = (
    "instrument_id number published_at title source purpose notice recommended_respondents "
    "section_titles_are language scale_minimum scale_maximum copied_from_id saved_at saved_by_id"
).split()
TRANSLATION_COLUMNS = "edition_id language not_sure_label not_sure_help".split()


def is_locked(table, row):
    version = VERSION_OF[table].format(row=row)
    return f"EXISTS (SELECT 1 FROM instruments_version WHERE id = {version} AND state <> 'draft')"


def changed(columns, vendor):
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    return " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in columns)


def conditions(vendor, version_columns=VERSION_COLUMNS):
    """(table, event, condition under which the change is refused)."""
    for table in VERSION_OF:
        yield table, "INSERT", is_locked(table, "NEW")
        yield table, "DELETE", is_locked(table, "OLD")
        touched = f"({is_locked(table, 'OLD')} OR {is_locked(table, 'NEW')})"
        if table == "instruments_translation":
            touched += f" AND ({changed(TRANSLATION_COLUMNS, vendor)})"
        yield table, "UPDATE", touched
    yield "instruments_version", "DELETE", "OLD.state <> 'draft'"
    allowed = (
        "(OLD.state = 'published' AND NEW.state IN ('published', 'retired')) "
        "OR (OLD.state = 'retired' AND NEW.state = 'retired')"
    )
    yield (
        "instruments_version",
        "UPDATE",
        f"OLD.state <> 'draft' AND (NOT ({allowed}) OR {changed(version_columns, vendor)})",
    )


def lock(apps, schema_editor, version_columns=VERSION_COLUMNS):
    vendor = schema_editor.connection.vendor
    for table, event, condition in conditions(vendor, version_columns):
        name = f"{table}_locked_{event.lower()}"
        if vendor == "postgresql":
            # PostgreSQL allows no subquery in WHEN, so each trigger has its own function.
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{REFUSAL}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                f"RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def unlock(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table, event, _ in conditions(vendor):
        name = f"{table}_locked_{event.lower()}"
        if vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("instruments", "0001_initial")]
    operations = [migrations.RunPython(lock, unlock)]
